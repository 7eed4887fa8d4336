"""evidencebook screen: decide on the records found, one at a time or in another program."""

import datetime as dt
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from evidencebook.cli._book import book_option
from evidencebook.cli._services import today_option
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import EvidenceError, UserError, relative_path
from evidencebook.evidence.identifiers import DOI, PMID
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.surveillance import screening, screening_files, store
from evidencebook.surveillance.models import Candidate, Decision, Surveillance, Verdict
from evidencebook.surveillance.text import one_line

_DONE = {"include": "included", "exclude": "excluded", "later": "put off"}
_KEYS: dict[str, Verdict] = {"i": "include", "e": "exclude", "l": "later"}
_PROMPT = "[i]nclude, [e]xclude REASON, [l]ater, [n]ext, [q]uit > "
_EPILOG = """\b
One record at a time, you type a letter and Enter:
  i  include                      e  exclude, with the reason: e not about tea
  l  later, after all others      n  next, without a decision
  q  quit; so do Ctrl-D and Ctrl-C
A record is decided when all who decided agree; each person counts by the last
decision. They stand in evidence/decisions/<name>.yml, and merge in git.

\b
In another program (ASReview, Rayyan, a spreadsheet), by CSV or RIS:
  evidencebook screen --batch records.ris    no such file yet: writes the records
  evidencebook screen --batch labelled.ris   the file is there: takes over its
                                             decisions, or names every fault
After an inclusion, when you have read the source:
  evidencebook new source --waiting KEY --design rct --seen full-text

\b
Examples:
  evidencebook screen --by "Ada Example" --limit 10
  evidencebook screen --again 0123456789ab      decide once more on one record
  evidencebook screen --list excluded           which ones, and why
"""


@click.command(short_help="Decide on the records that watch found.", epilog=_EPILOG)
@book_option
@click.option("--by", metavar="NAME", help="Who decides; default: the user.name of git.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask about N records at most.")
@click.option("--again", metavar="ID", help="Ask about this record, decided or not; the first letters will do.")
@click.option(
    "--list",
    "listed",
    is_flag=False,
    flag_value="counts",
    metavar="[STATE]",
    type=click.Choice(("counts", *screening.STATES)),
    help=f"Count the records by state, or list those in one: {', '.join(screening.STATES)}.",
)
@click.option("--batch", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Decide in CSV or RIS.")
@today_option
def screen(
    book: BookFolder,
    by: str | None,
    limit: int | None,
    again: str | None,
    listed: str | None,
    batch: Path | None,
    today: dt.datetime | None,
) -> None:
    """Decide on the records that evidencebook watch found: include, exclude for a reason, or later.

    Shows one record after the other, and keeps each decision at once in the file of the person who decides.
    """
    if sum(one is not None for one in (again, listed, batch)) > 1:
        raise UserError("--again, --list and --batch go one at a time")
    surveillance = _opened(book.evidence)
    if listed:
        _list(surveillance, listed)
        return
    records = _matching(surveillance, again) if again else screening.pending(surveillance)[:limit]
    if batch and not batch.exists():
        if not records:
            raise UserError("nothing waits; evidencebook watch looks for what is new")
        write_together({batch: screening_files.written(batch, records)})
        click.echo(f"{relative_path(batch)}: {len(records)} records; decide on them, then give the command again")
        return
    name, path = screening.reviewer(book.evidence, by)
    session = Session(surveillance, name, path, (today or dt.datetime.now()).date())
    if batch:
        session.decide(screening_files.decisions(batch, surveillance.candidates, session.day))
    else:
        _prompt(session, records)
    states = screening.by_state(session.surveillance)
    left = ", ".join(f"{len(states[one])} {one}" for one in screening.OPEN if states[one])
    click.echo(f"decided {session.count}; left: {left or 'nothing waits'}")


@dataclass
class Session:
    """Keep the decisions of one person; what is decided is in the file at once."""

    surveillance: Surveillance
    name: str
    path: Path
    day: dt.date
    count: int = 0

    def decide(self, made: Sequence[Decision]) -> None:
        """Write decisions down; what the person decided the same before is left alone."""
        new = [one for one in made if not self._stands(one)]
        if new:
            write_together({self.path: screening.appended(self.path, self.name, new)})
        number = len(self.surveillance.decisions)
        kept = {f"{self.path.stem}/{number + place}": decision for place, decision in enumerate(new)}
        self.surveillance = replace(self.surveillance, decisions={**self.surveillance.decisions, **kept})
        self.count += len(new)

    def _stands(self, made: Decision) -> bool:
        last = self.surveillance.decided.get(made.id, {}).get(self.path.stem)
        if last and last.date > self.day:  # a new decision would not hold against it
            raise UserError(f"{relative_path(self.path)} has a decision of a day after today, {self.day}; fix its date")
        return last is not None and (last.decision, last.reason) == (made.decision, made.reason)


def _opened(folder: Path) -> Surveillance:
    """Read what screening needs; raise EvidenceError with all that is wrong in it, and pass over any other fault."""
    surveillance, diagnostics = store.inspect(folder, inspect(folder)[0])
    needed = {relative_path(path) for path in (folder / store.QUEUE, *(folder / store.DECISIONS).glob("*.yml"))}
    if wrong := [one for one in diagnostics if one.file in needed]:
        raise EvidenceError(wrong)
    return surveillance


def _matching(surveillance: Surveillance, given: str) -> tuple[Candidate, ...]:
    found = [one for name, one in surveillance.candidates.items() if name.startswith(given.lower())]
    if len(found) != 1:
        raise UserError(f'{len(found) or "no"} records have an id that begins with "{given}"; --list STATE names them')
    return tuple(found)


def _list(surveillance: Surveillance, listed: str) -> None:
    for name, ids in screening.by_state(surveillance).items():
        if listed == "counts":
            click.echo(f"{name:<9}{len(ids):>6}")
        for one in ids if listed == name else ():
            click.echo("\n".join((f"{one}  {surveillance.candidates[one].title}", *_decisions(surveillance, one))))


def _decisions(surveillance: Surveillance, name: str) -> Iterator[str]:
    for person, made in surveillance.decided.get(name, {}).items():
        why = f": {one_line(made.reason)}" if made.reason else ""
        yield f"  {person} {_DONE[made.decision]} it on {made.date}{why}"


def _prompt(session: Session, records: Iterable[Candidate]) -> None:
    try:
        for candidate in records:
            _show(session.surveillance, candidate)
            while not _answered(session, candidate):
                pass
    except (EOFError, KeyboardInterrupt):
        click.echo()


def _answered(session: Session, candidate: Candidate) -> bool:
    """Take one answer; tell whether the next record is to be shown."""
    key, _, reason = one_line(input(_PROMPT)).partition(" ")
    verdict = _KEYS.get(key.lower())
    if verdict == "exclude" and not reason:
        click.echo("a record is excluded for a reason; write it behind the e")
    elif verdict:
        kept = reason if verdict == "exclude" else None
        session.decide([Decision(id=candidate.id, decision=verdict, date=session.day, reason=kept)])
        click.echo(f"{candidate.id} {_DONE[verdict]}")
        return True
    elif key.lower() == "q":
        raise EOFError
    return key.lower() == "n"


def _show(surveillance: Surveillance, candidate: Candidate) -> None:
    """Print a record: what it is, where it was found, what was decided on it, what it says of itself."""
    more = f" and {len(candidate.authors) - 6} more" if len(candidate.authors) > 6 else ""
    address = DOI.url(candidate.doi) if candidate.doi else PMID.url(candidate.pmid) if candidate.pmid else candidate.url
    about = (str(candidate.year or "no year"), candidate.venue, candidate.kind, candidate.status, candidate.registry)
    text = (
        candidate.title,
        ("; ".join(candidate.authors[:6]) or "no authors named") + more,
        " · ".join(filter(None, about)),
        address or "no address is known; search for the title",
        f"found on {candidate.date} by query {candidate.query}; it is {screening.state(surveillance, candidate.id)}",
        *_decisions(surveillance, candidate.id),
        candidate.abstract or "No abstract is known.",
    )
    width = 88 if sys.stdout.isatty() else 10_000
    click.echo("\n" + "\n".join(textwrap.fill(line, width, break_long_words=False) for line in text))
