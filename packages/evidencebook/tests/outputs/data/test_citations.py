"""Every page can be cited, found and archived; what is not yet known is shown nowhere."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pybtex.database import parse_file

import citation_readers
from small_book import Book, Replace

BASE = "https://example.org/book/"


def out(site: Book) -> Path:
    """Give the folder of the built site."""
    return site.folder / "built" / "html"


def data(site: Book, page: str) -> list[dict[str, Any]]:
    """Read what search engines read of a page."""
    return [json.loads(tag.string or "") for tag in site.soup(page).find_all("script", type="application/ld+json")]


def test_zotero_saves_book_and_chapter(full_site: Book) -> None:
    """By its own rules: type, title, authors whole, date, book, address, PDF."""
    whole = citation_readers.zotero(full_site.html("index"), f"{BASE}index.html")
    assert (whole.kind, whole.fields["title"], whole.fields["doi"]) == ("book", "Small book", "10.1234/ab_c")
    chapter = citation_readers.zotero(full_site.html("chapter"), f"{BASE}chapter.html")
    assert (chapter.kind, chapter.fields["title"], chapter.fields["book"]) == ("bookSection", "Chapter", "Small book")
    assert "doi" not in chapter.fields
    for item in (whole, chapter):
        assert item.creators == [("Doe", "Ana"), ("The contributors", "")]
        assert (item.fields["date"], item.fields["language"]) == ("2026/05/02", "en")
        assert item.pdf == f"{BASE}smallbook.pdf"
    assert chapter.fields["url"] == f"{BASE}chapter.html"
    assert chapter.abstract == "Out of methadone treatment, about 36.1 per 1000 person-years people probably die."


def test_zotero_saves_page_without_address(plain_site: Book) -> None:
    """Empty settings cost the address and the PDF, nothing else; the only author, a group, is not taken apart."""
    item = citation_readers.zotero(plain_site.html("parts/deep"), "file:///book/parts/deep.html")
    assert (item.kind, item.fields["title"], item.fields["date"]) == ("bookSection", "Deep", "2026/11/22")
    assert item.creators == [("The contributors", "")]
    assert (item.pdf, item.fields["url"]) == ("", "file:///book/parts/deep.html")


def test_google_scholar_takes_up_every_page(full_site: Book) -> None:
    """No tag is missing, empty, or of the wrong form."""
    for path in sorted(out(full_site).rglob("*.html")):
        if path.name not in ("search.html", "genindex.html") and "_static" not in path.parts:
            assert citation_readers.scholar(path.read_text(encoding="utf-8")) == [], path


def test_empty_settings_show_nowhere(plain_site: Book) -> None:
    """No canonical address, no sitemap, no address in any file."""
    assert not [name for name in ("sitemap.xml", "robots.txt") if (out(plain_site) / name).exists()]
    for page in ("index", "chapter", "parts/deep"):
        head = plain_site.html(page).split("</head>")[0]
        assert not re.search(r'canonical|og:url|public_url|pdf_url|citation_doi|"@id"|"url"|(content|href)=""', head)
    for path in (out(plain_site) / "cite").rglob("*.*"):
        assert not re.search(r"https?://|10\.1234", path.read_text(encoding="utf-8")), path


def test_settings_show_everywhere(full_site: Book) -> None:
    """Canonical address, sitemap, robots, addresses in citations."""
    root = ET.parse(out(full_site) / "sitemap.xml").getroot()  # noqa: S314  we wrote it
    listed = [loc.text for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert listed[:2] == [f"{BASE}index.html", f"{BASE}chapter.html"]
    assert f"{BASE}parts/deep.html" in listed
    assert len(listed) == len(set(listed)) == 9
    assert f"Sitemap: {BASE}sitemap.xml" in (out(full_site) / "robots.txt").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{BASE}chapter.html"' in full_site.html("chapter")
    assert "https://doi.org/10.1234/ab_c" in full_site.html("cite")


def test_wrong_settings(site: Book) -> None:
    """Each is named with its line and what to write; nothing is written."""
    conf = site.folder / "book" / "conf.py"
    wrong = 'html_baseurl = "example.org"\nevidence_doi = "https://doi.org/10.1234/ab_c"\ntoday = "in May"\n'
    conf.write_text(wrong + conf.read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(SystemExit):
        site.build()
    for words in (
        'conf.py:1: WARNING: html_baseurl "example.org" is no public address; write it whole',
        'conf.py:2: WARNING: evidence_doi "https://doi.org/10.1234/ab_c" is no DOI; write it bare',
        'conf.py:3: WARNING: today "in May" is no day',
    ):
        assert words in site.told()
    assert not (out(site) / "cite.html").exists()


def test_schema_org_of_pages(full_site: Book) -> None:
    """Chapter and book know each other by address; tables are a dataset; a review is part of its page."""
    (whole,) = data(full_site, "index")
    assert (whole["@type"], whole["identifier"]) == ("Book", "https://doi.org/10.1234/ab_c")
    (chapter,) = data(full_site, "chapter")
    assert chapter["@type"] == ["ScholarlyArticle", "Chapter"]
    assert chapter["isPartOf"] == {"@type": "Book", "@id": BASE, "name": "Small book"}
    assert [author["@type"] for author in chapter["author"]] == ["Person", "Organization"]
    assert chapter["description"] == citation_readers.zotero(full_site.html("chapter"), BASE).abstract
    page, tables = data(full_site, "data")
    assert (page["@type"], tables["@type"]) == ("Chapter", "Dataset")
    assert 50 <= len(tables["description"]) <= 5000
    for one in tables["distribution"]:
        assert (out(full_site) / one["contentUrl"].removeprefix(BASE)).is_file()
    *reviews, audit = data(full_site, "audit")
    assert {(one["@type"], one["isPartOf"]["@id"]) for one in reviews} == {("ClaimReview", audit["@id"])}


def test_citations_page(full_site: Book) -> None:
    """Every page once, in the order of the contents; links lead to files, also from below a folder."""
    soup = full_site.soup("cite")
    (pages,) = (table.find("tbody").find_all("tr") for table in soup.find_all("table"))
    titles = ["Chapter", "Claims", "Findings", "Sources", "Cite", "Data", "Deep", "Audit"]
    assert [row.find("a").get_text() for row in pages] == titles
    assert soup.find("a", href="cite/claims.bib")
    for page in ("cite", "chapter", "parts/deep"):
        links = [link["href"] for link in full_site.soup(page).find_all("a", href=re.compile("cite/"))]
        assert len(links) >= 2
        for link in links:
            assert ((out(full_site) / page).parent / link).resolve().is_file(), link
    assert all(words in soup.get_text() for words in ("@book{", "TY  - BOOK", '"type": "book"'))


def test_citation_of_claim(full_site: Book) -> None:
    """Its card names its address and its key; one file holds an entry for each claim, with the address."""
    entries = parse_file(out(full_site) / "cite" / "claims.bib").entries
    key = "doe2026claim-lever-pressing"
    assert entries[key].fields["url"] == f"{BASE}claims.html#claim-lever-pressing"
    assert len(entries) == 2
    card = next(box for box in full_site.soup("claims").find_all(class_="claim") if key in box.get_text())
    assert card.find("a", href="#claim-lever-pressing", string="address")
    assert card.find("a", href="cite/claims.bib", string="BibTeX")


def test_citations_follow_title(site: Book, replace: Replace) -> None:
    """The page on citing and the files know a new title, though that page was not read again."""
    site.build()
    replace("book/chapter.md", "# Chapter", "# Another name")
    app = site.build()

    assert "Another name" in site.html("cite")
    assert "Another name" in (out(site) / "cite" / "chapter.ris").read_text(encoding="utf-8")
    assert "cite" not in app.env.get_domain("evidence").changed  # type: ignore[attr-defined]  # our own domain


def test_citations_in_print(site: Book) -> None:
    """The book's own citation is there in full; tables of files and links on cards are not."""
    app = site.build("text")

    text = (app.outdir / "cite.txt").read_text(encoding="utf-8")
    assert "@book{" in text
    assert text.count("The files lie beside the book on its site, in the folder cite/.") == 2
    assert "Cite this claim" not in (app.outdir / "chapter.txt").read_text(encoding="utf-8")


def test_description_of_pages(site: Book) -> None:
    """An author's own, the front matter, the first sentences, else the title: always one, of 50 to 160 characters."""
    aside = "# Chapter\n\n```{note}\nBeside it.\n```\n\nShort.\nBut a second one follows it, and says a little more.\n"
    site.write("chapter", aside)
    ours = "Every claim, its “certainty” and where it is argued."
    head = f'---\nmyst: {{html_meta: {{description: "{ours}"}}}}\n---\n'
    site.write("claims", head + (site.folder / "book/claims.md").read_text(encoding="utf-8"))
    site.build()

    found = {}
    for page in ("index", "chapter", "claims", "findings", "sources", "cite", "data", "parts/deep", "search"):
        (tag,) = site.soup(page).find_all("meta", attrs={"name": "description"})
        found[page] = str(tag["content"])
        assert 50 <= len(found[page]) <= 160, found[page]
    assert found["parts/deep"] == "A page below a folder, described by its own front matter."
    assert found["chapter"] == "Short. But a second one follows it, and says a little more."
    assert found["claims"] == ours
    assert found["sources"].startswith("Sources: a page of Small book")
