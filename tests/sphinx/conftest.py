"""Lay out small books around the small evidence base."""

import shutil
from pathlib import Path

import pytest

from small_book import CONF, PAGES, Book, Replace

SMALL = Path(__file__).parent.parent / "small"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Lay out a small book."""
    shutil.copytree(SMALL / "evidence", tmp_path / "evidence")
    made = Book(tmp_path)
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "conf.py").write_text(CONF, encoding="utf-8")
    for page, text in PAGES.items():
        made.write(page, text)
    return made


@pytest.fixture
def replace(book: Book) -> Replace:
    """Replace a text in a file of the book; the text must be there."""

    def in_file(name: str, old: str, new: str) -> None:
        path = book.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return in_file
