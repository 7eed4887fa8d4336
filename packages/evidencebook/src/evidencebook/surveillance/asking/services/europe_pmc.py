"""Ask Europe PMC, by the day on which it first indexed a record."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from evidencebook.surveillance.asking.client import Client, RefusedQueryError
from evidencebook.surveillance.asking.plain import plain
from evidencebook.surveillance.asking.services import Cursor, Page
from evidencebook.surveillance.asking.services._shape import demanded, number, part, several, token
from evidencebook.surveillance.models import Query
from evidencebook.surveillance.watch.found import Found, body, found, person

_SIZE = 100


def pages(
    client: Client, query: Query, first_day: date | None, last_day: date, cursor: Cursor | None = None
) -> Iterator[Page]:
    """Yield each page; the last one gives the mark with which it was asked for, or none."""
    words = f"({query.terms}) AND (FIRST_IDATE:[{first_day} TO {last_day}])" if first_day else query.terms
    wanted = {"query": words, "resultType": "core", "format": "json", "pageSize": _SIZE, "email": client.contact}
    mark: str | None = cursor["mark"] if cursor else "*"
    while mark:
        page, mark = parsed(client.json("europe-pmc", "search", wanted | {"cursorMark": mark}), mark)
        yield page


def parsed(answer: Any, mark: str) -> tuple[Page, str | None]:
    """Read one answer; a refusal comes with status 200."""
    if error := part(answer, "errMsg"):
        raise RefusedQueryError(f"europe-pmc refuses the query ({plain(error, 200)}); mend its terms")
    results = demanded("europe-pmc", answer, "resultList", "result")
    following = token(part(answer, "nextCursorMark"))
    following = following if results and following != mark else None
    records = tuple(filter(None, map(_record, results)))
    cursor = {"mark": following} if following else None
    return Page(records, len(results), number(part(answer, "hitCount")), cursor), following


def _record(one: Any) -> Found | None:
    """Read one record."""
    title = part(one, "title")
    people = [_name(author) for author in several(one, "authorList", "author")]
    return found(
        "article",
        title=title.removesuffix(".") if isinstance(title, str) else None,
        authors=people or _listed(part(one, "authorString")),
        year=part(one, "pubYear") or part(one, "firstPublicationDate"),
        venue=part(one, "journalInfo", "journal", "title")
        or part(one, "bookOrReportDetails", "comprisingTitle")
        or part(one, "bookOrReportDetails", "publisher")
        or ("preprint" if part(one, "source") == "PPR" else None),
        doi=part(one, "doi"),
        pmid=part(one, "pmid"),
        abstract=part(one, "abstractText"),
    )


def _name(author: Any) -> str:
    """Write a person, or a group."""
    given = part(author, "firstName") or part(author, "initials")
    return person(part(author, "lastName"), given) or body(part(author, "collectiveName"))


def _listed(names: Any) -> list[str]:
    """Take apart a list of names such as "Example A, Other BC."; initials stand last."""
    several_names = plain(names, 5_000).removesuffix(".").split(", ") if names else []
    return [person(*name.rpartition(" ")[::2]) if " " in name else name for name in several_names]
