"""A retracted source stops the build at each claim on it, until a person has named the notice and weighed the claim."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from evidencebook.cli import main
from evidencebook.surveillance import rules
from evidencebook.surveillance.models import Check, Outcome
from small_book import CONF, PAGES, Book

SMALL = Path(__file__).parent.parent / "small" / "evidence"
NOTICE = "10.1000/notice"
NOTE = "doi = {10.1136/bmj.j1550},\n  keywords = {systematic-review},\n  note = {seen: abstract"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Lay out a small book; that its first source was retracted is made up for the test."""
    shutil.copytree(SMALL, tmp_path / "evidence")
    made = Book(tmp_path)
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "conf.py").write_text(CONF, encoding="utf-8")
    for page, text in PAGES.items():
        made.write(page, text)
    mark(tmp_path)
    return made


def mark(root: Path, *, source: str = "sordo2017mortality", value: str = NOTICE, outcome: str = "retracted") -> None:
    """Record a notice, as verify does."""
    said = f", value: {value}" if value else ""
    (root / "evidence" / "checks.yml").write_text(
        f"- {{source: {source}, what: notice, target: 10.1000/x, date: 2026-11-30, outcome: {outcome}, "
        f"since: 2026-11-28{said}}}\n",
        encoding="utf-8",
    )


def replace(root: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a file of the evidence; the text must be there."""
    path = root / "evidence" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def name_it(root: Path, words: str) -> None:
    """Write words into the note of the source."""
    replace(root, "sources.bib", NOTE, f"{NOTE}. {words}")


def weigh(root: Path, day: str) -> None:
    """Set the day on which the claim was weighed."""
    replace(root, "claims/care.yml", "checked: 2026-11-22", f"checked: {day}")


def checked(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run evidencebook check."""
    status = main(["check", str(root / "evidence")])
    return status, capsys.readouterr().err


def test_the_build_stops_and_names_each_claim_with_file_and_line(book: Book) -> None:
    """No page is written on the strength of a retracted article."""
    with pytest.raises(SystemExit):
        book.build(silent=False)

    assert (
        "claims/care.yml:1: WARNING: claim death-out-of-treatment: rests on source sordo2017mortality, which was "
        f"retracted (see {NOTICE}), seen 2026-11-28; take its findings out, or name the notice in the note of the "
        "source in sources.bib, weigh the claim again and set checked to the day, 2026-11-28 or later" in book.told()
    )
    assert not (book.folder / "built" / "html" / "index.html").exists()


def test_the_build_goes_on_when_a_person_has_dealt_with_it(book: Book) -> None:
    """Named in the note and weighed since: then readers see the note."""
    name_it(book.folder, f"Retracted, see {NOTICE}")
    weigh(book.folder, "2026-11-28")

    book.build()

    assert NOTICE in book.html("sources")


def test_the_claims_against_which_it_speaks_are_named_too(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """What spoke against a claim may have held its certainty down."""
    mark(book.folder, source="garciaromeu2020kratom")

    status, told = checked(book.folder, capsys)

    assert (status, "claim death-out-of-treatment: rests on source garciaromeu2020kratom" in told) == (1, True)


def test_a_claim_whose_reasons_quote_it_is_named_too(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """A number may hold a claim up and stand in none of its lists."""
    replace(book.folder, "claims/care.yml", "note: one laboratory", "note: 'few, unlike {finding:value}`WD-200`'")

    status, told = checked(book.folder, capsys)

    assert (status, "claim lever-pressing: rests on source sordo2017mortality" in told) == (1, True)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("", "2026-11-28"),
        (f"Retracted: {NOTICE}", "2026-11-27"),
        (f"Retracted: {NOTICE}2", "2026-11-28"),
        (f"Retracted: {NOTICE}.v2", "2026-11-28"),
        (f"Retracted: 1{NOTICE}", "2026-11-28"),
        ("Retracted", "2026-11-28"),
    ],
)
def test_half_of_it_is_not_enough(book: Book, capsys: pytest.CaptureFixture[str], words: str, day: str) -> None:
    """A claim weighed before the notice was seen, or with another notice named, was not weighed against it."""
    if words:
        name_it(book.folder, words)
    weigh(book.folder, day)

    assert checked(book.folder, capsys)[0] == 1


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (NOTICE, f"Retracted ({NOTICE})"),
        (NOTICE, f"Retracted: https://doi.org/{NOTICE.upper()}."),
        (f"{NOTICE} 10.1000/b--c", f"Retracted: {NOTICE}; 10.1000/b--c"),
        ("PMID:90000002", "Retracted, PMID 90000002"),
        ("PMID:90000002", "Retracted, PMID: 90000002."),
        ("", "Retracted in 2026, no notice found"),
    ],
)
def test_a_notice_may_be_named_as_people_write_it(
    book: Book, capsys: pytest.CaptureFixture[str], value: str, words: str
) -> None:
    """Bare, as an address, at the end of a sentence; where there is no name the word will do."""
    mark(book.folder, value=value)
    name_it(book.folder, words)
    weigh(book.folder, "2026-12-01")

    assert checked(book.folder, capsys) == (0, "")


@pytest.mark.parametrize("outcome", ["clear", "corrected", "concern"])
def test_lesser_notices_stop_nothing(book: Book, capsys: pytest.CaptureFixture[str], outcome: str) -> None:
    """They are told by verify, and shown on the card."""
    mark(book.folder, outcome=outcome)

    assert checked(book.folder, capsys) == (0, "")


def test_a_second_notice_opens_the_matter_again(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """Each notice has to be named."""
    mark(book.folder, value=f"{NOTICE} 10.1000/second")
    name_it(book.folder, f"Retracted: {NOTICE}")
    weigh(book.folder, "2026-12-01")

    assert checked(book.folder, capsys)[0] == 1


@pytest.mark.parametrize(("outcome", "note", "named"), [("concern", "under concern", True), ("concern", "x", False)])
def test_a_concern_without_a_name_is_named_by_its_word(outcome: Outcome, note: str, named: bool) -> None:
    """It could never be dealt with otherwise."""
    day = dt.date(2026, 11, 28)
    check = Check(source="example2020tea", what="notice", date=day, outcome=outcome, since=day)

    assert rules.named(note, check) is named


def test_a_book_that_was_built_before_stops_as_well(book: Book) -> None:
    """The nightly run changes checks.yml and no page; the next build reads it all the same."""
    (book.folder / "evidence" / "checks.yml").unlink()
    book.build()
    mark(book.folder)

    with pytest.raises(SystemExit):
        book.build(silent=False)

    assert "which was retracted" in book.told()
