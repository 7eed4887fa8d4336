"""Stand in for every service on loopback: answer as a test says, and note what was asked."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from evidencebook.surveillance.http import ADDRESSES

ANSWERS = Path(__file__).parent / "answers"


@dataclass(frozen=True)
class Answer:
    """Hold one answer; a cut one promises more bytes than it has."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


@dataclass(frozen=True)
class Request:
    """Hold one request, the path without its escapes."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


def as_json(value: object) -> Answer:
    """Give a value as an answer in JSON."""
    return Answer(json.dumps(value).encode())


def from_file(name: str) -> Answer:
    """Give the answer that stands in a file below answers/."""
    return Answer((ANSWERS / name).read_bytes())


@dataclass
class Services:
    """Be every service at once, each below its name; of several answers each is given once, the last from then on."""

    base: str = ""
    requests: list[Request] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=dict)

    @property
    def addresses(self) -> dict[str, str]:
        """Give the address of each service."""
        return {name: f"{self.base}/{name}" for name in ADDRESSES}

    def say(self, path: str, *answers: Answer) -> None:
        """Answer so when a path is asked for, as "crossref/works/10.1000/tea"."""
        self.answers[f"/{path}"] = list(answers)

    def reply(self, request: Request) -> Answer:
        """Choose the answer; what no test spoke of is not there."""
        self.requests.append(request)
        known = self.answers.get(request.path, [Answer(b'"not found"', 404)])
        found = known.pop(0) if len(known) > 1 else known[0]
        tag = found.headers.get("ETag")
        return Answer(status=304) if tag and request.headers.get("If-None-Match") == tag else found


@contextmanager
def serving() -> Iterator[Services]:
    """Serve on loopback."""
    services = Services()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: ",".join(values) for name, values in parse_qs(parts.query).items()}
            found = services.reply(Request(self.command, unquote(parts.path), query, dict(self.headers)))
            self.send_response(found.status)
            length = len(found.body) + 10 * found.cut
            for name, value in {"Content-Length": str(length), **found.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(found.body)

        do_HEAD = do_GET  # noqa: N815  the name that the library looks for

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    services.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
