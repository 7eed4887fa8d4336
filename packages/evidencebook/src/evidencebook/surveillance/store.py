"""Load what keeps a book current, with everything that is wrong in it; write it as text."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from evidencebook.evidence.base import Entry, EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError
from evidencebook.evidence.entry_writer import rendered
from evidencebook.evidence.models import Record
from evidencebook.evidence.record_reader import LoadedRecords, files, read
from evidencebook.surveillance import rules
from evidencebook.surveillance.models import Candidate, Check, Checked, Decision, Query, Run

#: Files and the folder beside the evidence; people write the first, commands the others.
WATCH, RUNS, QUEUE, CHECKS, DECISIONS = "watch.yml", "runs.yml", "queue.yml", "checks.yml", "decisions"
_HEADINGS: Mapping[str, str] = {
    RUNS: "# What each run of `evidencebook watch` brought, by query; written by the command.\n",
    QUEUE: (
        "# What `evidencebook watch` found and `evidencebook screen` asks about; written by commands.\n"
        "# Titles and abstracts are their publishers'. An abstract goes when its record was decided on.\n"
    ),
    CHECKS: "# What `evidencebook verify` saw of each source, when, and since when; written by the command.\n",
    DECISIONS: (
        "# What one person decided, a line each; written by `evidencebook screen`.\n"
        "# Of two lines on one record that of the later day holds, and on one day the lower one.\n"
    ),
}
_FILES: tuple[tuple[str, str, type[Record]], ...] = (
    (WATCH, "query", Query),
    (RUNS, "run", Run),
    (QUEUE, "candidate", Candidate),
    (CHECKS, "check", Check),
)


@dataclass(frozen=True)
class Surveillance:
    """Hold queries, their runs, records found, decisions by person, and checks of sources."""

    queries: Mapping[str, Query] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()
    candidates: Mapping[str, Candidate] = field(default_factory=dict)
    #: By person and number of the entry in the person's file, as ada-example/0, in the order of the files.
    decisions: Mapping[str, Decision] = field(default_factory=dict)
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
        for name, made in sorted(self.decisions.items(), key=lambda item: item[1].date):
            found[made.id][name.rpartition("/")[0]] = made
        return dict(found)

    def runs_of(self, query: str) -> list[Run]:
        """List the runs of a query."""
        return [run for run in self.runs if run.query == query]

    def last_run(self, query: str) -> dt.date | None:
        """Give the day of the last run of a query; None when it never ran."""
        return max((run.date for run in self.runs_of(query)), default=None)


def load(folder: Path, evidence: EvidenceBase) -> Surveillance:
    """Return what lies beside the evidence of a folder; raise EvidenceError with every fault in it."""
    surveillance, diagnostics = inspect(folder, evidence)
    if diagnostics:
        raise EvidenceError(diagnostics)
    return surveillance


def inspect(folder: Path, evidence: EvidenceBase) -> tuple[Surveillance, list[Diagnostic]]:
    """Return what could be read, and what is wrong with it, by itself and against the evidence."""
    loaded = LoadedRecords()
    for name, kind, model in _FILES:
        if (folder / name).exists():
            read(loaded, kind, model, folder / name)
    for path in files(loaded, folder / DECISIONS):
        read(loaded, "decision", Decision, path)
    surveillance = Surveillance(
        queries=loaded.records.get("query", {}),
        runs=tuple(loaded.records.get("run", {}).values()),
        candidates=loaded.records.get("candidate", {}),
        decisions=loaded.records.get("decision", {}),
        checks=tuple(loaded.records.get("check", {}).values()),
        entries=loaded.entries,
        files=tuple(loaded.files),
    )
    # A record that could not be read would be reported as unknown too.
    broken = [] if loaded.diagnostics else rules.check_all(surveillance, evidence)
    return surveillance, sorted({*loaded.diagnostics, *broken})


def blocks(name: str, records: Iterable[Record]) -> str:
    """Return the text of a file of records, a line for each key."""
    return _HEADINGS[name] + "".join(rendered(_filled(record)) for record in records)


def lines(name: str, records: Iterable[Record]) -> str:
    """Return the text of a file of records, each on one line, so that changes of two never touch in git."""
    return _HEADINGS[name] + "".join(line(record) for record in records)


def line(record: Record) -> str:
    """Return one record on one line."""
    text = yaml.dump(
        _filled(record), Dumper=_NoAliases, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6
    )
    return f"- {text}"


class _NoAliases(yaml.SafeDumper):
    """Write a day that occurs twice as two days."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _filled(record: Record) -> dict[str, object]:
    return {name: value for name, value in record.model_dump().items() if value not in (None, (), "")}
