"""Make a record of what a service says: only plain text, bounded, and safe to show."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
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


def every(
    service: str, ask: Callable[[Any], Any], first: Any, following: Callable[[Any, Any], Any], total: str, *path: str
) -> Iterator[Any]:
    """Yield the items that lie at a path of each answer, page after page.

    `ask` gives the answer to a mark, `first` is that of the first page, `following` that of the next page from an
    answer and its mark, or None; `total` is the key under which a service counts all. Raises NoAnswerError when clearly
    fewer came than were counted: the others would be lost.
    """
    given, most, mark = 0, 0, first
    while mark is not None:
        answer = ask(mark)
        found = demanded(service, answer, *path)
        yield from found
        given, most = given + len(found), max(most, count(part(answer, total)))
        mark = following(answer, mark) if found else None
    if given < _ENOUGH * most:
        raise NoAnswerError(f"{service}: {given} of {most} records came, and no more were to be had")


def count(value: Any) -> int:
    """Read a number of records, which some services write as text; 0 when it is none."""
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) < 12 else 0
