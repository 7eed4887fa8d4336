"""Ask the Federal Register of the United States, by the day of publication."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from evidencebook.surveillance.asking.client import Client, RefusedQueryError
from evidencebook.surveillance.asking.services import Cursor, Page
from evidencebook.surveillance.asking.services._shape import demanded, number, part, several
from evidencebook.surveillance.models import Query
from evidencebook.surveillance.watch.found import Found, body, found

#: No search is answered beyond this many documents, nor counted beyond it, nor is there a page after the fiftieth:
#: who asks for one is given the first again. Pages of this size reach as far as the count does.
_SIZE, _MOST = 200, 10_000
_FIELDS = ["document_number", "title", "type", "abstract", "publication_date", "html_url", "agencies"]


def pages(
    client: Client, query: Query, first_day: date | None, last_day: date, cursor: Cursor | None = None
) -> Iterator[Page]:
    """Yield each page, the oldest documents first, so that a new one moves no other; pages are counted by us."""
    wanted = {
        "conditions[term]": query.terms,
        "conditions[publication_date][gte]": first_day.isoformat() if first_day else None,
        "conditions[publication_date][lte]": last_day.isoformat(),
        "fields[]": _FIELDS,
        "order": "oldest",
        "per_page": _SIZE,
    }
    here: int | None = cursor["page"] if cursor else 1
    while here:
        page = parsed(client.json("federal-register", "documents.json", wanted | {"page": here}), here)
        here = page.cursor["page"] if page.cursor else None
        yield page


def parsed(answer: Any, here: int) -> Page:
    """Read one answer; a page without hits has no list. The address that it gives for the next page is not followed."""
    total = number(part(answer, "count"))
    if total is not None and total < _MOST and not {"results", "total_pages"} & set(answer):
        return Page((), 0, total)  # who asked compares what came with what was counted
    if total and total >= _MOST:
        raise RefusedQueryError(
            f"federal-register gives no more than {_MOST:,} documents and has more; narrow the terms, or set since"
        )
    results = demanded("federal-register", answer, "results")
    last = number(part(answer, "total_pages")) or 1
    return Page(
        records=tuple(filter(None, map(_record, results))),
        given=len(results),
        total=total,
        cursor={"page": here + 1} if results and here < last else None,
    )


def _record(document: Any) -> Found | None:
    """Read one document; its agencies are its authors."""
    agencies = [part(one, "name") or part(one, "raw_name") for one in several(document, "agencies")]
    return found(
        "notice",
        title=part(document, "title"),
        authors=map(body, agencies),
        year=part(document, "publication_date"),
        venue="Federal Register",
        registry=part(document, "document_number"),
        url=part(document, "html_url"),
        abstract=part(document, "abstract"),
    )
