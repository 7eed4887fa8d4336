"""Ask Crossref, by the day on which a DOI was registered; its search is fuzzy, so a query says what it requires."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from evidencebook.surveillance.asking.client import Client
from evidencebook.surveillance.asking.services import Cursor, Page
from evidencebook.surveillance.asking.services._shape import demanded, number, part, several, token
from evidencebook.surveillance.models import Query
from evidencebook.surveillance.watch.found import Found, body, found, person

_SIZE = 100
_FIELDS = "DOI,title,subtitle,author,editor,issued,created,container-title,type,abstract"
#: What has a DOI and is no work that one reads.
_NO_WORKS = frozenset(
    {"component", "grant", "journal", "journal-issue", "journal-volume", "book-series", "book-set", "report-series"}
)


def pages(
    client: Client, query: Query, first_day: date | None, last_day: date, cursor: Cursor | None = None
) -> Iterator[Page]:
    """Yield each page; after the last one comes an empty one."""
    days = [f"until-created-date:{last_day}"]
    days += [f"from-created-date:{first_day}"] if first_day else []
    wanted = {
        "query.bibliographic": query.terms,
        "filter": ",".join(sorted(days)),
        "rows": _SIZE,
        "select": _FIELDS,
        "mailto": client.contact,
    }
    mark: str | None = cursor["mark"] if cursor else "*"
    while mark:
        page = parsed(client.json("crossref", "works", wanted | {"cursor": mark}))
        mark = page.cursor["mark"] if page.cursor else None
        yield page


def parsed(answer: Any) -> Page:
    """Read one answer; there is always a next mark, and an empty page is the end."""
    items = demanded("crossref", answer, "message", "items")
    following = token(part(answer, "message", "next-cursor")) if items else None
    works = (_record(one) for one in items if part(one, "type") not in _NO_WORKS)
    return Page(
        records=tuple(filter(None, works)),
        given=len(items),
        total=number(part(answer, "message", "total-results")),
        cursor={"mark": following} if following else None,
    )


def _record(work: Any) -> Found | None:
    """Read one work."""
    title = ": ".join(str(one) for one in (part(work, "title", 0), part(work, "subtitle", 0)) if one)
    people = several(work, "author") or several(work, "editor")
    return found(
        "article",
        title=title,
        authors=(person(part(one, "family"), part(one, "given")) or body(part(one, "name")) for one in people),
        year=part(work, "issued", "date-parts", 0, 0) or part(work, "created", "date-parts", 0, 0),
        venue=part(work, "container-title", 0),
        doi=part(work, "DOI"),
        abstract=part(work, "abstract"),
    )
