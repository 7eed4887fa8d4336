"""Gather what the queries brought in and what the checks saw, day by day."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.formatting import count, number
from evidencebook.locale import _
from evidencebook.surveillance import rules
from evidencebook.surveillance.models import SERVICES, Surveillance
from evidencebook.surveillance.report.check_states import TROUBLE, in_words


@dataclass(frozen=True)
class Event:
    """Hold what came about: in words, with the source that it is about and the claims that rest on it."""

    words: str
    source: str | None = None
    claims: tuple[str, ...] = ()


def by_day(evidence: EvidenceBase, surveillance: Surveillance) -> dict[dt.date, list[Event]]:
    """Map each day, the latest first, to its events: runs, then decisions, then what the checks saw."""
    found: dict[dt.date, list[Event]] = defaultdict(list)
    for events in (_runs(surveillance), _decisions(surveillance), _checks(evidence, surveillance)):
        for day, event in events:
            found[day].append(event)
    return {day: found[day] for day in sorted(found, reverse=True)}


def never_done(surveillance: Surveillance) -> str:
    """Say what was never done, so that an empty list is not taken for quiet times."""
    never = [] if surveillance.runs else [_("The watch has never run.")]
    never += [] if surveillance.checks else [_("No source was ever checked against the registries.")]
    return " ".join(never)


def _runs(surveillance: Surveillance) -> Iterator[tuple[dt.date, Event]]:
    for run in surveillance.runs:
        query = surveillance.queries.get(run.query)
        service = f"{SERVICES[query.service]}, " if query else ""
        known = {"query": run.query, "records": count(run.found, "record"), "new": number(run.new)}
        yield run.date, Event(service + _("query %(query)s: %(records)s found, %(new)s new.") % known)


def _decisions(surveillance: Surveillance) -> Iterator[tuple[dt.date, Event]]:
    """Name each record that was included by its title, and count the excluded by reason."""
    excluded: Counter[tuple[dt.date, str]] = Counter()
    for made in surveillance.decisions.values():
        candidate = surveillance.candidates.get(made.id)
        if made.decision == "include" and candidate is not None:
            yield made.date, Event(_("Included: %s.") % f"{candidate.title.rstrip('.')} ({candidate.year or 'n.d.'})")
        elif made.decision == "exclude":
            excluded[made.date, made.reason or ""] += 1
    for (day, reason), records in excluded.items():
        known = {"records": count(records, "record"), "reason": reason.rstrip(".")}
        yield day, Event(_("Excluded: %(records)s, %(reason)s.") % known)


def _checks(evidence: EvidenceBase, surveillance: Surveillance) -> Iterator[tuple[dt.date, Event]]:
    """Name what the checks saw that an editor has to weigh, on the first day on which they saw it."""
    for check in surveillance.checks:
        if check.outcome in TROUBLE or check.outcome == "corrected":
            yield check.since, Event(in_words(check), check.source, tuple(rules.claims_on(evidence, check.source)))
