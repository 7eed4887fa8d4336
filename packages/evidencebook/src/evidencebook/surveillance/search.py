"""Put the queries of a book to their services, and add what is new to the queue."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evidencebook.evidence.base import EvidenceBase
from evidencebook.surveillance import dedupe, screening, store
from evidencebook.surveillance.http import Client, ServiceError
from evidencebook.surveillance.models import Candidate, FoundRecord, Query, Run, Service, Surveillance
from evidencebook.surveillance.providers import clinicaltrials, europe_pmc, federal_register

#: For each service, what yields all that it has for a query since a day, or ever; raises ServiceError.
PROVIDERS: Mapping[Service, Callable[[Client, Query, date | None], Iterator[FoundRecord]]] = {
    "europe-pmc": europe_pmc.search,
    "clinicaltrials": clinicaltrials.search,
    "federal-register": federal_register.search,
}
#: Indexes lag: a record may appear under a day that was asked for already.
_OVERLAP = timedelta(days=14)


@dataclass(frozen=True)
class QueryResult:
    """Hold what one query brought, or why nothing came."""

    query: Query
    records: tuple[FoundRecord, ...] = ()
    failure: str = ""


def ask(
    queries: Iterable[Query],
    client: Client,
    surveillance: Surveillance,
    progress: Callable[[Query, int], None] = lambda *_: None,
) -> list[QueryResult]:
    """Ask each query from some days before its last run on; the failure of one stops no other."""
    results = []
    for query in queries:
        records: list[FoundRecord] = []
        try:
            for record in PROVIDERS[query.service](client, query, first_day(query, surveillance.last_run(query.id))):
                records.append(record)
                progress(query, len(records))
        except ServiceError as failed:
            results.append(QueryResult(query, failure=str(failed)))
        else:
            results.append(QueryResult(query, tuple(records)))
    return results


def first_day(query: Query, last_run: date | None) -> date | None:
    """Return the day from which on a query is asked; None for everything."""
    return query.since if last_run is None else max(last_run - _OVERLAP, query.since or date.min)


def merge(
    results: Iterable[QueryResult], surveillance: Surveillance, evidence: EvidenceBase, day: date
) -> tuple[list[Run], list[Candidate]]:
    """Return the counts of the queries that were answered, and the records that are neither a source nor in the queue.

    A second time with the same records nothing is new.
    """
    index = dedupe.Index()
    for key, source in evidence.sources.items():
        index.add(key, dedupe.of_source(source))
    for name, candidate in surveillance.candidates.items():
        index.add(name, dedupe.of_record(candidate))
    new: dict[str, Candidate] = {}
    runs = []
    for result in (one for one in results if not one.failure):
        before = len(new)
        for record in sorted(result.records, key=lambda one: (one.year or 0, one.title.casefold(), one.id)):
            work = dedupe.of_record(record)
            if index.find(work) is None and record.id not in {**surveillance.candidates, **new}:
                new[record.id] = Candidate(**dict(record), query=result.query.id, date=day)
            index.add(record.id, work)
        found, fresh = len(result.records), len(new) - before
        runs.append(Run(query=result.query.id, date=day, found=found, known=found - fresh, new=fresh))
    return runs, [*new.values()]


def texts(runs: Iterable[Run], new: Iterable[Candidate], surveillance: Surveillance) -> dict[str, str]:
    """Return the text of each file that a run writes; the abstract of a decided record is left to its publisher."""
    decided = {name for state in ("included", "excluded") for name in screening.by_state(surveillance)[state]}
    bare = {name: surveillance.candidates[name].model_copy(update={"abstract": None}) for name in decided}
    queue: Sequence[Candidate] = [*({**surveillance.candidates, **bare}.values()), *new]
    written = {store.RUNS: store.lines(store.RUNS, (*surveillance.runs, *runs))}
    return written | ({store.QUEUE: store.blocks(store.QUEUE, queue)} if queue else {})
