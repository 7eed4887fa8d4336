"""Give each test services of its own, on loopback, and a small book that asks them; all works in it are invented."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidencebook.cli import main
from evidencebook.evidence import source
from evidencebook.evidence.loader import inspect
from evidencebook.surveillance import http, store
from evidencebook.surveillance.http import Client
from evidencebook.surveillance.models import Surveillance
from surveillance.server import Services, serving

SMALL = Path(__file__).parent.parent / "small" / "evidence"
WATCH = """# Queries made for the tests.
- {id: tea-articles, service: europe-pmc, terms: tea, why: Made for the test., since: 2026-11-01}
- {id: tea-trials, service: clinicaltrials, terms: tea, why: Made for the test.}
"""


@dataclass
class Book:
    """Hold a small book, and run commands in it."""

    root: Path

    @property
    def evidence(self) -> Path:
        """Give the folder of the evidence."""
        return self.root / "evidence"

    def write(self, name: str, text: str) -> Path:
        """Write a file of the evidence."""
        path = self.evidence / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, name: str) -> str:
        """Read a file of the evidence; "" when there is none."""
        path = self.evidence / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a text in a file of the evidence; the text must be there."""
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def load(self) -> Surveillance:
        """Read what is there; no fault may stand in it."""
        surveillance, diagnostics = store.inspect(self.evidence, inspect(self.evidence)[0])
        assert diagnostics == []
        return surveillance

    def run(self, command: str, *more: str, day: str = "2026-11-27") -> int:
        """Run a command on a day."""
        return main([command, "--book", str(self.root), "--today", day, *more])


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Serve while a test runs, without pauses between requests."""
    monkeypatch.setattr(http, "PACE", 0.0)
    with serving() as them:
        monkeypatch.setattr(http, "ADDRESSES", them.addresses)
        monkeypatch.setattr(source, "_ADDRESS", re.compile(r"https?://.+"))  # which refuses this machine's own
        yield them


@pytest.fixture
def client(services: Services) -> Client:
    """Ask the services of a test."""
    return Client("ada@example.org", tries=2, timeout=20)


@pytest.fixture
def book(tmp_path: Path, services: Services, monkeypatch: pytest.MonkeyPatch) -> Book:
    """Make a book of two sources with two queries, and stand in it."""
    root = tmp_path / "tea"
    shutil.copytree(SMALL, root / "evidence")
    (root / "book").mkdir()
    config = "title: Tea\nsphinx:\n  config:\n    evidence_contact: ada@example.org\n"
    (root / "book" / "_config.yml").write_text(config, encoding="utf-8")
    made = Book(root)
    made.write("watch.yml", WATCH)
    monkeypatch.chdir(root)
    monkeypatch.delenv("EVIDENCEBOOK_CONTACT", raising=False)
    return made
