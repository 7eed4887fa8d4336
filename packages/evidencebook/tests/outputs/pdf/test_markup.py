"""Words stay words: whatever a page says, Typst prints it and obeys none of it."""

import json

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebook.outputs.pdf import markup

#: Characters of prose and of Typst's own syntax; blanks are tested apart, since Typst joins them as docutils does.
SIGNS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Cn", "Co", "Mn", "Me", "Mc")
)
WORDS = st.lists(st.text(SIGNS | st.sampled_from("\\#*_`$<>@=+/~'\"[](){}.;-:1"), min_size=1), min_size=1)


def read_back(source: str) -> str:
    """Let Typst read markup and give the words that it would print."""
    page = f"#let grade(signs) = signs\n#set smartquote(enabled: false)\n#metadata[{source}]<it>".encode()
    return words_of(json.loads(typst.eval(page, "query(<it>).first().value", ignore_system_fonts=True)))


def words_of(content: dict[str, object]) -> str:
    """Join the words of what Typst calls content; anything but words and spaces is markup that was obeyed."""
    kind = content["func"]
    if kind == "sequence":
        return "".join(words_of(child) for child in content["children"])  # type: ignore[attr-defined]  # JSON
    assert kind in ("text", "space", "symbol", "smartquote"), content
    return str(content.get("text", " " if kind == "space" else '"' if content.get("double", True) else "'"))


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_words_come_through_unchanged(words: list[str]) -> None:
    """Signs of markup, at the beginning of a line or within, are printed."""
    said = " ".join(words)

    assert read_back(markup.text(said)) == said


@pytest.mark.parametrize(
    "said",
    ["- no list", "+ no number", "= no heading", "/ no: term", "1. no number", "https://no.link", "a -- b --- c", "-1",
     "...", "#let x = 1", "$x$", "a_b_c", "*x*", "`x`", "<x>", "@x", "// gone?", "/* gone? */", "~", "\\u{41}", "a\\",
     "[", "]", "a-?b", "(a)", ".a", ";a"],
)  # fmt: skip
def test_no_sign_is_obeyed(said: str) -> None:
    """Each piece of Typst's syntax is printed as it stands."""
    assert read_back(markup.text(said)) == said


def test_a_line_end_is_a_space() -> None:
    """Two line ends within words do not end the paragraph; a space that must not break stays."""
    assert read_back(markup.text("one\n\n two\u2028three\u00a0g")) == "one two three\u00a0g"


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"))))
def test_strings_come_through_unchanged(said: str) -> None:
    """Code, addresses and alt texts are strings."""
    page = f"#metadata({markup.string(said)})<it>".encode()

    assert json.loads(typst.eval(page, "query(<it>).first().value", ignore_system_fonts=True)) == said


def test_an_array_of_one_is_an_array() -> None:
    """Brackets around one thing are no array without the comma."""
    assert markup.array(["1"]) == "(1,)"
    assert markup.array([]) == "()"
