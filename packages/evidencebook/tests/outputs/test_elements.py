"""What is written comes out: every element, in every format, in the order of its author, or a clear word."""

import json
import zipfile
from pathlib import Path

import pypdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from element_pages import PAGES, lay_out, lost, markers
from element_words import READERS
from small_book import CONF, Book, Replace
from small_book import PAGES as PAGES_OF_BOOK


@pytest.mark.parametrize("builder", ["html", "epub", "typstpdf", pytest.param("latex", marks=pytest.mark.slow)])
def test_elements_come_out(book: Book, builder: str) -> None:
    """Each marker word of each page is there, after the one before it; there are as many as the issue asks for."""
    made = READERS[builder](Path(lay_out(book).build(builder, silent=builder != "latex").outdir))

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
        (
            "page",
            "# Page\n\n> | a | b |\n> | - | - |\n> | c | `d|e` |",
            "html",
            "page.md:5: WARNING: this row has 3 cells",
        ),
        ("search", "# Page", "html", 'search.md:1: WARNING: the name "search" is taken'),
        ("nav", "# Page", "typstpdf", 'call this page "about-nav"'),
        ("page", "# Page\n\n##\n\nWords", "typstpdf", "page.md:3: WARNING: this heading has no words"),
        (
            "page",
            "# Page\n\n```{eval-rst}\n[#]_\n\n.. [#] Words\n```",
            "html",
            "page.md: ERROR: the page stops its reader",
        ),
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


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ({"cell_type": "raw", "source": "Words"}, "note.ipynb: cell 1, line 1: WARNING: no format shows this raw cell"),
        (
            {"cell_type": "markdown", "source": "# Page\n\n![A dot](attachment:dot.png)"},
            'note.ipynb: cell 1, line 4: WARNING: this page holds the address "attachment:dot.png", which lies inside',
        ),
    ],
)
def test_elements_of_a_notebook(book: Book, cell: dict[str, object], told: str) -> None:
    """What no format shows of a notebook is refused, with the cell and the line in it."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": [cell | {"metadata": {}}], "metadata": {"kernelspec": kernel}}
    path = book.folder / "book" / "note.ipynb"
    path.write_text(json.dumps(notebook | {"nbformat": 4, "nbformat_minor": 4}), encoding="utf-8")
    book.write("index", PAGES_OF_BOOK["index"].replace("sources\n```", "sources\nnote\n```"))

    with pytest.raises(SystemExit):
        book.build(silent=False)
    assert told in book.told()


def test_elements_names_and_languages(book: Book, replace: Replace) -> None:
    """A name with a blank is no trouble for an e-book; a language is named as readers know it, with its direction."""
    replace("book/conf.py", 'html_theme = "basic"', 'html_theme = "furo"\nlanguage = "ar_EG"')
    book.build("html")

    assert 'lang="ar-EG" dir="rtl"' in book.html("index")
    package = zipfile.ZipFile(Path(book.build("epub").outdir) / "smallbook.epub")
    assert "<dc:language>ar-EG</dc:language>" in package.read("content.opf").decode()
    assert 'lang="ar-EG" dir="rtl"' in package.read("index.xhtml").decode()

    book.write("chapter", "# \u0641\u0635\u0644\n\n```{claim} death-out-of-treatment\n```\n")
    book.build("typstpdf")
    found: list[float] = []
    for page in pypdf.PdfReader(book.folder / "built" / "pdf" / "smallbook.pdf").pages[3:]:
        page.extract_text(visitor_text=lambda text, place, *_: "\u0644" in text and found.append(place[4]))
    assert min(found) > 300  # points from the left edge of the paper


def draw_font(path: Path, letters: str) -> None:
    """Write a font in which each of the letters is a square."""
    names = [f"letter{number}" for number in range(len(letters))]
    pen = TTGlyphPen(None)
    for go, place in zip((pen.moveTo, *[pen.lineTo] * 3), ((0, 0), (0, 700), (700, 700), (700, 0)), strict=True):
        go(place)
    pen.closePath()
    font = FontBuilder(1000)
    font.setupGlyphOrder([".notdef", *names])
    font.setupCharacterMap(dict(zip(map(ord, letters), names, strict=True)))
    font.setupGlyf(dict.fromkeys([".notdef", *names], pen.glyph()))
    font.setupHorizontalMetrics(dict.fromkeys([".notdef", *names], (800, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares"})
    font.setupOS2()
    font.setupPost()
    font.save(path)


@pytest.mark.parametrize("builder", ["typstpdf", "epub"])
def test_elements_fonts_of_the_book(book: Book, replace: Replace, builder: str) -> None:
    """Letters that no font of ours has are named with the setting, and are set by a font that it names."""
    title = "\u5496\u5561"
    replace("book/conf.py", '"Small book"', f'"{title}"')
    book.write("chapter", f"# {title}\n\n```{{claim}} death-out-of-treatment\n```\n")
    with pytest.raises(SystemExit):
        book.build(builder, silent=False)
    assert "(U+5496); name a font file that has it under evidence_pdf_fonts" in book.told()

    replace("book/conf.py", "latex_engine", 'evidence_pdf_fonts = ["../squares.ttf"]\nlatex_engine')
    with pytest.raises(SystemExit):
        book.build(builder, silent=False)
    assert 'conf.py:14: WARNING: evidence_pdf_fonts: "squares.ttf" is no font file' in book.told()

    draw_font(book.folder / "squares.ttf", title)
    book.build(builder)


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
