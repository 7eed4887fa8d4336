"""Take what a service says of a work, and keep of it only what is plain text, bounded, and safe to show."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from evidencebook.evidence.bibtex_writer import bare_doi
from evidencebook.surveillance.asking.plain import plain
from evidencebook.surveillance.models import Candidate, CandidateKind, Sighting

#: The longest texts that are kept; what is longer ends with an ellipsis.
_TITLE, _NAME, _NAMES, _VENUE, _ABSTRACT, _ADDRESS = 1_000, 200, 100, 300, 10_000, 2_000


@dataclass(frozen=True)
class Found:
    """Describe a work as one service gives it, cleaned."""

    kind: CandidateKind
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    pmid: str | None = None
    registry: str | None = None
    url: str | None = None
    status: str | None = None
    abstract: str | None = None


def found(
    kind: CandidateKind,
    *,
    title: Any,
    authors: Iterable[Any] = (),
    year: Any = None,
    venue: Any = None,
    doi: Any = None,
    pmid: Any = None,
    registry: Any = None,
    url: Any = None,
    status: Any = None,
    abstract: Any = None,
) -> Found | None:
    """Clean a record; give nothing for one that neither a title nor a number identifies."""
    numbers = {"doi": _doi(doi), "pmid": _pmid(pmid), "registry": plain(registry, _NAME) or None}
    number = next(filter(None, numbers.values()), None)
    words = plain(title, _TITLE) or (f"(without a title: {number})" if number else "")
    if not words:
        return None
    names = [name for name in (plain(one, _NAME) for one in authors) if name]
    return Found(
        kind=kind,
        title=words,
        authors=tuple(names[:_NAMES]),
        year=_year(year),
        venue=plain(venue, _VENUE) or None,
        url=_url(url),
        status=plain(status, _NAME) or None,
        abstract=plain(abstract, _ABSTRACT) or None,
        **numbers,
    )


def candidate(one: Found, sighting: Sighting) -> Candidate:
    """Make the record that the queue keeps."""
    fields = {name: value for name, value in vars(one).items() if value is not None}
    return Candidate(id=identity(one), found=(sighting,), **fields)


def identity(one: Found) -> str:
    """Name a work after the surest thing that identifies it, in a form that can name a file."""
    surest = one.doi or one.pmid or one.registry
    if not surest:
        surname = one.authors[0].split(",")[0] if one.authors else ""
        surest = f"{_letters(one.title)} {_letters(surname)} {one.year or ''}"
    return hashlib.sha256(f"{one.kind} {surest}".encode()).hexdigest()[:12]


def united(first: Found, *others: Found) -> Found:
    """Fill what one record of a work leaves out with what the others say, in their order."""
    for other in others:
        first = replace(
            first, **{name: getattr(other, name) for name, value in vars(first).items() if value in (None, ())}
        )
    return first


def person(family: Any, given: Any = None) -> str:
    """Write a person as "Family, Given"."""
    return ", ".join(filter(None, (plain(family, _NAME), plain(given, _NAME))))


def body(name: Any) -> str:
    """Write an organisation in braces, as BibTeX wants it."""
    words = plain(name, _NAME).replace("{", "").replace("}", "")
    return f"{{{words}}}" if words else ""


def _doi(text: Any) -> str | None:
    """Give a DOI bare and in small letters, or nothing."""
    doi = bare_doi(plain(text, _VENUE)) if isinstance(text, str) and "…" not in text else None
    return doi.lower() if doi else None


def _pmid(text: Any) -> str | None:
    """Give the number of a PubMed record, or nothing."""
    number = plain(text, _NAME)
    return number if re.fullmatch(r"[0-9]{1,9}", number) else None


def _year(text: Any) -> int | None:
    """Give the first year in a date, or nothing."""
    year = re.search(r"\b(1[5-9]|20|21)[0-9]{2}\b", plain(text, _NAME))
    return int(year[0]) if year else None


def _url(text: Any) -> str | None:
    """Give an address of the web, or nothing."""
    address = plain(text, _ADDRESS)
    try:
        parts = urlsplit(address)
    except ValueError:  # such as a broken IPv6 address
        return None
    sound = parts.scheme in {"http", "https"} and parts.netloc and re.fullmatch(r'https?://[^\s<>"…]+', address)
    return address if sound else None


def _letters(text: str) -> str:
    """Keep letters and digits, small."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if sign.isalnum())
