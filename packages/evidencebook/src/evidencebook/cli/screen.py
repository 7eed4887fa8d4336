"""evidencebook screen: go through the records found, one at a time or as a table."""

import datetime as dt
import os
import shlex
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from evidencebook.cli._screening import Round, width
from evidencebook.evidence import project as bookfolder
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.surveillance.base import WAITING, Living
from evidencebook.surveillance.models import Candidate
from evidencebook.surveillance.screen import batch, desk, leaflet, people, screening
from evidencebook.surveillance.screen.desk import Desk

_NOTHING = "nothing waits"
_EPILOG = """\b
One record at a time, you type a letter and Enter:
  i  include: a stub of its source is written to evidence/waiting/
  e  exclude: you are asked for a reason, or say it at once: e not about tea
  l  later: it is asked about again, after all others
  b  back to the record before      n  next, without a decision
  o  print the address to open      q  quit; so do Ctrl-D and Ctrl-C
  ?  these letters

\b
What is asked, and in which order:
  waiting    nobody has decided on it
  disputed   one person includes it, another excludes it; you see who and why
  later      it was put off
A record is decided when all who decided agree. Each person counts by the
last decision, so a changed mind settles a dispute: screen --again ID

\b
As a table:
  evidencebook screen --batch table.csv   no such file yet: writes the records
  (fill in the columns decision and reason, in any spreadsheet)
  evidencebook screen --batch table.csv   the file is there: takes it over
Rows without a decision are left alone. When one row is wrong nothing is
taken over, and every fault is named with its line. Taking over twice
changes nothing.

\b
Files:
  evidence/queue.yml                  what watch found; only read here
  evidence/decisions/ada-example.yml  your decisions, one line each
  evidence/waiting/ID.bib             stubs of included sources
A decision is in its file before the screen says so: a run that was cut off
goes on where it stopped. Decisions of several people merge in git without
conflict.

\b
After an inclusion, when you have read the source:
  evidencebook new source --waiting smith2026tea --design rct --seen full-text
  evidencebook new finding --source smith2026tea

\b
Examples:
  evidencebook screen
  evidencebook screen --by "Ada Example" --limit 10
  evidencebook screen --again 0123456789ab      decide once more on one record
  evidencebook screen --list                    how many are in which state
  evidencebook screen --list excluded           which ones, and why
"""


@click.command(epilog=_EPILOG)
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
@click.option(
    "--batch", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Decide in a CSV table."
)
@click.option(
    "--evidence", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Default: that of the book here."
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True)
@click.pass_context
def screen(
    ctx: click.Context,
    by: str | None,
    limit: int | None,
    again: str | None,
    listed: str | None,
    file: Path | None,
    evidence: Path | None,
    today: dt.datetime | None,
) -> None:
    """Decide on the records that evidencebook watch found: include, exclude for a reason, or later.

    Shows one record after the other, with title, abstract, where it was found and what others decided, and keeps each
    decision at once in the file of the person who decides.
    """
    if sum(one is not None for one in (again, listed, file)) > 1:
        raise UserError("--again, --list and --batch go one at a time")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False
    folder = evidence or _evidence()
    base, living = desk.opened(folder)
    if listed:
        _list(living, listed)
        return
    if not living.candidates:
        click.echo(f"{_NOTHING}; evidencebook watch looks for what is new")
        return
    records = _one(living, again) if again else screening.asked(living)[:limit]
    if file and not file.exists():
        _write_table(file, living, records)
        return
    day = (today or dt.datetime.now(tz=dt.UTC)).date()
    at = Desk(folder, base, living, people.person(folder, by), day)
    _echo(at.mend())
    if file:
        _take_over(at, file)
    elif records:
        _ask(at, records)
    else:
        click.echo(_NOTHING)
        _tell_how_to_share(at, 0)


def _evidence() -> Path:
    """Give the evidence below the working folder, so that paths stay short, or else that of the book around it."""
    near = Path("evidence")
    return near if near.is_dir() else bookfolder.here().evidence


def _one(living: Living, given: str) -> tuple[Candidate, ...]:
    """Find the record whose id begins so."""
    found = [one for name, one in living.candidates.items() if name.startswith(given.lower())]
    if not found:
        raise UserError(f'no record of queue.yml has the id "{given}"; --list STATE names them')
    if len(found) > 1:
        raise UserError(f'{len(found)} records have ids that begin with "{given}"; write more of it')
    return tuple(found)


def _list(living: Living, listed: str) -> None:
    """Print how many records are in each state, or those in one."""
    for name, ids in screening.by_state(living).items():
        if listed == "counts":
            click.echo(f"{name:<9}{len(ids):>6}")
        for one in ids if listed == name else ():
            click.echo(leaflet.in_short(living.candidates[one], width()))
            for person, made in living.decided.get(one, {}).items():
                click.echo("\n".join(leaflet.wrapped(f"{person} {leaflet.said(made)}", width(), " " * 14, " " * 14)))


def _write_table(file: Path, living: Living, records: tuple[Candidate, ...]) -> None:
    """Write the records that wait, for a spreadsheet."""
    if not records:
        click.echo(_NOTHING)
        return
    if not file.parent.is_dir():
        raise UserError(f"there is no folder {relative_path(file.parent)}; make it first; nothing was written")
    write_together({file: batch.table(living, records)})
    count = "1 record" if len(records) == 1 else f"{len(records)} records"
    click.echo(
        f"{relative_path(file)}: {count}; fill in decision (include, exclude, later) and reason, then give it again"
    )


def _take_over(at: Desk, file: Path) -> None:
    """Keep what a table decides."""
    made = batch.decisions(file, at)
    _echo(at.keep(made))
    click.echo(_summed(one.decision for one in made) if made else f"{relative_path(file)} decides nothing new")
    _tell_how_to_share(at, len(made))


def _ask(at: Desk, records: tuple[Candidate, ...]) -> None:
    """Ask about the records, and say how it ended."""
    going = Round(at, records)
    going.go()
    click.echo(_summed(going.done.values()))
    _tell_how_to_share(at, len(going.done))


def _summed(made: Iterable[str]) -> str:
    """Count what was decided."""
    counts = Counter(made)
    words = {"include": "included", "exclude": "excluded", "later": "put off"}
    told = ", ".join(f"{counts[one]} {word}" for one, word in words.items() if counts[one])
    return f"decided {counts.total()}: {told}" if told else "decided nothing"


def _tell_how_to_share(at: Desk, count: int) -> None:
    """Say what is left, and which commands hand the decisions on."""
    left = Counter({name: len(ids) for name, ids in screening.by_state(at.living).items() if name in screening.OPEN})
    told = ", ".join(f"{number} {name}" for name, number in left.items() if number)
    click.echo(f"left: {told}" if told else f"left: {_NOTHING}")
    if at.touched:
        stubs = any(path.parent.name == WAITING for path in at.touched)
        paths = [
            relative_path(path)
            for path in (at.person.path, at.folder / WAITING)
            if path.exists() and (path.suffix or stubs)
        ]
        subject = "Screen 1 record" if count == 1 else f"Screen {count} records" if count else "Put the stubs right"
        click.echo(f"to share:\n  git add {shlex.join(paths)}\n  git commit -m {shlex.quote(subject)}")


def _echo(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        click.echo(line)
