"""Share the real evidence base, and a small one to break."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebook.ledger import Ledger
from evidencebook.load import load

pytest_plugins = ("sphinx.testing.fixtures", "built_book", "built_formats", "browsing", "living.queued")

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "small"


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    """Load the real evidence base once."""
    return load(ROOT / "evidence")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Copy the small evidence base: two sources, three findings, two claims, one search, one assertion."""
    return Path(shutil.copytree(SMALL / "evidence", tmp_path / "evidence"))


@pytest.fixture
def edit(small: Path) -> Callable[[str, str, str], Path]:
    """Replace a text in a file of the small evidence base; the text must be there."""

    def replace(name: str, old: str, new: str) -> Path:
        path = small / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return small

    return replace


def needs(tool: str | None, name: str) -> None:
    """Skip where a tool is missing, but never in CI."""
    if tool is None and os.environ.get("CI"):
        pytest.fail(f"{name} is missing in CI; tests/system-tools.sh should have installed it")
    if tool is None:
        pytest.skip(f"{name} is not installed; see tests/system-tools.sh")
