"""evidencebook watch: ask what is new, and put it into the queue."""

import datetime as dt
import sys

import click

from evidencebook.cli._book import book_option
from evidencebook.cli._services import client, contact_option, today_option
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import EvidenceError, UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.surveillance import search, store
from evidencebook.surveillance.models import Candidate, Query, Run

_EPILOG = """\b
A query in evidence/watch.yml:
  - id: tea-and-sleep
    service: europe-pmc   # or clinicaltrials, federal-register
    terms: TITLE_ABS:(tea AND sleep)     # in the language of the service
    why: Trials and surveys of tea before bed.
    since: 2026-01-01     # null asks for everything
Each run asks for what was added since 14 days before the last one, since
indexes lag. It writes evidence/queue.yml and evidence/runs.yml together at
its end; a run that was stopped writes nothing. Status 2: a query failed.

\b
Examples:
  evidencebook watch --list
  evidencebook watch --contact you@example.org
  evidencebook watch --dry-run tea-and-sleep
"""


@click.command(short_help="Ask the services what is new.", epilog=_EPILOG)
@click.argument("queries", nargs=-1, metavar="[QUERY]...")
@book_option
@contact_option
@click.option("--list", "listing", is_flag=True, help="Show the queries and when each ran last; ask nobody.")
@click.option("--dry-run", is_flag=True, help="Ask, and say what is new, but write nothing.")
@today_option
def watch(
    queries: tuple[str, ...],
    book: BookFolder,
    contact: str,
    listing: bool,
    dry_run: bool,
    today: dt.datetime | None,
) -> int:
    """Ask Europe PMC (with PubMed), ClinicalTrials.gov and the US Federal Register what is new.

    Puts the queries of evidence/watch.yml to their services, all of them or those that are named. Records that are
    neither known nor decided go into evidence/queue.yml, where "evidencebook screen" takes them up.
    """
    evidence, diagnostics = inspect(book.evidence)
    surveillance, more = store.inspect(book.evidence, evidence)
    # What cannot be read would be found anew; other faults may wait.
    needed = (*surveillance.files, book.evidence / "sources.bib")
    names = {relative_path(path) for path in needed if path.name != store.CHECKS}
    if broken := [one for one in (*diagnostics, *more) if one.file in names]:
        raise EvidenceError(broken)
    if unknown := [name for name in queries if name not in surveillance.queries]:
        raise UserError(f'unknown query "{unknown[0]}"; watch.yml has: {", ".join(surveillance.queries) or "none"}')
    wanted = [query for name, query in surveillance.queries.items() if not queries or name in queries]
    if listing:
        for query in wanted:
            last = surveillance.last_run(query.id)
            click.echo(f"{query.id:<40} {query.service:<17} {f'last run {last}' if last else 'never run'}")
        return 0
    results = search.ask(wanted, client(book, contact, cached=not dry_run), surveillance, _progress)
    runs, new = search.merge(results, surveillance, evidence, (today or dt.datetime.now()).date())
    if runs and not dry_run:
        write_together({book.evidence / name: text for name, text in search.texts(runs, new, surveillance).items()})
    return _report(results, {run.query: run for run in runs}, new, dry_run=dry_run)


def _progress(query: Query, count: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{query.id}: {count} records", err=True, nl=False)


def _report(results: list[search.QueryResult], runs: dict[str, Run], new: list[Candidate], *, dry_run: bool) -> int:
    """Say what came, and what did not; return the exit status."""
    for result in results:
        run = runs.get(result.query.id)
        counts = f"{run.found} found, {run.known} known, {run.new} new" if run else result.failure
        click.echo(f"{result.query.id}: {counts}")
        for candidate in new if dry_run else ():
            if candidate.query == result.query.id:
                click.echo(f"  {candidate.title}")
    click.echo(f"{len(new)} new in all" + ("; nothing was written" if dry_run else ""))
    if failed := sum(bool(result.failure) for result in results):
        click.echo(f"{failed} of {len(results)} queries failed; ask them again later", err=True)
        return 2
    if new and not dry_run:
        click.echo("next, look at them: evidencebook screen", err=True)
    return 0
