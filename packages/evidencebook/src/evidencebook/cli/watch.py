"""evidencebook watch: ask what is new, and put it into the queue."""

import datetime as dt
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from evidencebook.cli._services import addresses, asks_services
from evidencebook.evidence import project as bookfolder
from evidencebook.evidence.diagnostics import EvidenceError, UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.surveillance import base
from evidencebook.surveillance.asking.client import Client
from evidencebook.surveillance.asking.contact import contact_of
from evidencebook.surveillance.asking.services import NAMES
from evidencebook.surveillance.asking.session import alone
from evidencebook.surveillance.models import Query
from evidencebook.surveillance.watch import watching

#: Takes away what stands on the last line of a terminal.
_CLEAR = "\r\x1b[K"
_EPILOG = """\b
Files, in evidence/ unless said otherwise:
  watch.yml     the queries; this command adds to their runs and changes
                nothing else
  queue.yml     the records found, the oldest first; written by this command
                alone
  sources.bib, waiting/, decisions/
                read, so that nobody is asked about what is known or decided
  ../.watch/    scratch: answers that may still hold, and the journal of a
                run; git does not see it

\b
A query in watch.yml:
  - id: tea-and-sleep
    service: pubmed    # europe-pmc, crossref, clinicaltrials or
                       # federal-register
    terms: tea[tiab] AND sleep[tiab]     # in the language of the service
    why: Trials and surveys of tea before bed.
    require: [tea]     # optional: title or abstract must have one of these
    since: 2026-01-01  # null asks for everything
    runs: []           # never run
  Each run asks for what was added since 14 days before the last one, since
  indexes lag. What comes twice is known again by DOI, PubMed number,
  registration number or nearly equal title; it is counted and not queued.
  To ask for other words, write a new query: what the old one asked for, and
  since when, is told by its runs.

\b
Politeness:
  One request at a time, with the pause that each service asks for and your
  address in it, so that somebody can write to you before they lock you out.
  Who answers "too many" (429) is asked again when it says so; who is ill,
  after growing pauses, four times in all. What did not change is not sent
  again. A key of NCBI allows a quicker pace.

\b
Interruption:
  Each page is written down before the next is asked for, and nothing in
  evidence/ changes before a query is whole. After Ctrl-C or a crash, give
  the same command on the same day: it goes on where it was, and the result
  is the same as without the interruption. On a later day the query that was
  under way is asked from its beginning.

\b
Exit status:
  0  every query was answered
  2  a query failed, or nobody was asked: no address of yours, a broken file,
     another run under way. What the other queries brought is kept; else the
     files are as they were. Ask again later.

\b
Environment:
  EVIDENCEBOOK_MAILTO    your address of mail, as --contact
  EVIDENCEBOOK_NCBI_KEY  a key of NCBI, if you have one
  Or write your address into book/_config.yml, below sphinx: config:
    evidence_contact: you@example.org

\b
Examples:
  evidencebook watch --list
  evidencebook watch --contact you@example.org
  evidencebook watch tea-and-sleep tea-trials
  evidencebook watch --dry-run tea-and-sleep
  evidencebook watch --service pubmed=https://mirror.example.org/eutils
"""


@click.command(epilog=_EPILOG)
@click.argument("queries", nargs=-1, metavar="[QUERY]...")
@asks_services
@click.option("--list", "listing", is_flag=True, help="Show the queries and when each ran last; ask nobody.")
@click.option("--dry-run", is_flag=True, help="Ask, and say what is new, but write nothing.")
def watch(
    queries: tuple[str, ...],
    contact: str,
    services: tuple[str, ...],
    listing: bool,
    dry_run: bool,
    ncbi_key: str,
    hurry: float,
    today: dt.datetime | None,
) -> int:
    """Ask PubMed, Europe PMC, Crossref, ClinicalTrials.gov and the US Federal Register what is new.

    Puts the queries of evidence/watch.yml to their services, all of them or those that are named. Records that are
    neither known nor decided go into evidence/queue.yml, where "evidencebook screen" takes them up. Nothing is decided,
    and no source, finding or claim is touched.
    """
    book = bookfolder.here()
    work = _opened(book, Client("", hurry=hurry), today.date() if today else dt.date.today())
    _refuse_unknown(work.living.queries, queries)
    if listing:
        click.echo("\n".join(_listed(work.queries(queries))))
        return 0
    client = Client(
        contact_of(book, contact),
        cache=None if dry_run else book.root / ".watch" / "http",
        addresses=addresses(services, NAMES),
        hurry=hurry,
        key=ncbi_key,
    )
    work.client = client
    if dry_run:
        return _told(work, work.run(queries), dry=True)
    with alone(book.root / ".watch"):
        # Read again: another run may have ended while this one waited for its turn.
        work = replace(_opened(book, client, work.today), scratch=book.root / ".watch")
        return _told(work, work.run(queries))


def _opened(book: BookFolder, client: Client, today: dt.date) -> watching.Watch:
    """Read what the book knows; what cannot be read is refused, since it would be found anew."""
    if not (book.evidence / base.WATCH).is_file():
        raise UserError(
            f"{relative_path(book.evidence / base.WATCH)} is missing; it holds the queries. Begin one as "
            '"evidencebook watch --help" shows'
        )
    evidence, problems = inspect(book.evidence)
    living, more = base.inspect(book.evidence, evidence)
    needed = {relative_path(path) for path in living.files if path.name != base.CHECKS} | {
        relative_path(book.evidence / "sources.bib")
    }
    broken = [one for one in (*problems, *more) if one.file in needed]
    if broken:
        raise EvidenceError(broken)
    work = watching.Watch(book.evidence, None, client, evidence, living, today)
    work.remark = _remark
    if sys.stderr.isatty():
        work.progress = _progress
    return work


def _refuse_unknown(known: Iterable[str], asked: Iterable[str]) -> None:
    """Refuse names that no query has."""
    unknown = [name for name in asked if name not in set(known)]
    if unknown:
        raise UserError(f'there is no query "{unknown[0]}" in watch.yml; there are: {", ".join(known) or "none"}')


def _listed(queries: Iterable[Query]) -> list[str]:
    """Give a line for each query."""
    rows = [(one.id, one.service, f"last run {one.last_run}" if one.last_run else "never run") for one in queries]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    return [f"{name:<{widths[0]}}  {service:<{widths[1]}}  {when}" for name, service, when in rows]


def _remark(words: str) -> None:
    """Say what a person should know, on a line of its own."""
    click.echo(f"{_CLEAR if sys.stderr.isatty() else ''}{words}", err=True)


def _progress(query: Query, given: int, total: int | None) -> None:
    """Show how far a query is, on one line that is written over."""
    click.echo(f"{_CLEAR}{query.id}: {given} of {total if total is not None else 'some'} records", err=True, nl=False)


def _told(work: watching.Watch, outcomes: list[watching.Outcome], *, dry: bool = False) -> int:
    """Say what came, and what did not."""
    if sys.stderr.isatty():
        click.echo(_CLEAR, err=True, nl=False)
    for line in watching.summary(outcomes, work.found if dry else {}):
        click.echo(line)
    failures = watching.failed(outcomes)
    new = sum(one.run.new for one in outcomes if one.run)
    click.echo(f"{new} new in all" + ("; nothing was written" if dry else ""))
    if failures:
        click.echo(f"{len(failures)} of {len(outcomes)} queries failed; ask them again later", err=True)
        return 2
    if new and not dry:
        click.echo(f"next, look at {relative_path(Path(work.folder / base.QUEUE))}: evidencebook screen", err=True)
    return 0
