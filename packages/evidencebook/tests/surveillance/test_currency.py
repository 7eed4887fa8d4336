"""The line on every page says no more than the data do."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load
from evidencebook.evidence.models import Search
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate, Check, Decision, Query, Run, Sighting
from evidencebook.surveillance.report import currency

SMALL = Path(__file__).parent.parent / "small" / "evidence"
NEVER = "Its sources were never checked against the registries."


@pytest.fixture(scope="module")
def evidence() -> EvidenceBase:
    """Load the small evidence base, and give it a search with a day."""
    made = load(SMALL)
    day = Search(id="by-day", question="What?", where="here", terms="it", date="2026-11-22", result="none")
    return replace(made, searches={**made.searches, "by-day": day})


def query(name: str, *days: int) -> Query:
    """Make a query that ran on days of December."""
    runs = tuple(Run(date=dt.date(2026, 12, day), found=0, known=0, new=0) for day in days)
    return Query(id=name, service="pubmed", terms="invented", why="made for the test", runs=runs)


def asked(*queries: Query) -> Living:
    """Make a watch of queries."""
    return Living(queries={one.id: one for one in queries})


def check(source: str, day: int) -> Check:
    """Make a check on a day of December."""
    when = dt.date(2026, 12, day)
    return Check(source=source, what="work", date=when, outcome="agrees", since=when)


def test_searches_by_hand_give_the_day(evidence: EvidenceBase) -> None:
    """A month alone is no day, though it is later in the alphabet than any day before it."""
    assert currency.line(evidence, Living()) == f"Evidence checked to 22 November 2026. {NEVER}"
    month = replace(evidence, searches={"month": evidence.searches["by-day"].model_copy(update={"date": "2026-12"})})
    assert currency.line(month, Living()).startswith("No day is recorded")


def test_a_query_that_never_ran_leaves_the_old_day(evidence: EvidenceBase) -> None:
    """The others do not fill its hole."""
    assert currency.checked_to(evidence, asked(query("one", 3), query("two"))) == dt.date(2026, 11, 22)


def test_the_query_that_lags_gives_the_day(evidence: EvidenceBase) -> None:
    """Of each query its last run, of these the first."""
    assert currency.checked_to(evidence, asked(query("one", 3, 9), query("two", 5))) == dt.date(2026, 12, 5)


def record(name: str, *days: int) -> Candidate:
    """Make a record that was found on days of December."""
    seen = (Sighting(query="one", service="pubmed", date=dt.date(2026, 12, day)) for day in days)
    return Candidate(id=name * 12, title="Invented for the test", found=tuple(seen))


def decided(living: Living, *verdicts: Decision) -> Living:
    """Have one person decide."""
    return replace(living, decisions={f"ada/{place}": made for place, made in enumerate(verdicts)})


def test_what_nobody_has_read_is_not_checked(evidence: EvidenceBase) -> None:
    """To find a record is not to weigh it: the day stays before the first one that waits."""
    watched = asked(query("one", 3, 9), query("two", 4, 9))
    both = replace(watched, candidates={one.id: one for one in (record("a", 3), record("b", 9))})
    no = Decision(id="a" * 12, decision="exclude", date=dt.date(2026, 12, 5), reason="not about it")
    later = no.model_copy(update={"decision": "later"})

    assert currency.checked_to(evidence, both) == dt.date(2026, 11, 22)
    assert "2 records that were found since wait to be read." in currency.line(evidence, both)
    assert currency.checked_to(evidence, decided(both, later)) == dt.date(2026, 11, 22)
    assert currency.checked_to(evidence, decided(both, no)) == dt.date(2026, 12, 3)
    assert "One record that was found since waits" in currency.line(evidence, decided(both, no))


def test_what_was_taken_on_and_not_read_is_not_checked(evidence: EvidenceBase) -> None:
    """The stub of a source holds nothing yet."""
    watched = asked(query("one", 3, 9))
    found = replace(watched, candidates={"b" * 12: record("b", 9)})
    taken = decided(found, Decision(id="b" * 12, decision="include", date=dt.date(2026, 12, 10)))

    assert currency.checked_to(evidence, taken) == dt.date(2026, 12, 9)
    stub = next(iter(evidence.sources.values()))
    assert currency.checked_to(evidence, replace(taken, waiting={"b" * 12: stub})) == dt.date(2026, 12, 3)


def test_the_oldest_check_speaks_for_all(evidence: EvidenceBase) -> None:
    """A source checked today does not make the others fresh, and one never checked is not passed over."""
    keys = list(evidence.sources)
    some = currency.line(evidence, Living(checks=(check(keys[0], 9), check(keys[1], 2))))
    whole = currency.line(evidence, Living(checks=tuple(check(key, 9 - place) for place, key in enumerate(keys))))

    assert some.endswith(
        "Of its 3 sources that can be checked, 2 were checked against the registries, on 2 December 2026 or later."
    )
    assert whole.endswith("Its sources were checked against the registries on 7 December 2026 or later.")
