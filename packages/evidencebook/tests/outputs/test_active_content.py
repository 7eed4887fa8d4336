"""Nothing foreign and nothing live reaches a reader: what a page would run or load from elsewhere stops the build."""

import pikepdf
import pytest

from evidencebook.outputs.active_content import in_markup, in_style
from evidencebook.pages.checks.foreign import address_fault
from small_book import Book, Replace

LIVE = [
    "<script>alert(1)</script>",
    '<script src="https://example.org/x.js"></script>',
    '<script src="//example.org/x.js"></script>',
    '<script type="module">import "x"</script>',
    '<iframe src="https://example.org"></iframe>',
    '<iframe srcdoc="x"></iframe>',
    '<object data="x.swf"></object>',
    '<embed src="x.swf">',
    '<base href="https://example.org/">',
    '<meta http-equiv="refresh" content="0;url=https://example.org">',
    '<img src="x.png" onerror="alert(1)">',
    '<p ONCLICK="alert(1)">x</p>',
    "<body onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\tscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="//example.org">x</a>',
    '<form action="https://example.org/"><input name="x"></form>',
    '<form method="post" action="search.html"></form>',
    '<button formaction="https://example.org/">x</button>',
    '<img src="https://example.org/x.png">',
    '<img src="data:image/png;base64,eA==">',
    '<img srcset="x.png 1x, https://example.org/y.png 2x">',
    '<link rel="stylesheet" href="https://example.org/x.css">',
    '<link rel="preconnect" href="https://example.org">',
    "<style>@import 'https://example.org/x.css';</style>",
    '<p style="background: url(https://example.org/x.png)">x</p>',
    '<video poster="https://example.org/x.png"></video>',
    '<audio src="//example.org/x.mp3"></audio>',
    '<a ping="https://example.org" href="x.html">x</a>',
    '<svg><use href="https://example.org/x.svg#a"/></svg>',
    '<svg><a xlink:href="javascript:alert(1)"></a></svg>',
    "<svg><foreignObject></foreignObject></svg>",
    '<svg><animate attributeName="href" to="javascript:alert(1)"/></svg>',
]
HARMLESS = [
    '<a href="https://example.org/page?x=1#a">x</a> <a href="page.html#a">x</a> <a href="mailto:a@example.org">x</a>',
    '<a href="tel:0800">x</a>',
    '<img src="_images/x.png" alt="x"><script src="_static/reader.js" defer></script>',
    '<script type="application/ld+json">{"url": "javascript:alert(1)"}</script>',
    '<link rel="canonical" href="https://example.org/"><link rel="stylesheet" href="_static/reader.css">',
    '<form method="get" action="search.html" role="search"><input name="q"></form>',
    "<p>&lt;script&gt;alert(1)&lt;/script&gt; javascript:alert(1)</p><!-- <script>x</script> -->",
    "<style>p { background: url(data:image/svg+xml,x) }</style>",
]


@pytest.mark.parametrize("markup", LIVE)
def test_live_or_foreign_markup(markup: str) -> None:
    """Each kind is found, on its line."""
    assert [line for line, _ in in_markup(f"<p>x</p>\n{markup}")][:1] == [2]


@pytest.mark.parametrize("markup", HARMLESS)
def test_harmless_markup(markup: str) -> None:
    """Links, pictures and scripts of the book itself, and words about scripts, pass."""
    assert in_markup(markup) == []


def test_scripts_in_an_e_book() -> None:
    """An e-book holds none, not even one that lies beside the page."""
    assert in_markup('<script src="_static/reader.js"></script>', scripts=False)


def test_stylesheets() -> None:
    """A font or a sheet of another host is found; one beside the sheet, and a drawing within it, pass."""
    assert list(in_style("@font-face { src: url('https://example.org/x.woff2') }"))
    assert not list(in_style("a { background: url(x.png) } b { mask: url('data:image/svg+xml;x') }"))


@pytest.mark.parametrize(
    ("address", "loaded", "good"),
    [
        ("https://example.org", False, True),
        ("page.md#a", False, True),
        ("ftp://example.org", False, False),
        ("JaVaScRiPt:x", False, False),
        ("java\nscript:x", False, False),
        ("file:///etc/passwd", False, False),
        ("x.png", True, True),
        ("http://example.org/x.png", True, False),
    ],
)
def test_addresses(address: str, loaded: bool, good: bool) -> None:
    """Links are http, https, mailto or tel; pictures lie beside the page."""
    assert (not address_fault(address, loaded=loaded)) == good


PAGE = """# C

Words <b onclick="x">bold</b>.

<script>alert(1)</script>

```{raw} html
<form></form>
```

[here](ftp://example.org/x)

![a picture](https://example.org/x.png)

[good](https://example.org) <!-- a remark -->
"""


def test_a_page_with_foreign_parts(book: Book, replace: Replace) -> None:
    """Each part is told with its line; HTML passes where a setting says that it was reviewed, and is scanned then."""
    book.write("chapter", PAGE)
    with pytest.raises(SystemExit):
        book.build(silent=False)
    for line in (3, 5, 7, 11, 13):
        assert f"chapter.md:{line}: WARNING: this page holds " in book.told(), (line, book.told())
    assert "chapter.md:15" not in book.told()

    book.write("chapter", "# C\n\n<iframe src='x.html'></iframe>\n")
    replace("book/conf.py", "\nproject", '\nevidence_raw_html = ["chapter"]\nproject')
    with pytest.raises(SystemExit):
        book.build(silent=False)
    assert "chapter.html:" in book.told()
    assert "<iframe> runs or loads" in book.told()
    assert not (book.folder / "built" / "html" / "chapter.html").exists()


@pytest.mark.parametrize(
    "action", [{"/S": "/JavaScript", "/JS": "x"}, {"/S": "/Launch"}, {"/S": "/URI", "/URI": "javascript:x"}]
)
def test_actions_in_a_pdf(action: dict[str, str]) -> None:
    """A PDF runs nothing, and its links are those of the pages."""
    from evidencebook.outputs.pdf.postprocess import active_content  # noqa: PLC0415  needs the extra "pdf"

    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    entries = {key: pikepdf.Name(value) if value[0] == "/" else value for key, value in action.items()}
    good = pikepdf.Dictionary(A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org"))
    page.obj.Annots = pikepdf.Array([good, pikepdf.Dictionary(A=pikepdf.Dictionary(entries))])
    assert [number for number, _ in active_content(pdf)] == [1]
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript)
    assert [number for number, _ in active_content(pdf)] == [0, 1]
