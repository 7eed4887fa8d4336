"""evidencebook verify: check every source with those who would know, and record what they say."""

import datetime as dt
import difflib
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from evidencebook.authoring import bookfolder
from evidencebook.ledger import Ledger
from evidencebook.living import check_report, checkfile
from evidencebook.living.client import ADDRESSES, Client
from evidencebook.living.contact import contact_of
from evidencebook.living.registers import Registers
from evidencebook.living.verifying import Verifying
from evidencebook.load import inspect
from evidencebook.problems import EvidenceError, Refused, shown
from evidencebook.publishing import asking

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
@click.option(
    "--contact",
    default="",
    envvar="EVIDENCEBOOK_MAILTO",
    show_envvar=True,
    help="Your address of mail, for those asked; default: evidence_contact in the settings of the book.",
)
@click.option(
    "--older-than",
    type=click.IntRange(min=0),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="Ask again what was checked so long ago.",
)
@click.option("--service", "services", multiple=True, metavar="NAME=ADDRESS", help="Ask a service at another address.")
@click.option("--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write the report there as Markdown.")
@click.option("--ncbi-key", default="", envvar="EVIDENCEBOOK_NCBI_KEY", hidden=True)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=30, hidden=True)
@click.option("--hurry", default=1.0, envvar="EVIDENCEBOOK_HURRY", hidden=True)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True)
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
    ledger = _read(book.evidence)
    _refuse_unknown(ledger, sources)
    checks = checkfile.taken(book.evidence)
    client = Client(
        contact_of(book, contact),
        cache=book.root / ".watch" / "http",
        addresses=dict(_address(one) for one in services),
        timeout=timeout,
        hurry=hurry,
        key=ncbi_key,
    )
    manners = asking.Manners(contact=f"mailto:{client.contact}", timeout=timeout, pause=0.25 * hurry)
    work = Verifying(
        ledger=ledger,
        checks=checks,
        registers=Registers(client),
        manners=manners,
        day=(today or dt.datetime.now()).date(),
        older_than=older_than,
        save=lambda made: checkfile.write(book.evidence, made),
    )
    due = work.due(sources)
    with click.progressbar(length=work.count(due), label="asking", file=sys.stderr) as bar:
        work.told = lambda: bar.update(1)
        work.run(due)
    return _told(work, set(sources), shown(book.evidence / "sources.bib"), markdown)


def _told(work: Verifying, only: set[str], file: str, markdown: Path | None) -> int:
    """Print the report and choose the exit status."""
    checks = [check for check in work.checks.values() if not only or check.source in only]
    found = check_report.told(checks, work.ledger)
    summary = check_report.counted(work.asked, len(work.checks), work.unanswered)
    click.echo("\n".join((*check_report.lines(found, file), *summary)))
    if markdown:
        markdown.write_text(check_report.markdown(found, file, summary), encoding="utf-8")
    if work.cut_off:
        return 2
    return 1 if check_report.to_do(found) else 0


def _read(evidence: Path) -> Ledger:
    """Read the evidence; what cannot be read is refused, since its checks would be dropped. Other faults may wait."""
    ledger, problems = inspect(evidence)
    if ledger.unreadable or evidence / "sources.bib" not in ledger.files:
        raise EvidenceError(problems)
    return ledger


def _refuse_unknown(ledger: Ledger, asked: Iterable[str]) -> None:
    """Refuse keys that no source has."""
    unknown = [key for key in asked if not ledger.knows("source", key)]
    if unknown:
        near = difflib.get_close_matches(unknown[0], ledger.sources, n=1)
        meant = f'; did you mean "{near[0]}"?' if near else ""
        raise Refused(f'there is no source "{unknown[0]}" in sources.bib{meant} Nobody was asked')


def _address(text: str) -> tuple[str, str]:
    """Take apart NAME=ADDRESS."""
    name, _, address = text.partition("=")
    if name not in _SERVICES or name not in ADDRESSES:
        raise Refused(f'there is no service "{name}"; there are: {", ".join(_SERVICES)}. Write --service NAME=ADDRESS')
    if not address.startswith(("https://", "http://")):
        raise Refused(f'"{address}" is no address of a server; write it as {name}=https://…')
    return name, address
