"""Load the evidence base; report everything that is wrong with it at once."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from evidencebook.evidence import bibtex_reader as bibliography
from evidencebook.evidence import rules
from evidencebook.evidence.base import ANY, Entry, EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError, relative_path
from evidencebook.evidence.models import Assertion, Claim, Exclusion, Finding, Outcome, Record, Search
from evidencebook.evidence.record_reader import Shelf, files, read


def load(folder: Path) -> EvidenceBase:
    """Return the evidence base of a folder, or raise EvidenceError with every problem in every file."""
    evidence, problems = inspect(folder)
    if problems:
        raise EvidenceError(problems)
    return evidence


def inspect(folder: Path, instead: Mapping[Path, str] | None = None) -> tuple[EvidenceBase, list[Diagnostic]]:
    """Return what could be read, and what is wrong; `instead` gives texts to read in place of files."""
    if not folder.is_dir():
        return EvidenceBase(), [
            Diagnostic(relative_path(folder), 1, "there is no such folder; it should hold sources.bib and findings/")
        ]
    with _collector_at_rest():
        evidence, problems = _inspected(folder, instead or {})
    return evidence, problems


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


def _inspected(folder: Path, instead: Mapping[Path, str]) -> tuple[EvidenceBase, list[Diagnostic]]:
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
    evidence = _evidence_base(shelf)
    return evidence, sorted({*shelf.problems, *rules.broken(evidence)})


_SINGLE: tuple[tuple[str, str, type[Record]], ...] = (
    ("searches.yml", "search", Search),
    ("outcomes.yml", "outcome", Outcome),
    ("assertions.yml", "assertion", Assertion),
    ("excluded.yml", "exclusion", Exclusion),
)


def _evidence_base(shelf: Shelf) -> EvidenceBase:
    """Freeze what was read."""
    kinds = ("source", "finding", "search", "claim", "outcome", "assertion", "exclusion")
    sources, findings, searches, claims, outcomes, assertions, exclusions = (shelf.records.get(k, {}) for k in kinds)
    return EvidenceBase(
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
        shelf.problems.append(
            Diagnostic(relative_path(path), 1, "there is no such file; it holds the sources as BibTeX")
        )
        return
    sources, lines, problems = bibliography.read(path, shelf.instead.get(path))
    shelf.files.append(path)
    shelf.records["source"] = sources
    shelf.entries |= {("source", key): Entry(path, lines.get(key, 1)) for key in sources}
    shelf.unreadable |= {("source", key) for key in lines if key not in sources}
    if problems and not lines:  # nothing of it could be read
        shelf.unreadable.add(("source", ANY))
    shelf.problems += problems
