"""Serve a folder as a web host does, through gzip, and note what each answer weighs on the wire."""

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_PACKED = ("text/", "application/javascript", "application/json", "image/svg+xml")


@dataclass
class Host:
    """Name the address of a served folder, and every answer given: its path, and its bytes with the headers."""

    address: str = ""
    answers: list[tuple[str, int]] = field(default_factory=list)

    def weight(self) -> int:
        """Return the bytes of all answers."""
        return sum(size for _, size in self.answers)


@cache
def packed(path: Path) -> bytes:
    """Compress a file once."""
    return gzip.compress(path.read_bytes(), 9)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, host: Host, *args: object) -> None:
        self.folder, self.host, self.head = folder, host, 0
        super().__init__(*args)  # type: ignore[arg-type]

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def flush_headers(self) -> None:
        """Note what the headers weigh before they leave."""
        self.head = sum(map(len, self._headers_buffer))
        super().flush_headers()

    def do_GET(self) -> None:
        """Answer with a file, or say that there is none."""
        path = (self.folder / self.path.split("?")[0].lstrip("/")).resolve()
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file() and path.is_relative_to(self.folder)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        text = found and kind.startswith(_PACKED)
        body = b"" if not found else packed(path) if text else path.read_bytes()
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        if text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.host.answers.append((self.path, self.head + len(body)))


@contextmanager
def serving(folder: Path) -> Iterator[Host]:
    """Serve a folder on this machine for as long as the block lasts."""
    host = Host()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder.resolve(), host))
    host.address = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
