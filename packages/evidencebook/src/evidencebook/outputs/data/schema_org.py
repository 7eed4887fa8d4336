"""Describe the book, its pages, its tables and its answers in the words of schema.org, for search engines."""

import json
from collections.abc import Iterable
from typing import Any

from evidencebook.evidence import number_check
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.verdicts import TRUTH
from evidencebook.locale import _
from evidencebook.outputs.data.citation import Book, Citation

_CONTEXT = {"@context": "https://schema.org"}


def script(data: dict[str, Any]) -> str:
    """Write data as a script element that no browser executes and no text in it can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e")
    return f'<script type="application/ld+json">{text}</script>\n'


def work(cited: Citation, description: str, *, argues: bool) -> dict[str, Any]:
    """Describe the book, or a page as a chapter of it; one that argues claims is a scholarly article too."""
    title = cited.title or cited.book.title
    made: dict[str, Any] = {**_CONTEXT, "@type": ["ScholarlyArticle", "Chapter"] if argues else "Chapter"}
    made |= {"@id": cited.address, "url": cited.address, "name": title, "description": description}
    made |= {"headline": title, "isPartOf": _full({"@type": "Book", "@id": cited.book.base, "name": cited.book.title})}
    if cited.is_book:
        doi = f"https://doi.org/{cited.book.doi}" if cited.book.doi else ""
        made |= {"@type": "Book", "headline": "", "isPartOf": "", "identifier": doi}
    return _full(made | _shared(cited.book))


def dataset(book: Book, files: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    """Describe the files of the evidence beside the book, each by its path, its media type and what it holds."""
    root = f"{book.base.rstrip('/')}/" if book.base else ""
    made: dict[str, Any] = {
        **_CONTEXT,
        "@type": "Dataset",
        "name": _("Evidence base of %s") % book.title,
        "description": _(
            "The evidence base of %s: sources, findings, claims with their certainty, and calculated tables."
        )
        % book.title,
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "Book", "name": book.title},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{root}{path}", "encodingFormat": kind, "name": holds}
            for path, kind, holds in files
        ],
    }
    return _full(made | _shared(book))


def review(evidence: EvidenceBase, name: str, url: str, author: str, page: str = "") -> dict[str, Any]:
    """Return a ClaimReview of an assertion; the rating is its truth, never the certainty.

    `url` is where the answer stands, `page` the public address of the page that it is part of.
    """
    assertion = evidence.assertions[name]
    statement = number_check.plain(assertion.statement, evidence)
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": _(assertion.verdict)}
    if assertion.verdict in TRUTH:  # what is not known is neither true nor false: it gets its word and no number
        rating |= {"ratingValue": TRUTH[assertion.verdict], "bestRating": 5, "worstRating": 1}
    made = {
        **_CONTEXT,
        "@type": "ClaimReview",
        "@id": url,
        "url": url,
        "claimReviewed": statement,
        "itemReviewed": {"@type": "Claim", "text": statement},
        "reviewRating": rating,
        "reviewBody": number_check.plain(assertion.answer, evidence),
        "author": {"@type": "Organization", "name": author},
    }
    return made | {"isPartOf": {"@id": page}} if page else made


def _shared(book: Book) -> dict[str, Any]:
    """Say what is the same for all: who, when, which version, in which language, under which licence."""
    people = []
    for name in book.authors:
        family, comma, given = name.partition(",")
        spoken = f"{given.strip()} {family.strip()}".strip()
        people.append({"@type": "Person" if comma else "Organization", "name": spoken})
    return {
        "author": people[0] if len(people) == 1 else people,
        "datePublished": book.day.isoformat(),
        "version": book.version,
        "inLanguage": book.language,
        "license": book.licence.address,
    }


def _full(made: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in made.items() if value not in ("", [], None)}
