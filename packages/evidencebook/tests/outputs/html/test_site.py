"""What is around each page of a site: small, private, with folded parts, cards and search."""

import hashlib
import json
import re
import zlib
from pathlib import Path

import pytest

from evidencebook.compat import furo
from evidencebook.evidence.base import EvidenceBase
from evidencebook.outputs.html import page_context, search_index, theme
from evidencebook.pages import fingerprints
from small_book import Book, Replace

PAGES = ("index", "chapter", "claims", "findings", "sources", "search")
#: Stock files that no page loads.
DROPPED = (
    *("documentation_options", "doctools", "sphinx_highlight", "searchtools", "language_data"),
    *("furo.js", "styles/furo.css", "furo-ext", "mystnb", "pygments"),
)


def data(site: Book, name: str) -> object:
    """Read what one of the data scripts names."""
    text = (site.folder / "built" / "html" / "evidence" / name).read_text(encoding="utf-8")
    return json.loads(re.sub(r"^window\.\w+ = |;\s*$", "", text))


def tree(folder: Path) -> dict[str, str]:
    """Fingerprint every file of a built site."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def release(site: Book, page: str) -> str:
    """Read the mark of a page's data."""
    return str(site.soup(page).select_one("script[data-release]")["data-release"])  # type: ignore[index]


@pytest.mark.parametrize("page", PAGES)
def test_page_runs_only_files_of_site(plain_site: Book, page: str) -> None:
    """The policy is the first thing a page says, no script stands in it, and no stock script is asked for."""
    made = plain_site.soup(page)
    assert made.head is not None
    policy = made.head.find(True)
    assert policy["http-equiv"] == "Content-Security-Policy"
    assert "script-src 'self';" in policy["content"]
    assert all(one.get("src") for one in made.find_all("script") if one.get("type") != "application/ld+json")
    assert not made.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs))
    loaded = " ".join(str(tag) for tag in made.find_all(["script", "link"]))
    assert [name for name in DROPPED if name in loaded] == []
    assert len(made.find_all("meta", attrs={"name": "viewport"})) == 1
    assert [aside.get("aria-label") for aside in made.find_all("aside")] == ["Book", "Contents of this page"]


def test_stylesheet_for_code(plain_site: Book) -> None:
    """It comes with code: that of a cell, or any other."""
    assert "pygments.css" in plain_site.html("data")
    assert page_context.is_used("_static/mystnb.1a2b.css", {"pygments", "mystnb"})
    assert not page_context.is_used("_static/mystnb.1a2b.css", {"pygments"})
    assert not page_context.is_used("_static/styles/furo.css", {"pygments", "mystnb"})


def test_stylesheet_is_one(plain_site: Book) -> None:
    """Every file of the look is in it, after the theme's own; only what says nothing is left out."""
    css = (plain_site.folder / "built/html/_static/reader.css").read_text(encoding="utf-8")
    assert sorted(theme._STYLES) == sorted(path.stem for path in (theme.HERE / "styles").glob("*.css"))
    assert css.index(".sidebar-drawer") < css.index("--look-paper")
    assert "@media print" in css
    assert "/* " not in css
    own = ".a .b,\n.c {\n  margin: 0 auto;\n}\n@media (x) {\n  p :is(a, b) { top: 0 }\n}"
    assert theme.tightened(own) == ".a .b,.c{margin: 0 auto}@media (x){p :is(a,b){top: 0}}"


def test_unused_rules_of_the_theme(plain_site: Book) -> None:
    """A selector goes when a class of it is on no page; what is excluded, or given by a script, needs none."""
    rules = ".a .b,.c{x:1}@media (y){.d{z:1}.a:not(.e){z:2}p:is(.f,.g){z:3}}"
    assert theme.used(rules, {"a", "c"}) == ".c{x:1}@media (y){.a:not(.e){z:2}p:is(.f,.g){z:3}}"
    css = (plain_site.folder / "built/html/_static/reader.css").read_text(encoding="utf-8")
    assert ".guilabel" not in css
    assert ".scroll-current" in css
    assert f"reader.css?v={zlib.crc32(css.encode()):08x}" in plain_site.html("chapter")


def test_details_of_claim(plain_site: Book) -> None:
    """One native element, its first line outside the fold; nothing of it is lost."""
    folded = plain_site.soup("chapter").find("details", class_="evidence-basis")
    assert folded is not None
    assert folded.summary is not None
    assert folded.summary.get_text().strip() == "More: 1 finding, 1 finding against"
    assert "WD-200" in folded.get_text()
    assert "Against:" in folded.get_text()


def test_details_of_cell(site: Book) -> None:
    """The code of a cell folds under one line without paragraphs, and comes with the stylesheet for it."""
    head = "---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n---\n# Chapter\n\n"
    site.write("chapter", head + "```{code-cell}\n:tags: [hide-input]\nprint(1)\n```\n")
    site.build()

    made = site.soup("chapter")
    folded = made.select_one("details.hide.admonition > summary")
    assert folded is not None
    assert folded.find("p") is None
    assert [line["class"][0] for line in folded.find_all("span")] == ["collapsed", "expanded"]
    assert "mystnb" in site.html("chapter")


def test_pictures_load_late_and_keep_their_place(site: Book) -> None:
    """What a reader does not come near is not loaded, and nothing moves when it comes; a size that is given stays."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"><desc>A line</desc></svg>'
    (site.folder / "book/line.svg").write_text(drawing, encoding="utf-8")
    given = "```{image} line.svg\n:alt: A line\n:width: 40px\n```\n"
    site.write("chapter", f"# Chapter\n\n```{{image}} line.svg\n:alt: A line\n```\n\n{given}")
    site.build()

    first, second = site.soup("chapter").article.find_all("img")  # type: ignore[union-attr]  # the page has an article
    assert (first["loading"], first["width"], first["height"]) == ("lazy", "96", "48")
    assert (second["loading"], second["style"], second.get("height")) == ("lazy", "width: 40px;", None)

    site.write("chapter", f"# Chapter\n\n:::{{container}} one-sheet\nTo print.\n:::\n\n{given}")
    site.build()
    assert [one["loading"] for one in site.soup("chapter").find_all("img")] == ["eager"]


def test_reference_roles(plain_site: Book) -> None:
    """The list of references is a list, its entries are its items; no two elements of a page share an id."""
    made = plain_site.soup("sources")
    assert made.select("div[role=list] > div.citation[role=listitem]")
    for page in PAGES:
        ids = [tag["id"] for tag in plain_site.soup(page).find_all(id=True)]
        assert len(ids) == len(set(ids)), page


def test_certainty_stands_apart(site: Book) -> None:
    """A stylesheet can set it smaller, and paper can leave it to the verb; a reader hears both."""
    site.write("chapter", "# Chapter\n\nPeople {claim}`probably die <death-out-of-treatment>` more often.\n")
    site.build()

    made = site.soup("chapter").find(class_="evidence-claim")
    assert made is not None
    assert made.get_text() == "probably die (moderate certainty)"
    assert made.find(class_="evidence-grade").get_text() == "(moderate certainty)"  # type: ignore[union-attr]


def test_cards_are_complete_and_plain(site: Book, replace: Replace) -> None:
    """One for each record, the source of a finding in its part; markup stays text; each page knows the release."""
    site.build()
    before = {release(site, page) for page in PAGES}
    replace("evidence/findings/animals.yml", "about: Rats", "about: <img src=x onerror=alert(1) Rats")
    site.build()

    parts = [data(site, f"cards/{number}.js") for number in range(64)]
    cards = {kind: {k: v for part in parts for k, v in part[kind].items()} for kind in ("claim", "finding", "source")}  # type: ignore[index]  # of JSON
    exported = json.loads((site.folder / "built/html/evidence/evidence.json").read_text(encoding="utf-8"))
    assert set(cards["finding"]) == {row["id"].lower() for row in exported["findings"]}
    assert set(cards["claim"]) == {row["id"] for row in exported["claims"]}
    assert set(cards["source"]) == {row["key"] for row in exported["sources"]}
    assert all(card["source"] in part["source"] for part in parts for card in part["finding"].values())  # type: ignore[index]  # as above
    assert cards["claim"]["lever-pressing"]["why"].endswith("few people or events")
    assert not (site.folder / "built/html/evidence/cards.js").exists()
    assert cards["finding"]["wd-065"]["about"].startswith("<img src=x")
    assert "<img src=x" not in site.html("findings")
    after = {release(site, page) for page in PAGES}
    assert (len(before), len(after), len(before | after)) == (1, 1, 2)


def test_scripts_write_no_markup() -> None:
    """No text of the evidence is ever parsed as HTML."""
    unsafe = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")
    for folder in ("scripts", "static"):
        assert not [one.name for one in (theme.HERE / folder).glob("*.js") if unsafe.search(one.read_text("utf-8"))]


def test_search_rows(plain_site: Book) -> None:
    """Each row leads to an element that exists; tables of records are not listed a second time as prose."""
    rows = data(plain_site, "search-index.js")
    assert isinstance(rows, list)
    assert {row[0] for row in rows} == {"c", "f", "s", "p", "h"}
    assert {row[3] for row in rows if row[0] == "h"} == {"index.html"}
    assert any(row[0] == "c" and "people probably die" in row[1] for row in rows)
    assert any(row[0] == "f" and "WD-200" in row[4] for row in rows)
    assert not any(row[0] == "p" and "Rats did not press" in row[2] for row in rows)
    for row in rows:
        page, _, anchor = row[3].partition("#")
        assert not anchor or plain_site.soup(page.removesuffix(".html")).find(id=anchor), row


def test_search_words(site: Book) -> None:
    """Readers' words lead to the page, section or place that answers; the first part of the contents ranks first."""
    (site.folder / "evidence/search-words.yml").write_text(
        "- {words: [7oh, cold turkey], page: chapter}\n"
        "- {words: [naloxone], page: claims, anchor: not-argued-elsewhere}\n"
        "- {words: [help], page: claims, anchor: elsewhere}\n- {words: [leaf], page: chapter}\n",
        encoding="utf-8",
    )
    parts = ("chapter", "claims\nfindings\nsources\ncite\ndata\nparts/deep")
    site.write("index", "# Small\n\n" + "\n".join(f"```{{toctree}}\n{part}\n```\n" for part in parts))
    site.build()

    rows = data(site, "search-index.js")
    assert isinstance(rows, list)
    found = {row[3]: (row[0], row[1], row[4]) for row in rows}
    assert found["chapter.html"] == ("h", "Chapter", "7oh cold turkey leaf")
    assert found["claims.html#not-argued-elsewhere"] == ("p", "Not argued elsewhere (Claims)", "naloxone")
    assert found["claims.html#elsewhere"] == ("p", "Claims", "help")


def test_search_leaves_out_excluded_sources(evidence: EvidenceBase) -> None:
    """Who searches wants what the book rests on."""
    rows = search_index.rows(evidence, lambda *_: "page.html", [])
    excluded = evidence.excluded_sources.keys()

    assert excluded
    assert {row[4] for row in rows if row[0] == "s"} == evidence.sources.keys() - excluded


def test_search_words_faults(site: Book) -> None:
    """Each is named with its line and what to write."""
    (site.folder / "evidence/search-words.yml").write_text("- {words: [a], page: nowhere}\n- {word: [b]}\n", "utf-8")

    with pytest.raises(SystemExit):
        site.build()
    assert 'search-words.yml:1: WARNING: no page is called "nowhere"' in site.told()
    assert "search-words.yml:2: WARNING: this entry has no words or no page; write - {words:" in site.told()


def test_search_page_without_script(plain_site: Book) -> None:
    """It says that it needs one and names the lists."""
    made = plain_site.soup("search")
    assert made.noscript is not None
    assert {link["href"] for link in made.article.find_all("a")} == {"claims.html", "findings.html", "sources.html"}  # type: ignore[union-attr]
    assert not (plain_site.folder / "built/html/searchindex.js").exists()


def test_help_link(site: Book, plain_site: Book) -> None:
    """It stands in the header of every page, once for a narrow and once for a wide screen, when the box is there."""
    assert not plain_site.soup("chapter").select(".help-link")
    index = (site.folder / "book/index.md").read_text(encoding="utf-8")
    site.write("index", index + "\n(help-now)=\n## Help now\n\nCall.\n")
    site.build()

    assert [link["href"] for link in site.soup("parts/deep").select(".help-link")] == ["../index.html#help-now"] * 2
    assert [link["href"] for link in site.soup("index").select(".help-link")] == ["#help-now"] * 2
    assert site.soup("index").select_one("section#help-now[aria-label='Help now'] > h2")


def test_menu_headings(site: Book, replace: Replace) -> None:
    """The menu of every page begins with the headings that the settings name; a label of none is told with its line."""
    index = (site.folder / "book/index.md").read_text(encoding="utf-8")
    site.write("index", index + "\n(tonight)=\n## Tonight\n\nRest.\n")
    replace("book/conf.py", "html_theme", 'evidence_menu = ["tonight"]\nhtml_theme')
    site.build()
    first = {page: site.soup(page).select_one("nav.sidebar-tree li a") for page in ("parts/deep", "index")}
    assert {page: (link["href"], link.text) for page, link in first.items() if link} == {
        "parts/deep": ("../index.html#tonight", "Tonight"),
        "index": ("#tonight", "Tonight"),
    }

    replace("book/conf.py", '["tonight"]', '["today"]')
    site.build(silent=False)
    assert 'evidence_menu: "today" is the label of no heading' in site.told()


def test_page_tools(plain_site: Book, site: Book, replace: Replace) -> None:
    """Links lead to files; a link for errors is there only when the book says where it is kept."""
    tools = plain_site.soup("chapter").find(class_="page-tools")
    assert tools is not None
    assert "The contributors (2026). Chapter. In: Small book, version 0.1." in tools.get_text()
    for link in tools.find_all("a"):
        assert (plain_site.folder / "built" / "html" / link["href"]).is_file(), link
    assert plain_site.soup("search").find(class_="page-tools") is None

    replace("book/conf.py", "html_theme", 'evidence_repository = "https://example.org/book"\nhtml_theme')
    site.build()
    assert site.soup("chapter").find("a", href="https://example.org/book")


def test_errors_go_to_the_address_of_the_settings(site: Book, replace: Replace) -> None:
    """Without one the page says how to write an issue for the copy at hand; a bad one is refused with its line."""
    site.build()
    tools = site.soup("chapter").find(class_="page-tools")
    assert tools is not None
    assert "Open an issue where you got it" in tools.get_text()

    replace("book/conf.py", "html_theme", 'evidence_errors_to = "errors@example.org"\nhtml_theme')
    site.build()
    assert site.soup("chapter").find("a", href="mailto:errors@example.org")

    replace("book/conf.py", "errors@example.org", "somebody")
    with pytest.raises(SystemExit):
        site.build(silent=False)
    assert 'evidence_errors_to "somebody" is no address' in site.told()


def test_site_is_written_again(site: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds are the same byte for byte; after a change of the package no older page stays beside newer scripts."""
    site.build(freshenv=True)
    before = tree(site.folder / "built" / "html")
    site.build(freshenv=True)
    assert tree(site.folder / "built" / "html") == before

    written = site.folder / "built/html/chapter.html"
    stamp = written.stat().st_mtime_ns
    monkeypatch.setattr(fingerprints, "software", lambda: "newer")
    site.build()
    assert written.stat().st_mtime_ns != stamp


def test_citation_numbers(site: Book) -> None:
    """One number for each source of a page; its authors stay in the line for paper, and alone in lists."""
    first, second = "{cite:p}`sordo2017mortality`", "{cite:p}`hemby2019abuse,sordo2017mortality`"
    site.write("chapter", f"# Chapter\n\nOne {first}, two {second}; {{cite:t}}`hemby2019abuse` says so.\n")
    site.build()

    made = site.soup("chapter").select(".bibtex-citation")
    assert [[sup.get_text() for sup in one.find_all("sup")] for one in made] == [["1"], ["2", "1"], []]
    assert "Sordo" in made[0].select_one("a .cite-words").get_text()  # type: ignore[union-attr]  # else it fails
    assert str(made[0].previous_sibling) == "One"  # else the number may begin a line of its own
    assert site.soup("findings").select(".evidence-findings .bibtex-citation")
    assert not site.soup("findings").select(".evidence-findings sup")


def test_stylesheet_keeps_what_is_read() -> None:
    """A custom property goes when nothing reads it, and then what it alone has read; what a page reads stays."""
    css = "body{--a:1;--b:var( --a );--c:2;--d:var(--c);--e:3}p{color:var(--b)}"

    assert theme.without_unread(css, frozenset({"--e"})) == "body{--a:1;--b:var( --a );--e:3}p{color:var(--b)}"


def test_stylesheet_declares_what_it_reads(plain_site: Book) -> None:
    """Of the properties that the theme or we declare none is missing that a rule reads."""
    css = (plain_site.folder / "built/html/_static/reader.css").read_text(encoding="utf-8")
    whole = furo.stylesheet().read_text(encoding="utf-8") + (theme.HERE / "styles/look.css").read_text(encoding="utf-8")
    declared, read = (set(re.findall(form, css)) for form in (r"(--[\w-]+):", r"var\(\s*(--[\w-]+)"))

    assert {name for name in read - declared if f"{name}:" in whole} == set()


def test_kept_files_are_those_of_pages(plain_site: Book) -> None:
    """The worker names every page and what pages load, and no data to download."""
    worker = (plain_site.folder / "built/html/sw.js").read_text(encoding="utf-8")
    names = set(re.findall(r'"([^"]+)"', worker.partition("[")[2].partition("]")[0]))

    assert {"./", "index.html", "parts/deep.html", "_static/reader.css", "evidence/search-index.js"} <= names
    assert [name for name in names if name.endswith((".json", ".csv", ".bib", ".md"))] == []
