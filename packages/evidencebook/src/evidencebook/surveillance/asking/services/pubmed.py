"""Ask PubMed: ESearch for the numbers of the records, EFetch for the records.

The date asked by is the one on which a record was created (crdt). The Entrez date (edat) is set back to the day of
publication for what is added late, and would never be asked for again.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from evidencebook.surveillance.asking.client import Client, NoAnswerError, RefusedQueryError
from evidencebook.surveillance.asking.plain import plain
from evidencebook.surveillance.asking.services import Cursor, Page
from evidencebook.surveillance.asking.services._shape import demanded, number, part
from evidencebook.surveillance.asking.xml import Element, text
from evidencebook.surveillance.models import Query
from evidencebook.surveillance.watch.found import Found, body, found, person

#: ESearch gives no record after this one; EFetch takes about two hundred numbers in an address.
_MOST, _SIZE = 9_999, 200
_EARLIEST = date(1900, 1, 1)
_TOOL = "evidencebook"


def pages(
    client: Client, query: Query, first_day: date | None, last_day: date, cursor: Cursor | None = None
) -> Iterator[Page]:
    """Yield each page; a span of days with too many records is halved until its records can be had."""
    first = first_day.isoformat() if first_day else None
    here: Cursor | None = cursor or {"from": first, "to": None, "at": 0, "halved": False}
    while here:
        answer = client.json("pubmed", "esearch.fcgi", _search(client, query, last_day, here))
        ids, count = numbers(answer)
        if count > _MOST:
            here = _halved(here, last_day)
            continue
        records = tuple(parsed(client.xml("pubmed", "efetch.fcgi", _fetch(client, ids)))) if ids else ()
        total = None if here["halved"] else count
        here = _after(here, len(ids), count, last_day)
        yield Page(records, len(records), total, here)  # EFetch may give fewer than ESearch names


def numbers(answer: Any) -> tuple[list[str], int]:
    """Read what ESearch answers: the numbers on this page, and how many there are."""
    if error := part(answer, "esearchresult", "ERROR") or part(answer, "error"):
        raise RefusedQueryError(
            f"pubmed refuses the query ({plain(str(error), 200)}); mend its terms, or ask again later if they are right"
        )
    count = number(part(answer, "esearchresult", "count"))
    if count is None:
        raise NoAnswerError("pubmed gave an answer of another shape: there is no esearchresult.count")
    ids = demanded("pubmed", answer, "esearchresult", "idlist")
    return [str(one) for one in ids if number(one)], count


def parsed(root: Element) -> Iterator[Found]:
    """Read what EFetch answers: articles, and chapters of books."""
    for article in root.iterfind("PubmedArticle"):
        if one := _article(article):
            yield one
    for chapter in root.iterfind("PubmedBookArticle/BookDocument"):
        if one := _chapter(chapter):
            yield one


def _article(article: Element) -> Found | None:
    """Read one article. The paths are whole: a list of references within has numbers of other works."""
    inner = article.find("MedlineCitation/Article")
    if inner is None:
        return None
    return found(
        "article",
        title=_title(inner, "ArticleTitle", "VernacularTitle"),
        authors=_authors(inner.find("AuthorList")),
        year=_year(inner.find("Journal/JournalIssue/PubDate")) or text(inner.find("ArticleDate/Year")),
        venue=text(inner.find("Journal/Title")) or text(inner.find("Journal/ISOAbbreviation")),
        doi=text(article.find("PubmedData/ArticleIdList/ArticleId[@IdType='doi']"))
        or text(inner.find("ELocationID[@EIdType='doi']")),
        pmid=text(article.find("MedlineCitation/PMID")),
        abstract=_abstract(inner.find("Abstract")),
    )


def _chapter(chapter: Element) -> Found | None:
    """Read one chapter, or one book."""
    return found(
        "article",
        title=_title(chapter, "ArticleTitle", "Book/BookTitle"),
        authors=_authors(chapter.find("AuthorList")) or _authors(chapter.find("Book/AuthorList")),
        year=_year(chapter.find("Book/PubDate")),
        venue=text(chapter.find("Book/BookTitle")),
        doi=text(chapter.find("ArticleIdList/ArticleId[@IdType='doi']")),
        pmid=text(chapter.find("PMID")),
        abstract=_abstract(chapter.find("Abstract")),
    )


def _title(element: Element, *names: str) -> str:
    """Give the first title there is, without the full stop that PubMed sets."""
    return next(filter(None, (text(element.find(name)).removesuffix(".") for name in names)), "")


def _year(day: Element | None) -> str:
    """Give the year, or the words of a date that has none, such as "1998 Dec-1999 Jan"."""
    return (text(day.find("Year")) or text(day.find("MedlineDate"))) if day is not None else ""


def _authors(people: Element | None) -> list[str]:
    """Name the authors, those that PubMed has marked as mistaken left out."""
    found_people = people.iterfind("Author") if people is not None else ()
    return [_name(one) for one in found_people if one.get("ValidYN") != "N"]


def _name(one: Element) -> str:
    """Write a person, or a group."""
    given = text(one.find("ForeName")) or text(one.find("Initials"))
    return person(text(one.find("LastName")), given) or body(text(one.find("CollectiveName")))


def _abstract(abstract: Element | None) -> str:
    """Join the parts of an abstract, each after its label."""
    parts = abstract.iterfind("AbstractText") if abstract is not None else ()
    return " ".join(": ".join(filter(None, (one.get("Label"), text(one)))) for one in parts)


def _search(client: Client, query: Query, last_day: date, here: Cursor) -> dict[str, Any]:
    """Word the search; dates are given both or not at all."""
    wanted = {"db": "pubmed", "term": query.terms, "retmode": "json", "retstart": here["at"], "retmax": _SIZE}
    if first := here["from"]:
        last = here["to"] or last_day.isoformat()
        wanted |= {"datetype": "crdt", "mindate": first.replace("-", "/"), "maxdate": last.replace("-", "/")}
    return wanted | _who(client)


def _fetch(client: Client, ids: list[str]) -> dict[str, Any]:
    return {"db": "pubmed", "id": ",".join(ids), "retmode": "xml", **_who(client)}


def _who(client: Client) -> dict[str, Any]:
    """Say who asks, as NCBI wants it."""
    return {"tool": _TOOL, "email": client.contact, "api_key": client.key or None}


def _after(here: Cursor, given: int, count: int, last_day: date) -> Cursor | None:
    """Say where the next page begins: in the same days, in those after them, or nowhere."""
    if given and here["at"] + given < count:
        return {**here, "at": here["at"] + given}
    if here["to"]:
        following = date.fromisoformat(here["to"]) + timedelta(days=1)
        ended = following > last_day
        return None if ended else {"from": following.isoformat(), "to": None, "at": 0, "halved": True}
    return None


def _halved(here: Cursor, last_day: date) -> Cursor:
    """Ask for the first half of the days."""
    first = date.fromisoformat(here["from"]) if here["from"] else _EARLIEST
    last = date.fromisoformat(here["to"]) if here["to"] else last_day
    if first >= last:
        raise RefusedQueryError(
            f"pubmed has more than {_MOST:,} records of {first} and gives no more; narrow the terms of the query"
        )
    return {"from": first.isoformat(), "to": (first + (last - first) // 2).isoformat(), "at": 0, "halved": True}
