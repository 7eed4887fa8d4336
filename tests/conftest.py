"""Share the real evidence base."""

import os
from pathlib import Path

import pytest

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load

pytest_plugins = ("built_book", "built_formats", "browsing")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def evidence() -> EvidenceBase:
    """Load the real evidence base once."""
    return load(ROOT / "evidence")


def needs(tool: str | None, name: str) -> None:
    """Skip where a tool is missing, but never in CI."""
    if tool is None and os.environ.get("CI"):
        pytest.fail(f"{name} is missing in CI; tests/system-tools.sh should have installed it")
    if tool is None:
        pytest.skip(f"{name} is not installed; see tests/system-tools.sh")
