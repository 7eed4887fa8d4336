"""Every page can be cited, found and archived; what is not yet known is shown nowhere."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from rocrate.rocrate import ROCrate

import citation_readers
from small_book import Book, Replace

LISTS = (
    "# Cite\n\nHow to cite all of it.\n\n```{citations} book\n```\n\n```{citations} pages\n```\n\n"
    "```{citations} claims\n```\n"
)
CLAIMS = "\n# Claims\n\n```{claims}\n```\n\n```{claims}\n:style: homeless\n```\n"
FILLED = (
    'html_baseurl = "https://example.org/book/"\nevidence_doi = "10.1234/ab_c"\ntoday = "2 May 2026"\n'
    'author = "Doe, Ana; The contributors"\nhtml_theme'
)


@pytest.fixture
def site(book: Book, replace: Replace) -> Book:
    """Lay out a small book with a page on how to cite it, under the theme that the shell is written for."""
    replace("book/conf.py", 'html_theme = "basic"', 'html_theme = "furo"\nbibtex_tooltips = False')
    replace("book/index.md", "sources\n```", "sources\ncite\ndata\nparts/deep\n```")
    book.write("cite", LISTS)
    book.write("data", "# Data\n\n```{data-columns} records\n```\n\n```{data-columns} pages\n```\n")
    book.write(
        "parts/deep", "---\ndescription: A page below a folder, described by its own front matter.\n---\n\n# Deep\n"
    )
    return book


@pytest.fixture
def filled(site: Book, replace: Replace) -> Book:
    """Fill the slots, and lay a PDF where the builder of PDFs leaves it."""
    replace("book/conf.py", "html_theme", FILLED)
    pdf = site.folder / "built" / "pdf" / "smallbook.pdf"
    pdf.parent.mkdir(parents=True)
    pdf.write_bytes(b"%PDF-1.7")
    return site


def out(site: Book) -> Path:
    """Give the folder of the built site."""
    return site.folder / "built" / "html"


def data(site: Book, page: str) -> list[dict[str, Any]]:
    """Read what search engines read of a page."""
    soup = BeautifulSoup(site.html(page), "html.parser")
    return [json.loads(tag.string or "") for tag in soup.find_all("script", type="application/ld+json")]


def test_zotero_saves_book_and_chapter(filled: Book) -> None:
    """By its own rules: type, title, authors whole, date, book, address, PDF."""
    filled.build()

    whole = citation_readers.zotero(filled.html("index"), "https://example.org/book/index.html")
    assert (whole.kind, whole.fields["title"]) == ("book", "Small book")
    assert whole.fields["doi"] == "10.1234/ab_c"
    chapter = citation_readers.zotero(filled.html("chapter"), "https://example.org/book/chapter.html")
    assert (chapter.kind, chapter.fields["title"], chapter.fields["book"]) == ("bookSection", "Chapter", "Small book")
    assert "doi" not in chapter.fields
    for item in (whole, chapter):
        assert item.creators == [("Doe", "Ana"), ("The contributors", "")]
        assert (item.fields["date"], item.fields["language"]) == ("2026/05/02", "en")
        assert item.pdf == "https://example.org/book/smallbook.pdf"
    assert chapter.fields["url"] == "https://example.org/book/chapter.html"
    assert chapter.abstract == "Out of methadone treatment, about 36.1 per 1000 person-years people probably die."


def test_zotero_saves_a_page_of_a_book_without_an_address(site: Book) -> None:
    """Empty slots cost the address and the PDF, nothing else; the only author, a group, is not taken apart."""
    site.build()

    item = citation_readers.zotero(site.html("parts/deep"), "file:///book/parts/deep.html")
    assert (item.kind, item.fields["title"], item.fields["date"]) == ("bookSection", "Deep", "2026/11/22")
    assert item.creators == [("The contributors", "")]
    assert (item.pdf, item.fields["url"]) == ("", "file:///book/parts/deep.html")


def test_google_scholar_takes_up_every_page(filled: Book) -> None:
    """No tag is missing, empty, or of the wrong form."""
    filled.build()

    for path in sorted(out(filled).rglob("*.html")):
        if path.name != "search.html" and "_static" not in path.parts:
            assert citation_readers.scholar(path.read_text(encoding="utf-8")) == [], path


def test_nothing_depends_on_an_empty_slot(site: Book) -> None:
    """No canonical address, no sitemap, no address in any file."""
    site.build()

    assert not (out(site) / "sitemap.xml").exists()
    assert not (out(site) / "robots.txt").exists()
    for page in ("index", "chapter", "parts/deep"):
        head = site.html(page).split("</head>")[0]
        assert not re.search(r'canonical|og:url|public_url|pdf_url|citation_doi|"@id"|"url"|(content|href)=""', head)
    for path in (out(site) / "cite").rglob("*.*"):
        assert not re.search(r"https?://|10\.1234", path.read_text(encoding="utf-8")), path


def test_slots_that_are_filled_show_everywhere(filled: Book) -> None:
    """Canonical address, sitemap, robots, addresses in citations; and they go again when a slot is emptied."""
    filled.build()

    root = ET.parse(out(filled) / "sitemap.xml").getroot()  # noqa: S314  we wrote it
    listed = [loc.text for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert listed[:2] == ["https://example.org/book/index.html", "https://example.org/book/chapter.html"]
    assert "https://example.org/book/parts/deep.html" in listed
    assert len(listed) == len(set(listed)) == 8
    assert "Sitemap: https://example.org/book/sitemap.xml" in (out(filled) / "robots.txt").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/book/chapter.html"' in filled.html("chapter")
    bib = (out(filled) / "cite" / "claim-lever-pressing.bib").read_text(encoding="utf-8")
    assert "https://example.org/book/claims.html#claim-lever-pressing" in bib
    assert "https://doi.org/10.1234/ab_c" in filled.html("cite")

    conf = filled.folder / "book" / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8").replace("https://example.org/book/", ""), encoding="utf-8")
    filled.build()
    assert not (out(filled) / "sitemap.xml").exists()


def test_a_slot_that_cannot_be_meant_stops_the_build(filled: Book, replace: Replace) -> None:
    """Each is named with its line and what to write; nothing is written."""
    replace("book/conf.py", '"10.1234/ab_c"', '"https://doi.org/10.1234/ab_c"')
    replace("book/conf.py", '"https://example.org/book/"', '"example.org"')
    replace("book/conf.py", '"2 May 2026"', '"in May"')

    with pytest.raises(SystemExit):
        filled.build()
    for words in (
        'conf.py:4: WARNING: html_baseurl "example.org" is no public address; write it whole',
        'conf.py:5: WARNING: evidence_doi "https://doi.org/10.1234/ab_c" is no DOI; write it bare',
        'conf.py:6: WARNING: today "in May" is no day',
    ):
        assert words in filled.told()
    assert not (out(filled) / "cite.html").exists()


def test_the_data_of_a_page_are_joined(filled: Book) -> None:
    """Chapter and book know each other by address; tables are a dataset; a review is part of its page."""
    filled.write("findings", "# Findings\n\n```{findings}\n```\n\n```{searches}\n```\n")
    filled.write("audit", "---\norphan: true\n---\n\n# Audit\n\n```{assertions}\n:style: sections\n```\n")
    filled.build()

    (whole,) = data(filled, "index")
    assert (whole["@type"], whole["identifier"]) == ("Book", "https://doi.org/10.1234/ab_c")
    (chapter,) = data(filled, "chapter")
    assert chapter["@type"] == ["ScholarlyArticle", "Chapter"]
    assert chapter["isPartOf"] == {"@type": "Book", "@id": "https://example.org/book/", "name": "Small book"}
    assert [author["@type"] for author in chapter["author"]] == ["Person", "Organization"]
    assert chapter["description"] == citation_readers.zotero(filled.html("chapter"), "https://example.org/").abstract
    page, tables = data(filled, "data")
    assert page["@type"] == "Chapter"
    assert tables["@type"] == "Dataset"
    assert 50 <= len(tables["description"]) <= 5000
    for one in tables["distribution"]:
        assert (out(filled) / one["contentUrl"].removeprefix("https://example.org/book/")).is_file()
    reviews, audit = data(filled, "audit")
    assert {one["isPartOf"]["@id"] for one in reviews} == {audit["@id"]}  # type: ignore[index]  # a list of reviews


def test_the_page_on_citing_lists_every_page_and_claim_once(site: Book) -> None:
    """In the order of the contents, each with files that exist, also from below a folder; a card links to its own."""
    site.build()

    soup = BeautifulSoup(site.html("cite"), "html.parser")
    pages, claims = (table.find("tbody").find_all("tr") for table in soup.find_all("table"))
    assert [row.find("a").get_text() for row in pages] == [
        *("Chapter", "Claims", "Findings", "Sources", "Cite", "Data", "Deep"),
    ]
    assert [row.find("a")["href"] for row in claims] == [
        "chapter.html#claim-death-out-of-treatment",
        "claims.html#claim-lever-pressing",
    ]
    for page in ("cite", "chapter", "parts/deep"):
        links = [
            link["href"]
            for link in BeautifulSoup(site.html(page), "html.parser").find_all("a", href=re.compile("cite/"))
        ]
        assert len(links) >= 3
        for link in links:
            assert ((out(site) / page).parent / link).resolve().is_file(), link
    card = BeautifulSoup(site.html("chapter"), "html.parser").find(class_="admonition")
    assert card is not None
    assert card.find("a", href="cite/claim-death-out-of-treatment.ris")
    text = soup.get_text()
    assert all(words in text for words in ("@book{", "TY  - BOOK", '"type": "book"'))


def test_a_new_title_reaches_the_page_on_citing(site: Book, replace: Replace) -> None:
    """Though that page was not read again."""
    site.build()
    replace("book/chapter.md", "# Chapter", "# Another name")
    app = site.build()

    assert "Another name" in site.html("cite")
    assert "Another name" in (out(site) / "cite" / "chapter.ris").read_text(encoding="utf-8")
    assert "cite" not in app.env.get_domain("evidence").changed  # type: ignore[attr-defined]  # the press's own


def test_in_print_there_are_no_links_to_files(site: Book) -> None:
    """The book's own citation is there in full; tables of files and links on cards are not."""
    app = site.build("text")

    text = (app.outdir / "cite.txt").read_text(encoding="utf-8")
    assert "@book{" in text
    assert "CSL-JSON," not in text
    assert text.count("The files lie beside the book on its site, in the folder cite/.") == 2
    assert "Cite this claim" not in (app.outdir / "chapter.txt").read_text(encoding="utf-8")


def test_descriptions_come_from_the_page(site: Book) -> None:
    """Its front matter, else its first sentences, else its title: always 50 to 160 characters."""
    site.write(
        "chapter",
        "# Chapter\n\n```{note}\nBeside it.\n```\n\nShort.\nBut a second one follows it, and says a little more.\n",
    )
    site.write(
        "claims",
        '---\nmyst: {html_meta: {description: "Every claim, its “certainty” and where it is argued."}}\n---\n' + CLAIMS,
    )
    site.write("sources", "# Sources\n\n```{sources}\n```\n\n```{bibliography}\n```\n")
    site.build()

    found = {}
    for page in ("index", "chapter", "claims", "findings", "sources", "cite", "data", "parts/deep"):
        tag = BeautifulSoup(site.html(page), "html.parser").find("meta", attrs={"name": "description"})
        assert tag is not None
        found[page] = str(tag["content"])
        assert 50 <= len(found[page]) <= 160, found[page]
    assert found["parts/deep"] == "A page below a folder, described by its own front matter."
    assert found["chapter"] == "Short. But a second one follows it, and says a little more."
    assert found["claims"] == "Every claim, its “certainty” and where it is argued."
    assert site.html("claims").count('name="description"') == 1
    assert found["sources"].startswith("Sources: a page of Small book")


def test_the_crate_is_one(filled: Book) -> None:
    """The RO-Crate library reads it; each file it names exists and has a licence that it describes."""
    filled.build()

    crate = ROCrate(out(filled))
    assert crate.name == "Small book"
    assert crate.root_dataset["datePublished"].startswith("2026-05-02")
    assert crate.root_dataset["license"]["name"] == "CC-BY-4.0"
    assert [author["name"] for author in crate.root_dataset["author"]] == ["Ana Doe", "The contributors"]
    files = list(crate.get_by_type("File"))
    assert {"index.html", "evidence/claims.csv", "evidence/datapackage.json"} <= {entity.id for entity in files}
    for entity in [*files, *crate.get_by_type("Dataset")]:
        assert (out(filled) / entity.id).exists(), entity.id
        assert entity["license"]["identifier"] in ("CC-BY-4.0", "MIT")
