"""What pages show of watch, screen and verify is true, and says what was never done."""

import datetime as dt

import pytest

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load
from evidencebook.evidence.models import Source
from evidencebook.surveillance.models import Candidate, Check, Checked, Decision, Outcome, Query, Run, Surveillance
from evidencebook.surveillance.report import checked_to, event_log, prisma
from evidencebook.surveillance.report.check_states import check_states, state_of
from evidencebook.surveillance.report.prisma_figure import prisma_figure
from surveillance.conftest import SMALL

DAY = dt.date(2026, 11, 28)
SOURCE = "sordo2017mortality"


@pytest.fixture
def evidence() -> EvidenceBase:
    """Load the small evidence base."""
    return load(SMALL)


def query(name: str) -> Query:
    """Make a query."""
    return Query(id=name, service="europe-pmc", terms="tea", why="Made for the test.")


def run(name: str, day: int) -> Run:
    """Make a run on a day of November."""
    return Run(query=name, date=dt.date(2026, 11, day), found=3, known=2, new=1)


def candidate(name: str, day: int, **more: str) -> Candidate:
    """Make a record that was found on a day of November."""
    return Candidate(id=name, title="Tea and sleep", query="a", date=dt.date(2026, 11, day), **more)  # type: ignore[arg-type]


def check(what: Checked, outcome: Outcome, *, day: dt.date = DAY, source: str = SOURCE, value: str = "") -> Check:
    """Make a check."""
    return Check(source=source, what=what, date=day, outcome=outcome, since=day, value=value or None)


def surveyed(**more: object) -> Surveillance:
    """Hold two queries that both ran, and one record."""
    given: dict[str, object] = {
        "queries": {"a": query("a"), "b": query("b")},
        "runs": (run("a", 24), run("b", 26), run("b", 20)),
        "candidates": {"0123456789ab": candidate("0123456789ab", 24)},
    }
    return Surveillance(**(given | more))  # type: ignore[arg-type]


def decided(verdict: str, reason: str | None = None) -> dict[str, Decision]:
    """Decide on the record."""
    made = Decision.model_validate({"id": "0123456789ab", "decision": verdict, "date": DAY, "reason": reason})
    return {"ada/0": made}


def test_checked_to_by_hand_until_every_query_ran(evidence: EvidenceBase) -> None:
    """A query that never ran leaves a hole that the others do not fill."""
    never = surveyed(runs=(run("a", 24),), candidates={})

    assert checked_to.line(evidence, never) == (
        "No day is recorded to which the evidence was checked. Its sources were never checked against the registries."
    )
    assert checked_to.checked_to(evidence, surveyed(candidates={})) == dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("decisions", "day"),
    [({}, None), (decided("later"), None), (decided("exclude", "no"), 24), (decided("include"), None)],
)
def test_checked_to_waits_for_what_was_found(
    evidence: EvidenceBase, decisions: dict[str, Decision], day: int | None
) -> None:
    """To have found a record is not to have read it."""
    found = checked_to.checked_to(evidence, surveyed(decisions=decisions))

    assert found == (dt.date(2026, 11, day) if day else None)
    waits = "One record that was found since waits to be read." in checked_to.line(
        evidence, surveyed(decisions=decisions)
    )
    assert waits is (day is None)


def test_checked_to_counts_the_sources_checked(evidence: EvidenceBase) -> None:
    """Of some the number, of all the earliest day: the latest would flatter the others."""
    some = surveyed(checks=(check("work", "agrees"),))
    every = tuple(
        check("work", "agrees", source=key, day=DAY.replace(day=n)) for n, key in enumerate(evidence.sources, 1)
    )

    assert checked_to.line(evidence, some).endswith(
        "Of its 3 sources that can be checked, 1 was checked against the registries, on 28 November 2026 or later."
    )
    assert checked_to.line(evidence, surveyed(checks=every)).endswith(
        "Its sources were checked against the registries on 1 November 2026 or later."
    )


def source(**more: str) -> Source:
    """Describe an invented source."""
    given = {"key": SOURCE, "kind": "misc", "title": "Tea", "authors": (), "year": 2020, "design": "rct", "seen": None}
    return Source.model_validate(given | more)


@pytest.mark.parametrize(
    ("entry", "checks", "word", "text"),
    [
        ({}, (), "nothing", "Nothing to check: the entry names no DOI, no number and no address."),
        ({"doi": "10.1000/tea"}, (), "never", "Never checked against the registries."),
        ({"url": "https://example.org"}, (), "never", "Never checked whether its web page is there."),
        (
            {"doi": "10.1000/tea"},
            (check("work", "agrees"), check("notice", "clear")),
            "good",
            "Checked 2026-11-28: the registry's record agrees; no notice.",
        ),
        (
            {"doi": "10.1000/tea", "url": "https://example.org"},
            (check("work", "agrees"), check("notice", "retracted", value="10.1000/a 10.1000/b")),
            "trouble",
            "Checked 2026-11-28: the registry's record agrees; retracted (10.1000/a, 10.1000/b). "
            "Never checked whether its web page is there.",
        ),
        (
            {"doi": "10.1000/tea"},
            (check("work", "there"),),
            "good",
            "Checked 2026-11-28: its number is registered, but its record was not compared.",
        ),
        (
            {"doi": "10.1000/tea"},
            (check("work", "agrees"), check("notice", "clear", day=dt.date(2026, 1, 2))),
            "stale",
            "Checked 2026-11-28: the registry's record agrees. "
            "Not checked since 2026-01-02, over 3 months ago; then: no notice.",
        ),
    ],
)
def test_check_state_in_words(entry: dict[str, str], checks: tuple[Check, ...], word: str, text: str) -> None:
    """What was checked, when, and what came of it; what was not is said too."""
    assert state_of(Surveillance(checks=checks), source(**entry), DAY) == (word, text)


def test_check_state_of_another_doi_is_none() -> None:
    """After a corrected DOI nothing was checked yet."""
    old = check("work", "agrees").model_copy(update={"target": "10.1000/old"})

    assert state_of(Surveillance(checks=(old,)), source(doi="10.1000/new"), DAY).word == "never"


def test_check_states_say_once_what_most_share(evidence: EvidenceBase) -> None:
    """A row says only what is otherwise than most."""
    states = check_states(evidence, Surveillance(checks=(check("notice", "concern"),)), DAY)

    assert states.summary == (
        "Checks of the 3 sources of the book: 1 checked, with something to weigh or to mend; 2 never checked. "
        "Those that were checked say so in their row."
    )
    assert list(states.notes) == [SOURCE]
    assert "an expression of concern was published" in states.notes[SOURCE]


def test_event_log_by_day(evidence: EvidenceBase) -> None:
    """Runs, decisions and what the checks saw, the latest day first."""
    checks = (check("notice", "retracted"), check("work", "agrees"))
    kept = surveyed(runs=(run("a", 24),), decisions=decided("exclude", "not about tea"), checks=checks)

    days = event_log.by_day(evidence, kept)

    assert list(days) == [DAY, dt.date(2026, 11, 24)]
    assert days[DAY] == [
        event_log.Event("Excluded: 1 record, not about tea."),
        event_log.Event("retracted", SOURCE, ("death-out-of-treatment",)),
    ]
    assert days[dt.date(2026, 11, 24)] == [event_log.Event("Europe PMC, query a: 3 records found, 1 new.")]
    assert event_log.never_done(kept) == ""
    assert event_log.never_done(Surveillance()) == (
        "The watch has never run. No source was ever checked against the registries."
    )


def test_prisma_table_before_any_run(evidence: EvidenceBase) -> None:
    """Never run is not nothing found, and not recorded is not none."""
    flow = prisma.flow(evidence, Surveillance(queries={"a": query("a")}))

    counted = prisma.table(flow)["Counted"]
    assert not flow.has_run
    assert counted["Databases and registers: found by watch"] == "Europe PMC: never run"
    assert counted["Databases and registers: excluded"] == "records: never run"
    assert counted["Other methods: could not be seen"] == "sources: not recorded"
    assert counted["Other methods: sources seen"].startswith("sources: 3 (")


@pytest.mark.parametrize(
    ("verdict", "doi", "included", "excluded", "unused"),
    [
        (
            "exclude",
            "",
            "records: 0; sources used: 0",
            "records: 1 (not about tea: 1)",
            "no entry yet: 0; nothing taken: 0",
        ),
        ("include", "", "records: 1; sources used: 0", "records: 0", "no entry yet: 1; nothing taken: 0"),
        (
            "include",
            "10.1136/bmj.j1550",
            "records: 1; sources used: 1",
            "records: 0",
            "no entry yet: 0; nothing taken: 0",
        ),
    ],
)
def test_prisma_counts_of_records(
    evidence: EvidenceBase, verdict: str, doi: str, included: str, excluded: str, unused: str
) -> None:
    """A source that came of a record is counted on its way alone."""
    record = candidate("0123456789ab", 24, **({"doi": doi} if doi else {}))
    made = decided(verdict, "not about tea" if verdict == "exclude" else None)
    flow = prisma.flow(evidence, surveyed(candidates={record.id: record}, decisions=made))

    counted = prisma.table(flow)["Counted"]
    assert flow.has_run
    assert counted["Databases and registers: found by watch"] == "Europe PMC: 9"
    assert counted["Databases and registers: included"] == included
    assert counted["Databases and registers: excluded"] == excluded
    assert counted["Databases and registers: not used"] == unused
    assert counted["Other methods: sources seen"].startswith("sources: 2" if doi else "sources: 3")


def test_prisma_data_and_figure(evidence: EvidenceBase) -> None:
    """A number that nobody has is empty with its reason; the figure has every count of the table."""
    flow = prisma.flow(evidence, surveyed())
    data = prisma.data(flow)

    assert data["number"].isna().equals(data["why_no_number"] != "")
    drawn = " ".join(text.get_text() for text in prisma_figure(flow).axes[0].texts)
    for box in flow.boxes:
        assert box.title in drawn
        assert all(word in drawn for line in box.lines for word in line.split())
