"""A feed reader learns of each change of a claim once, and finds the claim."""

import datetime as dt
from xml.etree import ElementTree as ET

from evidencebook.analysis import changes
from evidencebook.evidence.base import EvidenceBase
from evidencebook.outputs.data import exports
from evidencebook.outputs.data.citation import Book

_A = "{http://www.w3.org/2005/Atom}"


def feed(evidence: EvidenceBase, base: str = "") -> ET.Element:
    """Write and read the feed of a book, with or without a public address."""
    book = Book("A book", ("Doe, Jane",), dt.date(2026, 1, 2), base=base)
    files = exports.files(evidence, book, lambda kind, name: f"page.html#{kind}-{name}")
    return ET.fromstring(files["changes.xml"])  # noqa: S314  we wrote it


def test_feed_entries(evidence: EvidenceBase) -> None:
    """As many as the page of changes has, the latest first, each with the elements that Atom (RFC 4287) asks for."""
    made = feed(evidence)
    entries = made.findall(f"{_A}entry")
    days = [entry.findtext(f"{_A}updated", "") for entry in entries]
    names = [entry.findtext(f"{_A}id", "") for entry in entries]

    assert len(entries) == sum(map(len, changes.by_day(evidence).values())) > 0
    assert days == sorted(days, reverse=True)
    assert made.findtext(f"{_A}updated") == days[0]
    assert len(set(names)) == len(names)
    assert all(name.startswith("urn:uuid:") for name in names)
    assert all(entry.findtext(f"{_A}title") and entry.findtext(f"{_A}content") for entry in entries)
    assert made.findtext(f"{_A}author/{_A}name") == "Doe, Jane"


def test_feed_addresses(evidence: EvidenceBase) -> None:
    """Public ones only where the book has one; the names of entries stay when it gets one."""
    for base, start in (
        ("", "../page.html#claim-"),
        ("https://example.org/b", "https://example.org/b/page.html#claim-"),
    ):
        links = [link.get("href", "") for link in feed(evidence, base).iter(f"{_A}link")]
        assert [one for one in links if not one.startswith(start)] == []
    ids = [[one.text for one in feed(evidence, base).iter(f"{_A}id")] for base in ("", "https://example.org/b")]
    assert ids[0] == ids[1]
