"""A retracted source stops the build at each claim on it, until a person has named the notice and weighed the claim."""

import datetime as dt

import pytest

from evidencebook.cli import main
from evidencebook.evidence.models import Source
from evidencebook.surveillance import retractions, rules
from evidencebook.surveillance.models import Check, Outcome
from evidencebook.surveillance.providers.crossref import CrossrefWork, Update
from small_book import laid_out
from surveillance.conftest import Book

NOTICE = "10.1000/notice"
NOTE = "doi = {10.1136/bmj.j1550},\n  keywords = {systematic-review},\n  note = {seen: abstract"


@pytest.fixture
def retracted(book: Book) -> Book:
    """Lay out a small book; that its first source was retracted is made up for the test."""
    mark(book)
    return book


def mark(book: Book, *, source: str = "sordo2017mortality", value: str = NOTICE, outcome: str = "retracted") -> None:
    """Record a notice, as verify does."""
    more = f", value: {value}" if value else ""
    book.write(
        "checks.yml",
        f"- {{source: {source}, what: notice, target: 10.1136/bmj.j1550, date: 2026-11-30, outcome: {outcome}, "
        f"since: 2026-11-28{more}}}\n",
    )


def weigh(book: Book, words: str, day: str) -> None:
    """Write words into the note of the source, and set the day on which the claim was weighed."""
    book.replace("sources.bib", NOTE, f"{NOTE}. {words}" if words else NOTE)
    book.replace("claims/care.yml", "checked: 2026-11-22", f"checked: {day}")


def checked(book: Book, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run evidencebook check."""
    status = main(["check"])
    return status, capsys.readouterr().err


@pytest.mark.build
def test_retracted_source_stops_the_build_until_weighed(retracted: Book) -> None:
    """Each claim is named with file and line, nothing is written; then readers see the note.

    The nightly run changes checks.yml and no page: a book that was built before stops as well.
    """
    small = laid_out(retracted.root, evidence=False)
    with pytest.raises(SystemExit):
        small.build(silent=False)
    assert (
        "claims/care.yml:1: WARNING: claim death-out-of-treatment: rests on source sordo2017mortality, which was "
        f"retracted (see {NOTICE}), seen 2026-11-28; take its findings out, or name the notice in the note of the "
        "source in sources.bib, weigh the claim again and set checked to the day, 2026-11-28 or later" in small.told()
    )
    assert not (retracted.root / "built" / "html" / "index.html").exists()

    weigh(retracted, f"Retracted, see {NOTICE}", "2026-11-28")
    small.build()
    assert NOTICE in small.html("sources")

    mark(retracted, value="10.1000/second")
    with pytest.raises(SystemExit):
        small.build(silent=False)


@pytest.mark.parametrize(
    ("source", "edit", "claim"),
    [
        ("garciaromeu2020kratom", ("note: one laboratory", "note: one laboratory"), "death-out-of-treatment"),
        ("sordo2017mortality", ("note: one laboratory", "note: 'as {finding:value}`WD-200`'"), "lever-pressing"),
    ],
    ids=["against a claim", "quoted in a reason"],
)
def test_retracted_source_is_found_wherever_it_counts(
    book: Book, capsys: pytest.CaptureFixture[str], source: str, edit: tuple[str, str], claim: str
) -> None:
    """What spoke against a claim may have held its certainty down; a number may hold a claim up and be in no list."""
    mark(book, source=source)
    book.replace("claims/care.yml", *edit)

    status, told = checked(book, capsys)

    assert (status, f"claim {claim}: rests on source {source}" in told) == (1, True)


BOTH = f"{NOTICE} 10.1000/b--c"


@pytest.mark.parametrize(
    ("notice", "words", "day", "status"),
    [
        ({}, "", "2026-11-28", 1),
        ({}, f"Retracted: {NOTICE}", "2026-11-27", 1),
        ({}, f"Retracted: {NOTICE}2", "2026-11-28", 1),
        ({}, f"Retracted: {NOTICE}.v2", "2026-11-28", 1),
        ({}, f"Retracted: 1{NOTICE}", "2026-11-28", 1),
        ({}, "Retracted", "2026-11-28", 1),
        ({"value": BOTH}, f"Retracted: {NOTICE}", "2026-12-01", 1),
        ({"value": BOTH}, f"Retracted: {NOTICE}; 10.1000/b--c", "2026-12-01", 0),
        ({}, f"Retracted ({NOTICE})", "2026-12-01", 0),
        ({}, f"Retracted: https://doi.org/{NOTICE.upper()}.", "2026-12-01", 0),
        ({"value": "PMID:90000002"}, "Retracted, PMID 90000002", "2026-12-01", 0),
        ({"value": ""}, "Retracted in 2026, no notice found", "2026-12-01", 0),
        *(({"outcome": outcome}, "", "2026-11-22", 0) for outcome in ("clear", "corrected", "concern")),
    ],
)
def test_retraction_is_weighed_when_every_notice_is_named(
    book: Book, capsys: pytest.CaptureFixture[str], notice: dict[str, str], words: str, day: str, status: int
) -> None:
    """Since the day on which it was seen, as people write it: bare, as an address, at the end of a sentence.

    Where a notice has no name the word will do; lesser notices are told by verify, and shown on the card.
    """
    mark(book, **notice)
    weigh(book, words, day)

    found, told = checked(book, capsys)

    assert (found, bool(told)) == (status, bool(status))


@pytest.mark.parametrize(
    ("outcome", "note", "named"),
    [("concern", "under concern", True), ("concern", "x", False), ("retracted", "retraction", True)],
)
def test_retraction_or_concern_without_a_name(outcome: Outcome, note: str, named: bool) -> None:
    """It could never be dealt with otherwise."""
    day = dt.date(2026, 11, 28)
    check = Check(source="example2020tea", what="notice", date=day, outcome=outcome, since=day)

    assert rules.names_notices(note, check) is named


def work(*updates: tuple[str, str], title: str = "Tea") -> CrossrefWork:
    """Describe an invented work with what was published about it."""
    noted = tuple(Update(kind, doi, by_retraction_watch=kind == "retraction") for kind, doi in updates)
    return CrossrefWork("10.1000/tea", (title,), (), None, frozenset(), None, "", noted)


@pytest.mark.parametrize(
    ("updates", "title", "expected"),
    [
        ((), "Tea", ("clear", "", "")),
        (
            (("erratum", "10.1000/e"), ("retraction", "10.1000/r"), ("withdrawal", "10.1000/a")),
            "Tea",
            (
                "retracted",
                "10.1000/a 10.1000/r",
                "it was retracted, as Retraction Watch says: 10.1000/r; it was withdrawn: 10.1000/a; "
                "it was corrected: 10.1000/e",
            ),
        ),
        (
            (("expression_of_concern", "10.1000/c"), ("reinstatement", "10.1000/b")),
            "Tea",
            ("concern", "10.1000/c", "an expression of concern was published: 10.1000/c; it was reinstated: 10.1000/b"),
        ),
        ((("odd_kind", "10.1000/o"),), "Tea", ("corrected", "10.1000/o", "an update of kind 'odd_kind': 10.1000/o")),
        ((("new_version", "10.1000/v"),), "Tea", ("clear", "", "")),
        ((), "RETRACTED ARTICLE: Tea", ("retracted", "", "its title says that it was taken back")),
        ((), "Retracted science", ("clear", "", "")),
    ],
)
def test_retractions_judged_by_the_gravest(
    updates: tuple[tuple[str, str], ...], title: str, expected: tuple[str, str, str]
) -> None:
    """Retractions before concerns before corrections; a kind that is not known is told, not left out."""
    assert retractions.judged(work(*updates, title=title)) == expected


TITLE = "Tea and sleep: a made-up trial"


def compared(theirs: dict[str, object], **ours: object) -> list[str]:
    """Compare an invented entry with a record of it."""
    entry: dict[str, object] = {"title": TITLE, "authors": ("Example, Ada",), "year": 2020}
    source = Source(key="example2020tea", kind="article", design="rct", seen=None, **(entry | ours))  # type: ignore[arg-type]
    record: dict[str, object] = {"titles": (TITLE,), "authors": ("Example, Ada",), "years": frozenset({2020})}
    work = CrossrefWork(doi="10.1000/tea", year=2020, journal=None, kind="", **(record | theirs))  # type: ignore[arg-type]
    return list(retractions.differences(source, work))


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Tea and Sleep", "TEA AND SLEEP.", True),
        ("Tea and sleep: a trial", "Tea and sleep", True),
        ("Tea and sleep", "Tea and sleep – a trial", True),
        ("Is tea safe? A review", "Is tea safe?", True),
        ("7-hydroxytheanine in rats", "7‐Hydroxytheanine in rats", True),
        ("β-endorphin and tea", "beta-endorphin and tea", True),
        ("Thé, naïveté and café", "The, naivete and cafe", True),
        ("Tea and sleep", "RETRACTED: Tea and sleep", True),
        ("Single-centre trial of tea", "Single centre trial of tea", True),
        ("Tea and sleep: a trial", "Tea and sleep: a review", False),
        ("Tea and sleep", "Tea and wakefulness", False),
        ("A long title on tea and sleep in 2019", "A long title on tea and sleep in 2020", False),
    ],
)
def test_differences_of_title(ours: str, theirs: str, same: bool) -> None:
    """An editor is not sent after dashes and capitals, but after another work."""
    found = compared({"titles": (theirs,)}, title=ours)

    assert found == ([] if same else [f'title: "{ours}" in the entry, "{theirs}" in the registry'])


ADA, BO = "Example, Ada", "Second, Bo"


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        ((ADA,), ("Éxample, A.",), ""),
        ((ADA, "others"), (ADA, BO, "Third, Cy"), ""),
        (("van der Example, Ada",), ("Example, Ada van der",), ""),
        (("O'Example, Ada",), ("O’Example, Ada",), ""),
        ((ADA, BO), (ADA, BO, "{Tea Group}"), ""),
        (("Tea Agency",), ("{Tea Agency}",), ""),
        ((ADA,), (), ""),
        (("Sample, Bo",), (ADA,), 'first author: "Sample, Bo" in the entry, "Example, Ada" in the registry'),
        ((), ("{Tea Group}",), 'first author: "none" in the entry, "Tea Group" in the registry'),
        ((ADA,), (ADA, BO), "authors: 1 in the entry, 2 in the registry"),
    ],
)
def test_differences_of_authors(ours: tuple[str, ...], theirs: tuple[str, ...], words: str) -> None:
    """Accents, particles, groups and names left to "others" are no differences."""
    assert compared({"authors": theirs}, authors=ours) == ([words] if words else [])


@pytest.mark.parametrize(("ours", "told"), [(2019, None), (2020, None), (2018, "2018"), (None, "none")])
def test_differences_of_year(ours: int | None, told: str | None) -> None:
    """Online in one year, printed in the next."""
    words = [f"year: {told} in the entry, 2019 or 2020 in the registry"] if told else []

    assert compared({"years": frozenset({2019, 2020})}, year=ours) == words
