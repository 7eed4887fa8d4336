"""Say to which day the evidence was checked, and its sources: from the data alone, never the clock."""

import datetime as dt

from evidencebook.evidence import dates as days
from evidencebook.evidence.base import EvidenceBase
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate
from evidencebook.surveillance.screen.screening import OPEN, by_state
from evidencebook.surveillance.verify.needs import needs


def line(evidence: EvidenceBase, living: Living) -> str:
    """Write the line that stands on every page."""
    parts = (_searched(checked_to(evidence, living)), _open(len(unread(living))), _checked(evidence, living))
    return " ".join(part for part in parts if part)


def checked_to(evidence: EvidenceBase, living: Living) -> dt.date | None:
    """Give the last day on which every query had run and nothing it had found still waits, else that by hand.

    A query that never ran leaves a hole that the others do not fill, and to have found a record is not to have read it:
    then the searches by hand stand. Of a search by hand the month alone may be known, which is no day.
    """
    first = min((one.found[0].date for one in unread(living)), default=dt.date.max)
    ran = [[run.date for run in query.runs if run.date < first] for query in living.queries.values()]
    if ran and all(ran):
        return min(max(days_of) for days_of in ran)
    by_hand = (days.read_day(search.date) for search in evidence.searches.values())
    return max((day for day in by_hand if day is not None), default=None)


def unread(living: Living) -> list[Candidate]:
    """List the records on which nobody has decided for good, and those taken on of which nothing was taken yet."""
    states = by_state(living)
    names = {*(name for one in OPEN for name in states[one]), *living.waiting}
    return [one for name, one in living.candidates.items() if name in names]


def _searched(day: dt.date | None) -> str:
    return (
        f"Evidence checked to {days.written(day)}." if day else "No day is recorded to which the evidence was checked."
    )


def _open(count: int) -> str:
    """Say how many records wait to be read."""
    if count == 1:
        return "One record that was found since waits to be read."
    return f"{count:,} records that were found since wait to be read." if count else ""


def _checked(evidence: EvidenceBase, living: Living) -> str:
    """Say of how many sources the state is known, and from when on: the latest day would flatter the others."""
    checkable = [key for key, source in evidence.sources.items() if needs(source)]
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
