"""Hold what a living book keeps beside its evidence, and load it with everything that is wrong in it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from evidencebook.evidence import bibtex_reader as bibliography
from evidencebook.evidence.base import Entry, EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError
from evidencebook.evidence.models import Record, Source
from evidencebook.evidence.record_reader import Shelf, files, read
from evidencebook.surveillance import rules
from evidencebook.surveillance.models import Candidate, Check, Checked, Decision, Query

#: The files that commands write, beside the evidence.
WATCH, QUEUE, CHECKS, DECISIONS, WAITING = "watch.yml", "queue.yml", "checks.yml", "decisions", "waiting"


@dataclass(frozen=True)
class Living:
    """Hold queries, records found, decisions by person and checks by source."""

    queries: Mapping[str, Query] = field(default_factory=dict)
    candidates: Mapping[str, Candidate] = field(default_factory=dict)
    #: Person and number of the entry in the person's file, in the order of the files.
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    #: Sources that a decision included and of which nothing was taken yet, by the id of the record found.
    waiting: Mapping[str, Source] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    entries: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    files: tuple[Path, ...] = ()

    @cached_property
    def checks_of(self) -> Mapping[str, Mapping[Checked, Check]]:
        """Map each source to its checks by what was checked."""
        found: dict[str, dict[Checked, Check]] = defaultdict(dict)
        for check in self.checks:
            found[check.source][check.what] = check
        return dict(found)

    @cached_property
    def decided(self) -> Mapping[str, Mapping[str, Decision]]:
        """Map each record to the last decision of each person on it: of the latest day, and there the lowest line.

        The day counts first, because git puts the lines of two branches one below the other.
        """
        found: dict[str, dict[str, Decision]] = defaultdict(dict)
        for name, made in sorted(self.decisions.items(), key=lambda one: one[1].date):
            found[made.id][name.rpartition("/")[0]] = made
        return dict(found)


def load(folder: Path, evidence: EvidenceBase) -> Living:
    """Return what lies beside the evidence of a folder, or raise EvidenceError with every problem in it."""
    living, problems = inspect(folder, evidence)
    if problems:
        raise EvidenceError(problems)
    return living


def inspect(folder: Path, evidence: EvidenceBase) -> tuple[Living, list[Diagnostic]]:
    """Return what could be read, and what is wrong with it, by itself and against the evidence."""
    shelf = Shelf()
    for name, kind, model in _SINGLE:
        if (folder / name).exists():
            read(shelf, kind, model, folder / name)
    for path in files(shelf, folder / DECISIONS):
        read(shelf, "decision", Decision, path)
    waiting = _waiting(shelf, folder / WAITING)
    living = Living(
        queries=shelf.records.get("query", {}),
        candidates=shelf.records.get("candidate", {}),
        decisions=shelf.records.get("decision", {}),
        waiting=waiting,
        checks=tuple(shelf.records.get("check", {}).values()),
        entries=shelf.entries,
        files=tuple(shelf.files),
    )
    whole = not shelf.problems  # a record that could not be read would be reported as unknown too
    return living, sorted({*shelf.problems, *(rules.broken(living, evidence) if whole else ())})


_SINGLE: tuple[tuple[str, str, type[Record]], ...] = (
    (WATCH, "query", Query),
    (QUEUE, "candidate", Candidate),
    (CHECKS, "check", Check),
)


def _waiting(shelf: Shelf, folder: Path) -> dict[str, Source]:
    """Read the stubs of included sources, one in each file."""
    found: dict[str, Source] = {}
    for path in sorted(folder.glob("*.bib")):
        sources, lines, problems = bibliography.read(path)
        shelf.files.append(path)
        shelf.problems += problems
        for key, source in sources.items():
            found[path.stem] = source
            shelf.entries["waiting", path.stem] = Entry(path, lines.get(key, 1))
    return found
