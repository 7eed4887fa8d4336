"""evidencebook verify: check every source with those who would know, and record what they say."""

import datetime as dt
import difflib
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from evidencebook.cli._services import addresses, asks_services
from evidencebook.evidence import project as bookfolder
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import EvidenceError, UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.surveillance import polite_requests as asking
from evidencebook.surveillance.asking.client import Client
from evidencebook.surveillance.asking.contact import contact_of
from evidencebook.surveillance.asking.session import alone
from evidencebook.surveillance.verify import check_report, checkfile
from evidencebook.surveillance.verify.registers import Registers
from evidencebook.surveillance.verify.verifying import Verifying

_SERVICES = ("crossref", "doi", "pubmed", "clinicaltrials", "archive")
_EPILOG = """\b
What is asked:
  of a DOI                Crossref: title, first author, number of authors, year; notices (retractions, corrections,
                          expressions of concern, those of Retraction Watch among them). doi.org, when Crossref does
                          not know it
  of a PubMed number      PubMed: the same, in lists of 200
  of a registered study   ClinicalTrials.gov: its status, whether results were posted, the last update
  of a web page           its host: whether it is there, or where it is now; of one that is gone or turns programs away
                          the Internet Archive, for a copy

\b
What is written, in evidence/checks.yml and nowhere else, a line for each check:
  outcome  what came of it; since: from which day it is so; note: what differs and what to write instead
  A registration that changed stays "changed" until each claim on it has a later "checked"; then it agrees again.
  A source marked retracted makes each claim on it an error of "evidencebook check" and of the build, until the notice
  is named in the note of the source and the claim was weighed again: its "checked" is the day or later.
  Who does not answer changes nothing: the earlier check stays, and its age is shown.

\b
Interruption:
  What was seen is written down every few sources. Give the same command again: what was checked within --older-than
  days is not asked again, save where something was wrong that you may have mended.

\b
Exit status:
  0  nothing to do
  1  an editor has something to do: a source is retracted, under concern, not known, described otherwise, gone, changed
  2  something could not be asked, and the rest was written down; or nothing was: no address, a broken file
     (a single web page that is silent is told, and is no failure)

\b
Examples:
  evidencebook verify --contact you@example.org
  evidencebook verify drake2013caffeine
  evidencebook verify --older-than 30 --markdown report.md
  evidencebook verify --service crossref=https://mirror.example.org
"""


@click.command(epilog=_EPILOG)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@asks_services
@click.option(
    "--older-than",
    type=click.IntRange(min=0),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="Ask again what was checked so long ago.",
)
@click.option("--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write the report there as Markdown.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=30, hidden=True)
def verify(
    sources: tuple[str, ...],
    contact: str,
    older_than: int,
    services: tuple[str, ...],
    markdown: Path | None,
    ncbi_key: str,
    timeout: float,
    hurry: float,
    today: dt.datetime | None,
) -> int:
    """Check sources with the registries and hosts that know of them, and record what they say.

    Checks each SOURCE, a key of evidence/sources.bib, or else all that were not checked lately. Says what an editor has
    to do, the gravest first, with the line to write instead. Changes no source, no finding and no claim.
    """
    book = bookfolder.here()
    evidence = _read(book.evidence)
    _refuse_unknown(evidence, sources)
    scratch = book.root / ".watch"
    client = Client(
        contact_of(book, contact),
        cache=scratch / "http",
        addresses=addresses(services, _SERVICES),
        timeout=timeout,
        hurry=hurry,
        key=ncbi_key,
    )
    manners = asking.Manners(contact=f"mailto:{client.contact}", timeout=timeout, pause=0.25 * hurry)
    with alone(scratch):
        work = Verifying(
            evidence=evidence,
            checks=checkfile.taken(book.evidence),
            registers=Registers(client),
            manners=manners,
            day=(today or dt.datetime.now()).date(),
            older_than=older_than,
            save=lambda made: checkfile.write(book.evidence, made),
        )
        _run(work, sources)
    return _told(work, set(sources), relative_path(book.evidence / "sources.bib"), markdown)


def _run(work: Verifying, sources: tuple[str, ...]) -> None:
    """Ask, and show how far it is."""
    due = work.due(sources)
    with click.progressbar(length=work.count(due), label="asking", file=sys.stderr) as bar:
        work.told = lambda: bar.update(1)
        work.run(due)


def _told(work: Verifying, only: set[str], file: str, markdown: Path | None) -> int:
    """Print the report and choose the exit status."""
    checks = [check for check in work.checks.values() if not only or check.source in only]
    found = check_report.told(checks, work.evidence)
    summary = check_report.counted(work.asked, len(work.checks), work.unanswered)
    click.echo("\n".join((*check_report.lines(found, file), *summary)))
    if markdown:
        markdown.write_text(check_report.markdown(found, file, summary), encoding="utf-8")
    if work.cut_off:
        return 2
    return 1 if check_report.to_do(found) else 0


def _read(folder: Path) -> EvidenceBase:
    """Read the evidence; what cannot be read is refused, since its checks would be dropped. Other faults may wait."""
    evidence, problems = inspect(folder)
    if evidence.unreadable or folder / "sources.bib" not in evidence.files:
        raise EvidenceError(problems)
    return evidence


def _refuse_unknown(evidence: EvidenceBase, asked: Iterable[str]) -> None:
    """Refuse keys that no source has."""
    unknown = [key for key in asked if not evidence.knows("source", key)]
    if unknown:
        near = difflib.get_close_matches(unknown[0], evidence.sources, n=1)
        meant = f'; did you mean "{near[0]}"?' if near else ""
        raise UserError(f'there is no source "{unknown[0]}" in sources.bib{meant} Nobody was asked')
