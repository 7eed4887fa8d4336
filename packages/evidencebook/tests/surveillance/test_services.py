"""Each service is asked in its own words, its answers are read to the end, and what it says is cleaned."""

import datetime as dt
import unicodedata
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebook.surveillance.asking.client import Client, NoAnswerError, RefusedQueryError
from evidencebook.surveillance.asking.services import Page, pages_of
from evidencebook.surveillance.models import Query, Service, Sighting
from evidencebook.surveillance.watch.found import Found, candidate, found, identity, plain, united
from surveillance.made import serve, works
from surveillance.server import Services, answer, as_json, as_xml, half, ill

SERVICES = get_args(Service)
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 27)
PATHS = {
    "pubmed": "/esearch.fcgi",
    "europe-pmc": "/search",
    "crossref": "/works",
    "clinicaltrials": "/studies",
    "federal-register": "/documents.json",
}
SIGHTING = Sighting(query="tea", service="pubmed", date=LAST)


def asked(
    them: Services, service: Service, first: dt.date | None = FIRST, cursor: object = None, terms: str = "tea OR leaf"
) -> list[Page]:
    """Ask a service for everything."""
    client = Client("ada@example.org", addresses=them.addresses, hurry=0, tries=2)
    query = Query(id="tea", service=service, terms=terms, why="made for the test")
    return list(pages_of(service)(client, query, first, LAST, cursor))  # type: ignore[arg-type]


def records(them: Services, service: Service) -> list[Found]:
    """List the records of all pages."""
    return [one for page in asked(them, service) for one in page.records]


@pytest.mark.parametrize("service", SERVICES)
def test_all_pages_are_read_and_a_cursor_goes_on_where_it_stopped(them: Services, service: Service) -> None:
    """A run that stopped after any page has the same records in the end."""
    serve(them, service, works(1, 25), size=10)

    whole = asked(them, service)

    assert [page.given for page in whole if page.given] == [10, 10, 5]
    assert whole[0].total == 25
    assert whole[-1].cursor is None
    titles = [one.title for page in whole for one in page.records]
    assert titles == [one.title for one in works(1, 25)]
    for before, _ in pairwise(whole):
        again = asked(them, service, cursor=before.cursor)
        rest = whole[whole.index(before) + 1 :]
        assert [page.records for page in again] == [page.records for page in rest]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("status", [400, 404])
def test_no_service_is_believed_to_have_nothing_when_it_refuses(them: Services, service: Service, status: int) -> None:
    """Nothing found and nothing answered are not the same."""
    them.say(service, PATHS[service], ill(status))

    with pytest.raises((NoAnswerError, LookupError)):
        asked(them, service)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("value", [[], {}, "words", 1, None, {"message": [], "studies": {}, "resultList": 1}])
def test_an_answer_of_another_shape_is_no_empty_one(them: Services, service: Service, value: object) -> None:
    """A service that changed its answers is noticed."""
    them.say(service, PATHS[service], as_json(value))

    with pytest.raises(NoAnswerError, match="another shape"):
        asked(them, service)


@pytest.mark.parametrize("service", SERVICES)
def test_records_of_a_strange_shape_do_no_harm(them: Services, service: Service) -> None:
    """One record that is none is left out, the others stay."""
    people = {"author": [1, None]}
    strange = [None, 1, "x", [], {}, {"title": {}, "DOI": [], "protocolSection": 3, "authorList": people}]
    them.say("pubmed", "/efetch.fcgi", as_xml("<PubmedArticleSet><PubmedArticle/><x/></PubmedArticleSet>"))
    shapes = {
        "europe-pmc": {"hitCount": 6, "resultList": {"result": strange}},
        "crossref": {"message": {"items": strange}},
        "clinicaltrials": {"studies": strange},
        "federal-register": {"count": 6, "total_pages": 1, "results": strange},
        "pubmed": {"esearchresult": {"count": "6", "idlist": strange}},
    }
    them.say(service, PATHS[service], as_json(shapes[service]))

    assert [one for page in asked(them, service) for one in page.records] == []


def test_pubmed_is_asked_by_the_day_a_record_was_created(them: Services) -> None:
    """Who asks is said in each request; the dates come together; records in a second request, by number."""
    serve(them, "pubmed", works(1, 2))

    asked(them, "pubmed")

    search, fetch = (one.query for one in them.asked)
    assert {name: search[name] for name in ("db", "term", "retmode", "datetype", "mindate", "maxdate")} == {
        "db": "pubmed",
        "term": "tea OR leaf",
        "retmode": "json",
        "datetype": "crdt",
        "mindate": "2026/11/01",
        "maxdate": "2026/11/27",
    }
    assert (fetch["id"], fetch["retmode"]) == ("90000001,90000002", "xml")
    assert {(one["tool"], one["email"]) for one in (search, fetch)} == {("evidencebook", "ada@example.org")}
    assert "api_key" not in search


def test_pubmed_without_a_first_day_is_asked_for_everything(them: Services) -> None:
    """No date is made up."""
    serve(them, "pubmed", works(1, 2))

    asked(them, "pubmed", first=None)

    assert not {"mindate", "maxdate", "datetype"} & set(them.asked[0].query)


def test_pubmed_gives_articles_and_chapters(them: Services) -> None:
    """Markup, labels, groups, mistaken names, vernacular titles, dates in words; no number of a cited work is taken."""
    ids = {"count": "3", "idlist": ["90000001", "90000002", "90000003"]}
    them.say("pubmed", "/esearch.fcgi", as_json({"esearchresult": ids}))
    them.say("pubmed", "/efetch.fcgi", answer("pubmed/efetch.xml"))

    first, second, third = records(them, "pubmed")

    assert first == Found(
        kind="article",
        title="Sleep after Camellia sinensis at p < 0.05: H2O & tea",
        authors=("Exámple, Ada B", "Probe, C", "{The Invented Group}"),
        year=2024,
        venue="Journal of Invented Results",
        doi="10.1000/made.1",
        pmid="90000001",
        abstract="BACKGROUND: Tea is warm. RESULTS: Nobody slept: n > 10.",
    )
    assert (second.title, second.year, second.doi, second.pmid) == ("Tee und Schlaf", 1998, None, "90000002")
    assert (third.title, third.authors, third.year) == ("Tea as a Chapter", ("Muster, Eva",), 2023)


def test_pubmed_says_nothing_found_and_refuses_in_an_answer_of_status_200(them: Services) -> None:
    """The refusal is shown without the signs that could steer a terminal."""
    them.say("pubmed", "/esearch.fcgi", answer("pubmed/esearch-empty.json"))
    assert [page.given for page in asked(them, "pubmed")] == [0]
    assert len(them.asked) == 1  # nothing to fetch

    # The line break stands in the text as it is, as it does in PubMed's own answers.
    them.say("pubmed", "/esearch.fcgi", answer("pubmed/esearch-refused.json"))
    with pytest.raises(RefusedQueryError, match="syntax error near") as refused:
        asked(them, "pubmed")
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize("first", [FIRST, None])
def test_pubmed_with_too_many_records_is_asked_in_spans_of_days(them: Services, first: dt.date | None) -> None:
    """ESearch gives the first 9,999 records of a search and no more: the days are halved until none is lost."""
    created = {str(90_000_000 + n): dt.date(2026, 11, 27) - dt.timedelta(days=n % 20) for n in range(24_000)}

    def search(one: object) -> object:
        query = one.query  # type: ignore[attr-defined]
        low, high = (query.get(name, "").replace("/", "-") for name in ("mindate", "maxdate"))
        fits = [pmid for pmid, day in created.items() if not low or low <= day.isoformat() <= high]
        at = int(query["retstart"])
        return as_json({"esearchresult": {"count": str(len(fits)), "idlist": fits[:9_999][at : at + 5_000]}})

    them.say("pubmed", "/esearch.fcgi", search)  # type: ignore[arg-type]
    them.say("pubmed", "/efetch.fcgi", answer("pubmed/efetch.xml"))

    asked(them, "pubmed", first=first)

    fetched = [pmid for one in them.asked if one.path == "/efetch.fcgi" for pmid in one.query["id"].split(",")]
    assert sorted(fetched) == sorted(created)


def test_pubmed_counts_what_it_fetched(them: Services) -> None:
    """A number without its record is a record that did not come."""
    them.say("pubmed", "/esearch.fcgi", as_json({"esearchresult": {"count": "3", "idlist": ["1", "2", "3"]}}))
    them.say("pubmed", "/efetch.fcgi", as_xml("<PubmedArticleSet></PubmedArticleSet>"))

    assert [(page.given, page.total) for page in asked(them, "pubmed")] == [(0, 3)]


def test_pubmed_with_too_many_records_of_one_day_is_said(them: Services) -> None:
    """Some are never dropped in silence."""
    them.say("pubmed", "/esearch.fcgi", as_json({"esearchresult": {"count": "10000", "idlist": ["90000001"]}}))

    with pytest.raises(RefusedQueryError, match="more than 9,999 records of 2026-11-01"):
        asked(them, "pubmed")


def test_europe_pmc_is_asked_by_the_day_of_indexing(them: Services) -> None:
    """The day of publication may be long before, and would be missed."""
    serve(them, "europe-pmc", works(1, 1))

    asked(them, "europe-pmc")

    query = them.asked[0].query
    assert query["query"] == "(tea OR leaf) AND (FIRST_IDATE:[2026-11-01 TO 2026-11-27])"
    assert (query["resultType"], query["format"], query["cursorMark"]) == ("core", "json", "*")


def test_europe_pmc_gives_preprints_and_chapters_too(them: Services) -> None:
    """Escaped markup, names in a row, headings in abstracts, and a sign that would turn the line round."""
    them.say("europe-pmc", "/search", answer("europe-pmc/search.json"))
    them.say("europe-pmc", "/search", as_json({"resultList": {"result": []}}), cursorMark="AoJ+/made==")

    preprint, article, chapter = records(them, "europe-pmc")

    assert preprint.title == "A preprint on tea and sleep"
    assert preprint.authors[:2] == ("Example, AB", "van der Muster, C")
    assert (preprint.venue, preprint.pmid) == ("Invented preprints", None)
    assert preprint.abstract == "Background Tea. Results Sleepless nights."
    assert article.authors == ("Exámple, Ada B", "{The Invented Group}")
    assert (chapter.title, chapter.venue) == ("Tea as a Chapter", "Invented Book of Tea")  # as PubMed names it
    assert them.asked[1].query["cursorMark"] == "AoJ+/made=="


def test_europe_pmc_refuses_in_an_answer_of_status_200(them: Services) -> None:
    """It would look like an empty one."""
    them.say("europe-pmc", "/search", answer("europe-pmc/refused.json"))

    with pytest.raises(RefusedQueryError, match="Invalid query near AND"):
        asked(them, "europe-pmc")


def test_crossref_is_asked_by_the_day_of_registration(them: Services) -> None:
    """With an address of mail, which gets one into the polite pool; the cursor is kept whatever signs it has."""
    them.say("crossref", "/works", answer("crossref/works-empty.json"))
    them.say("crossref", "/works", answer("crossref/works.json"), cursor="*")

    trial, untitled = records(them, "crossref")

    first, second = (one.query for one in them.asked)
    assert first["filter"] == "from-created-date:2026-11-01,until-created-date:2026-11-27"
    assert (first["query.bibliographic"], first["mailto"]) == ("tea OR leaf", "ada@example.org")
    assert second["cursor"] == "DnF1ZXJ5VGhlbkZldGNo+/made=="
    assert (trial.title, trial.doi) == ("Sleep after Camellia sinensis: A trial", "10.1000/made.1")
    assert trial.authors == ("Exámple, Ada B", "{The Invented Group}")
    assert trial.abstract == "Abstract Tea at p < 0.05."
    assert (untitled.title, untitled.year) == ("(without a title: 10.1000/made.untitled)", 2026)


def test_clinicaltrials_is_asked_by_the_day_of_the_last_change(them: Services) -> None:
    """A number that is none makes no address."""
    them.say("clinicaltrials", "/studies", answer("clinicaltrials/studies.json"))

    (trial,) = records(them, "clinicaltrials")

    query = them.asked[0].query
    assert query["filter.advanced"] == "AREA[LastUpdatePostDate]RANGE[2026-11-01,2026-11-27]"
    assert (query["query.term"], query["countTotal"]) == ("tea OR leaf", "true")
    assert trial == Found(
        kind="registration",
        title="An Invented Trial of Tea for Sleep",
        authors=("{The Invented Group}",),
        year=2025,
        venue="ClinicalTrials.gov",
        registry="NCT90000001",
        url="https://clinicaltrials.gov/study/NCT90000001",
        status="active not recruiting",
        abstract="Tea is given. Sleep is counted.",
    )


def test_the_federal_register_is_asked_page_by_page_by_our_own_count(them: Services) -> None:
    """The address that it gives for the next page is not followed, and no address that runs a script is kept."""
    them.say("federal-register", "/documents.json", answer("federal-register/documents.json"))

    (notice,) = records(them, "federal-register")

    query = them.asked[0].query
    assert query["conditions[publication_date][gte]"] == "2026-11-01"
    assert query["conditions[publication_date][lte]"] == "2026-11-27"
    assert (query["conditions[term]"], query["page"], query["order"]) == ("tea OR leaf", "1", "oldest")
    assert int(query["per_page"]) * 50 == 10_000  # there are fifty pages and no more, whatever their size
    assert (notice.kind, notice.registry, notice.year, notice.url) == ("notice", "2099-00001", 2026, None)
    assert notice.authors == ("{Tea Department}", "{Kettle Administration}")
    assert len(them.asked) == 1

    them.say("federal-register", "/documents.json", answer("federal-register/documents-empty.json"))
    assert [page.given for page in asked(them, "federal-register")] == [0]


def test_a_page_of_the_federal_register_without_hits_has_no_list_whatever_is_counted(them: Services) -> None:
    """It counts in another way than it searches; the count is kept, so that what did not come is missed."""
    them.say("federal-register", "/documents.json", as_json({"count": 12, "description": "Documents matching 'tea'"}))

    assert [(page.given, page.total, page.cursor) for page in asked(them, "federal-register")] == [(0, 12, None)]

    for strange in ({"count": 12, "total_pages": 1}, {"count": 12, "results": {}}):
        them.say("federal-register", "/documents.json", as_json(strange))
        with pytest.raises(NoAnswerError, match="another shape"):
            asked(them, "federal-register")


def test_the_federal_register_counts_to_ten_thousand_and_no_further(them: Services) -> None:
    """A count at its limit is no count."""
    them.say("federal-register", "/documents.json", as_json({"count": 10_000, "total_pages": 50, "results": []}))

    with pytest.raises(RefusedQueryError, match="narrow the terms, or set since"):
        asked(them, "federal-register")


@pytest.mark.parametrize("service", SERVICES)
def test_half_an_answer_is_asked_for_again(them: Services, service: Service) -> None:
    """Of what was cut off nothing is kept."""
    serve(them, service, works(1, 3))
    whole = asked(them, service)
    serve_again = them._rules[0].answers[0] if service != "pubmed" else them._rules[1].answers[0]
    them.say(service, PATHS[service], lambda one: half(serve_again(one)), serve_again)  # type: ignore[operator]

    assert asked(them, service) == whole


HOSTILE = st.text(st.characters() | st.sampled_from("\x1b\x9b\x00\u202e\u2066\ufeff\ud800<>&;\u200b\x07"), max_size=80)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_nothing_that_steers_a_terminal_or_hides_text_is_kept(title: str, name: str, abstract: str) -> None:
    """Whatever a service sends: no escape, no sign that turns or hides what follows, no half of a letter, one line."""
    one = found("article", title=f"Tea {title}", authors=[name], abstract=abstract, doi=title, url=name, pmid=abstract)
    assert one is not None

    kept = candidate(one, SIGHTING)

    for text in filter(None, (kept.title, *kept.authors, kept.abstract)):
        assert not {unicodedata.category(sign) for sign in text} & {"Cc", "Cs", "Zl", "Zp"}
        assert not set(text) & set("\u202e\u2066\ufeff\u200b")
        assert text.encode()
        assert text == " ".join(text.split())


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  two\n\twords ", "two words"),
        ("p &lt; 0.05 and n &gt; 3", "p < 0.05 and n > 3"),
        ("<jats:p>One</jats:p><jats:p>two</jats:p>", "One two"),
        ("H<sub>2</sub>O", "H2O"),
        ("&amp;lt;i&amp;gt;Camellia&amp;lt;/i&amp;gt;", "Camellia"),
        ("<script>alert(1)</script>tea", "alert(1) tea"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        (None, ""),
        (["tea"], ""),
        (True, ""),
        ("x" * 200, "x" * 99 + "…"),
    ],
)
def test_text_is_made_plain(said: object, kept: str) -> None:
    """Markup, entities and control characters go, what was meant stays."""
    assert plain(said, 100) == kept


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://example.org/", "//example.org/", "http://", "https://a b", "http://[", "x"],
)
def test_only_addresses_of_the_web_are_kept(address: str) -> None:
    """Nothing else can be a link."""
    one = found("article", title="Tea", url=address, doi="tea", pmid="12x")
    assert one is not None
    assert (one.url, one.doi, one.pmid) == (None, None, None)


def test_a_record_is_named_after_what_identifies_it() -> None:
    """The id does not change with spelling, and names a file safely whatever the DOI holds."""
    one = Found("article", "Tea", doi="10.1000/../../x", pmid="1")
    assert identity(one) == identity(Found("article", "Another title", doi="10.1000/../../x"))
    assert identity(one) != identity(Found("notice", "Tea", doi="10.1000/../../x"))
    assert identity(Found("article", "Tea & Sleep", ("Müller, A",), 2020)) == identity(
        Found("article", "tea -- sleep", ("Müller, Anna",), 2020)
    )
    assert all(sign in "0123456789abcdef" for sign in identity(one))
    assert len(identity(one)) == 12


def test_two_records_of_a_work_fill_each_other() -> None:
    """What the first leaves out comes from the next that says it."""
    whole = united(
        Found("article", "Tea"), Found("article", "Tee", pmid="1"), Found("article", "x", ("A, B",), pmid="2")
    )

    assert whole == Found("article", "Tea", ("A, B",), pmid="1")


def test_a_record_that_nothing_identifies_is_none() -> None:
    """Neither title nor number."""
    assert found("article", title=" \n", abstract="words") is None
