"""Quantities that a hand typed are told from names, dates, ordinals and articles."""

from pathlib import Path

import pytest

from evidencebook.evidence.typed_numbers import measured, typed_numbers

#: Label, kind and sentence: half from the book and other prose, harmless; half by the kinds that must be refused.
LABELLED = [line.split("\t") for line in Path(__file__).with_name("typed_numbers.tsv").read_text().splitlines()]


def test_labelled_sentences() -> None:
    """Of 400 sentences at least 98 in a hundred are decided rightly, and every one that must be refused."""
    wrong = [row for row in LABELLED if bool(list(typed_numbers(row[2]))) != (row[0] == "refused")]

    assert len(LABELLED) == 400
    assert len(wrong) <= 8, wrong
    assert not [row for row in wrong if row[0] == "refused"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a 24-hour study", ["24-hour"]),
        ("41% of them", ["41%"]),
        ("about 2000 people", ["2000"]),
        ("10–20 mg", ["10–20"]),
        ("a dose of 5mg", ["5mg"]),
        ("n=30", ["n=30"]),
        ("½ of them", ["½"]),
        ("{finding:value}`XX-001` and [a page](page-2.md)", []),
    ],
)
def test_typed_numbers_as_they_stand(text: str, expected: list[str]) -> None:
    """A number is named as it stands, so that its line can be found."""
    assert list(typed_numbers(text)) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("all", ["One third", "ten days"]), ("shares", ["One third"]), ("none", [])]
)
def test_words_beside_a_source(words: str, expected: list[str]) -> None:
    """A share needs a source of its own, a count one in its sentence."""
    assert list(typed_numbers("One third left after ten days", words)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "code", ["41% of people", "24 hours", "p < 0.05", r"n = 30", r"30\% ", r"5\,\text{mg}", "5 of 12"]
)
def test_quantities_in_code(code: str) -> None:
    """Code and formulas are no hiding place."""
    assert list(measured(code))


@pytest.mark.parametrize("code", ["-2", "range(5)", "e^{-kt/2}", "SLEEP-004", "pip install x==1.2", "x = 5"])
def test_bare_numbers_in_code(code: str) -> None:
    """A step, an exponent, an id, a version state nothing of the world."""
    assert not list(measured(code))
