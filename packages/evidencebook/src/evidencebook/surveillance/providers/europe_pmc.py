"""Ask Europe PMC, which holds PubMed and preprints, by the day on which it first indexed a record.

Documented at https://europepmc.org/RestfulWebService.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from evidencebook.surveillance.http import Client, NoAnswerError
from evidencebook.surveillance.models import FoundRecord, Query
from evidencebook.surveillance.providers.parsing import body, demanded, every, found_record, person
from evidencebook.surveillance.text import part, parts, plain

_NAME, _PAGE_SIZE, _PATH = "europe-pmc", 100, ("resultList", "result")


def search(client: Client, query: Query, since: date | None) -> Iterator[FoundRecord]:
    """Yield the records of a query that were indexed since a day; raise NoAnswerError."""
    terms = f"({query.terms}) AND (FIRST_IDATE:[{since} TO 3000-01-01])" if since else query.terms

    def following(answer: Any, mark: str) -> Any:
        after = part(answer, "nextCursorMark")
        return after if after != mark else None  # the last page gives the mark with which it was asked for

    records = every(_NAME, lambda mark: _page(client, terms, cursorMark=mark), "*", following, "hitCount", *_PATH)
    yield from filter(None, map(_record, records))


def by_pmid(client: Client, pmid: str) -> FoundRecord | None:
    """Return the record of a PubMed number; None when there is none; raise NoAnswerError."""
    records = map(_record, demanded(_NAME, _page(client, f"EXT_ID:{pmid} AND SRC:MED"), *_PATH))
    return next((one for one in records if one and one.pmid == pmid), None)


def _page(client: Client, terms: str, **more: str) -> Any:
    asked = {"query": terms, "resultType": "core", "format": "json", "pageSize": _PAGE_SIZE, **more}
    answer = client.json(_NAME, "search", asked)
    if error := part(answer, "errMsg"):  # a refusal comes with status 200
        raise NoAnswerError(f"{_NAME} refuses the query ({plain(error, 200)}); fix its terms")
    return answer


def _authors(record: Any) -> list[str]:
    """Read the authors of a record, in full where they are given so."""
    listed = parts(record, "authorList", "author")
    names = [
        person(part(one, "lastName"), part(one, "firstName") or part(one, "initials"))
        or body(part(one, "collectiveName"))
        for one in listed
    ]
    if names:
        return names
    short = plain(part(record, "authorString"), 5_000).removesuffix(".").split(", ")  # as "Example A, Other BC."
    return [person(*name.rpartition(" ")[::2]) if " " in name else name for name in short if name]


def _record(record: Any) -> FoundRecord | None:
    return found_record(
        "article",
        title=plain(part(record, "title")).removesuffix("."),
        authors=_authors(record),
        year=part(record, "pubYear") or part(record, "firstPublicationDate"),
        venue=part(record, "journalInfo", "journal", "title")
        or part(record, "bookOrReportDetails", "comprisingTitle")
        or part(record, "bookOrReportDetails", "publisher")
        or ("preprint" if part(record, "source") == "PPR" else None),
        doi=part(record, "doi"),
        pmid=part(record, "pmid"),
        abstract=part(record, "abstractText"),
    )
