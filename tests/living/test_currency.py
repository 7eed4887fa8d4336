"""The line on every page says no more than the data do."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from evidencebook.ledger import Ledger
from evidencebook.living.base import Living
from evidencebook.living.records import Check, Query, Run
from evidencebook.living.shown import currency
from evidencebook.load import load
from evidencebook.records import Search

SMALL = Path(__file__).parent.parent / "small" / "evidence"
NEVER = "Its sources were never checked against the registries."


@pytest.fixture(scope="module")
def ledger() -> Ledger:
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


def test_searches_by_hand_give_the_day(ledger: Ledger) -> None:
    """A month alone is no day, though it is later in the alphabet than any day before it."""
    assert currency.line(ledger, Living()) == f"Evidence checked to 22 November 2026. {NEVER}"
    month = replace(ledger, searches={"month": ledger.searches["by-day"].model_copy(update={"date": "2026-12"})})
    assert currency.line(month, Living()).startswith("No day is recorded")


def test_a_query_that_never_ran_leaves_the_old_day(ledger: Ledger) -> None:
    """The others do not fill its hole."""
    assert currency.searched_to(ledger, asked(query("one", 3), query("two"))) == dt.date(2026, 11, 22)


def test_the_query_that_lags_gives_the_day(ledger: Ledger) -> None:
    """Of each query its last run, of these the first."""
    assert currency.searched_to(ledger, asked(query("one", 3, 9), query("two", 5))) == dt.date(2026, 12, 5)


def test_the_oldest_check_speaks_for_all(ledger: Ledger) -> None:
    """A source checked today does not make the others fresh, and one never checked is not passed over."""
    keys = list(ledger.sources)
    some = currency.line(ledger, Living(checks=(check(keys[0], 9), check(keys[1], 2))))
    whole = currency.line(ledger, Living(checks=tuple(check(key, 9 - place) for place, key in enumerate(keys))))

    assert some.endswith(
        "Of its 3 sources that can be checked, 2 were checked against the registries, on 2 December 2026 or later."
    )
    assert whole.endswith("Its sources were checked against the registries on 7 December 2026 or later.")
