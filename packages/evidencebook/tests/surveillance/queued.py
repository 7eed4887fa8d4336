"""Give tests of screening a begun book with a queue; every work, person and DOI in it is invented."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencebook.cli import main
from evidencebook.evidence.loader import inspect
from evidencebook.surveillance import base, files
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate, Sighting

Screen = Callable[..., int]
TEA, TRIAL, RULE, DREAMS = "0123456789ab", "123456789012", "bbbbbbbbbbbb", "aaaaaaaaaaaa"


def candidate(name: str, title: str = "Tea and Sleep", **said: Any) -> Candidate:
    """Make one record, an article by Ada Example unless something else is said."""
    seen = Sighting(query="tea-any", service="crossref", date=dt.date(2026, 11, 20))
    values = {"authors": ("Example, Ada",), "year": 2026, "venue": "Journal of Examples", "found": (seen,)} | said
    return Candidate(id=name, title=title, **values)


def candidates() -> list[Candidate]:
    """Make four records: two articles that want the same key, a registration whose id is digits, a notice."""
    return [
        candidate(TEA, "Tea and Sleep", doi="10.1000/tea.1", abstract="Invented words of an abstract."),
        candidate(
            TRIAL,
            "A trial of tea",
            kind="registration",
            authors=(),
            venue="ClinicalTrials.gov",
            registry="NCT00000000",
            url="https://clinicaltrials.gov/study/NCT00000000",
        ),
        candidate(RULE, "Rule on tea", kind="notice", authors=(), venue="Tea Office", url="https://example.org/rule"),
        candidate(DREAMS, "Tea & dreams: 50% {of} them", doi="10.1000/tea.2"),
    ]


def write_queue(evidence: Path, records: list[Candidate]) -> None:
    """Write a queue as watch does."""
    (evidence / base.QUEUE).write_text(files.blocks(base.QUEUE, records), encoding="utf-8")


def sound(evidence: Path) -> Living:
    """Read what is there; no fault may stand in it."""
    living, problems = base.inspect(evidence, inspect(evidence)[0])

    assert problems == []
    return living


@pytest.fixture(scope="session")
def begun_living(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin a book, once."""
    folder = tmp_path_factory.mktemp("living") / "tea"

    assert main(["init", str(folder), "--title", "Tea", "--author", "Ada Example"]) == 0
    return folder


@pytest.fixture
def queue(begun_living: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a copy of the book, with a queue; return its evidence."""
    root = tmp_path / "living"
    for name in ("book", "evidence"):
        shutil.copytree(begun_living / name, root / name)
    shutil.copy(begun_living / ".gitattributes", root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "80")
    write_queue(root / "evidence", candidates())
    return root / "evidence"


@pytest.fixture
def screen(queue: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Run the command with these answers, as Ada on one day unless something else is said."""

    def run(*answers: str, by: str = "Ada Example", today: str = "2026-11-22", options: tuple[str, ...] = ()) -> int:
        given = iter(answers)

        def answer(prompt: str) -> str:
            print(prompt, end="")
            try:
                said = next(given)
            except StopIteration:
                raise EOFError from None
            print(said)
            return said

        monkeypatch.setattr("builtins.input", answer)
        return main(["screen", "--by", by, "--today", today, *options])

    return run
