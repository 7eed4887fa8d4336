"""Read and write checks.yml: a line for each check, by source and then by what was checked."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import EvidenceError
from evidencebook.evidence.record_reader import LoadedRecords, read
from evidencebook.surveillance import files
from evidencebook.surveillance.base import CHECKS
from evidencebook.surveillance.models import Check, Checked

Key = tuple[str, Checked]


def taken(folder: Path) -> dict[Key, Check]:
    """Return the checks; raise EvidenceError when the file cannot be read, since what it holds would be lost.

    Of two checks of one thing, which a merge may leave, the later holds.
    """
    path = folder / CHECKS
    if not path.exists():
        return {}
    loaded = LoadedRecords()
    read(loaded, "check", Check, path)
    if loaded.diagnostics:
        raise EvidenceError(loaded.diagnostics)
    made: list[Check] = list(loaded.records.get("check", {}).values())
    return {(check.source, check.what): check for check in sorted(made, key=lambda check: check.date)}


def write(folder: Path, checks: Mapping[Key, Check]) -> None:
    """Write the checks, whole or not at all; what would not change is left alone, and no file is begun for nothing."""
    path = folder / CHECKS
    text = files.lines(CHECKS, ()) + "".join(_line(checks[key]) for key in sorted(checks))
    before = path.read_text(encoding="utf-8") if path.exists() else None
    if text != before and (checks or before is not None):
        write_together({path: text})


@lru_cache(maxsize=100_000)
def _line(check: Check) -> str:
    """Write one check; most are the same each time that the file is written."""
    return files.line(check)
