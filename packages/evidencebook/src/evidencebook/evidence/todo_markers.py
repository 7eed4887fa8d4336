"""Mark what a person has still to write, and find what is left of it: notices in check, failures in `make test`."""

from collections.abc import Iterator
from typing import Any

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, relative_path

MARK = "TO WRITE"


def stub(advice: str) -> str:
    """Stand in for a text that a person has still to write, and say what it should be."""
    return f"{MARK} ({advice})"


def source_note(design: str | None, seen: str | None) -> str:
    """Say what was seen of a source, and mark what nobody but its reader can know."""
    wanted = [] if design else ["the design in keywords"]
    wanted += [] if seen else ["what was seen, as the first words: seen: abstract"]
    told = f"seen: {seen}" if seen else ""
    return ". ".join(filter(None, (told, stub("; ".join(wanted)) if wanted else "")))


def left(evidence: EvidenceBase) -> list[Diagnostic]:
    """Return a notice for each record with something still to be written, and for each source that nothing uses."""
    notices = []
    marked = {
        path for path in {entry.path for entry in evidence.entries.values()} if MARK.encode() in path.read_bytes()
    }
    for (kind, name), entry in evidence.entries.items():
        record = _record(evidence, kind, name) if entry.path in marked else ()
        if keys := sorted(key for key, value in record if MARK in str(value)):
            told = f"{kind} {name} is a stub; still to be written: {', '.join(keys)}"
            notices.append(Diagnostic(relative_path(entry.path), entry.line, told))
        if kind == "source" and _waits(evidence, name):
            told = f"source {name} is used by no finding; take a finding from it or give the reason in excluded.yml"
            notices.append(Diagnostic(relative_path(entry.path), entry.line, told))
    return sorted(notices)


def _waits(evidence: EvidenceBase, key: str) -> bool:
    """Tell whether a source is neither used nor excluded, as far as these could be read."""
    known = evidence.is_whole("finding") and evidence.is_whole("exclusion")
    return known and key not in evidence.findings_of_source and key not in evidence.excluded_sources


def _record(evidence: EvidenceBase, kind: str, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of a record; what the BibTeX entry of a source says is in its other keys already."""
    if kind == "exclusion" or kind in evidence.serving:
        return iter(())
    return ((key, value) for key, value in evidence.records(kind)[name] if key != "fields")
