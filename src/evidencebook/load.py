"""Load the evidence base; report everything that is wrong with it at once."""

import datetime as dt
import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidencebook import bibliography, rules, yamllines
from evidencebook.ledger import ANY, Entry, Ledger
from evidencebook.messages import described
from evidencebook.problems import EvidenceError, Problem, shown
from evidencebook.records import Assertion, Claim, Exclusion, Finding, Outcome, Record, Search


@dataclass
class _Shelf:
    """Gather records and problems while the files are read."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    unreadable: set[tuple[str, str]] = field(default_factory=set)
    #: Texts to read in place of what stands in the files: how a change is judged before it is written.
    instead: Mapping[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(folder: Path) -> Ledger:
    """Return the ledger of a folder, or raise EvidenceError with every problem in every file."""
    ledger, problems = inspect(folder)
    if problems:
        raise EvidenceError(problems)
    return ledger


def inspect(folder: Path, instead: Mapping[Path, str] | None = None) -> tuple[Ledger, list[Problem]]:
    """Return what could be read, and what is wrong; `instead` gives texts to read in place of files."""
    if not folder.is_dir():
        return Ledger(), [
            Problem(shown(folder), 1, "there is no such folder; it should hold sources.bib and findings/")
        ]
    with _collector_at_rest():
        ledger, problems = _inspected(folder, instead or {})
    return ledger, problems


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let no garbage be looked for: records form no cycles, and the search took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _inspected(folder: Path, instead: Mapping[Path, str]) -> tuple[Ledger, list[Problem]]:
    """Read every file onto one shelf, and hold the rules against what stands there."""
    shelf = _Shelf(instead=instead)
    _read_sources(shelf, folder / "sources.bib")
    for path in _files(shelf, folder / "findings"):
        _read(shelf, "finding", Finding, path)
    for path in _files(shelf, folder / "claims"):
        _read(shelf, "claim", Claim, path)
    for name, kind, model in _SINGLE:
        if (folder / name).exists() or folder / name in shelf.instead:
            _read(shelf, kind, model, folder / name)
    ledger = _ledger(shelf)
    return ledger, sorted({*shelf.problems, *rules.broken(ledger)})


def _files(shelf: _Shelf, folder: Path) -> list[Path]:
    """Name the YAML files of a folder, those included that are yet to be written."""
    return sorted({*folder.glob("*.yml"), *(path for path in shelf.instead if path.parent == folder)})


_SINGLE: tuple[tuple[str, str, type[Record]], ...] = (
    ("searches.yml", "search", Search),
    ("outcomes.yml", "outcome", Outcome),
    ("assertions.yml", "assertion", Assertion),
    ("excluded.yml", "exclusion", Exclusion),
)


def _ledger(shelf: _Shelf) -> Ledger:
    """Freeze what was read."""
    kinds = ("source", "finding", "search", "claim", "outcome", "assertion", "exclusion")
    sources, findings, searches, claims, outcomes, assertions, exclusions = (shelf.records.get(k, {}) for k in kinds)
    return Ledger(
        sources=sources,
        findings=findings,
        searches=searches,
        claims=claims,
        outcomes=outcomes,
        assertions=assertions,
        exclusions=tuple(exclusions.values()),
        entries=shelf.entries,
        files=tuple(shelf.files),
        unreadable=frozenset(shelf.unreadable),
    )


def _read_sources(shelf: _Shelf, path: Path) -> None:
    """Read the bibliography onto the shelf."""
    if not path.exists():
        shelf.problems.append(Problem(shown(path), 1, "there is no such file; it holds the sources as BibTeX"))
        return
    sources, lines, problems = bibliography.read(path, shelf.instead.get(path))
    shelf.files.append(path)
    shelf.records["source"] = sources
    shelf.entries |= {("source", key): Entry(path, lines.get(key, 1)) for key in sources}
    shelf.unreadable |= {("source", key) for key in lines if key not in sources}
    shelf.problems += problems


def _read(shelf: _Shelf, kind: str, model: type[Record], path: Path) -> None:
    """Read one file of records onto the shelf."""
    document = yamllines.read(path, shelf.instead.get(path))
    shelf.files.append(path)
    if document.value is None and document.problems:
        shelf.unreadable.add((kind, ANY))
    records = shelf.records.setdefault(kind, {})
    for index, item in _items(document, kind):
        name = str(item.get("id", f"{index}")) if isinstance(item, dict) else f"{index}"
        try:
            record = model.model_validate(_with_day_as_text(kind, item))
        except ValidationError as wrong:
            _complain(document, kind, index, name, wrong)
            shelf.unreadable.add((kind, name))
            continue
        if name in records:
            document.complain((index, "id"), f'{kind} "{name}" stands twice; the first is at {_at(shelf, kind, name)}')
            continue
        records[name] = record
        shelf.entries[kind, name] = Entry(path, document.line((index, "id")))
    shelf.problems += document.problems


def _items(document: yamllines.Document, kind: str) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a file, which must be a list."""
    if document.value is None:
        return
    if not isinstance(document.value, tuple):
        document.complain((), f"the file must be a list of {kind}s, each beginning with a dash")
        return
    yield from enumerate(document.value)


def _with_day_as_text(kind: str, item: Any) -> Any:
    """Keep a search's date as written: a month may stand without its day."""
    if kind == "search" and isinstance(item, dict) and isinstance(item.get("date"), dt.date):
        return item | {"date": item["date"].isoformat()}
    return item


def _complain(document: yamllines.Document, kind: str, index: int, name: str, wrong: ValidationError) -> None:
    """Turn each validation error into a problem at its own line."""
    for error in wrong.errors():
        told = described(error)
        place = (index, *(error["loc"][:-1] if error["type"] == "missing" else error["loc"]))
        document.complain(place, f"{kind} {name}: {told}")


def _at(shelf: _Shelf, kind: str, name: str) -> str:
    """Give file and line of a record already read."""
    entry = shelf.entries[kind, name]
    return f"{shown(entry.path)}:{entry.line}"
