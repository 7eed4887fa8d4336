"""Every format says the same: each claim with its certainty, each number, each citation, chapter by chapter."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import outputs
import printed
from installed import needs
from outputs import Passage

pytestmark = pytest.mark.slow
#: The first page is a chapter in other formats, under a title of its own; the book's title stands before it.
FRONT, FRONT_TITLE = "index", "The short answer"


@pytest.fixture(scope="module")
def chapters(site: Path, soups: dict[str, BeautifulSoup]) -> dict[str, list[Passage]]:
    """Take each page of the site apart."""
    names = [name for name in soups if name not in ("search.html", "genindex.html")]
    return {name.removesuffix(".html"): outputs.passages((site / name).read_text(encoding="utf-8")) for name in names}


def test_formats_compared_passages(site: Path, chapters: dict[str, list[Passage]]) -> None:
    """Every claim of the evidence base is among the passages, most of them on a page that argues them."""
    data = json.loads((site / "evidence" / "evidence.json").read_text(encoding="utf-8"))
    found = [passage for page in chapters.values() for passage in page if passage.kind == "claim"]

    assert len(found) == len(data["claims"]) >= 100
    assert sum(len(page) for page in chapters.values()) > 5000
    assert {passage.kind for passage in chapters["sources"]} >= {"text", "row", "reference"}


def test_epub_says_what_the_site_says(made: Callable[[str], Path], chapters: dict[str, list[Passage]]) -> None:
    """Passage by passage in the same order, with nothing lost and nothing added."""
    with zipfile.ZipFile(made("epub")) as book:
        for page, wanted in chapters.items():
            told = [passage.words.split() for passage in outputs.passages(book.read(f"{page}.xhtml").decode())]
            assert told == [passage.words.split() for passage in wanted], page


@pytest.mark.parametrize("kind", ["latex", "typst"])
def test_pdf_says_what_the_site_says(
    kind: str, made: Callable[[str], Path], chapters: dict[str, list[Passage]], soups: dict[str, BeautifulSoup]
) -> None:
    """In the chapter of the same title; references, which LaTeX gathers at the end, anywhere in the book."""
    needs(shutil.which("pdftotext"), "pdftotext")
    pdf = made(kind)
    pages = printed.pages(pdf)
    titles = {page: soups[f"{page}.html"].h1.get_text().rstrip("¶") for page in chapters} | {FRONT: FRONT_TITLE}  # type: ignore[union-attr]  # every page has one
    found = outputs.chapters(titles, printed.outline(pdf), pages)
    assert found.keys() == chapters.keys()

    lost: list[str] = []
    for page, passages in chapters.items():
        text = [passage for passage in passages if passage.kind != "reference"][page == FRONT :]
        references = [passage for passage in passages if passage.kind == "reference"]
        lost += outputs.told(kind, page, outputs.missing(text, found[page]) + outputs.missing(references, pages))

    assert lost == []
