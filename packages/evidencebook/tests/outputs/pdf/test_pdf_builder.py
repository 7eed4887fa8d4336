"""A small book as a PDF: what a screen reader needs is in it; what cannot be set stops it before a byte is written."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidencebook.outputs.pdf import postprocess as finishing
from small_book import Book

EXTRA = """
(here)=
# Print

See {doc}`chapter`, [the place below](#below) and [a page](https://example.org/page).[^n]

[^n]: The text of a note.

```{figure} bar.svg
:alt: A black bar, twice as wide as high.
:name: fig-bar

**One bar.** It is black.
```

{numref}`fig-bar` shows it.

| what | how many |
| --- | --- |
| bars | one |

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


@pytest.fixture
def printed(book: Book) -> Book:
    """Lay out a small book with one of everything, named, dated and in parts."""
    conf = (book.folder / "book" / "conf.py").read_text(encoding="utf-8")
    conf += 'project = "Small book: what print needs"\ntoday = "31 January 2026"\nnumfig = True\n'
    conf += 'latex_documents = [("index", "small-book.tex", "x", "y", "manual")]\n'
    conf += 'evidence_keywords = ["one", "two"]\n'
    (book.folder / "book" / "conf.py").write_text(conf, encoding="utf-8")
    (book.folder / "book" / "bar.svg").write_text(DRAWING, encoding="utf-8")
    book.write("print", EXTRA)
    index = (book.folder / "book" / "index.md").read_text(encoding="utf-8")
    book.write("index", index.replace("```{toctree}\n", "```{toctree}\n:caption: The only part\n\nprint\n"))
    return book


def pdf(book: Book) -> Path:
    """Build and return the place of the PDF."""
    book.build("typstpdf")
    return book.folder / "built" / "pdf" / "small-book.pdf"


def structure(node: Any) -> Iterator[Any]:
    """Yield every element of the structure tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


def headings(items: Any, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the bookmarks with their depth."""
    for item in items:
        yield depth, item.title
        yield from headings(item.children, depth + 1)


def test_a_screen_reader_finds_its_way(printed: Book) -> None:
    """Tagged and declared PDF/UA, with a title, a language, alt texts, header cells, bookmarks, and embedded fonts."""
    with pikepdf.open(pdf(printed)) as made:
        root = made.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en"
        assert root.ViewerPreferences.DisplayDocTitle
        with made.open_metadata() as data:
            assert data["pdfuaid:part"] == "1"
            assert data["dc:title"] == "Small book: what print needs"
            assert list(data["dc:creator"]) == ["The contributors"]
            assert "one" in str(data["pdf:Keywords"])
        assert str(made.docinfo["/CreationDate"]).startswith("D:20260131")

        found = list(structure(root.StructTreeRoot))
        kinds = Counter(str(one.S) for one in found)
        assert [str(one.get("/Alt", one.get("/A", ""))) for one in found if one.S == "/Figure"] != []
        assert "A black bar, twice as wide as high." in str([dict(one) for one in found if one.S == "/Figure"])
        for kind in ("/TH", "/TD", "/Table", "/L", "/LI", "/Link", "/H1", "/H2", "/Caption", "/Note"):
            assert kinds[kind], (kind, kinds)

        with made.open_outline() as outline:
            marks = list(headings(outline.root))
        assert marks[0] == (0, "The short answer")
        assert [words for depth, words in marks if depth == 0] == ["The short answer", "Contents", "The only part"]
        assert (1, "Print") in marks
        assert (2, "Below") in marks

        fonts = [font for page in made.pages for font in page.resources.get("/Font", {}).values()]
        described = [font.DescendantFonts[0].FontDescriptor for font in fonts if "/DescendantFonts" in font]
        assert described
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys()) for one in described)


def test_links_lead_where_they_say(printed: Book) -> None:
    """Outward by address; inward to a page of the book, with words for those who hear the link."""
    with pikepdf.open(pdf(printed)) as made:
        links = [note for page in made.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        assert {str(one.A.URI) for one in links if "/A" in one} >= {"https://example.org/page"}
        assert [one for one in links if str(one.get("/A", {}).get("/URI", "")).startswith(finishing.SCHEME)] == []
        assert [one for one in links if not str(one.get("/Contents", ""))] == []
        pages = {page.objgen for page in made.pages}
        led = [one.Dest[0].objgen in pages for one in links if "/Dest" in one]
    assert len(led) > 10
    assert all(led)


def test_two_builds_are_the_same_bytes(printed: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the day, the folder or chance is in the file."""
    first = pdf(printed).read_bytes()
    moved = printed.folder.parent / "elsewhere"
    printed.folder.rename(moved)
    printed.folder = moved
    monkeypatch.chdir(moved)

    assert pdf(printed).read_bytes() == first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![](bar.svg)", "extra.md:3: WARNING: this picture has no alt text"),
        ("```{list-table}\n* - a\n  - b\n```", "WARNING: this table has no header row"),
        ("{ref}`nowhere`", 'extra.md:3: WARNING: this link leads to "nowhere"'),
        ("[x](#nowhere)", 'extra.md:3: WARNING: this link leads to "extra#nowhere"'),
        ("One 中 here.", 'extra.md:3: WARNING: no font of the PDF has "中" (U+4E2D)'),
        ("```{function} f(x)\n```", '"desc" cannot be set in print'),
        ("```{raw} typst\n#nothing\n```", "extra.md:3: WARNING: Typst says: unknown variable: nothing"),
    ],
    ids=["alt", "table", "reference", "link", "glyph", "node", "typst"],
)
def test_a_fault_stops_the_pdf(printed: Book, text: str, expected: str) -> None:
    """Each is told with file and line, the build ends with status 1, and the last good PDF stays."""
    good = pdf(printed).read_bytes()
    printed.write("extra", f"# Extra\n\n{text}\n")
    index = (printed.folder / "book" / "index.md").read_text(encoding="utf-8")
    printed.write("index", index.replace("\nprint\n", "\nprint\nextra\n"))
    with pytest.raises(SystemExit) as stop:
        printed.build("typstpdf", silent=False)

    assert stop.value.code == 1
    assert expected in printed.told()
    assert "Traceback" not in printed.told()
    assert (printed.folder / "built" / "pdf" / "small-book.pdf").read_bytes() == good
    assert [path.name for path in (printed.folder / "built" / "pdf").iterdir()] == ["small-book.pdf"]


def test_faults_come_together(printed: Book) -> None:
    """One run names them all."""
    printed.write("print", "# Print\n\n![](bar.svg)\n\nA 中.\n\n{ref}`nowhere`\n")
    with pytest.raises(SystemExit):
        printed.build("typstpdf", silent=False)

    for line in (3, 5, 7):
        assert f"print.md:{line}: WARNING: " in printed.told()
    assert "3 problems are named above" in printed.told()
