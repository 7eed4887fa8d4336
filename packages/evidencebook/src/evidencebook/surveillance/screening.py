"""Decide on the records found: their states, who decides, and what is written."""

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.surveillance import store
from evidencebook.surveillance.models import Candidate, Decision
from evidencebook.surveillance.store import Surveillance
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


def reasons(surveillance: Surveillance) -> tuple[str, ...]:
    """List the reasons for which records were excluded, the most frequent first."""
    counts = Counter(made.reason for made in surveillance.decisions.values() if made.decision == "exclude")
    return tuple(sorted(filter(None, counts), key=lambda reason: (-counts[reason], reason)))


def reviewer_file(folder: Path, given: str | None) -> tuple[str, Path]:
    """Return who decides, as given or as git knows, and the file of that person's decisions; raise UserError."""
    name = one_line(given if given is not None else _name_in_git(folder))
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    if not slug:
        raise UserError(
            'it is not known who decides; give --by "Ada Example" with letters from a to z, or tell git once and for '
            'all: git config --global user.name "Ada Example"; nothing was written'
        )
    path = folder / store.DECISIONS / f"{slug}.yml"
    owner = re.search(r"^# Decided by (.+)\.$", path.read_text(encoding="utf-8"), re.M) if path.exists() else None
    if owner and owner[1].casefold() != name.casefold():
        raise UserError(
            f'{relative_path(path)} holds the decisions of "{owner[1]}"; if this is one person, give --by "{owner[1]}"; '
            f'if not, a name that differs in its letters, as --by "{name} two"; nothing was written'
        )
    return name, path


def appended(path: Path, name: str, made: Sequence[Decision]) -> str:
    """Return what a person's file holds with the decisions at its end."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if not text.strip():
        text = store.lines(store.DECISIONS, ()) + f"# Decided by {name}.\n"
    return text.rstrip("\n") + "\n" + "".join(map(store.line, made))


def with_decisions(surveillance: Surveillance, slug: str, made: Sequence[Decision]) -> Surveillance:
    """Return what is known once a person has decided."""
    count = sum(name.rpartition("/")[0] == slug for name in surveillance.decisions)
    new = {f"{slug}/{count + number}": decision for number, decision in enumerate(made)}
    return replace(surveillance, decisions={**surveillance.decisions, **new})


def unread(surveillance: Surveillance) -> list[Candidate]:
    """List the records on which nobody has decided for good, and the included that nobody has taken in yet."""
    states = by_state(surveillance)
    names = {*(name for one in OPEN for name in states[one]), *surveillance.waiting}
    return [one for name, one in surveillance.candidates.items() if name in names]


def source_of(surveillance: Surveillance, evidence: EvidenceBase) -> Mapping[str, str]:
    """Map each record to the source of the bibliography that it is, by its stub or by an identifier."""
    known: dict[tuple[str, str], str] = {}
    for key, source in evidence.sources.items():
        for kind, value in (("record", source.fields.get("candidate")), ("doi", source.doi), ("pmid", source.pmid)):
            if value:
                known.setdefault((kind, value.lower()), key)
        if source.url and not (source.doi or source.pmid):
            known.setdefault(("url", source.url.rstrip("/")), key)
    found = {}
    for name, one in surveillance.candidates.items():
        marks = [("record", name), ("doi", one.doi or ""), ("pmid", one.pmid or "")]
        marks += [] if one.doi or one.pmid else [("url", (one.url or "").rstrip("/"))]
        if key := next((known[mark] for mark in marks if mark in known), None):
            found[name] = key
    return found


def _name_in_git(folder: Path) -> str:
    command = ("git", "config", "user.name")
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603  nothing in it is given
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace")
