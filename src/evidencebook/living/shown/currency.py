"""Say to which day the evidence was searched and its sources were checked: from the data alone, never the clock."""

import datetime as dt

from evidencebook import days
from evidencebook.ledger import Ledger
from evidencebook.living.base import Living
from evidencebook.living.verify.needs import needs


def line(ledger: Ledger, living: Living) -> str:
    """Write the line that stands on every page."""
    return f"{_searched(searched_to(ledger, living))} {_checked(ledger, living)}"


def searched_to(ledger: Ledger, living: Living) -> dt.date | None:
    """Give the last day on which every query had run, else the latest day of a search by hand.

    A query that never ran leaves a hole that the others do not fill, so that the searches by hand stand. Of a search by
    hand the month alone may be known, which is no day.
    """
    runs = [query.last_run for query in living.queries.values()]
    ran = [day for day in runs if day is not None]
    if runs and len(ran) == len(runs):
        return min(ran)
    by_hand = (days.read_day(search.date) for search in ledger.searches.values())
    return max((day for day in by_hand if day is not None), default=None)


def _searched(day: dt.date | None) -> str:
    return (
        f"Evidence checked to {days.written(day)}." if day else "No day is recorded to which the evidence was checked."
    )


def _checked(ledger: Ledger, living: Living) -> str:
    """Say of how many sources the state is known, and from when on: the latest day would flatter the others."""
    checkable = [key for key, source in ledger.sources.items() if needs(source)]
    oldest = {
        key: min(check.date for check in living.checks_of[key].values()) for key in checkable if key in living.checks_of
    }
    if not oldest:
        return "Its sources were never checked against the registries."
    since = f"on {days.written(min(oldest.values()))} or later"
    if len(oldest) == len(checkable):
        return f"Its sources were checked against the registries {since}."
    whole, part = f"{len(checkable):,}", f"{len(oldest):,}"
    verb = "was" if len(oldest) == 1 else "were"
    return f"Of its {whole} sources that can be checked, {part} {verb} checked against the registries, {since}."
