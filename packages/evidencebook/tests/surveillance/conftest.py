"""Give each test services of its own, on loopback, and a small book that asks them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from surveillance.server import Services, services
from surveillance.watched import WATCH, Book


@pytest.fixture
def them() -> Iterator[Services]:
    """Serve while a test runs; what nobody said is not there."""
    with services() as serving:
        yield serving


@pytest.fixture
def book(tmp_path: Path, them: Services, monkeypatch: pytest.MonkeyPatch) -> Book:
    """Make a book of two sources with three queries, and stand in it."""
    root = tmp_path / "tea"
    shutil.copytree(Path(__file__).parent.parent / "small" / "evidence", root / "evidence")
    (root / "book").mkdir()
    (root / "book" / "_config.yml").write_text("title: Tea\nsphinx:\n  config: {}\n", encoding="utf-8")
    made = Book(root, them)
    made.write("watch.yml", WATCH)
    monkeypatch.chdir(root)
    monkeypatch.delenv("EVIDENCEBOOK_MAILTO", raising=False)
    return made
