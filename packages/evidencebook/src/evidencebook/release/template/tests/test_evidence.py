"""The evidence base: sound, and nothing in it or on the pages left to be written."""

from pathlib import Path

from evidencebook.evidence import todo_markers as stubs
from evidencebook.evidence.loader import inspect

ROOT = Path(__file__).parent.parent
LEDGER, PROBLEMS = inspect(ROOT / "evidence")


def test_no_rule_is_broken() -> None:
    """Every rule of the loader holds."""
    assert [str(problem) for problem in PROBLEMS] == []


def test_no_stub_is_left_in_the_evidence() -> None:
    """What `evidencebook new` marked has been written."""
    assert [str(notice) for notice in stubs.left(LEDGER)] == []


def test_no_stub_is_left_on_a_page() -> None:
    """What `evidencebook new page` marked has been written."""
    pages = [path for path in (ROOT / "book").rglob("*.md") if "_build" not in path.parts]

    assert pages
    assert [path.name for path in pages if stubs.MARK in path.read_text(encoding="utf-8")] == []
