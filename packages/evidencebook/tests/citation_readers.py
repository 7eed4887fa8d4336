"""Read a page as Zotero and Google Scholar do, by the rules that their makers publish.

Zotero: its translators "Embedded Metadata", as it is since it knows citation_inbook_title, and "RDF" for Open Graph.
Google Scholar: its inclusion guidelines for webmasters.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bs4 import BeautifulSoup

#: Tags that settle the type of an item, and those that only suggest one.
_TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_conference": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
_GUESSES = {"citation_title": "journalArticle", "citation_series_title": "journalArticle", "citation_isbn": "book"}
_OPEN_GRAPH = {"book": "book", "website": "webpage", "video.movie": "videoRecording", "music.song": "audioRecording"}
_FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_date": "date",
    "citation_book_title": "book",
    "citation_inbook_title": "book",
    "citation_doi": "doi",
    "citation_public_url": "url",
    "citation_language": "language",
}


@dataclass
class Item:
    """Hold what Zotero would save."""

    kind: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    creators: list[tuple[str, str]] = field(default_factory=list)
    """family name and given name; a group has no given name"""
    pdf: str = ""
    abstract: str = ""


def zotero(html: str, address: str) -> Item:
    """Apply Zotero's rules to a page at an address."""
    page = BeautifulSoup(html, "html.parser")
    metas = [(tag.get("name") or tag.get("property") or "", tag.get("content") or "") for tag in page.find_all("meta")]
    given = [(name, content) for name, content in metas if content]
    first = dict(reversed(given))
    sure = [_TYPES[name] for name, _ in given if name in _TYPES]
    guess = next((_GUESSES[name] for name, _ in given if name in _GUESSES), "")
    graph = _OPEN_GRAPH.get(first.get("og:type", ""), "")
    has_graph = any(name.startswith("og:") for name, _ in given)
    item = Item(kind=sure[-1] if sure else graph or guess or ("webpage" if has_graph else ""))
    for name, zotero_name in _FIELDS.items():
        if first.get(name):
            item.fields[zotero_name] = " ".join(first[name].split())
    item.fields.setdefault("title", first.get("og:title", ""))
    names = [content for name, content in given if name == "citation_author"]
    item.creators = [creator for content in names for creator in _creators(content, alone=len(names) == 1)]
    pdfs = [content for name, content in given if name == "citation_pdf_url"]
    item.pdf = urljoin(address, pdfs[0]) if pdfs else ""
    item.abstract = first.get("og:description") or first.get("description", "")
    canonical = page.find("link", rel="canonical")
    known = item.fields.get("url") or first.get("og:url") or (str(canonical["href"]) if canonical else address)
    item.fields["url"] = urljoin(address, known)
    return item


def _creators(content: str, *, alone: bool) -> list[tuple[str, str]]:
    """Take one tag apart, as Zotero does: at semicolons, or at commas between names of several words."""
    names = re.split(r"\s*;\s*", content)
    by_comma = re.split(r"\s*,\s*", names[0])
    if len(names) == 1 and alone and len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]:
        names = by_comma
    return [_creator(name) for name in names if re.search(r"[^\s,\-.;]", name)]


def _creator(name: str) -> tuple[str, str]:
    """Split a name at its comma, or before its last word; what is left over at its ends is dropped first."""
    inverted = "," in name
    bare = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", name)
    if inverted:
        family, _, given_name = bare.partition(",")
        return family, given_name.strip()
    given_name, _, family = bare.rpartition(" ")
    return family, given_name


def scholar(html: str) -> list[str]:
    """Name what would keep Google Scholar from taking up a page."""
    page = BeautifulSoup(html, "html.parser")
    metas = [(str(tag.get("name")), str(tag.get("content") or "")) for tag in page.find_all("meta")]
    found = {name: [content for one, content in metas if one == name] for name, _ in metas}
    faults = []
    if len(found.get("citation_title", ())) != 1:
        faults.append("one citation_title is needed")
    if not found.get("citation_author"):
        faults.append("at least one citation_author is needed")
    if any(";" in author or " and " in author for author in found.get("citation_author", ())):
        faults.append("each author needs a tag of its own")
    if not re.fullmatch(r"[0-9]{4}(/[0-9]{1,2}(/[0-9]{1,2})?)?", (found.get("citation_publication_date") or [""])[0]):
        faults.append("citation_publication_date must be 2026/11/22 or 2026")
    if any(not one.startswith("https://") or not one.endswith(".pdf") for one in found.get("citation_pdf_url", ())):
        faults.append("citation_pdf_url must be a whole address that ends with .pdf")
    if any(not content for name, content in metas if name.startswith("citation_")):
        faults.append("an empty tag says nothing")
    return faults
