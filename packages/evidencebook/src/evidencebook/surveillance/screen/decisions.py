"""Add decisions to the file of the person who made them, each on a line of its own."""

from collections.abc import Iterable
from dataclasses import replace

from evidencebook.surveillance import files
from evidencebook.surveillance.base import DECISIONS, Living
from evidencebook.surveillance.models import Decision
from evidencebook.surveillance.screen.people import Person


def appended(person: Person, made: Iterable[Decision]) -> str:
    """Return what the person's file holds with the decisions at its end; it is read anew, since git may change it."""
    text = person.path.read_text(encoding="utf-8") if person.path.exists() else ""
    if not text.strip():
        text = files.lines(DECISIONS, ()) + person.heading
    return text.rstrip("\n") + "\n" + "".join(files.line(one) for one in made)


def with_decisions(living: Living, person: Person, made: Iterable[Decision]) -> Living:
    """Return what is known once the person has decided."""
    count = sum(name.rpartition("/")[0] == person.slug for name in living.decisions)
    new = {f"{person.slug}/{count + number}": one for number, one in enumerate(made)}
    return replace(living, decisions={**living.decisions, **new})
