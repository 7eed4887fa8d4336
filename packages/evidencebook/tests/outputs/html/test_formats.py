"""A site offers the book's other formats when they were built, and says nothing of them otherwise."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from evidencebook.outputs.html.formats import offered
from small_book import Book, Replace


@pytest.fixture
def site(book: Book, replace: Replace) -> Book:
    """Lay out a small book under the theme that the shell is written for."""
    replace("book/conf.py", 'html_theme = "basic"', 'html_theme = "furo"\nbibtex_tooltips = False')
    return book


def lay(site: Book, kind: str, size: int = 1_234_000) -> Path:
    """Lay down a file as the builder of its format does."""
    path = site.folder / "built" / kind / f"smallbook.{kind}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def links(site: Book, page: str, where: str) -> list[str]:
    """Return the addresses of the formats that a page names."""
    return [str(link["href"]) for link in BeautifulSoup(site.html(page), "html.parser").select(f"{where} a")]


def test_what_was_built_lies_beside_the_pages_and_is_linked(site: Book) -> None:
    """In the sidebar of every page, and in words on the first."""
    lay(site, "pdf")
    lay(site, "epub", 45_000)
    app = site.build()

    assert [(one.name, one.label, one.href) for one in offered(app)] == [
        ("pdf", "PDF", "smallbook.pdf"),
        ("epub", "EPUB", "smallbook.epub"),
    ]
    for page in ("index", "chapter"):
        assert links(site, page, ".sidebar-formats") == ["smallbook.pdf", "smallbook.epub"]
    assert links(site, "index", ".formats") == ["smallbook.pdf", "smallbook.epub"]
    assert links(site, "chapter", ".formats") == []
    assert "1.2 MB" in site.html("index")
    assert "45 kB" in site.html("index")
    assert (Path(app.outdir) / "smallbook.pdf").read_bytes() == lay(site, "pdf").read_bytes()


def test_nothing_is_said_of_what_was_not_built(site: Book) -> None:
    """No heading, no line, no file."""
    app = site.build()

    assert offered(app) == ()
    assert links(site, "index", ".formats, .sidebar-formats") == []
    assert "formats-head" not in site.html("index")


def test_pages_follow_what_is_offered(site: Book) -> None:
    """Each page is written again when a format comes, changes or goes; the site is then as one built from nothing."""
    app = site.build()
    lay(site, "epub")
    site.build()
    assert links(site, "chapter", ".sidebar-formats") == ["smallbook.epub"]

    lay(site, "epub", 5_000_000)
    site.build()
    assert "5.0 MB" in site.html("chapter")
    assert (Path(app.outdir) / "smallbook.epub").stat().st_size == 5_000_000

    (site.folder / "built" / "epub" / "smallbook.epub").unlink()
    site.build()
    assert links(site, "chapter", ".sidebar-formats") == []
    assert not (Path(app.outdir) / "smallbook.epub").exists()


def test_other_formats_do_not_offer_formats(site: Book) -> None:
    """An e-book holds no link to a PDF beside it."""
    lay(site, "pdf")
    app = site.build("epub")

    assert offered(app) == ()
    assert not list(Path(app.outdir).glob("*.pdf"))
