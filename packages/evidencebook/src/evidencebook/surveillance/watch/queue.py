"""Merge what a query found into the queue, and tell what is known from what is new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from evidencebook.evidence.base import EvidenceBase
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate, Query, Run, Sighting
from evidencebook.surveillance.screen import screening
from evidencebook.surveillance.watch import dedupe
from evidencebook.surveillance.watch.found import Found, candidate, united

#: What a later sighting may add to a record that lacks it.
_FILLED = ("authors", "year", "venue", "doi", "pmid", "registry", "url", "status", "abstract")


@dataclass(frozen=True)
class Merged:
    """Hold the queue after a run, the ids of what is new in it, and the counts of the run."""

    candidates: tuple[Candidate, ...]
    new: tuple[str, ...]
    run: Run


def wanted(query: Query, records: Iterable[Found]) -> list[Found]:
    """Keep the records whose title or abstract has one of the words that the query requires."""
    words = [word.casefold() for word in query.require]
    return [
        one
        for one in records
        if not words or any(word in f"{one.title} {one.abstract or ''}".casefold() for word in words)
    ]


def merged(query: Query, day: date, records: Sequence[Found], living: Living, evidence: EvidenceBase) -> Merged:
    """Merge the records of one run; a second time with the same records changes nothing."""
    sighting = Sighting(query=query.id, service=query.service, date=day)
    kept = dict(living.candidates)
    names = list(kept)
    seen = [candidate(one, sighting) for one in records]
    sources = [*evidence.sources.values(), *living.waiting.values()]
    works = [
        *map(dedupe.of_source, sources),
        *map(dedupe.of_candidate, kept.values()),
        *map(dedupe.of_candidate, seen),
    ]
    fresh: list[Candidate] = []
    for group in dedupe.groups(works):
        mine = [place - len(sources) - len(names) for place in group if place >= len(sources) + len(names)]
        queued = [names[place - len(sources)] for place in group if len(sources) <= place < len(sources) + len(names)]
        if not mine:
            continue
        if queued:
            kept[queued[0]] = _added(kept[queued[0]], [seen[place] for place in mine])
        elif group[0] >= len(sources):
            whole = candidate(united(*(records[place] for place in mine)), sighting)
            fresh.append(_added(whole, [seen[place] for place in mine]))
    new = {one.id: one for one in sorted(fresh, key=_order) if one.id not in kept}
    run = Run(date=day, found=len(records), known=len(records) - len(new), new=len(new))
    states = screening.by_state(living)
    settled = frozenset((*states["included"], *states["excluded"]))
    return Merged(tuple(_bare(one, settled) for one in (*kept.values(), *new.values())), tuple(new), run)


def _added(known: Candidate, seen: Sequence[Candidate]) -> Candidate:
    """Note who else saw a record, and fill what it lacks; the state of a registration is the last that was seen."""
    for one in seen:
        fill = {name: getattr(one, name) for name in _FILLED if getattr(known, name) in (None, ())}
        if one.status and known.kind == "registration":
            fill["status"] = one.status
        # Each run asks again for some days that were asked for: only the first sighting of a query says something.
        new = [sighting for sighting in one.found if sighting.query not in {old.query for old in known.found}]
        known = known.model_copy(update={**fill, "found": (*known.found, *new)})
    return known


def _bare(one: Candidate, settled: frozenset[str]) -> Candidate:
    """Leave the abstract of a decided record to its publisher."""
    return one.model_copy(update={"abstract": None}) if one.id in settled and one.abstract else one


def _order(one: Candidate) -> tuple[int, str, str]:
    """Put new records in an order that does not depend on the order of the answers: by year, title and id."""
    return one.year or 0, one.title.casefold(), one.id
