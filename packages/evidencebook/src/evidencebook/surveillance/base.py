"""Hold what a living book keeps beside its evidence, and load it with everything that is wrong in it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from evidencebook.evidence import bibtex_reader
from evidencebook.evidence.base import Entry, EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError
from evidencebook.evidence.models import Record, Source
from evidencebook.evidence.record_reader import LoadedRecords, files, read
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
    loaded = LoadedRecords()
    for name, kind, model in _SINGLE:
        if (folder / name).exists():
            read(loaded, kind, model, folder / name)
    for path in files(loaded, folder / DECISIONS):
        read(loaded, "decision", Decision, path)
    waiting = _waiting(loaded, folder / WAITING)
    living = Living(
        queries=loaded.records.get("query", {}),
        candidates=loaded.records.get("candidate", {}),
        decisions=loaded.records.get("decision", {}),
        waiting=waiting,
        checks=tuple(loaded.records.get("check", {}).values()),
        entries=loaded.entries,
        files=tuple(loaded.files),
    )
    whole = not loaded.diagnostics  # a record that could not be read would be reported as unknown too
    return living, sorted({*loaded.diagnostics, *(rules.broken(living, evidence) if whole else ())})


_SINGLE: tuple[tuple[str, str, type[Record]], ...] = (
    (WATCH, "query", Query),
    (QUEUE, "candidate", Candidate),
    (CHECKS, "check", Check),
)


def _waiting(loaded: LoadedRecords, folder: Path) -> dict[str, Source]:
    """Read the stubs of included sources, one in each file."""
    found: dict[str, Source] = {}
    for path in sorted(folder.glob("*.bib")):
        sources, lines, problems = bibtex_reader.read(path)
        loaded.files.append(path)
        loaded.diagnostics += problems
        for key, source in sources.items():
            found[path.stem] = source
            loaded.entries["waiting", path.stem] = Entry(path, lines.get(key, 1))
    return found
