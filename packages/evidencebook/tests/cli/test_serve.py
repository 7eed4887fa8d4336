"""The preview: served to this computer, built again when a file is saved, faults shown on the page."""

import json
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest

from evidencebook.cli.serve import Preview, server
from evidencebook.evidence.project import BookFolder


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """Lay out a book with a built page."""
    for name in ("book/index.md", "evidence/findings/care.yml", "src/analyses/sums.py", "book/_build/html/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<body>Words</body>", encoding="utf-8")
    return Preview(BookFolder(tmp_path))


@pytest.fixture
def web(preview: Preview) -> Iterator[ThreadingHTTPServer]:
    """Serve it."""
    with server(preview, 0) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def test_served_page_asks_for_the_faults_of_the_last_build(preview: Preview, web: ThreadingHTTPServer) -> None:
    """They stand over the page until they are mended; the file itself stays as it was built."""
    preview.state = {"builds": 1, "faults": ["index.md:3: WARNING: no"]}
    address = f"http://127.0.0.1:{web.server_port}"

    page, state = (urlopen(f"{address}/{name}").read() for name in ("", "-/state"))  # noqa: S310  our own server
    assert b'Words<script src="/-/live.js"></script></body>' in page
    assert json.loads(state) == preview.state
    assert "script" not in (preview.book.build / "html" / "index.html").read_text(encoding="utf-8")


def test_served_book_with_a_tab_in_its_contents(preview: Preview, capsys: pytest.CaptureFixture[str]) -> None:
    """The fault is shown as any other; nothing is built."""
    preview.book.config.write_text("title: Tea\n", encoding="utf-8")
    preview.book.contents.write_text("root: index\n\tchapters:\n", encoding="utf-8")
    preview.build()

    assert "_toc.yml:2: the file cannot be read" in preview.state["faults"][0]
    assert preview.state["faults"][0] in capsys.readouterr().out


def test_served_port_that_is_taken(preview: Preview, web: ThreadingHTTPServer) -> None:
    """Another one is chosen."""
    with server(preview, web.server_port) as second:
        assert second.server_port != web.server_port


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("book/index.md", True),
        ("evidence/findings/care.yml", True),
        ("src/analyses/sums.py", True),
        ("book/_build/html/index.html", False),
    ],
)
def test_saved_file_is_seen(preview: Preview, name: str, seen: bool) -> None:
    """A page, a record, a module; not what a build writes."""
    before = preview.stamp()
    (preview.book.root / name).touch()

    assert (preview.stamp() != before) is seen
