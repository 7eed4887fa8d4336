"""Sources that would bear the same name and year are told apart by letters."""

from evidencebook.evidence.models import Source
from evidencebook.evidence.short_citation import cited, with_letters


def source(key: str, title: str, *authors: str, year: int | None = 2020) -> Source:
    """Make a source."""
    return Source(key=key, kind="article", title=title, authors=authors, year=year, design="cohort", seen="abstract")


def test_citation_letters_in_the_order_of_the_list() -> None:
    """Only shared labels get letters; more than two authors share theirs by the first of them."""
    made = with_letters(
        {
            "b": source("b", "Beta", "Smith, A.", "Jones, B.", "Lee, C."),
            "a": source("a", "Alpha", "Smith, A.", "Jones, B.", "Zoe, D."),
            "two": source("two", "Gamma", "Smith, A.", "Jones, B."),
            "undated": source("undated", "Delta", "Poe, E.", year=None),
            "other": source("other", "Epsilon", "Poe, E.", year=None),
        }
    )

    assert {key: one.dated for key, one in made.items()} == {
        "b": "2020a",
        "a": "2020b",
        "two": "2020",
        "undated": "n.d.-a",
        "other": "n.d.-b",
    }
    assert cited(made["b"]) == "Smith and others 2020a"


def test_citation_letters_never_run_out() -> None:
    """Behind z comes aa, and behind zz comes aaa."""
    names = [f"k{number:04}" for number in range(705)]
    made = with_letters({name: source(name, name, "Zuma, Ada") for name in names})

    assert [made[names[place]].letter for place in (0, 25, 26, 701, 702)] == ["a", "z", "aa", "zz", "aaa"]
