"""Share the real evidence base."""

from pathlib import Path

import pytest

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load

pytest_plugins = ("installed", "built_book", "built_formats", "browsing")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def evidence() -> EvidenceBase:
    """Load the real evidence base once."""
    return load(ROOT / "evidence")
