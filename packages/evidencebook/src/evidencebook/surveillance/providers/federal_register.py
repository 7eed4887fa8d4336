"""Ask the Federal Register of the United States by the day of publication.

Documented at https://www.federalregister.gov/developers/documentation/api/v1.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from evidencebook.surveillance.http import Client, NoAnswerError
from evidencebook.surveillance.models import FoundRecord, Query
from evidencebook.surveillance.providers.parsing import body, count, every, found_record
from evidencebook.surveillance.text import part, parts

#: No search is answered beyond so many documents, nor counted beyond; who asks for more is given the first page again.
_NAME, _PAGE_SIZE, _MOST = "federal-register", 200, 10_000
_FIELDS = ["document_number", "title", "type", "abstract", "publication_date", "html_url", "agencies"]


def search(client: Client, query: Query, since: date | None) -> Iterator[FoundRecord]:
    """Yield the documents of a query published since a day, the oldest first; raise NoAnswerError."""
    asked = {
        "conditions[term]": query.terms,
        "conditions[publication_date][gte]": since.isoformat() if since else None,
        "fields[]": _FIELDS,
        "order": "oldest",
        "per_page": _PAGE_SIZE,
    }

    def ask(page: int) -> Any:
        answer = client.json(_NAME, "documents.json", asked | {"page": page})
        total = count(part(answer, "count"))
        if total >= _MOST:
            raise NoAnswerError(
                f"{_NAME} gives no more than {_MOST:,} documents and has more; narrow the terms, or set since"
            )
        nothing = total == 0 and part(answer, "count") is not None  # such an answer has no list
        return {"results": []} if nothing else answer

    def following(answer: Any, page: int) -> int | None:
        return page + 1 if page < count(part(answer, "total_pages")) else None

    yield from filter(None, map(_record, every(_NAME, ask, 1, following, "count", "results")))


def _record(document: Any) -> FoundRecord | None:
    agencies = parts(document, "agencies")
    return found_record(
        "notice",
        title=part(document, "title"),
        authors=[body(part(one, "name") or part(one, "raw_name")) for one in agencies],
        year=part(document, "publication_date"),
        venue="Federal Register",
        registry=part(document, "document_number"),
        url=part(document, "html_url"),
        abstract=part(document, "abstract"),
    )
