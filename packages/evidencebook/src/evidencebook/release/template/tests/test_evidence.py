"""The evidence base: sound, and nothing in it or on the pages left to be written."""

from pathlib import Path

from evidencebook.evidence import todo_markers
from evidencebook.evidence.loader import inspect

ROOT = Path(__file__).parent.parent
EVIDENCE, DIAGNOSTICS = inspect(ROOT / "evidence")


def test_evidence_keeps_every_rule() -> None:
    """Every rule of the loader holds."""
    assert [str(diagnostic) for diagnostic in DIAGNOSTICS] == []


def test_no_stub_is_left_in_the_evidence() -> None:
    """What `evidencebook new` marked has been written."""
    assert [str(notice) for notice in todo_markers.left(EVIDENCE)] == []


def test_no_stub_is_left_on_a_page() -> None:
    """What `evidencebook new page` marked has been written."""
    pages = [path for path in (ROOT / "book").rglob("*.md") if "_build" not in path.parts]

    assert pages
    assert [path.name for path in pages if todo_markers.MARK in path.read_text(encoding="utf-8")] == []
