"""One client asks for all: it waits as it is asked to, reads nothing dangerous, and goes nowhere it was not sent."""

import time
from pathlib import Path

import pytest

from evidencebook.surveillance.asking.client import Client, NoAnswerError, RefusedQueryError, UnknownError
from surveillance.server import Answer, Services, answer, as_json, as_xml, half, ill, moved, not_there, too_many

GOOD = as_json({"made for": "the test", "title": "Tee – Schlaf, 茶"})
XML = as_xml("<root><!-- made for the test --><title>Tee – Schlaf, 茶</title></root>")


def client(them: Services, **more: object) -> Client:
    """Give a client that does not wait."""
    said = {"contact": "ada@example.org", "addresses": them.addresses, "hurry": 0.0, "timeout": 2.0, **more}
    return Client(**said)  # type: ignore[arg-type]


@pytest.mark.parametrize("first", [ill(500), ill(503), half(GOOD), Answer(GOOD.body, cut=True)])
def test_what_went_wrong_once_is_asked_again(them: Services, first: Answer) -> None:
    """A service that is ill, or whose answer breaks off, is asked a second time and then believed."""
    them.say("crossref", "/works", first, GOOD)

    assert client(them).json("crossref", "works", {})["title"] == "Tee – Schlaf, 茶"
    assert len(them.asked) == 2


def test_xml_that_is_cut_off_is_asked_for_again(them: Services) -> None:
    """Half a tree is no tree, even where the length of the answer is right."""
    them.say("pubmed", "/efetch.fcgi", half(XML), XML)

    assert client(them).xml("pubmed", "efetch.fcgi", {}).findtext("title") == "Tee – Schlaf, 茶"


def test_who_says_when_to_come_again_is_asked_then(them: Services) -> None:
    """Retry-After of a second is kept, though everything else is hurried."""
    them.say("crossref", "/works", too_many(wait=1), GOOD)

    client(them).json("crossref", "works", {})

    first, second = (one.at for one in them.asked)
    assert second - first >= 1


def test_who_stays_ill_is_given_up(them: Services) -> None:
    """Four tries, then one sentence."""
    them.say("crossref", "/works", ill(500))

    with pytest.raises(NoAnswerError, match="crossref answered with status 500"):
        client(them).json("crossref", "works", {})
    assert len(them.asked) == 4


def test_nobody_there_is_said_plainly() -> None:
    """No network is one sentence, too."""
    nobody = Client("ada@example.org", addresses={"crossref": "http://127.0.0.1:9"}, hurry=0, tries=2)

    with pytest.raises(NoAnswerError, match="crossref did not answer: its host refuses the connection"):
        nobody.json("crossref", "works", {})


def test_what_is_no_json_is_not_read(them: Services) -> None:
    """A page that asks for a login is told from data by its type."""
    them.say("crossref", "/works", Answer(b"<html>Log in</html>", "text/html; charset=utf-8"))

    with pytest.raises(NoAnswerError, match="it is text/html, not json"):
        client(them).json("crossref", "works", {})


@pytest.mark.parametrize("status", [400, 414, 422])
def test_a_refused_query_is_told_from_an_ill_service(them: Services, status: int) -> None:
    """Who refuses is not asked again: the terms are to be mended."""
    them.say("crossref", "/works", ill(status))

    with pytest.raises(RefusedQueryError, match="mend its terms"):
        client(them).json("crossref", "works", {})
    assert len(them.asked) == 1


def test_what_is_not_known_is_said_by_its_own_error(them: Services) -> None:
    """A DOI that Crossref does not know is no failure of Crossref."""
    them.say("crossref", "/works/10.1000/nowhere", not_there())

    with pytest.raises(UnknownError):
        client(them).json("crossref", "works/10.1000/nowhere", {})


def test_a_redirect_is_followed_on_the_same_host_alone(them: Services) -> None:
    """Where a service sends to is its own word, and we do not ask whomever it names."""
    them.say("crossref", "/works", moved("/crossref/v2/works"))
    them.say("crossref", "/v2/works", GOOD)
    assert client(them).json("crossref", "works", {})["title"]

    for elsewhere in (them.base.replace("127.0.0.1", "localhost") + "/crossref/v2/works", "//elsewhere.example.org/"):
        them.say("crossref", "/works", moved(elsewhere))
        asked = len(them.asked)
        with pytest.raises(NoAnswerError, match="sends to another host, which is not followed"):
            client(them).json("crossref", "works", {})
        assert len(them.asked) == asked + 1


def test_a_circle_of_redirects_ends(them: Services) -> None:
    """Five steps, and no more."""
    them.say("crossref", "/works", moved("/crossref/works"))

    with pytest.raises(NoAnswerError, match="it sends from one address to the next"):
        client(them).json("crossref", "works", {})
    assert len(them.asked) == 6


@pytest.mark.parametrize("name", ["entity-bomb.xml", "external-entity.xml", "external-parameter-entity.xml"])
def test_xml_that_wants_something_done_is_refused(them: Services, name: str) -> None:
    """No entity is expanded, no file is read, nobody else is asked; and it is not asked for again."""
    given = answer(f"unsafe/{name}")
    body = given.body.replace(b"@address@", them.addresses["page"].encode())
    them.say("pubmed", "/efetch.fcgi", Answer(body, given.kind))

    with pytest.raises(NoAnswerError, match="is not read: it declares what is refused"):
        client(them).xml("pubmed", "efetch.fcgi", {})
    assert [one.service for one in them.asked] == ["pubmed"]


def test_the_document_type_of_pubmed_is_no_reason_to_refuse(them: Services) -> None:
    """PubMed names its DTD in each answer; it is neither refused nor fetched."""
    them.say("pubmed", "/efetch.fcgi", answer("pubmed/efetch.xml"))

    assert client(them).xml("pubmed", "efetch.fcgi", {}).tag == "PubmedArticleSet"


def test_what_did_not_change_is_not_sent_again(them: Services, tmp_path: Path) -> None:
    """The second run says what it holds, and a short 304 answers it."""
    them.say("crossref", "/works", Answer(GOOD.body, headers={"ETag": '"one"', "Cache-Control": "no-cache"}))

    first = client(them, cache=tmp_path).json("crossref", "works", {"query": "tea"})
    second = client(them, cache=tmp_path).json("crossref", "works", {"query": "tea"})

    assert first == second
    assert [one.headers.get("If-None-Match") for one in them.asked] == [None, '"one"']


def test_each_request_says_who_asks(them: Services) -> None:
    """The name of the program, and an address of mail."""
    them.say("crossref", "/works", GOOD)

    client(them).json("crossref", "works", {})

    agent = them.asked[0].headers["User-Agent"]
    assert agent.startswith("evidencebook/")
    assert "(mailto:ada@example.org)" in agent


def test_pauses_are_kept(them: Services) -> None:
    """NCBI asks for three requests a second at most, ten with a key; one host never waits for another's pause."""
    for service in ("pubmed", "crossref"):
        them.say(service, "/works", GOOD)
    waited: list[float] = []
    patient = client(them, hurry=1.0, sleep=waited.append)
    for service in ("pubmed", "crossref", "pubmed"):
        patient.json(service, "works", {})
    keen = client(them, hurry=1.0, sleep=waited.append, key="made-for-the-test")
    keen.json("pubmed", "works", {})
    keen.json("pubmed", "works", {})

    assert [0.3 < waited[0] <= 0.4, 0 < waited[1] <= 0.11, len(waited)] == [True, True, 2]


def test_an_answer_that_does_not_come_is_not_waited_for(them: Services) -> None:
    """A host that holds the line is one that does not answer."""
    them.say("crossref", "/works", Answer(GOOD.body, wait=1))
    begun = time.monotonic()

    with pytest.raises(NoAnswerError, match="no answer in time"):
        client(them, timeout=0.1, tries=2).json("crossref", "works", {})
    assert time.monotonic() - begun < 1
