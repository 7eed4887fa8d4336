"""The e-book: what validators, plain readers and small screens need."""

import os
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from small_book import Book, Replace

NAME = "smallbook.epub"
_HTML = "{http://www.w3.org/1999/xhtml}"
_OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


@pytest.fixture
def parts(book: Book) -> Book:
    """Group the pages of a small book under captions, hidden from its first page."""
    book.write(
        "index",
        "# Small\n\nWords.\n\n"
        "```{toctree}\n:hidden:\n:caption: The article\nchapter\n```\n\n"
        "```{toctree}\n:hidden:\n:caption: Reference\nclaims\nfindings\nsources\n```\n",
    )
    return book


def packed(book: Book) -> zipfile.ZipFile:
    """Build the e-book and open it."""
    return zipfile.ZipFile(Path(book.build("epub").outdir) / NAME)


def package(made: zipfile.ZipFile) -> ElementTree.Element:
    """Read the package file."""
    return ElementTree.fromstring(made.read("content.opf"))  # noqa: S314  our own file


def page(made: zipfile.ZipFile, name: str) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(made.read(f"{name}.xhtml"), "html.parser")


def test_epub_contents(parts: Book) -> None:
    """Cover and title page come first, then the contents, then the pages in the order of the book."""
    made = packed(parts)
    contents = page(made, "nav").find("nav")
    assert contents is not None

    assert [part.get_text() for part in contents.select("li > span")] == ["The article", "Reference"]
    assert [link["href"] for link in contents.select("a")][:3] == ["title-page.xhtml", "index.xhtml", "chapter.xhtml"]
    assert contents.select_one("a[href='index.xhtml']").get_text() == "The short answer"  # type: ignore[union-attr]  # it has one
    files = {item.get("id"): item.get("href") for item in package(made).iterfind(".//opf:item", _OPF)}
    order = [files[item.get("idref")] for item in package(made).iterfind(".//opf:itemref", _OPF)]
    assert order[:5] == ["epub-cover.xhtml", "title-page.xhtml", "nav.xhtml", "index.xhtml", "chapter.xhtml"]


def test_epub_package_metadata(parts: Book, replace: Replace) -> None:
    """Title, author, language, rights and day; nothing is called unknown, and both tables of contents name one book."""
    replace("book/conf.py", 'html_theme = "basic"', 'html_theme = "basic"\ntoday = "22 November 2026"')
    made = packed(parts)
    about = package(made)

    given = {
        name: about.findtext(f".//dc:{name}", namespaces=_OPF) for name in ("title", "creator", "language", "rights")
    }
    assert given == {"title": "Small book", "creator": "The contributors", "language": "en", "rights": "2026"}
    assert about.findtext(".//dc:date", namespaces=_OPF) == "2026-11-22"
    assert (
        about.findtext(".//dc:identifier", namespaces=_OPF)
        == "urn:uuid:" + made.read("toc.ncx").decode().split("urn:uuid:")[1].split('"')[0]
    )
    assert "unknown" not in made.read("content.opf").decode()
    features = [meta.text for meta in about.iterfind(".//opf:meta[@property='schema:accessibilityFeature']", _OPF)]
    assert "alternativeText" in features
    assert "The contributors" in page(made, "title-page").get_text()


def test_epub_pages_are_xml(parts: Book) -> None:
    """Also one with a folded cell and a table that a library wrote as HTML; nothing is packed that no page uses."""
    parts.write(
        "chapter",
        "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n# Chapter\n\n"
        "```{code-cell}\n:tags: [hide-input]\nimport pandas as pd\n"
        'pd.DataFrame({"People": [1]})\n```\n\n'
        "one<br>two\n\n![A dot](dot.svg)\n\n```{claim} death-out-of-treatment\n```\n",
    )
    (parts.folder / "book" / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    made = packed(parts)

    assert "alternativeText" in made.read("content.opf").decode()
    for name in made.namelist():
        assert not name.endswith(".js"), name
        if name.endswith((".xhtml", ".opf", ".ncx")):
            root = ElementTree.fromstring(made.read(name))  # noqa: S314  our own file
            assert not list(root.iter(f"{_HTML}script")), name
            assert all(list(summary) == [] for summary in root.iter(f"{_HTML}summary")), name
    assert "People" in page(made, "chapter").get_text()
    assert [fold.get_text() for fold in page(made, "chapter").select("details > summary")] == ["Code cell source"]
    assert "one<br />\ntwo" in made.read("chapter.xhtml").decode()
    chapter = page(made, "chapter")
    assert chapter.select_one(".claim a[role=doc-noteref][href='#note-1']").get_text().startswith("More: ")  # type: ignore[union-attr]  # else it fails
    note = chapter.select_one("aside#note-1[role=doc-footnote]")
    assert note is not None
    assert "WD-200" in note.get_text()
    assert note.find_parent(class_="claim") is None
    row = page(made, "claims").select_one("table.stacks tbody tr")
    assert row is not None
    heads = [head.get_text() for head in row.select("td .cell-head")]  # for screens too narrow for columns
    assert heads == ["Claim: ", "Certainty: ", "Applies to: ", "Rests on: "]
    assert "doc-biblioentry" not in made.read("sources.xhtml").decode()
    assert sorted(name for name in made.namelist() if name.startswith("_static")) == [
        "_static/cover.png",
        "_static/epub.css",
    ]


def test_epub_is_reproducible(parts: Book) -> None:
    """Whatever the clock, the dates of the files, and what earlier builds left; a fault leaves the last file."""
    out = Path(parts.build("epub").outdir)
    before = (out / NAME).read_bytes()
    (out / "old.xhtml").write_text("<html/>", encoding="utf-8")
    (out / "_images").mkdir(exist_ok=True)
    (out / "_images" / "old.svg").write_text("<svg/>", encoding="utf-8")
    for path in out.rglob("*"):
        os.utime(path, (0, 0))
    assert Path(packed(parts).filename or "").read_bytes() == before

    parts.write("chapter", "# Chapter\n\n{claim}`no-such-claim`\n")
    with pytest.raises(SystemExit):
        parts.build("epub", silent=False)
    assert (out / NAME).read_bytes() == before
