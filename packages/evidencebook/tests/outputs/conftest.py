"""Small books under Furo: one to change and build, and one that was built once for all tests that only look."""

from pathlib import Path

import pytest

from small_book import CONF, PAGES, Book, laid_out

#: A page on citing, the data, a page below a folder, and what an audit answers.
MORE = {
    "cite": "# Cite\n\nHow to cite all of it.\n\n```{citations} book\n```\n\n```{citations} pages\n```\n\n"
    "```{citations} claims\n```\n",
    "data": "# Data\n\n```{data-columns} records\n```\n\n```{data-columns} pages\n```\n\n```python\nimport this\n```\n",
    "parts/deep": "---\ndescription: A page below a folder, described by its own front matter.\n---\n\n# Deep\n",
    "findings": "# Findings\n\n```{findings}\n```\n\n## Searches\n\n```{searches}\n```\n",
    "audit": "---\norphan: true\n---\n\n# Audit\n\n```{assertions}\n:style: sections\n```\n",
}
#: All that may be left empty, filled.
FILLED = (
    'html_baseurl = "https://example.org/book/"\nevidence_doi = "10.1234/ab_c"\ntoday = "2 May 2026"\n'
    'author = "Doe, Ana; The contributors"\n'
)


def lay_out(book: Book, settings: str = "") -> Book:
    """Put a book under Furo, with more pages and settings."""
    conf = book.folder / "book" / "conf.py"
    text = CONF.replace('html_theme = "basic"', 'html_theme = "furo"\nbibtex_tooltips = False')
    conf.write_text(text + settings, encoding="utf-8")
    book.write("index", PAGES["index"].replace("sources\n```", "sources\ncite\ndata\nparts/deep\naudit\n```"))
    for page, words in MORE.items():
        book.write(page, words)
    return book


@pytest.fixture
def site(book: Book) -> Book:
    """Lay out a book that says nothing of its address."""
    return lay_out(book)


def _built(folder: Path, settings: str) -> Book:
    book = lay_out(laid_out(folder), settings)
    book.build()
    return book


@pytest.fixture(scope="session")
def plain_site(tmp_path_factory: pytest.TempPathFactory, builds: None) -> Book:
    """Build, once, the book that says nothing of its address; look, do not touch."""
    return _built(tmp_path_factory.mktemp("plain"), "")


@pytest.fixture(scope="session")
def full_site(tmp_path_factory: pytest.TempPathFactory, builds: None) -> Book:
    """Build, once, the book that has an address, a DOI and a PDF; look, do not touch."""
    folder = tmp_path_factory.mktemp("full")
    (folder / "built" / "pdf").mkdir(parents=True)
    (folder / "built" / "pdf" / "smallbook.pdf").write_bytes(b"%PDF-1.7")
    return _built(folder, FILLED)
