"""Mark what a person has still to write, and find what is left of it."""

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
    """Return one notice for each record in which something is still to be written, in the order of the files."""
    notices = []
    for (kind, name), entry in evidence.entries.items():
        record = _record(evidence, kind, name)
        if keys := sorted(key for key, value in record if MARK in str(value)):
            notices.append(
                Diagnostic(
                    relative_path(entry.path),
                    entry.line,
                    f"{kind} {name} is a stub; still to be written: {', '.join(keys)}",
                )
            )
    return sorted(notices)


def _record(evidence: EvidenceBase, kind: str, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of a record; what the BibTeX entry of a source says is in its other keys already."""
    if kind == "exclusion" or kind in evidence.serving:
        return iter(())
    return ((key, value) for key, value in evidence.records(kind)[name] if key != "fields")
