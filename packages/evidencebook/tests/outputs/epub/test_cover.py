"""The cover and the packing of an e-book are the same bytes at each run."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from evidencebook.outputs.epub.archive import pack
from evidencebook.outputs.epub.cover import cover

DAY = dt.datetime(2026, 11, 22, 12, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "title", ["Sleep", "Coffee and Sleep: What the Evidence Supports", "Antidisestablishmentarianism " * 6, "A $5 pill"]
)
def test_cover_repeats_and_keeps_its_margins(title: str) -> None:
    """Short, long and odd titles stay within the paper; what e-readers ask for is 1600 by 2400 dots."""
    made = cover(title, "The contributors", "Version 1")

    assert made == cover(title, "The contributors", "Version 1")
    drawn = Image.open(io.BytesIO(made)).convert("L")
    assert drawn.size == (1600, 2400)
    paper = drawn.getpixel((0, 0))
    margins = [drawn.crop(box) for box in ((0, 0, 100, 2400), (1500, 0, 1600, 2400), (0, 0, 1600, 100))]
    assert all(margin.getextrema() == (paper, paper) for margin in margins)
    assert drawn.getextrema() != (paper, paper)


def test_other_words_make_another_cover() -> None:
    """Title, authors and edition are on it."""
    first = cover("Sleep", "Someone", "Version 1")

    others = [("Wake", "Someone", "Version 1"), ("Sleep", "Another", "Version 1"), ("Sleep", "Someone", "Version 2")]
    assert all(cover(*words) != first for words in others)


def test_epub_archive_tells_no_time_and_place(tmp_path: Path) -> None:
    """The type comes first and uncompressed, the rest in the order given, each dated as told."""
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        for file in ("mimetype", "b", "a") if name == "one" else ("a", "b", "mimetype"):
            (folder / file).write_text(file * 100, encoding="utf-8")
        pack(folder, ["b", "a"], folder / "book.epub", DAY)
        made.append((folder / "book.epub").read_bytes())

    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert archive.namelist() == ["mimetype", "b", "a"]
        assert archive.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        assert archive.getinfo("a").date_time == (2026, 11, 22, 12, 30, 0)


def test_epub_packing_that_fails_leaves_the_last_archive(tmp_path: Path) -> None:
    """Nothing half-written takes its place, and nothing half-written stays."""
    (tmp_path / "mimetype").write_text("x", encoding="utf-8")
    (tmp_path / "book.epub").write_bytes(b"the last one")

    with pytest.raises(FileNotFoundError):
        pack(tmp_path, ["no such file"], tmp_path / "book.epub", DAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.epub", "mimetype"]
    assert (tmp_path / "book.epub").read_bytes() == b"the last one"
