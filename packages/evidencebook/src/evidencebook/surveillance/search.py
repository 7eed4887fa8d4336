"""Put the queries of a book to their services, and merge what they bring into the queue."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from evidencebook.evidence.base import EvidenceBase
from evidencebook.surveillance import dedupe, screening, store
from evidencebook.surveillance.http import ServiceError
from evidencebook.surveillance.models import Candidate, FoundRecord, Query, Run, Service, Sighting
from evidencebook.surveillance.providers import Provider
from evidencebook.surveillance.store import Surveillance

#: Indexes lag: a record may appear under a day that was asked for already.
_OVERLAP = timedelta(days=14)
#: What a later sighting may add to a record that lacks it.
_FILLED = ("authors", "year", "venue", "doi", "pmid", "registry", "url", "status", "abstract")


@dataclass(frozen=True)
class QueryResult:
    """Hold what one query brought, or why nothing came."""

    query: Query
    records: tuple[FoundRecord, ...] = ()
    failure: str = ""


@dataclass(frozen=True)
class Merged:
    """Hold the queue after a run, what is new in it by query, and the counts of the queries that were answered."""

    candidates: tuple[Candidate, ...]
    new: Mapping[str, tuple[Candidate, ...]]
    runs: tuple[Run, ...]


def ask(
    queries: Iterable[Query],
    providers: Mapping[Service, Provider],
    surveillance: Surveillance,
    progress: Callable[[Query, int], None] = lambda *_: None,
) -> list[QueryResult]:
    """Ask each query from some days before its last run on; the failure of one stops no other."""
    results = []
    for query in queries:
        wanted: list[FoundRecord] = []
        try:
            for record in providers[query.service].search(query, first_day(query, surveillance.last_run(query.id))):
                wanted += [record] if _has_required(query, record) else []
                progress(query, len(wanted))
        except ServiceError as failed:
            results.append(QueryResult(query, failure=str(failed)))
        else:
            results.append(QueryResult(query, tuple(wanted)))
    return results


def first_day(query: Query, last_run: date | None) -> date | None:
    """Return the day from which on a query is asked; None for everything."""
    if last_run is None:
        return query.since
    return max(last_run - _OVERLAP, query.since or date.min)


def merge(results: Iterable[QueryResult], surveillance: Surveillance, evidence: EvidenceBase, day: date) -> Merged:
    """Merge what the queries brought; a second time with the same records adds nothing."""
    index = dedupe.Index()
    for source in (*evidence.sources.values(), *surveillance.waiting.values()):
        index.add("", dedupe.of_source(source))
    queue = dict(surveillance.candidates)
    for name, candidate in queue.items():
        index.add(name, dedupe.of_record(candidate))
    new: dict[str, tuple[Candidate, ...]] = {}
    runs = []
    for result in results:
        if result.failure:
            continue
        before = set(queue)
        sighting = Sighting(query=result.query.id, service=result.query.service, date=day)
        for record in sorted(result.records, key=lambda one: (one.year or 0, one.title.casefold(), one.id)):
            _add(queue, index, Candidate(**dict(record), found=(sighting,)))
        new[result.query.id] = tuple(one for name, one in queue.items() if name not in before)
        found, fresh = len(result.records), len(new[result.query.id])
        runs.append(Run(query=result.query.id, date=day, found=found, known=found - fresh, new=fresh))
    decided = {name for state in ("included", "excluded") for name in screening.by_state(surveillance)[state]}
    candidates = tuple(_without_abstract(one) if name in decided else one for name, one in queue.items())
    return Merged(candidates, new, tuple(runs))


def texts(merged: Merged, surveillance: Surveillance) -> dict[str, str]:
    """Return the text of each file that a run writes, by its name."""
    written = {store.RUNS: store.lines(store.RUNS, (*surveillance.runs, *merged.runs))}
    if merged.candidates:
        written[store.QUEUE] = store.blocks(store.QUEUE, merged.candidates)
    return written


def _has_required(query: Query, record: FoundRecord) -> bool:
    text = f"{record.title} {record.abstract or ''}".casefold()
    return not query.require or any(word.casefold() in text for word in query.require)


def _add(queue: dict[str, Candidate], index: dedupe.Index, found: Candidate) -> None:
    """Put a record into the queue, or fill what is known of it already."""
    known = index.find(dedupe.of_record(found))
    known = found.id if known is None and found.id in queue else known
    if known is None:
        queue[found.id] = found
    elif known:
        queue[known] = _filled(queue[known], found)
    index.add(found.id if known is None else known, dedupe.of_record(found))


def _filled(known: Candidate, found: Candidate) -> Candidate:
    """Add what a record lacked, and the first sighting of each query; a registration takes the last status."""
    filled = {name: getattr(found, name) for name in _FILLED if getattr(known, name) in (None, ())}
    if found.status and known.kind == "registration":
        filled["status"] = found.status
    if found.found[0].query not in {sighting.query for sighting in known.found}:
        filled["found"] = (*known.found, *found.found)
    return known.model_copy(update=filled)


def _without_abstract(candidate: Candidate) -> Candidate:
    """Leave the abstract of a decided record to its publisher."""
    return candidate.model_copy(update={"abstract": None})
