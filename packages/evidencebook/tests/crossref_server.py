"""Answer on loopback in the form in which Crossref answers, and note what was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

#: The fields that Crossref gives of this article, as published.
ANSWER = {
    "status": "ok",
    "message-type": "work",
    "message": {
        "DOI": "10.1016/j.smrv.2016.01.006",
        "type": "journal-article",
        "title": [
            "Coffee, caffeine, and sleep: "
            "A systematic review of epidemiological studies and randomized controlled trials",
        ],
        "container-title": ["Sleep Medicine Reviews"],
        "author": [
            {"given": "Ian", "family": "Clark", "sequence": "first", "affiliation": []},
            {"given": "Hans Peter", "family": "Landolt", "sequence": "additional", "affiliation": []},
        ],
        "issued": {"date-parts": [[2017, 2]]},
    },
}


@contextmanager
def crossref(status: int = 200, answer: object = ANSWER) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Serve one answer to everything; give the address, and the list of paths and names of the programs that asked."""
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((unquote(self.path), self.headers["User-Agent"]))
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
