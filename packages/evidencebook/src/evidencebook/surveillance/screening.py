"""Decide on the records found: their states, who decides, and what is written."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.source_key import slug
from evidencebook.surveillance import store
from evidencebook.surveillance.models import Candidate, Decision, Surveillance
from evidencebook.surveillance.text import one_line

#: "later" is not a decision: it neither settles a record nor disagrees with anybody.
State = Literal["waiting", "disputed", "later", "included", "excluded"]
STATES: tuple[State, ...] = get_args(State)
#: The states in which a record is asked about, in this order.
OPEN: tuple[State, ...] = ("waiting", "disputed", "later")


def state(surveillance: Surveillance, name: str) -> State:
    """Return the state of a record: decided when all who decided agree, each person by the last decision."""
    decisions = {made.decision for made in surveillance.decided.get(name, {}).values()}
    if decisions >= {"include", "exclude"}:
        return "disputed"
    if "include" in decisions:
        return "included"
    if "exclude" in decisions:
        return "excluded"
    return "later" if decisions else "waiting"


def by_state(surveillance: Surveillance) -> Mapping[State, tuple[str, ...]]:
    """Map every state to the ids of the records in it, in the order of the queue."""
    states = {name: state(surveillance, name) for name in surveillance.candidates}
    return {one: tuple(name for name, is_in in states.items() if is_in == one) for one in STATES}


def pending(surveillance: Surveillance) -> tuple[Candidate, ...]:
    """List the records to ask about: undecided first, then disputed, then put off, each in the order of the queue."""
    states = by_state(surveillance)
    return tuple(surveillance.candidates[name] for one in OPEN for name in states[one])


def unread(surveillance: Surveillance, evidence: EvidenceBase) -> list[Candidate]:
    """List the records on which nobody has decided for good, and the included that are no sources yet."""
    sources, states = source_of(surveillance, evidence), by_state(surveillance)
    included = [surveillance.candidates[name] for name in states["included"] if name not in sources]
    return [*pending(surveillance), *included]


def source_of(surveillance: Surveillance, evidence: EvidenceBase) -> Mapping[str, str]:
    """Map each record to the source of the bibliography that it is, by its id, DOI or PMID, else by its address."""
    known: dict[tuple[str, str], str] = {}
    for key, source in evidence.sources.items():
        marks = _marks(source.fields.get("candidate"), source.doi, source.pmid, source.url)
        known = dict.fromkeys(marks, key) | known
    found = {}
    for name, one in surveillance.candidates.items():
        if key := next((known[mark] for mark in _marks(name, one.doi, one.pmid, one.url) if mark in known), ""):
            found[name] = key
    return found


def reviewer(folder: Path, given: str | None) -> tuple[str, Path]:
    """Return who decides, as given or as git knows, and the file of that person's decisions; raise UserError."""
    name = one_line(given if given is not None else _name_in_git(folder))
    file = slug(name)[:60].strip("-")
    if not file:
        raise UserError(
            'it is not known who decides; give --by "Ada Example" with letters from a to z, or tell git once and for '
            'all: git config --global user.name "Ada Example"; nothing was written'
        )
    return name, folder / store.DECISIONS / f"{file}.yml"


def appended(path: Path, name: str, made: Sequence[Decision]) -> str:
    """Return what a person's file holds with the decisions at its end."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    text = text if text.strip() else store.lines(store.DECISIONS, ()) + f"# Decided by {name}.\n"
    return text.rstrip("\n") + "\n" + "".join(map(store.line, made))


def _marks(record: str | None, doi: str | None, pmid: str | None, url: str | None) -> list[tuple[str, str]]:
    """List what identifies a work, the surest first; an address counts only where nothing surer is known."""
    page = None if doi or pmid else (url or "").rstrip("/")
    marks = {"record": record, "doi": doi, "pmid": pmid, "url": page}
    return [(kind, value.lower()) for kind, value in marks.items() if value]


def _name_in_git(folder: Path) -> str:
    command = ("git", "config", "user.name")
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603  nothing is given
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace")
