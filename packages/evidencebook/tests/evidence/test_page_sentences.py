"""Sentences of a page that rest on nothing are found with their lines."""

import shutil
from pathlib import Path

import pytest

from evidencebook.cli import main
from evidencebook.evidence.page_sentences import unsupported

SMALL = Path(__file__).parents[1] / "small"
PAGE = """---
description: This line is not prose at all.
---
# A title that states a thing

Kratom was sold here for years. It is dear {cite:p}`x`.
Is this a question to a reader?
- One item of a list, unsupported.

```{code-cell}
x = "this is no sentence of prose"
```
```{admonition} Title
:class: tip
Inside a box it counts as well.
```
| a table | is left | to its | heads |
See [the other page](other.md) for more of it.
"""


def test_unsupported_sentences() -> None:
    """Only statements of an author, with their lines; headings, questions, code, options and tables are none."""
    assert [line for line, _ in unsupported(PAGE)] == [6, 8, 15]


@pytest.mark.parametrize(
    "support",
    ["{claim}`x`", "{finding:value}`X-1`", "{cite:t}`x`", "{glue:text}`x:.0f`", "[words](a-claim)", "{assertion}`A01`"],
)
def test_support(support: str) -> None:
    """Whatever leads to a source supports its sentence."""
    assert not list(unsupported(f"This sentence rests on {support} alone.\n"))


@pytest.mark.parametrize(
    "words",
    [
        "Do not stop from one day to the next because of it.",
        "For a fit, fainting or chest pain, call an ambulance at once.",
        "- **Keep it safe.** Lock the tablets away from children.",
        '> "I am worried that you could stop breathing."',
        "- How much at a time: ............ How often in a day: ......",
        "Each sentence gives its date, and may be out of date.",
        "# What is not known\n\n- How many people take it, and how much.",
        "Liver: Ahmad 2021, Navarro 2019, an abstract.",
    ],
)
def test_unsupported_leaves_what_states_nothing(words: str) -> None:
    """Instructions, words to say, forms, words about the book, questions that are open, and lists of works."""
    assert list(unsupported(f"{words}\n")) == []


@pytest.mark.parametrize(
    "words",
    [
        "Treatment with it takes the pain away.",
        "Usual drug tests miss kratom.",
        "**Kratom eases the pain of nearly everyone.**",
    ],
)
def test_unsupported_finds_statements(words: str) -> None:
    """A verb of an instruction within the sentence makes none of a statement."""
    assert len(list(unsupported(f"{words}\n"))) == 1


def test_check_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command lists them with file and line, and counts them by page."""
    shutil.copytree(SMALL / "evidence", tmp_path / "evidence")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "_config.yml").write_text("title: Small\n", encoding="utf-8")
    (tmp_path / "book" / "chapter.md").write_text("# C\n\nThis is said without any ground.\n", encoding="utf-8")

    assert main(["check", "--pages", "--book", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert 'chapter.md:3: "This is said without any ground." rests on no claim' in told.err
    assert "1 chapter.md" in told.out
