"""The cover of an e-book is the same bytes at each run, within its margins."""

import io

import pytest
from PIL import Image

from evidencebook.release.cover import cover


@pytest.mark.parametrize(
    "title", ["Sleep", "Coffee and Sleep: What the Evidence Supports", "Antidisestablishmentarianism " * 6, "A $5 pill"]
)
def test_cover_is_repeatable_and_keeps_its_margins(title: str) -> None:
    """Short, long and odd titles stay within the paper; what e-readers ask for is 1600 by 2400 dots."""
    made = cover(title, "The contributors", "Version 1")

    assert made == cover(title, "The contributors", "Version 1")
    drawn = Image.open(io.BytesIO(made)).convert("L")
    assert drawn.size == (1600, 2400)
    paper = drawn.getpixel((0, 0))
    margins = [drawn.crop(box) for box in ((0, 0, 100, 2400), (1500, 0, 1600, 2400), (0, 0, 1600, 100))]
    assert all(margin.getextrema() == (paper, paper) for margin in margins)
    assert drawn.getextrema() != (paper, paper)


def test_cover_shows_its_words() -> None:
    """Title, authors and edition are on it."""
    first = cover("Sleep", "Someone", "Version 1")

    others = [("Wake", "Someone", "Version 1"), ("Sleep", "Another", "Version 1"), ("Sleep", "Someone", "Version 2")]
    assert all(cover(*words) != first for words in others)
