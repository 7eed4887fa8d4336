"""Pages in other hands: claims, numbers and references as text, the caveats first, and nothing that is for screens."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from evidencebook.outputs import word

_PAGE = '<html><body><nav>menu</nav><article role="main"><section id="{0}">{1}</section></article></body></html>'
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="3"/></svg>'
PAGES = {
    "index": '<h1>Title</h1><div class="admonition caution"><p class="admonition-title">Caveats</p><p>Not advice.</p>'
    "</div><p>First.</p>",
    "deep/page": '<h1>Deep<a class="headerlink" href="#deep">¶</a></h1>'
    '<p>It was 36 per 1,000<span class="bibtex-citation">'
    '<span class="cite-words"> [</span><a href="../sources.html#ref-doe"><span class="cite-words">Doe, 2020</span>'
    '<sup>1</sup></a><span class="cite-words">]</span></span>, see <a href="../index.html">the start</a> and '
    '<a href="https://example.org">outside</a>.</p><div class="admonition claim"><p class="admonition-title">Tea may '
    'help.</p><p>Low certainty.</p><details class="evidence-basis"><summary>More: 1 finding</summary><ul><li>long</li>'
    '</ul><p class="claim-note">Rests on Doe.</p></details></div><figure><img src="../_images/a.svg" alt="A circle">'
    "<figcaption>Seen.</figcaption></figure>",
    "sources": '<h1>Sources</h1><div class="citation" id="ref-doe" role="listitem"><span class="label">[Doe]</span>'
    '<p>Jane Doe. On tea. 2020.</p></div><div class="citation" id="ref-poe"><p>Ann Poe. Not cited.</p></div>',
}
_ABOUT = {"title": "A book", "author": "The contributors", "date": "2026-01-02", "lang": "en"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Lay out a built site of three pages and a drawing."""
    for name, text in PAGES.items():
        path = tmp_path / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_PAGE.format(name, text), encoding="utf-8")
    (tmp_path / "_images").mkdir()
    (tmp_path / "_images" / "a.svg").write_text(_SVG, encoding="utf-8")
    return tmp_path


def words(path: Path) -> str:
    """Read the text of a document of Word or of JATS."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as packed:
            root = ET.fromstring(packed.read("word/document.xml"))  # noqa: S314  we wrote it
    else:
        root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  as above
    return " ".join(" ".join(root.itertext()).split())


@pytest.mark.parametrize("form", ["docx", "jats"])
def test_word_says_what_page_says(site: Path, form: str) -> None:
    """Caveats before all else; number, citation, claim and its sources; the entry that is cited and no other."""
    out = site / f"made.{word.SUFFIX[form]}"
    word.write(word.html(site, ["index", "deep/page"], "index"), form, out, _ABOUT)
    text = words(out)

    for said in (
        "Caveats",
        "36 per 1,000",
        "Doe, 2020",
        "Tea may help.",
        "Rests on Doe.",
        "Jane Doe. On tea.",
        "A book",
    ):
        assert said in text, said
    for gone in ("menu", "¶", "More: 1 finding", "long", "Ann Poe", "[Doe]"):
        assert gone not in text, gone
    assert text.index("Not advice.") < text.index("First.")
    assert text.count("Not advice.") == 1


def test_word_pictures_and_links(site: Path) -> None:
    """Word gets dots, JATS the drawing beside it; a link into pages that are left out becomes words."""
    source = word.html(site, ["deep/page"], "index")
    word.write(source, "docx", site / "made.docx", _ABOUT)
    word.write(source, "jats", site / "made.xml", _ABOUT)

    with zipfile.ZipFile(site / "made.docx") as packed:
        assert [name for name in packed.namelist() if name.endswith(".png")] != []
    assert (site / "made" / "a.svg").is_file()
    assert 'xlink:href="made/a.svg"' in (site / "made.xml").read_text(encoding="utf-8")
    assert "index.html" not in source
    assert "https://example.org" in source


def test_word_is_repeatable(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same pages and the same day give the same bytes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    source = word.html(site, ["deep/page"], "index")
    made = []
    for _ in range(2):
        word.write(source, "docx", site / "made.docx", _ABOUT)
        made.append((site / "made.docx").read_bytes())

    assert made[0] == made[1]
