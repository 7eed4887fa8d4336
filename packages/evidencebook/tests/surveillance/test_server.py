"""The stand-in for the services answers as it was told; the other tests rest on it."""

import requests

from surveillance.server import Answer, Services, as_json, too_many


def test_answers_come_in_turn_and_the_last_one_stays(them: Services) -> None:
    """A test can say that a service is ill first and well later."""
    them.say("crossref", "/works", too_many(), as_json({"status": "ok"}))

    given = [requests.get(f"{them.addresses['crossref']}/works", timeout=5).status_code for _ in range(3)]

    assert given == [429, 200, 200]


def test_the_rule_said_last_goes_first_where_it_fits(them: Services) -> None:
    """A special case is said after the general one; a path is compared without its escapes."""
    them.say("crossref", "/works/10.1000/a b", as_json("any"))
    them.say("crossref", "/works/10.1000/a b", as_json("mine"), mailto="ada@example.org")
    address = f"{them.addresses['crossref']}/works/10.1000%2Fa%20b"

    assert requests.get(address, timeout=5).json() == "any"
    assert requests.get(address, params={"mailto": "ada@example.org"}, timeout=5).json() == "mine"
    assert requests.get(f"{address}c", timeout=5).status_code == 404
    assert [one.query for one in them.asked_of("crossref")] == [{}, {"mailto": "ada@example.org"}, {}]


def test_what_did_not_change_is_not_sent_again(them: Services) -> None:
    """An answer with an ETag is answered with 304 to whoever holds it."""
    them.say("page", "/here", Answer(b"words", "text/html", headers={"ETag": '"1"'}))
    address = f"{them.addresses['page']}/here"

    assert requests.head(address, timeout=5).headers["ETag"] == '"1"'
    assert requests.get(address, headers={"If-None-Match": '"1"'}, timeout=5).status_code == 304
