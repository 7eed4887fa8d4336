"""Load the evidence base; report everything that is wrong with it at once."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from evidencebook import bibliography, rules
from evidencebook.ledger import ANY, Entry, Ledger
from evidencebook.problems import EvidenceError, Problem, shown
from evidencebook.records import Assertion, Claim, Exclusion, Finding, Outcome, Record, Search
from evidencebook.shelf import Shelf, files, read


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
    shelf = Shelf(instead=instead)
    _read_sources(shelf, folder / "sources.bib")
    for path in files(shelf, folder / "findings"):
        read(shelf, "finding", Finding, path)
    for path in files(shelf, folder / "claims"):
        read(shelf, "claim", Claim, path)
    for name, kind, model in _SINGLE:
        if (folder / name).exists() or folder / name in shelf.instead:
            read(shelf, kind, model, folder / name)
    ledger = _ledger(shelf)
    return ledger, sorted({*shelf.problems, *rules.broken(ledger)})


_SINGLE: tuple[tuple[str, str, type[Record]], ...] = (
    ("searches.yml", "search", Search),
    ("outcomes.yml", "outcome", Outcome),
    ("assertions.yml", "assertion", Assertion),
    ("excluded.yml", "exclusion", Exclusion),
)


def _ledger(shelf: Shelf) -> Ledger:
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


def _read_sources(shelf: Shelf, path: Path) -> None:
    """Read the bibliography onto the shelf."""
    if not path.exists():
        shelf.problems.append(Problem(shown(path), 1, "there is no such file; it holds the sources as BibTeX"))
        return
    sources, lines, problems = bibliography.read(path, shelf.instead.get(path))
    shelf.files.append(path)
    shelf.records["source"] = sources
    shelf.entries |= {("source", key): Entry(path, lines.get(key, 1)) for key in sources}
    shelf.unreadable |= {("source", key) for key in lines if key not in sources}
    if problems and not lines:  # nothing of it could be read
        shelf.unreadable.add(("source", ANY))
    shelf.problems += problems
