"""Hold a small book whose queries go to the stand-ins, and give it the command."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evidencebook.cli import main
from evidencebook.surveillance.asking.services import NAMES
from surveillance.server import Services

WATCH = """# Queries made for the tests.
- id: tea-pubmed
  service: pubmed
  terms: tea[tiab]
  why: Made for the test.
  runs: [] # nobody asked yet

# The registers come last.
- id: tea-europe-pmc
  service: europe-pmc
  terms: tea
  why: >-
    Made for the test,
    on two lines.
  since: 2026-11-01

- id: tea-trials
  service: clinicaltrials
  terms: tea
  why: Made for the test.
  runs:
    - {date: 2026-11-20, found: 0, known: 0, new: 0} # the first
  # the end
"""


@dataclass
class Book:
    """Hold a small book, and a way to give it the command."""

    root: Path
    them: Services

    @property
    def evidence(self) -> Path:
        """Give the folder of the evidence."""
        return self.root / "evidence"

    @property
    def scratch(self) -> Path:
        """Give the folder of the journals."""
        return self.root / ".watch"

    def write(self, name: str, text: str) -> Path:
        """Write a file of the evidence."""
        path = self.evidence / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, name: str) -> str:
        """Read a file of the evidence; nothing when there is none."""
        path = self.evidence / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def queue(self) -> list[dict[str, Any]]:
        """Read what waits."""
        return list(yaml.safe_load(self.read("queue.yml")) or [])

    def runs(self, query: str) -> list[tuple[str, int, int, int]]:
        """Read the counts of a query."""
        found = next(one for one in yaml.safe_load(self.read("watch.yml")) if one["id"] == query)
        return [(str(run["date"]), run["found"], run["known"], run["new"]) for run in found.get("runs", [])]

    def arguments(self, *more: str, day: str = "2026-11-27") -> list[str]:
        """Word the command so that it asks the stand-ins, on a day."""
        addresses = [f"{name}={address}" for name, address in self.them.addresses.items() if name in NAMES]
        asked = [part for one in addresses for part in ("--service", one)]
        return ["watch", "--contact", "ada@example.org", "--hurry", "0", "--today", day, *asked, *more]

    def watch(self, *more: str, day: str = "2026-11-27") -> int:
        """Run the command within this process."""
        return main(self.arguments(*more, day=day))
