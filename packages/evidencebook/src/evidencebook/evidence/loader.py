"""Load the evidence base; report everything that is wrong with it at once."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from evidencebook.evidence import bibtex_reader, rules
from evidencebook.evidence.base import ANY, Entry, EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError, relative_path
from evidencebook.evidence.models import Assertion, Claim, Exclusion, Finding, Outcome, Record, Search
from evidencebook.evidence.record_reader import LoadedRecords, files, read

_KEPT: dict[Path, EvidenceBase] = {}


def load(folder: Path) -> EvidenceBase:
    """Return the evidence base of a folder, or raise EvidenceError with every problem in every file."""
    if folder in _KEPT:
        return _KEPT[folder]
    evidence, problems = inspect(folder)
    if problems:
        raise EvidenceError(problems)
    return evidence


def keep(folder: Path) -> None:
    """Load a folder once for the life of this process, which must end before a file is edited; raise as load does."""
    _KEPT[folder] = load(folder)


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
    """Read every file onto one loaded, and hold the rules against what stands there."""
    loaded = LoadedRecords(instead=instead)
    _read_sources(loaded, folder / "sources.bib")
    for path in files(loaded, folder / "findings"):
        read(loaded, "finding", Finding, path)
    for path in files(loaded, folder / "claims"):
        read(loaded, "claim", Claim, path)
    for name, kind, model in _SINGLE:
        if (folder / name).exists() or folder / name in loaded.instead:
            read(loaded, kind, model, folder / name)
    evidence = _evidence_base(loaded)
    return evidence, sorted({*loaded.diagnostics, *rules.check_all(evidence)})


_SINGLE: tuple[tuple[str, str, type[Record]], ...] = (
    ("searches.yml", "search", Search),
    ("outcomes.yml", "outcome", Outcome),
    ("assertions.yml", "assertion", Assertion),
    ("excluded.yml", "exclusion", Exclusion),
)


def _evidence_base(loaded: LoadedRecords) -> EvidenceBase:
    """Freeze what was read."""
    kinds = ("source", "finding", "search", "claim", "outcome", "assertion", "exclusion")
    sources, findings, searches, claims, outcomes, assertions, exclusions = (loaded.records.get(k, {}) for k in kinds)
    return EvidenceBase(
        sources=sources,
        findings=findings,
        searches=searches,
        claims=claims,
        outcomes=outcomes,
        assertions=assertions,
        exclusions=tuple(exclusions.values()),
        entries=loaded.entries,
        files=tuple(loaded.files),
        unreadable=frozenset(loaded.unreadable),
    )


def _read_sources(loaded: LoadedRecords, path: Path) -> None:
    """Read the bibliography onto the loaded."""
    if not path.exists():
        loaded.diagnostics.append(
            Diagnostic(relative_path(path), 1, "there is no such file; it holds the sources as BibTeX")
        )
        return
    sources, lines, problems = bibtex_reader.read(path, loaded.instead.get(path))
    loaded.files.append(path)
    loaded.records["source"] = sources
    loaded.entries |= {("source", key): Entry(path, lines.get(key, 1)) for key in sources}
    loaded.unreadable |= {("source", key) for key in lines if key not in sources}
    if problems and not lines:  # nothing of it could be read
        loaded.unreadable.add(("source", ANY))
    loaded.diagnostics += problems
