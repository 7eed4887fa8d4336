"""evidencebook serve: build the book, show it in the browser, and build it again whenever a file is saved."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import click

from evidencebook.cli._book import book_option
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.project import BookFolder, title

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FAULT = re.compile(r"WARNING|ERROR|CRITICAL")
#: Asks the server how the last build went; shows its faults over the page, or loads the page again.
_SCRIPT = """
let seen, pane = document.createElement("pre");
pane.id = "faults";
pane.style.cssText = "position:fixed;inset:0 0 auto;z-index:99;max-height:60vh;overflow:auto;margin:0;padding:1em;" +
  "background:#fff;color:#8a1f11;border-bottom:3px solid;white-space:pre-wrap";
setInterval(async () => {
  const now = await (await fetch("/-/state")).json();
  if (seen !== undefined && now.builds !== seen && !now.faults.length) location.reload();
  seen = now.builds;
  pane.textContent = now.faults.join("\\n");
  now.faults.length ? document.body.append(pane) : pane.remove();
}, 500);
"""


class Preview:
    """Build a book, and know how the last build went."""

    def __init__(self, book: BookFolder) -> None:
        """Begin with nothing built."""
        self.book = book
        self.state: dict[str, Any] = {"builds": 0, "faults": []}
        self._building: subprocess.Popen[str] | None = None

    def build(self) -> None:
        """Build once, and note what was said to be wrong."""
        try:  # Jupyter Book answers a tab in these files with a traceback
            title(self.book.config)
        except UserError as wrong:
            self.state = {"builds": self.state["builds"] + 1, "faults": [str(wrong)]}
            click.echo(str(wrong))
            return
        program = Path(sys.executable).parent / "jupyter-book"
        command = [str(program), "build", "book/", "-n", "-W", "--keep-going"]
        began = time.monotonic()
        self._building = subprocess.Popen(  # noqa: S603  the program that writers start
            command,
            cwd=self.book.root,
            env=os.environ | {"NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        lines = _COLOUR.sub("", self._building.communicate()[0]).splitlines()
        told = [line for line in lines if _FAULT.search(line)] or lines[-20:]
        messages = list(dict.fromkeys(told)) if self._building.returncode else []
        self.state = {"builds": self.state["builds"] + 1, "faults": messages}
        click.echo("\n".join([*messages, f"built in {time.monotonic() - began:.0f} s, {len(messages)} messages"]))

    def stamp(self) -> dict[str, int]:
        """Map the files that a build reads to their times."""
        return {str(path): path.stat().st_mtime_ns for path in self._files() if path.is_file()}

    def _files(self) -> Iterator[Path]:
        """Yield pages, evidence, code of the book, and what lies beside them."""
        yield from self.book.root.glob("*.md")
        for folder in (self.book.pages, self.book.evidence, self.book.root / "src"):
            for path in folder.rglob("*"):
                if not {"_build", "__pycache__"} & set(path.parts) and not path.name.startswith("."):
                    yield path

    def watch(self) -> None:
        """Build now, and again whenever a file was saved, until interrupted; end the build that runs then."""
        try:
            before: dict[str, int] = {}
            while True:
                if (now := self.stamp()) != before:
                    before = now
                    self.build()
                time.sleep(0.3)
        finally:
            if self._building and self._building.poll() is None:
                os.killpg(self._building.pid, signal.SIGTERM)


class _Handler(SimpleHTTPRequestHandler):
    """Serve the built site; each page asks how the last build went."""

    def __init__(self, *arguments: Any, preview: Preview, **more: Any) -> None:
        self.preview = preview
        super().__init__(*arguments, directory=str(preview.book.build / "html"), **more)

    def log_message(self, *ignored: Any) -> None:
        """Say nothing of each answer."""

    def do_GET(self) -> None:
        """Answer with a file, with how the last build went, or with the script that asks for it."""
        page = Path(self.translate_path(self.path))
        page = page / "index.html" if page.is_dir() else page
        if self.path == "/-/state":
            self._answer("application/json", json.dumps(self.preview.state))
        elif self.path == "/-/live.js":
            self._answer("text/javascript", _SCRIPT)
        elif page.suffix == ".html" or not self.preview.state["builds"]:
            text = (
                page.read_text(encoding="utf-8") if page.is_file() else "<!doctype html><title>…</title><body></body>"
            )
            self._answer("text/html", text.replace("</body>", '<script src="/-/live.js"></script></body>'))
        else:
            super().do_GET()

    def _answer(self, kind: str, text: str) -> None:
        """Send a text that no browser keeps."""
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(text.encode())


def server(preview: Preview, port: int) -> ThreadingHTTPServer:
    """Listen on this computer alone, on the port or, where it is taken, on a free one."""
    handler = partial(_Handler, preview=preview)
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", 0), handler)


@click.command(epilog="\b\nExample:\n  evidencebook serve --port 8000")
@click.option("--port", default=8000, show_default=True, help="Where to listen; another is taken where it is in use.")
@book_option
def serve(port: int, book: BookFolder) -> None:
    """Show the book in the browser while you write.

    Builds, serves the site to this computer alone, and builds again whenever a page, a record or code is saved; the
    browser then loads the page again, or shows what is wrong over it. Ctrl-C ends it.
    """
    preview = Preview(book)
    with server(preview, port) as web:
        Thread(target=web.serve_forever, daemon=True).start()
        click.echo(f"http://localhost:{web.server_port}/ - Ctrl-C ends it")
        try:
            preview.watch()
        except KeyboardInterrupt:
            click.echo("ended")
        finally:
            web.shutdown()
