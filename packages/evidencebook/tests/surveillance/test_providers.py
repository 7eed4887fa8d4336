"""Each provider asks in the language of its service, and reads answers in the shapes that are documented."""

import datetime as dt
from typing import Any

import pytest

from evidencebook.surveillance.http import Client, NoAnswerError
from evidencebook.surveillance.models import Query, Service
from evidencebook.surveillance.providers import crossref, europe_pmc
from evidencebook.surveillance.search import PROVIDERS
from surveillance.server import Answer, Services, as_json, from_file

DAY = dt.date(2026, 11, 1)


def query(service: Service) -> Query:
    """Ask for tea."""
    return Query(id="tea", service=service, terms="tea", why="Made for the test.")


def found(client: Client, service: Service, since: dt.date | None = None) -> list[dict[str, Any]]:
    """Give what a provider finds, without what is empty."""
    records = PROVIDERS[service](client, query(service), since)
    return [record.model_dump(exclude_defaults=True, exclude={"id"}) for record in records]


def test_europe_pmc_records_and_next_page(client: Client, services: Services) -> None:
    """Articles, preprints and chapters; the last page gives the mark with which it was asked for."""
    last = as_json({"hitCount": 3, "nextCursorMark": "AoJ+/made==", "resultList": {"result": []}})
    services.say("europe-pmc/search", from_file("europe-pmc/search.json"), last)

    preprint, article, chapter = found(client, "europe-pmc", DAY)

    assert [request.query["cursorMark"] for request in services.requests] == ["*", "AoJ+/made=="]
    assert services.requests[0].query["query"] == "(tea) AND (FIRST_IDATE:[2026-11-01 TO 3000-01-01])"
    assert preprint["title"] == "A preprint on tea and sleep"
    assert preprint["authors"] == ("Example, AB", "van der Muster, C", "The Invented, Group")
    assert preprint["venue"] == "Invented preprints"
    assert "\u202e" not in preprint["abstract"]
    assert article == {
        "title": "Sleep after Camellia sinensis",
        "authors": ("Exámple, Ada B", "{The Invented Group}"),
        "year": 2024,
        "venue": "Journal of Invented Results",
        "doi": "10.1000/made.1",
        "pmid": "90000001",
        "abstract": "Tea.",
    }
    assert chapter["venue"] == "Invented Book of Tea"


@pytest.mark.parametrize(("asked", "doi"), [("90000001", "10.1000/made.1"), ("90000009", None)])
def test_europe_pmc_by_pmid(client: Client, services: Services, asked: str, doi: str | None) -> None:
    """Only the record of that very number is one."""
    services.say("europe-pmc/search", from_file("europe-pmc/search.json"))

    record = europe_pmc.by_pmid(client, asked)

    assert (record and record.doi) == doi


def test_clinicaltrials_records(client: Client, services: Services) -> None:
    """A number that is none makes no address."""
    services.say("clinicaltrials/studies", from_file("clinicaltrials/studies.json"))

    (record,) = found(client, "clinicaltrials", DAY)

    assert services.requests[0].query["filter.advanced"] == "AREA[LastUpdatePostDate]RANGE[2026-11-01,MAX]"
    assert record == {
        "kind": "registration",
        "title": "An Invented Trial of Tea for Sleep",
        "authors": ("{The Invented Group}",),
        "year": 2025,
        "venue": "ClinicalTrials.gov",
        "registry": "NCT90000001",
        "url": "https://clinicaltrials.gov/study/NCT90000001",
        "status": "active not recruiting",
        "abstract": "Tea is given. Sleep is counted.",
    }


def test_federal_register_records(client: Client, services: Services) -> None:
    """Agencies are authors; an address that is none of the web is left out."""
    services.say("federal-register/documents.json", from_file("federal-register/documents.json"))

    (record,) = found(client, "federal-register", DAY)

    assert services.requests[0].query["conditions[publication_date][gte]"] == "2026-11-01"
    assert record["authors"] == ("{Tea Department}", "{Kettle Administration}")
    assert record["registry"] == "2099-00001"
    assert "url" not in record


def test_federal_register_page_without_list(client: Client, services: Services) -> None:
    """A search without hits has no list of documents."""
    services.say("federal-register/documents.json", from_file("federal-register/documents-empty.json"))

    assert found(client, "federal-register") == []


@pytest.mark.parametrize(
    ("service", "path", "answer", "words"),
    [
        ("europe-pmc", "search", {"version": "6.9"}, "there is no list resultList.result"),
        ("europe-pmc", "search", {"errMsg": "Invalid <b>query</b>"}, "refuses the query (Invalid query)"),
        ("europe-pmc", "search", [1], "there is no list resultList.result"),
        ("europe-pmc", "search", {"hitCount": 50, "resultList": {"result": []}}, "0 of 50 records came"),
        ("clinicaltrials", "studies", {"studies": {}}, "there is no list studies"),
        ("clinicaltrials", "studies", {"studies": [], "totalCount": 9}, "0 of 9 records came"),
        ("federal-register", "documents.json", {}, "there is no list results"),
        ("federal-register", "documents.json", {"count": 10_000, "results": []}, "narrow the terms"),
    ],
)
def test_provider_strange_answer(
    client: Client, services: Services, service: Service, path: str, answer: object, words: str
) -> None:
    """An answer of another shape is none: what it lacks would be lost without a word."""
    services.say(f"{service}/{path}", as_json(answer))

    with pytest.raises(NoAnswerError) as raised:
        found(client, service)

    assert words in str(raised.value)


MESSAGE = {
    "DOI": "10.1000/TEA",
    "type": "journal-article",
    "title": ["Tea &amp; <i>sleep</i>"],
    "subtitle": ["A trial"],
    "container-title": ["Journal of Examples"],
    "author": [{"given": "Ada", "family": "Example"}, {"name": "The {Tea} Group"}, {}],
    "issued": {"date-parts": [[2020, 2]]},
    "published-online": {"date-parts": [[2019]]},
    "updated-by": [{"DOI": "10.1000/Notice", "type": "Retraction", "source": "retraction-watch"}],
}


def test_crossref_work(client: Client, services: Services) -> None:
    """What a bibliography and a check need, written as BibTeX wants it."""
    services.say("crossref/works/10.1000/tea", as_json({"message": MESSAGE}))

    work = crossref.work("10.1000/tea", client)

    assert work == crossref.CrossrefWork(
        doi="10.1000/tea",
        titles=("Tea & sleep: A trial", "Tea & sleep"),
        authors=("Example, Ada", "{The Tea Group}"),
        year=2020,
        years=frozenset({2019, 2020}),
        journal="Journal of Examples",
        kind="journal-article",
        updates=(crossref.Update("retraction", "10.1000/notice", by_retraction_watch=True),),
    )


def test_crossref_unknown_doi(client: Client) -> None:
    """Not to know is an answer."""
    assert crossref.work("10.1000/none", client) is None


@pytest.mark.parametrize("answer", [as_json({"message": []}), as_json([]), Answer(b"<html>"), Answer(status=503)])
def test_crossref_bad_answer(client: Client, services: Services, answer: Answer) -> None:
    """An answer that describes no work is none."""
    services.say("crossref/works/10.1000/tea", answer)

    with pytest.raises(NoAnswerError):
        crossref.work("10.1000/tea", client)


@pytest.mark.parametrize(
    "message",
    [{"DOI": "10.1000/x"}, {"DOI": "10.1000/x", "title": None, "issued": {"date-parts": [[None]]}, "author": "x"}],
)
def test_crossref_bare_record(message: dict[str, Any]) -> None:
    """Any field may lack or be of another shape."""
    work = crossref.read_work(message)

    assert (work.titles, work.authors, work.year, work.updates) == ((), (), None, ())
