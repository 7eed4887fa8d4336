"""The client is polite, bounded, and says in one sentence what went wrong."""

import time
from pathlib import Path

import pytest
from urllib3.util import retry

from evidencebook import __version__
from evidencebook.cli._services import contact_of
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.project import BookFolder
from evidencebook.surveillance import http, text
from evidencebook.surveillance.http import Client, NoAnswerError, UnknownError
from surveillance.conftest import Book
from surveillance.server import Answer, Services, as_json


def test_client_user_agent_names_program_and_contact(client: Client, services: Services) -> None:
    """One name in every request, so that somebody can write before they block."""
    services.say("crossref/works", as_json([]))
    client.json("crossref", "works", {"rows": 1, "nothing": None})
    client.page(f"{services.base}/page")

    agents = {request.headers["User-Agent"] for request in services.requests}
    assert agents == {f"evidencebook/{__version__} (mailto:ada@example.org)"}
    assert services.requests[0].query == {"rows": "1"}


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (Answer(status=404), UnknownError, "crossref does not know it"),
        (Answer(status=400), NoAnswerError, "crossref answered with status 400"),
        (Answer(status=403), NoAnswerError, "crossref answered with status 403"),
        (Answer(status=500), NoAnswerError, "crossref answered with status 500"),
        (Answer(b"<html>"), NoAnswerError, "crossref gave an answer that cannot be read: it is no JSON"),
        (Answer(b'{"a": 1', cut=True), NoAnswerError, "crossref did not answer: the answer was cut off"),
        (Answer(status=302, headers={"Location": "http://elsewhere.example.org/"}), NoAnswerError, "another host"),
        (Answer(b"[" + b" " * 3_000), NoAnswerError, "crossref gave an answer of more than"),
    ],
)
def test_client_bad_answer_is_one_sentence(
    client: Client,
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
    answer: Answer,
    error: type[Exception],
    words: str,
) -> None:
    """Whatever comes, no traceback, and nothing of unbounded size."""
    monkeypatch.setattr(http, "_MAX_BYTES", 2_000)
    services.say("crossref/works", answer)

    with pytest.raises(error) as raised:
        client.json("crossref", "works")

    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_client_retries_as_long_as_retry_after_says(
    client: Client, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that is busy is asked again when it says so, and not before."""
    slept: list[float] = []
    monkeypatch.setattr(retry.time, "sleep", slept.append)
    services.say("crossref/works", Answer(status=429, headers={"Retry-After": "7"}), as_json({"a": 1}))

    assert client.json("crossref", "works") == {"a": 1}
    assert slept == [7]


def test_client_pauses_between_requests_to_one_service(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two services need not wait for each other."""
    monkeypatch.setattr(http, "PACE", 1.0)
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    slept: list[float] = []
    client = Client(sleep=slept.append)
    services.say("crossref/works", as_json([]))
    services.say("europe-pmc/search", as_json([]))
    for service, path in (("crossref", "works"), ("europe-pmc", "search"), ("crossref", "works")):
        client.json(service, path)

    assert slept == [pytest.approx(0.35)]


def test_client_gives_a_silent_host_up(client: Client, services: Services) -> None:
    """Hundreds of sources do not wait for one host."""
    services.say("crossref/works", Answer(status=500))
    for _ in range(4):
        with pytest.raises(NoAnswerError) as raised:
            client.json("crossref", "works")

    assert "was not asked: it did not answer before" in str(raised.value)
    assert len(services.requests) == 3 * client.tries


def test_client_cache_asks_only_for_what_changed(services: Services, tmp_path: Path) -> None:
    """What did not change is not sent again."""
    services.say("crossref/works", Answer(b'{"a": 1}', headers={"ETag": '"1"', "Cache-Control": "max-age=0"}))
    for _ in range(2):
        assert Client("ada@example.org", cache=tmp_path / "http").json("crossref", "works") == {"a": 1}

    assert services.requests[1].headers["If-None-Match"] == '"1"'


@pytest.mark.parametrize(
    ("given", "setting", "expected"),
    [
        ("ada@example.org", "bo@example.org", "ada@example.org"),
        ("", "bo@example.org", "bo@example.org"),
        ("", "", "book/_config.yml:1: there is no contact address"),
        ("ada", "", "--contact, or EVIDENCEBOOK_CONTACT: 'ada' is no e-mail address"),
        ("a@b.org\r\nX: y", "", "is no e-mail address"),
        ("", "ada", "book/_config.yml: evidence_contact: 'ada' is no e-mail address"),
    ],
)
def test_contact_of_option_or_setting(book: Book, given: str, setting: str, expected: str) -> None:
    """One setting under one name; nobody is asked without it."""
    config = book.root / "book" / "_config.yml"
    config.write_text(f"title: Tea\nsphinx:\n  config:\n    evidence_contact: {setting}\n", encoding="utf-8")
    try:
        found = contact_of(BookFolder(book.root), given)
    except UserError as wrong:
        found = str(wrong)

    assert expected in found


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Tea &amp;lt;i&amp;gt;in&amp;lt;/i&amp;gt; rats", "Tea in rats"),
        ("<jats:p>Tea\nand</jats:p> <b>sle</b>ep", "Tea and sleep"),
        ("p < 0.05 and > 2", "p < 0.05 and > 2"),
        ("less\u202emore \x1b[31mred\ud800", "lessmore [31mred"),
        (None, ""),
        (["a"], ""),
        (True, ""),
        ("word " * 9, "word word word word word…"),
    ],
)
def test_text_plain_takes_markup_and_invisible_characters(given: object, expected: str) -> None:
    """Words of services steer no terminal, and are never longer than wanted."""
    assert text.plain(given, 28) == expected
