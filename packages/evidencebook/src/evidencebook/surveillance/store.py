"""Load what keeps a book current, with everything that is wrong in it; write it as text."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from evidencebook.evidence import text_file
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError
from evidencebook.evidence.entry_writer import on_one_line, rendered
from evidencebook.evidence.models import Record
from evidencebook.evidence.record_reader import LoadedRecords, files, read
from evidencebook.surveillance import rules
from evidencebook.surveillance.models import RECORDS, Surveillance

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


def load(folder: Path, evidence: EvidenceBase) -> Surveillance:
    """Return what lies beside the evidence of a folder; raise EvidenceError with every fault in it."""
    surveillance, diagnostics = inspect(folder, evidence)
    if diagnostics:
        raise EvidenceError(diagnostics)
    return surveillance


def inspect(folder: Path, evidence: EvidenceBase) -> tuple[Surveillance, list[Diagnostic]]:
    """Return what could be read, and what is wrong with it, by itself and against the evidence."""
    loaded = LoadedRecords()
    found = {name: [path] for name in RECORDS if text_file.exists(path := folder / f"{name}.yml")}
    for name, paths in (found | {DECISIONS: files(loaded, folder / DECISIONS)}).items():
        for path in paths:
            read(loaded, RECORDS[name].__name__.lower(), RECORDS[name], path)
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
    return f"- {on_one_line(_filled(record))}\n"


def _filled(record: Record) -> dict[str, object]:
    return {name: value for name, value in record.model_dump().items() if value not in (None, (), "")}
