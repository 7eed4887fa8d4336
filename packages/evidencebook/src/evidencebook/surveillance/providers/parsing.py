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
_LONGEST = {"title": 1_000, "venue": 300, "registry": 200, "status": 200, "abstract": 10_000}
_NAME, _ADDRESS, _NAMES = 200, 2_000, 100
#: Services count records that were deleted or merged since, and never give them.
_ENOUGH = 0.98


def found_record(
    kind: CandidateKind, *, authors: Iterable[str] = (), year: Any = None, **given: Any
) -> FoundRecord | None:
    """Clean a record, given by the fields of FoundRecord; None when neither a title nor a number identifies it."""
    texts = {name: plain(given.get(name), longest) or None for name, longest in _LONGEST.items()}
    doi, pmid = (identifier.standard(plain(given.get(name))) for name, identifier in (("doi", DOI), ("pmid", PMID)))
    address = plain(given.get("url"), _ADDRESS)
    names = tuple(filter(None, authors))[:_NAMES]
    first_year = re.search(r"\b(1[5-9]|20|21)[0-9]{2}\b", plain(year, _NAME))
    number = doi or pmid or texts["registry"]
    title = texts["title"] or (f"(without a title: {number})" if number else "")
    if not title:
        return None
    surname = names[0].partition(",")[0] if names else ""
    surest = number or f"{letters(title)} {letters(surname)} {first_year[0] if first_year else ''}"
    return FoundRecord(
        id=hashlib.sha256(f"{kind} {surest}".encode()).hexdigest()[:12],
        kind=kind,
        authors=names,
        year=int(first_year[0]) if first_year else None,
        doi=doi,
        pmid=pmid,
        url=address if re.fullmatch(r'https?://[^\s<>"…/]+(/[^\s<>"…]*)?', address) else None,
        **{**texts, "title": title},  # type: ignore[arg-type]  # the names are those of texts
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
