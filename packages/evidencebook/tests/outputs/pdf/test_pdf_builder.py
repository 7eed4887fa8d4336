"""A small book as a PDF: what a screen reader needs is in it; what cannot be set stops it before a byte is written."""

import io
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
import typst

from evidencebook.outputs.pdf.postprocess import SCHEME, postprocess
from small_book import CONF, PAGES, Book

SMALL = Path(__file__).parents[2] / "small"
EXTRA = r"""
(here)=
# Print

In an emergency call\
the local number.  See {doc}`chapter`, [the place below](#below) and [a page](https://example.org/page).[^n]

[^n]: The text of a note.

```{figure} bar.svg
:alt: A black bar, twice as wide as high.
:name: fig-bar

**One bar.** It is black.
```

{numref}`fig-bar` shows it, {eq}`half` counts it.

```{math}
:label: half
y = \frac{a}{2}
```

| what | how many |
| --- | --- |
| bars | one<br>two |

(below)=
## Below

```{glossary}
word
  What it means.
```

```python
print("code")
```
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="20"/>
<text x="5" y="35" style="font: 11px 'DejaVu Sans'">a bar</text></svg>"""
TWO_PAGES = b"""#set document(title: "Two pages", date: none)
#set page(height: 400pt, margin: 50pt)
#link("place:there")[go there] #link("place:top")[go up] #link("https://example.org")[go out]
#pagebreak()
"""
INDEX = PAGES["index"].replace("```{toctree}\n", "```{toctree}\n:caption: The only part\n\nprint\n")


def lay_out(folder: Path) -> Book:
    """Lay out a small book with one of everything, named, dated and in parts."""
    shutil.copytree(SMALL / "evidence", folder / "evidence")
    book = Book(folder)
    for page, text in (PAGES | {"index": INDEX, "print": EXTRA}).items():
        book.write(page, text)
    settings = 'project = "Small book: what print needs"\ntoday = "31 January 2026"\nnumfig = True\n'
    settings += 'latex_documents = [("index", "small-book.tex", "x", "y", "manual")]\nevidence_keywords = ["one"]\n'
    settings += 'evidence_raw_html = ["print"]\n'
    (folder / "book" / "conf.py").write_text(CONF + settings, encoding="utf-8")
    (folder / "book" / "bar.svg").write_text(DRAWING, encoding="utf-8")
    return book


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the PDF once, for the tests that read it."""
    book = lay_out(tmp_path_factory.mktemp("print"))
    book.build("typstpdf")
    return book.folder / "built" / "pdf" / "small-book.pdf"


def structure(node: Any) -> Iterator[Any]:
    """Yield every element of the structure tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


def bookmarks(items: Any, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the bookmarks with their depth."""
    for item in items:
        yield depth, item.title
        yield from bookmarks(item.children, depth + 1)


def test_pdf_is_accessible(built: Path) -> None:
    """Tagged and declared PDF/UA, with a title, a language, alt texts, header cells, bookmarks, and embedded fonts."""
    with pikepdf.open(built) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en"
        assert root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as data:
            assert data["pdfuaid:part"] == "1"
            assert data["dc:title"] == "Small book: what print needs"
            assert list(data["dc:creator"]) == ["The contributors"]
            assert "one" in str(data["pdf:Keywords"])
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260131")

        elements = list(structure(root.StructTreeRoot))
        kinds = Counter(str(element.S) for element in elements)
        assert "A black bar, twice as wide as high." in str([dict(each) for each in elements if each.S == "/Figure"])
        for kind in ("/TH", "/TD", "/Table", "/L", "/LI", "/Link", "/H1", "/H2", "/Caption", "/Note", "/Formula"):
            assert kinds[kind], (kind, kinds)

        with pdf.open_outline() as outline:
            marks = list(bookmarks(outline.root))
        assert [words for depth, words in marks if depth == 0] == ["The short answer", "Contents", "The only part"]
        assert {(1, "Print"), (2, "Below")} <= set(marks)

        fonts = [font for page in pdf.pages for font in page.resources.get("/Font", {}).values()]
        described = [font.DescendantFonts[0].FontDescriptor for font in fonts if "/DescendantFonts" in font]
        assert described
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys()) for each in described)


def test_pdf_links(built: Path) -> None:
    """Outward by address; inward to a page of the book, with words for those who hear the link."""
    with pikepdf.open(built) as pdf:
        links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        addresses = {str(link.A.URI) for link in links if "/A" in link}
        assert "https://example.org/page" in addresses
        assert not any(address.startswith(SCHEME) for address in addresses)
        assert all(str(link.get("/Contents", "")) for link in links)
        pages = {page.objgen for page in pdf.pages}
        inside = [link.Dest[0].objgen in pages for link in links if "/Dest" in link]
    assert len(inside) > 10
    assert all(inside)


def test_postprocess_leads_links() -> None:
    """To a little above the line, never above the page; what leads out is left alone; the file gets no larger."""
    compiled = typst.compile(TWO_PAGES, ignore_system_fonts=True)
    finished = postprocess(compiled, {"there": (2, 150.0), "top": (1, 4.0)})
    with pikepdf.open(io.BytesIO(finished)) as pdf:
        there, top, out = pdf.pages[0].Annots

        assert there.Dest[0].objgen == pdf.pages[1].objgen
        assert [float(there.Dest[3]), float(top.Dest[3])] == [400 - 150 + 10, 400]
        assert str(there.Contents) == "page 2"
        assert "/A" not in there
        assert str(out.A.URI) == "https://example.org"
    assert len(finished) < len(compiled)
    assert postprocess(compiled, {"there": (2, 150.0), "top": (1, 4.0)}) == finished


def test_pdf_words(built: Path) -> None:
    """A hard line break keeps words apart, in a cell too; captions and equations have their numbers."""
    lines = [line.strip() for page in pypdf.PdfReader(built).pages for line in page.extract_text().splitlines()]
    words = " ".join(lines)

    assert "In an emergency call" in lines
    assert "callthe" not in words
    assert "one two" in words
    assert "Fig. 1 One bar. It is black." in words
    assert "Fig. 1 shows it, (1) counts it." in words
    assert words.count("(1)") == 2


def test_pdf_is_reproducible(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the day, the folder or chance is in the file."""
    monkeypatch.chdir(tmp_path)
    elsewhere = lay_out(tmp_path / "elsewhere")
    elsewhere.build("typstpdf")

    assert (elsewhere.folder / "built" / "pdf" / "small-book.pdf").read_bytes() == built.read_bytes()


FAULTS = {
    "{ref}`nowhere`": 'this link leads to "nowhere"',
    r"{math}`\boxed{x}`": r'the formula "\boxed{x}" cannot be set in print: Unknown token: \boxed',
}


@pytest.mark.parametrize("faults", [FAULTS, {"One 中 here.": 'no font of the PDF has "中"'}], ids=["writers", "typst"])
def test_pdf_faults(tmp_path: Path, faults: dict[str, str]) -> None:
    """All are named at once, with file and line; the build ends with status 1, and the last good PDF stays."""
    book = lay_out(tmp_path)
    good = tmp_path / "built" / "pdf" / "small-book.pdf"
    good.parent.mkdir(parents=True)
    good.write_bytes(b"good")
    book.write("extra", "# Extra\n\n" + "\n\n".join(faults) + "\n")
    book.write("index", INDEX.replace("\nprint\n", "\nprint\nextra\n"))
    with pytest.raises(SystemExit) as stop:
        book.build("typstpdf", silent=False)

    assert stop.value.code == 1
    for number, expected in enumerate(faults.values()):
        assert f"extra.md:{3 + 2 * number}: WARNING: {expected}" in book.told()
    assert "Traceback" not in book.told()
    assert [path.read_bytes() for path in good.parent.iterdir()] == [b"good"]


def test_reading_edition(tmp_path: Path) -> None:
    """The pages that are named, without code; of a page with a section that alone; links to the others are words."""
    book = lay_out(tmp_path)
    conf = book.folder / "book" / "conf.py"
    setting = 'evidence_reading_edition = ["index", "chapter", "sources#references"]\n'
    conf.write_text(conf.read_text(encoding="utf-8") + setting, encoding="utf-8")
    book.build("typstpdf")
    text = " ".join(
        (book.folder / f"built/typstpdf/{name}").read_text(encoding="utf-8")
        for name in ("main.typ", "pages/index.typ", "pages/chapter.typ", "pages/sources.typ")
    )

    assert "pages/findings.typ" not in text
    assert "Rests on" in text
    assert "place:findings" not in text
    assert "Sordo" in text
    assert "Hemby" not in text  # no page of the edition cites it
    assert "Findings:" not in text
    book.build("typstpdf-full")
    assert sorted(path.name for path in (book.folder / "built/pdf").iterdir()) == [
        "small-book-complete.pdf",
        "small-book.pdf",
    ]
