"""Make a record of what a service says: only plain text, bounded, and safe to show."""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from evidencebook.evidence.identifiers import DOI, PMID
from evidencebook.surveillance.http import NoAnswerError
from evidencebook.surveillance.models import CandidateKind, FoundRecord
from evidencebook.surveillance.text import letters, part, plain

#: The longest texts that are kept, and the most names.
_TITLE, _NAME, _VENUE, _ABSTRACT, _ADDRESS, _NAMES = 1_000, 200, 300, 10_000, 2_000, 100
#: Services count records that were deleted or merged since, and never give them.
_ENOUGH = 0.98


def found_record(
    kind: CandidateKind,
    *,
    title: Any,
    authors: Iterable[str] = (),
    year: Any = None,
    venue: Any = None,
    doi: Any = None,
    pmid: Any = None,
    registry: Any = None,
    url: Any = None,
    status: Any = None,
    abstract: Any = None,
) -> FoundRecord | None:
    """Clean a record; None for one that neither a title nor a number identifies."""
    doi, pmid = DOI.standard(plain(doi, _VENUE)), PMID.standard(plain(pmid, _NAME))
    registry = plain(registry, _NAME) or None
    number = doi or pmid or registry
    words = plain(title, _TITLE) or (f"(without a title: {number})" if number else "")
    if not words:
        return None
    names = tuple(filter(None, authors))[:_NAMES]
    found_year = re.search(r"\b(1[5-9]|20|21)[0-9]{2}\b", plain(year, _NAME))
    surname = names[0].partition(",")[0] if names else ""
    surest = number or f"{letters(words)} {letters(surname)} {found_year[0] if found_year else ''}"
    return FoundRecord(
        id=hashlib.sha256(f"{kind} {surest}".encode()).hexdigest()[:12],
        kind=kind,
        title=words,
        authors=names,
        year=int(found_year[0]) if found_year else None,
        venue=plain(venue, _VENUE) or None,
        doi=doi,
        pmid=pmid,
        registry=registry,
        url=_address(url),
        status=plain(status, _NAME) or None,
        abstract=plain(abstract, _ABSTRACT) or None,
    )


def person(family: Any, given: Any = None) -> str:
    """Write a person as "Family, Given"; "" without a family name."""
    name = plain(family, _NAME)
    return ", ".join(filter(None, (name, plain(given, _NAME)))) if name else ""


def body(name: Any) -> str:
    """Write an organisation in braces, as BibTeX wants it; "" for none."""
    words = plain(name, _NAME).replace("{", "").replace("}", "")
    return f"{{{words}}}" if words else ""


def demanded(service: str, answer: Any, *path: str | int) -> list[Any]:
    """Return the list at a path of an answer; raise NoAnswerError when there is none."""
    found = part(answer, *path)
    if not isinstance(found, list):
        place = ".".join(map(str, path))
        raise NoAnswerError(f"{service} gave an answer of another shape: there is no list {place}")
    return found


def count(value: Any) -> int:
    """Read a number of records, which some services write as text; 0 when it is none."""
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def refuse_short(service: str, given: int, total: int) -> None:
    """Raise NoAnswerError when a service gave clearly fewer records than it counts: the others would be lost."""
    if given < _ENOUGH * total:
        raise NoAnswerError(f"{service}: {given} of {total} records came, and no more were to be had")


def _address(text: Any) -> str | None:
    address = plain(text, _ADDRESS)
    return address if re.fullmatch(r'https?://[^\s<>"…/]+(/[^\s<>"…]*)?', address) else None
