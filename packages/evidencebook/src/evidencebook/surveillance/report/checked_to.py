"""Say to which day the evidence was checked, and its sources: from the data alone, never the clock."""

import datetime as dt

from evidencebook.evidence import dates
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.formatting import number
from evidencebook.locale import _, ngettext
from evidencebook.surveillance.models import Surveillance
from evidencebook.surveillance.screening import unread
from evidencebook.surveillance.targets import targets


def line(evidence: EvidenceBase, surveillance: Surveillance) -> str:
    """Return the line at the foot of every page."""
    day, waiting = checked_to(evidence, surveillance), len(unread(surveillance, evidence))
    told = [
        _("Evidence checked to %s.") % dates.written(day)
        if day
        else _("No day is recorded to which the evidence was checked.")
    ]
    if waiting == 1:
        told.append(_("One record that was found since waits to be read."))
    elif waiting:
        told.append(_("%s records that were found since wait to be read.") % number(waiting))
    return " ".join([*told, _sources_checked(evidence, surveillance)])


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
        return _("Its sources were never checked against the registries.")
    since = dates.written(min(oldest))
    if len(oldest) == len(checkable):
        return _("Its sources were checked against the registries on %s or later.") % since
    told = ngettext(
        "Of its %(whole)s sources that can be checked, %(some)s was checked against the registries, "
        "on %(day)s or later.",
        "Of its %(whole)s sources that can be checked, %(some)s were checked against the registries, "
        "on %(day)s or later.",
        len(oldest),
    )
    return told % {"whole": number(len(checkable)), "some": number(len(oldest)), "day": since}
