"""The shell around each page of a site: lean, private, with cards and search."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from evidencebook.outputs.html import assets as lean
from evidencebook.outputs.html import fixes as markup
from evidencebook.outputs.html import theme
from evidencebook.outputs.html import theme as shell
from small_book import Book, Replace

PAGES = ("index", "chapter", "claims", "findings", "sources", "search")
#: Stock files that no page loads.
DROPPED = (
    "documentation_options",
    "doctools",
    "sphinx_highlight",
    "searchtools",
    "language_data",
    "furo.js",
    "styles/furo.css",
    "furo-ext",
)


@pytest.fixture
def site(book: Book, replace: Replace) -> Book:
    """Lay out a small book under the theme that the shell is written for."""
    replace("book/conf.py", 'html_theme = "basic"', 'html_theme = "furo"\nbibtex_tooltips = False')
    return book


def soup(site: Book, page: str) -> BeautifulSoup:
    """Parse a built page."""
    return BeautifulSoup(site.html(page), "html.parser")


def data(site: Book, name: str) -> object:
    """Read what one of the press's data scripts names."""
    text = (site.folder / "built" / "html" / "evidence" / name).read_text(encoding="utf-8")
    return json.loads(re.sub(r"^window\.\w+ = |;\s*$", "", text))


def tree(folder: Path) -> dict[str, str]:
    """Fingerprint every file of a built site."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_nothing_runs_but_files_of_the_site(site: Book) -> None:
    """The policy is the first thing a page says, no script stands in it, and no stock script is asked for."""
    site.build()

    for page in PAGES:
        made = soup(site, page)
        assert made.head is not None
        policy = made.head.find(True)
        assert policy["http-equiv"] == "Content-Security-Policy", page
        assert "script-src 'self';" in policy["content"]
        assert all(
            script.get("src") for script in made.find_all("script") if script.get("type") != "application/ld+json"
        )
        assert not made.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs))
        loaded = " ".join(str(tag) for tag in made.find_all(["script", "link"]))
        assert [name for name in DROPPED if name in loaded] == [], page
        assert "mystnb" not in loaded
        assert "pygments" not in loaded
        assert len(made.find_all("meta", attrs={"name": "viewport"})) == 1
    assert not (site.folder / "built/html/searchindex.js").exists()
    assert not (site.folder / "built/html/genindex.html").exists()


def test_each_page_says_what_is_in_it(site: Book) -> None:
    """One description, as long as a search engine shows, cut after a whole word; an author's own stays."""
    site.write("chapter", f"# Chapter\n\nIt is so. {'Words and words, ' * 20}and an end.\n")
    site.write("claims", "---\nmyst:\n  html_meta:\n    description: Our own words.\n---\n# Claims\n\nOther words.\n")
    site.build()

    told = {page: [one["content"] for one in soup(site, page).select("meta[name=description]")] for page in PAGES}
    assert all(len(words) == 1 and 0 < len(words[0]) <= 160 for words in told.values()), told
    assert told["chapter"][0].startswith("It is so. Words and words,")
    assert told["chapter"][0].endswith(" and…")
    assert told["claims"] == ["Our own words."]


def test_what_other_tools_write_is_mended() -> None:
    """As docutils, MyST-NB, pandas and Furo write it, and as a validator and a screen reader want it."""
    fold = (
        '<summary aria-label="Toggle hidden content">\n<p class="collapsed admonition-title">Show</p>\n'
        '<p class="expanded admonition-title">Hide</p>\n</summary>'
    )
    assert markup.mended(fold) == (
        '<summary><span class="collapsed admonition-title">Show</span>'
        '<span class="expanded admonition-title">Hide</span></summary>'
    )
    assert markup.mended("<style scoped>\n.x { }\n</style>\n<th></th>") == "<td></td>"
    assert markup.mended('<div id="ref-a" role="doc-biblioentry">') == '<div id="ref-a" role="listitem">'
    assert markup.mended('<div class="table-wrapper docutils container" id="a">\n<table class="b" id="a">') == (
        '<div class="table-wrapper docutils container">\n<table class="b" id="a">'
    )


def test_the_landmarks_of_a_page_have_names(site: Book) -> None:
    """Two columns beside the text are told apart by name."""
    site.build()

    names = [aside.get("aria-label") for aside in soup(site, "chapter").find_all("aside")]
    assert names == ["Book", "Contents of this page"]


def release(site: Book, page: str) -> str:
    """Read the mark of a page's data."""
    return str(soup(site, page).select_one("script[data-release]")["data-release"])  # type: ignore[index]


def test_every_page_knows_the_release_of_its_data(site: Book, replace: Replace) -> None:
    """A change of the evidence shows in the address of the data on every page, also on those not written again."""
    site.build()
    before = {release(site, page) for page in PAGES}
    assert len(before) == 1
    assert len(min(before)) == 8

    replace("evidence/findings/animals.yml", "about: Rats", "about: Old rats")
    site.build()
    after = {release(site, page) for page in PAGES}
    assert len(after) == 1
    assert after != before


def test_a_new_press_writes_every_page_again(site: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """No page of an older press stays beside the scripts of a newer one."""
    site.build()
    path = site.folder / "built/html/chapter.html"
    path.write_text("old", encoding="utf-8")
    site.build()
    assert path.read_text(encoding="utf-8") == "old"

    monkeypatch.setattr(shell, "fingerprint", lambda: "newer")
    site.build()
    assert "<h1>Chapter" in path.read_text(encoding="utf-8")


def test_code_is_coloured_where_there_is_code(site: Book) -> None:
    """A stylesheet comes with what it dresses."""
    site.write("chapter", "# Chapter\n\n```python\nimport this\n```\n")
    site.build()

    assert "pygments.css" in site.html("chapter")
    assert "pygments.css" not in site.html("index")


def test_the_stylesheet_for_code_comes_with_code_only() -> None:
    """A page whose cells show figures alone does not load what dresses code."""
    assert lean._is_used("_static/mystnb.1a2b.css", '<div class="cell_input docutils container">')
    assert not lean._is_used("_static/mystnb.1a2b.css", '<div class="cell docutils container"><img src="x.svg"/></div>')


def test_the_look_comes_as_one_stylesheet(site: Book) -> None:
    """Every file of the look is in it, after the theme's own, the remarks for authors left out."""
    site.build()

    css = (site.folder / "built/html/_static/reader.css").read_text(encoding="utf-8")
    assert sorted(shell._STYLES) == sorted(path.stem for path in (shell.HERE / "styles").glob("*.css"))
    assert "--look-paper" in css
    assert css.index(".sidebar-drawer") < css.index("--look-paper")
    assert "@media print" in css
    assert "/* " not in css


def test_a_stylesheet_loses_only_what_says_nothing() -> None:
    """Spare blanks go; the blank that joins two selectors or two values stays."""
    css = ".a .b,\n.c {\n  margin: 0 auto;\n}\n@media (x) {\n  p :is(a, b) { top: 0 }\n}"

    assert shell.tightened(css) == ".a .b,.c{margin: 0 auto}@media (x){p :is(a,b){top: 0}}"


def test_how_sure_stands_apart_from_the_words(site: Book) -> None:
    """A stylesheet can set it smaller, and paper can leave it to the verb; a reader hears both."""
    site.write("chapter", "# Chapter\n\nPeople {claim}`probably die <death-out-of-treatment>` more often.\n")
    site.build()

    made = soup(site, "chapter").find(class_="evidence-claim")
    assert made is not None
    assert made.get_text() == "probably die (moderate certainty)"
    assert made.find(class_="evidence-grade").get_text() == "(moderate certainty)"  # type: ignore[union-attr]


def test_a_claim_s_basis_is_folded_by_the_browser(site: Book) -> None:
    """One native element, its first line outside the fold; nothing of it is lost."""
    site.build()

    folded = soup(site, "chapter").find("details", class_="evidence-basis")
    assert folded is not None
    assert folded.summary is not None
    assert "Rests on 1 finding" in folded.summary.get_text()
    assert "WD-200" in folded.get_text()
    assert "Against:" in folded.get_text()


def test_the_cards_are_complete_and_plain(site: Book, replace: Replace) -> None:
    """One for each finding and source; what looks like markup stays text in a file that is never parsed as HTML."""
    replace("evidence/findings/animals.yml", "about: Rats", "about: <img src=x onerror=alert(1)></script>Rats")
    site.build()

    cards = data(site, "cards.js")
    assert isinstance(cards, dict)
    exported = json.loads((site.folder / "built/html/evidence/evidence.json").read_text(encoding="utf-8"))
    assert set(cards["finding"]) == {row["id"].lower() for row in exported["findings"]}
    assert set(cards["source"]) == {row["key"] for row in exported["sources"]}
    assert all(card["source"] in cards["source"] for card in cards["finding"].values())
    assert cards["finding"]["wd-200"]["words"].startswith("36.1")
    assert cards["finding"]["wd-065"]["about"].startswith("<img src=x")
    assert "<img src=x" not in site.html("findings")
    scripts = Path(theme.__file__).parent
    for script in [*(scripts / "scripts").glob("*.js"), *(scripts / "static").glob("*.js")]:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", script.read_text("utf-8")
        )


def test_search_knows_claims_findings_sources_and_sections(site: Book) -> None:
    """Each row leads to an element that exists; tables of records are not listed a second time as prose."""
    site.build()

    rows = data(site, "search-index.js")
    assert isinstance(rows, list)
    assert {row[0] for row in rows} == {"c", "f", "s", "p"}
    assert any(row[0] == "c" and "people probably die" in row[1] for row in rows)
    assert any(row[0] == "f" and "WD-200" in row[4] for row in rows)
    assert not any(row[0] == "p" and "Rats did not press" in row[2] for row in rows)
    for row in rows:
        page, _, anchor = row[3].partition("#")
        assert not anchor or soup(site, page.removesuffix(".html")).find(id=anchor), row


def test_the_search_page_leads_on_without_a_script(site: Book) -> None:
    """It says that it needs one and names the lists."""
    site.build()

    made = soup(site, "search")
    assert made.noscript is not None
    assert {link["href"] for link in made.article.find_all("a")} == {"claims.html", "findings.html", "sources.html"}  # type: ignore[union-attr]


def test_each_page_says_how_to_cite_and_correct_it(site: Book, replace: Replace) -> None:
    """Its links lead to files; a link for errors is there only when the book says where it is kept."""
    site.build()
    tools = soup(site, "chapter").find(class_="page-tools")
    assert tools is not None
    assert "The contributors (2026). Chapter. In: Small book, version 0.1." in tools.get_text()
    for link in tools.find_all("a"):
        assert (site.folder / "built" / "html" / link["href"]).is_file(), link
    assert soup(site, "search").find(class_="page-tools") is None

    replace("book/conf.py", "html_theme", 'evidence_repository = "https://example.org/book"\nhtml_theme')
    site.build()
    assert soup(site, "chapter").find("a", href="https://example.org/book")


def test_errors_go_to_the_address_of_the_settings(site: Book, replace: Replace) -> None:
    """Without one the page says how to write an issue for the copy at hand; a bad one is refused with its line."""
    site.build()
    tools = soup(site, "chapter").find(class_="page-tools")
    assert tools is not None
    assert "Open an issue where you got it" in tools.get_text()

    replace("book/conf.py", "html_theme", 'evidence_errors_to = "errors@example.org"\nhtml_theme')
    site.build()
    assert soup(site, "chapter").find("a", href="mailto:errors@example.org")

    replace("book/conf.py", "errors@example.org", "somebody")
    with pytest.raises(SystemExit):
        site.build(silent=False)
    assert 'evidence_errors_to "somebody" is no address' in site.told()


def test_two_builds_of_a_site_are_the_same(site: Book) -> None:
    """Byte for byte, cards and search index included."""
    site.build(freshenv=True)
    before = tree(site.folder / "built" / "html")
    site.build(freshenv=True)

    assert tree(site.folder / "built" / "html") == before


def test_an_ebook_gets_none_of_it(site: Book) -> None:
    """Scripts and policy belong to a site."""
    app = site.build("epub")

    assert not list(app.outdir.rglob("minisearch.js"))
    assert not list(app.outdir.rglob("reader.*"))
    assert "Content-Security-Policy" not in (app.outdir / "chapter.xhtml").read_text(encoding="utf-8")
