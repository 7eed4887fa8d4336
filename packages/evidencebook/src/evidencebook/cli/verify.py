"""evidencebook verify: check every source with those who would know, and record what they say."""

import datetime as dt
import difflib
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from evidencebook.cli._book import book_option
from evidencebook.cli._services import client, contact_option, today_option
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError, UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.surveillance import rules, store
from evidencebook.surveillance.models import Check
from evidencebook.surveillance.verify import Verifier

#: GitHub takes 65,536 characters for the body of a pull request, and others write into it too.
_MOST_CHARACTERS = 30_000
#: What is told, the gravest first, and what an editor does about it; "" is for information.
_TO_DO: Mapping[str, str] = {
    "retracted": "weigh each claim on it again, name the notice in its note, and set checked to the day",
    "concern": "weigh each claim on it again, and name the notice in its note",
    "unknown": "compare the number with the article",
    "differs": "compare with the article, and fix the side that is wrong",
    "gone": "find its new address or an archived copy",
    "changed": "look whether findings change, and set checked in the claims on it",
    "moved": "",
    "corrected": "",
    "weighed already": "",
    "refused": "",
}
_EPILOG = """\b
What is asked:
  of a DOI               Crossref: title, authors, year; retractions, corrections
                         and expressions of concern (Retraction Watch's data)
  of a PubMed number     without a DOI: Europe PMC, for the DOI
  of a registered study  ClinicalTrials.gov: its status, and results
  of a web page          its host: is it there, or where is it now
What came of it stands in evidence/checks.yml. Who does not answer changes
nothing: the earlier check stays, and its age is shown.
A source marked retracted makes each claim on it an error of "evidencebook
check" and of the build, until the notice is named in the note of the source
and the claim was weighed again: its "checked" is that day or later.

\b
Exit status:
  0  nothing to do
  1  an editor has something to do
  2  a registry could not be asked, or nobody was; the rest was written down

\b
Examples:
  evidencebook verify --contact you@example.org
  evidencebook verify drake2013caffeine
  evidencebook verify --older-than 30 --markdown report.md
"""


@click.command(short_help="Ask what became of each source.", epilog=_EPILOG)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@book_option
@contact_option
@click.option("--older-than", type=click.IntRange(min=0), default=7, metavar="DAYS", help="Ask again after (7) days.")
@click.option("--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write the report there as Markdown.")
@today_option
def verify(
    sources: tuple[str, ...],
    book: BookFolder,
    contact: str,
    older_than: int,
    markdown: Path | None,
    today: dt.datetime | None,
) -> int:
    """Check sources with the registries and hosts that know of them, and record what they say.

    Checks each SOURCE, a key of evidence/sources.bib, or else all that were not checked lately. Says what an editor has
    to do, the gravest first. Changes no source, no finding and no claim.
    """
    evidence, diagnostics = inspect(book.evidence)
    bibliography, path = book.evidence / "sources.bib", book.evidence / store.CHECKS
    surveillance, more = store.inspect(book.evidence, evidence)
    # Checks of unknown sources go; what cannot be read would be dropped with them.
    if not evidence.is_whole("source") or bibliography not in evidence.files or len(surveillance.checks) < _lines(path):
        raise EvidenceError([*diagnostics, *(one for one in more if one.file == relative_path(path))])
    if unknown := [key for key in sources if key not in evidence.sources]:
        near = difflib.get_close_matches(unknown[0], evidence.sources, n=1)
        meant = f'; did you mean "{near[0]}"?' if near else "."
        raise UserError(f'unknown source "{unknown[0]}"{meant} Nobody was asked')
    verifier = Verifier(
        evidence=evidence,
        checks={(check.source, check.what): check for check in sorted(surveillance.checks, key=lambda one: one.date)},
        client=client(book, contact),
        day=(today or dt.datetime.now()).date(),
        older_than=older_than,
    )
    due = verifier.due(sources)
    try:
        with click.progressbar(length=len(due), label="asking", file=sys.stderr) as bar:
            verifier.run(due, lambda: bar.update(1))
    finally:  # a run that was stopped keeps what it learned
        if verifier.checks or path.exists():
            write_together({path: store.lines(store.CHECKS, (verifier.checks[key] for key in sorted(verifier.checks)))})
    return _report(verifier, frozenset(sources), relative_path(bibliography), markdown)


def _lines(path: Path) -> int:
    return sum(line.startswith("- ") for line in path.read_text("utf-8").splitlines()) if path.exists() else 0


def _report(verifier: Verifier, only: frozenset[str], file: str, markdown: Path | None) -> int:
    """Print the report, write it where it is wanted, and return the exit status."""
    checks = [check for check in verifier.checks.values() if not only or check.source in only]
    text = _report_lines(checks, verifier, file)
    text.append(f"{verifier.asked} checks made, {len(verifier.unanswered)} without an answer; {len(checks)} on record")
    click.echo("\n".join(text))
    if markdown:
        markdown.write_text(_markdown(text), encoding="utf-8")
    # A single page that is silent may have a bad night; a registry that is silent leaves retractions unseen.
    if any(what != "page" for _, what, _ in verifier.unanswered):
        return 2
    return 1 if any(_TO_DO.get(_kind_of(check, verifier.evidence)) for check in checks) else 0


def _kind_of(check: Check, evidence: EvidenceBase) -> str:
    """Return the outcome of a check, or "weighed already" when no claim waits to be weighed against a notice."""
    if check.outcome not in {"retracted", "concern"} or rules.unweighed(evidence, check):
        return check.outcome
    named = rules.names_notices(evidence.sources[check.source].note, check)
    return "weighed already" if named else check.outcome


def _report_lines(checks: Iterable[Check], verifier: Verifier, file: str) -> list[str]:
    """Return a line for everything that is not simply good, with the claims that wait, and who did not answer."""
    order, found, evidence = list(_TO_DO), [], verifier.evidence
    for check in checks:
        kind = _kind_of(check, evidence)
        if kind in _TO_DO:
            line = evidence.entry("source", check.source).line
            words = Diagnostic(file, line, f"{check.source}: [{kind}] {_words(check, evidence, _TO_DO[kind])}")
            found.append((order.index(kind), line, check.source, check.what, str(words)))
    reasons = Counter((what, words) for _, what, words in verifier.unanswered)
    silent = [f"no answer for {count} ({what}): {words}" for (what, words), count in sorted(reasons.items())[:20]]
    text = [*(words for *_, words in sorted(found)), *silent]
    return [*text, *(["what got no answer stays as it was last seen; ask again later"] if silent else [])]


def _markdown(text: Sequence[str]) -> str:
    """Return the lines as a block of code, of bounded length: no link and no mention comes of words of services."""
    block = "\n".join(text).replace("```", "'''")
    cut = f"{block[:_MOST_CHARACTERS]}\n… the log of the run has the rest" if len(block) > _MOST_CHARACTERS else block
    return f"### Checks of the sources\n\n```text\n{cut}\n```\n"


def _words(check: Check, evidence: EvidenceBase, to_do: str) -> str:
    note = check.note or check.value or ""
    since = f"since {check.since}" if check.since != check.date else ""
    claims = ", ".join(rules.claims_on(evidence, check.source)) if check.what in {"notice", "trial"} else ""
    told = filter(None, (note, since, claims and f"claims on it: {claims}", to_do))
    return f"{check.what} {check.target}: {'; '.join(told)}"
