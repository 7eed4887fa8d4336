"""Gather what the watch brought in and what the checks saw, day by day."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from evidencebook.evidence.base import EvidenceBase
from evidencebook.surveillance import rules
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.report.prisma import SERVICES
from evidencebook.surveillance.verify import check_state


@dataclass(frozen=True)
class Event:
    """Hold what came about: in words, with the source that it is about and the claims that rest on it."""

    words: str
    source: str | None = None
    claims: tuple[str, ...] = ()


Days = dict[dt.date, list[Event]]


def by_day(evidence: EvidenceBase, living: Living) -> Days:
    """Map each day, the latest first, to what came about on it: runs, then decisions, then what the checks saw."""
    found: Days = defaultdict(list)
    for events in (_runs(living), _decisions(living), _troubles(evidence, living)):
        for day, event in events:
            found[day].append(event)
    return {day: found[day] for day in sorted(found, reverse=True)}


def silence(living: Living) -> str:
    """Say what never was done, so that an empty list is not taken for quiet times."""
    never = []
    if not any(query.runs for query in living.queries.values()):
        never.append("The watch has never run.")
    if not living.checks:
        never.append("No source was ever checked against the registries.")
    return " ".join(never)


def _runs(living: Living) -> Iterator[tuple[dt.date, Event]]:
    """Tell what each run brought."""
    for query in living.queries.values():
        for run in query.runs:
            records = "record" if run.found == 1 else "records"
            words = f"{SERVICES[query.service]}, query {query.id}: {run.found:,} {records} found, {run.new:,} new."
            yield run.date, Event(words)


def _decisions(living: Living) -> Iterator[tuple[dt.date, Event]]:
    """Tell what was decided: each record that was included by its title, the excluded by their reasons."""
    excluded: Counter[tuple[dt.date, str]] = Counter()
    for made in living.decisions.values():
        candidate = living.candidates.get(made.id)
        if made.decision == "include" and candidate is not None:
            yield made.date, Event(f"Included: {candidate.title.rstrip('.')} ({candidate.year or 'n.d.'}).")
        elif made.decision == "exclude":
            excluded[made.date, made.reason or ""] += 1
    for (day, reason), number in excluded.items():
        records = "record" if number == 1 else "records"
        yield day, Event(f"Excluded: {number:,} {records}, {reason.rstrip('.')}.")


def _troubles(evidence: EvidenceBase, living: Living) -> Iterator[tuple[dt.date, Event]]:
    """Tell what the checks saw that an editor has to weigh, on the first day on which they saw it."""
    for check in living.checks:
        if check.outcome in check_state.TROUBLE or check.outcome == "corrected":
            rests = tuple(rules.claims_on(evidence, check.source))
            yield check.since, Event(check_state.in_words(check), check.source, rests)
