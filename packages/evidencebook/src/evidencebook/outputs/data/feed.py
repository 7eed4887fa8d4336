"""Tell readers of feeds what changed in the claims: the page of changes as Atom."""

import datetime as dt
import uuid
from collections.abc import Callable
from xml.etree import ElementTree as ET

from evidencebook.analysis import changes
from evidencebook.evidence import number_check
from evidencebook.evidence.base import EvidenceBase
from evidencebook.locale import _
from evidencebook.outputs.data.citation import Book

#: The file, below the folder of the exports.
NAME = "changes.xml"
_ATOM = "http://www.w3.org/2005/Atom"
#: Makes names of what has no public address; they stay when the book gets one.
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.w3.org/2005/Atom")


def atom(book: Book, evidence: EvidenceBase, address: Callable[[str], str]) -> str:
    """Write a feed with an entry for each change of a claim, the latest day first.

    `address` gives the way to a claim: public, or from the folder of the feed where the book has no public address.
    Days are those of the records, and names follow from book, claim, day and words, so each build writes the same.
    """
    by_day = changes.by_day(evidence)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": book.language})
    _add(feed, "id", _name(book.title))
    _add(feed, "title", _("%s: changes of the claims") % book.title)
    _add(feed, "updated", _moment(max(by_day, default=book.day)))
    for name in book.authors or (book.title,):
        _add(ET.SubElement(feed, "author"), "name", name)
    for day, changed in by_day.items():
        for claim, what in changed:
            entry = ET.SubElement(feed, "entry")
            _add(entry, "id", _name(book.title, claim, day.isoformat(), what))
            _add(entry, "title", f"{claim}: {what}")
            _add(entry, "updated", _moment(day))
            ET.SubElement(entry, "link", {"href": address(claim)})
            statement = number_check.plain(evidence.claims[claim].statement, evidence)
            now = {"certainty": _(evidence.claims[claim].certainty), "statement": statement}
            _add(entry, "content", _("The claim now, %(certainty)s: %(statement)s") % now)
    ET.indent(feed, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _name(*parts: str) -> str:
    """Name a feed or an entry for good."""
    return uuid.uuid5(_NAMES, "\n".join(parts)).urn


def _moment(day: dt.date) -> str:
    """Write a day as Atom does."""
    return f"{day.isoformat()}T00:00:00Z"
