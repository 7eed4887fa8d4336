"""Stand in for the services on loopback: answer as a test says, and note what was asked.

    with services() as them:
        them.say("crossref", "/works/10.1000/example", answer("crossref/work.json"))
        them.say("crossref", "/works", too_many(wait=1), answer("crossref/page-1.json"), cursor="*")
        client = Client("ada@example.org", addresses=them.addresses, hurry=0)
        …
        assert them.asked[0].query["mailto"] == "ada@example.org"

What is said later goes first. Of several answers each is given once, and the last from then on. An answer may be a
function of what was asked. The files below `answers/` have the shapes that the services document; their works, people
and numbers were made for the tests.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ANSWERS = Path(__file__).parent / "answers"
_KINDS = {".json": "application/json", ".xml": "text/xml; charset=UTF-8", ".html": "text/html; charset=UTF-8"}


@dataclass(frozen=True)
class Asked:
    """Hold one request: service and path as the client names them, the path without its escapes."""

    service: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    method: str
    at: float


@dataclass(frozen=True)
class Answer:
    """Hold one answer; a cut one promises all its bytes and ends after half of them."""

    body: bytes = b""
    kind: str = "application/json"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    wait: float = 0


Given = Answer | Callable[[Asked], Answer]


def answer(name: str, **more: Any) -> Answer:
    """Give the answer that stands in a file below `answers/`."""
    path = ANSWERS / name
    return Answer(path.read_bytes(), _KINDS[path.suffix], **more)


def as_json(value: object, **more: Any) -> Answer:
    """Give a value as an answer in JSON."""
    return Answer(json.dumps(value, ensure_ascii=False).encode(), **more)


def as_xml(text: str, **more: Any) -> Answer:
    """Give a text as an answer in XML."""
    return Answer(text.encode(), _KINDS[".xml"], **more)


def half(whole: Answer) -> Answer:
    """Break an answer off in the middle, though it says that it is whole."""
    return replace(whole, body=whole.body[: len(whole.body) // 2])


def too_many(wait: int = 1) -> Answer:
    """Answer that too much was asked, and when to come again."""
    return Answer(b'{"error": "too many requests"}', status=429, headers={"Retry-After": str(wait)})


def ill(status: int = 500) -> Answer:
    """Answer as a host does that is not well."""
    return Answer(b"<html><body>Internal error</body></html>", "text/html", status)


def moved(to: str, status: int = 302) -> Answer:
    """Send to another address."""
    return Answer(status=status, headers={"Location": to})


def not_there() -> Answer:
    """Answer that nothing of this name is known."""
    return Answer(b'"Resource not found."', status=404)


@dataclass
class _Rule:
    service: str
    path: str
    when: Mapping[str, str]
    answers: list[Given]

    def fits(self, asked: Asked) -> bool:
        same = (self.service, self.path) == (asked.service, asked.path)
        return same and all(asked.query.get(name) == value for name, value in self.when.items())

    def next(self) -> Given:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass
class Services:
    """Be every service at once: each has the address of the server with its name as the first part of the path."""

    base: str = ""
    asked: list[Asked] = field(default_factory=list)
    #: Called with each request before it is answered.
    told: Callable[[Asked], None] = lambda _: None
    at_once: int = 0
    most_at_once: int = 0
    _rules: list[_Rule] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def addresses(self) -> dict[str, str]:
        """Give what a client takes for `addresses`; "page" is a host of web pages."""
        names = ("pubmed", "europe-pmc", "crossref", "clinicaltrials", "federal-register", "archive", "page")
        return {name: f"{self.base}/{name}" for name in names}

    def say(self, service: str, path: str, *answers: Given, **when: str) -> None:
        """Answer so from now on, when a path (and these parameters, if any) is asked for."""
        with self._lock:
            self._rules.insert(0, _Rule(service, path, when, list(answers)))

    def asked_of(self, service: str) -> list[Asked]:
        """List what one service was asked."""
        return [one for one in self.asked if one.service == service]

    def answer_to(self, asked: Asked) -> Answer:
        """Choose the answer; what no test spoke of is not there."""
        with self._lock:
            self.asked.append(asked)
            given = next((rule.next() for rule in self._rules if rule.fits(asked)), not_there())
        self.told(asked)
        found = given if isinstance(given, Answer) else given(asked)
        tag = found.headers.get("ETag")
        if tag and asked.headers.get("If-None-Match") == tag:
            return Answer(status=304, headers={"ETag": tag})
        return found


@contextmanager
def services() -> Iterator[Services]:
    """Serve on loopback while a test runs."""
    them = Services()

    class Handler(BaseHTTPRequestHandler):
        # Each request is a connection of its own: a client that is killed leaves no thread that waits for more.
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            _, service, path = f"{parts.path}/".split("/", 2)
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            asked = Asked(
                service, "/" + unquote(path).rstrip("/"), query, dict(self.headers), self.command, time.monotonic()
            )
            with them._lock:
                them.at_once += 1
                them.most_at_once = max(them.most_at_once, them.at_once)
            try:
                self._send(them.answer_to(asked))
            finally:
                with them._lock:
                    them.at_once -= 1

        do_HEAD = do_GET  # noqa: N815  the name that the library looks for

        def _send(self, found: Answer) -> None:
            time.sleep(found.wait)
            try:
                self.send_response(found.status)
                headers = {"Content-Type": found.kind, "Content-Length": str(len(found.body)), **found.headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(found.body[: len(found.body) // 2] if found.cut else found.body)
            except OSError:
                """Who asked has gone."""

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    them.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield them
    finally:
        server.shutdown()
        server.server_close()
