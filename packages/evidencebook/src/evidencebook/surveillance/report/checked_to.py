"""Say to which day the evidence was checked, and its sources: from the data alone, never the clock."""

import datetime as dt

from evidencebook.evidence import dates
from evidencebook.evidence.base import EvidenceBase
from evidencebook.surveillance.models import Surveillance
from evidencebook.surveillance.screening import unread
from evidencebook.surveillance.targets import targets


def line(evidence: EvidenceBase, surveillance: Surveillance) -> str:
    """Return the line at the foot of every page."""
    day, waiting = checked_to(evidence, surveillance), len(unread(surveillance, evidence))
    text = f"Evidence checked to {dates.written(day)}." if day else _NO_DAY
    if waiting == 1:
        text += " One record that was found since waits to be read."
    elif waiting:
        text += f" {waiting:,} records that were found since wait to be read."
    return f"{text} {_sources_checked(evidence, surveillance)}"


_NO_DAY = "No day is recorded to which the evidence was checked."


def checked_to(evidence: EvidenceBase, surveillance: Surveillance) -> dt.date | None:
    """Return the last day on which every query had run and nothing it had found still waits, else that by hand.

    A query that never ran leaves a hole that the others do not fill, and to have found a record is not to have read it:
    then the searches by hand count. Of a search by hand the month alone may be known, which is no day.
    """
    first = min((one.date for one in unread(surveillance, evidence)), default=dt.date.max)
    ran = [[run.date for run in surveillance.runs_of(query) if run.date < first] for query in surveillance.queries]
    if ran and all(ran):
        return min(map(max, ran))
    by_hand = (dates.read_day(search.date) for search in evidence.searches.values())
    return max((day for day in by_hand if day is not None), default=None)


def _sources_checked(evidence: EvidenceBase, surveillance: Surveillance) -> str:
    """Say of how many sources the state is known, and from when on: the latest day would flatter the others."""
    checkable = [key for key, source in evidence.sources.items() if targets(source)]
    checks = surveillance.checks_of
    oldest = [min(check.date for check in checks[key].values()) for key in checkable if key in checks]
    if not oldest:
        return "Its sources were never checked against the registries."
    since = f"on {dates.written(min(oldest))} or later"
    if len(oldest) == len(checkable):
        return f"Its sources were checked against the registries {since}."
    verb = "was" if len(oldest) == 1 else "were"
    whole, some = f"{len(checkable):,}", f"{len(oldest):,}"
    return f"Of its {whole} sources that can be checked, {some} {verb} checked against the registries, {since}."
