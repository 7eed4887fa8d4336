"""Ask a person about one record after the other, line by line, in any terminal."""

import shutil
import sys
from dataclasses import dataclass, field

import click

from evidencebook.surveillance.models import Candidate, Verdict
from evidencebook.surveillance.screen import leaflet, screening
from evidencebook.surveillance.screen.desk import Desk
from evidencebook.surveillance.screen.oneline import one_line

KEYS = (
    ("i", "include: it belongs into the book; a stub of its source is written"),
    ("e", "exclude, for a reason; also at once, as: e not about tea"),
    ("l", "later: it is asked about again, after all others"),
    ("b", "back to the record before, to look again or to decide otherwise"),
    ("n", "next, without a decision"),
    ("o", "open: print the address at which it can be read"),
    ("q", "quit; so do Ctrl-D and Ctrl-C; what was decided is kept"),
    ("?", "these lines"),
)
_VERDICTS: dict[str, Verdict] = {"i": "include", "e": "exclude", "l": "later"}
_DONE = {"include": "included", "exclude": "excluded", "later": "put off"}
_LOOKS: dict[str, dict[str, object]] = {"rule": {"dim": True}, "title": {"bold": True}, "warn": {"fg": "yellow"}}
_PROMPT = "[i]nclude [e]xclude [l]ater [b]ack [n]ext [o]pen [q]uit [?] > "
_MOST_REASONS = 9


def width() -> int:
    """Give the columns of the terminal, at most as many as read well."""
    return max(20, min(shutil.get_terminal_size().columns, 100))


@dataclass
class Round:
    """Go through records with one person."""

    desk: Desk
    records: tuple[Candidate, ...]
    done: dict[str, Verdict] = field(default_factory=dict)
    at: int = 0

    def go(self) -> None:
        """Ask until every record was shown or the person stops; both are good ends."""
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")  # a letter that cannot be read stops nobody's work
        try:
            while self.at < len(self.records):
                self._show()
                while not self._answered():
                    pass
        except (EOFError, KeyboardInterrupt):
            click.echo()

    def _show(self) -> None:
        """Print a record."""
        place = f"{self.at + 1} of {len(self.records)}"
        for look, line in leaflet.told(self.desk.living, self.records[self.at], width(), place):
            click.secho(line, **_LOOKS.get(look, {}))  # type: ignore[arg-type]  # the keys are those of style

    def _answered(self) -> bool:
        """Take one answer; tell whether another record is to be shown."""
        key, _, rest = _asked(_PROMPT if width() > len(_PROMPT) else "i e l b n o q ? > ").partition(" ")
        key = key.lower()
        if key in _VERDICTS:
            return self._decided(_VERDICTS[key], rest.strip())
        if key == "q":
            raise EOFError
        if key in {"b", "n"}:
            return self._moved(-1 if key == "b" else 1)
        if key == "o":
            click.echo(leaflet.link(self.records[self.at]) or "no address is known; search for the title")
        elif key == "?":
            for name, meaning in KEYS:
                click.echo("\n".join(leaflet.wrapped(meaning, width(), f"  {name}  ", "     ")))
        elif key:
            click.echo(f'there is no key "{key}"; ? lists them')
        return False

    def _moved(self, step: int) -> bool:
        """Go to another record."""
        if self.at + step < 0:
            click.echo("this is the first one")
            return False
        self.at += step
        return True

    def _decided(self, verdict: Verdict, rest: str) -> bool:
        """Keep a decision, and say so only when it is in the file."""
        reason = self._reason(rest) if verdict == "exclude" else None
        if verdict == "exclude" and reason is None:
            return False
        candidate = self.records[self.at]
        last = self.desk.living.decided.get(candidate.id, {}).get(self.desk.person.slug)
        if last and (last.decision, last.reason) == (verdict, reason):
            click.echo(f"{candidate.id} {_DONE[verdict]}, as before")
        else:
            told = self.desk.decide(candidate.id, verdict, reason)
            self.done[candidate.id] = verdict
            click.echo("\n".join((f"{candidate.id} {_DONE[verdict]}", *told)))
            if screening.state(self.desk.living, candidate.id) == "disputed":
                click.secho("people disagree about it now; it is asked about again", **_LOOKS["warn"])  # type: ignore[arg-type]  # as above
        click.echo()
        self.at += 1
        return True

    def _reason(self, given: str) -> str | None:
        """Ask why a record is excluded: a number of the list, or words; nothing leads back to the record."""
        known = screening.reasons(self.desk.living)[:_MOST_REASONS]
        if not given:
            for number, reason in enumerate(known, start=1):
                click.echo("\n".join(leaflet.wrapped(reason, width(), f"  {number}  ", "     ")))
            given = _asked("reason: a number or words > " if known else "reason > ")
        if not given:
            click.echo("not excluded: a record is excluded for a reason")
            return None
        if not given.isdecimal():
            return given
        if 1 <= int(given) <= len(known):
            return known[int(given) - 1]
        click.echo(f"there is no reason {given}; write one in words")
        return None


def _asked(prompt: str) -> str:
    """Read one line."""
    return one_line(input(prompt))
