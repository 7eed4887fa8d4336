"""The link check tells what is broken from what only turns programs away, and asks politely."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evidencebook.cli.links import links as command
from evidencebook.evidence import bibtex_reader as bibliography
from evidencebook.surveillance import link_report, links

WORKING, UNKNOWN, NOWHERE, DATA = (
    "10.1000/working",
    "10.1000/unknown",
    "10.1000/nowhere",
    "10.5555/registered-elsewhere",
)
RETRACTED, CORRECTED, KNOWN = "10.1000/retracted", "10.1000/corrected", "10.1000/known"
#: Codes of the handle system: 1 resolves, 100 unknown, 200 registered without an address.
HANDLES = {UNKNOWN: (404, 100), NOWHERE: (200, 200)}
UPDATES = {
    RETRACTED: [{"DOI": "10.1000/notice", "type": "retraction", "source": "retraction-watch"}],
    CORRECTED: [{"DOI": "10.1000/erratum", "type": "correction", "source": "publisher"}],
    KNOWN: [{"DOI": "10.1000/Notice2", "type": "expression_of_concern", "source": "publisher"}],
}


class Host(BaseHTTPRequestHandler):
    """Answer as hosts do: well, elsewhere, not at all."""

    asked: list[tuple[str, str, str]]
    at_once = most = 0

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self._answer(head=True)

    def do_GET(self) -> None:
        """Answer in full."""
        self._answer(head=False)

    def _answer(self, *, head: bool) -> None:
        Host.at_once += 1
        Host.most = max(Host.most, Host.at_once)
        Host.asked.append((self.command, self.path, self.headers["User-Agent"]))
        try:
            self._serve(self.path.partition("?")[0], head=head)
        finally:
            Host.at_once -= 1

    def _serve(self, path: str, *, head: bool) -> None:
        status, body, to = 200, b"", None
        if path.startswith("/api/handles/"):
            status, code = HANDLES.get(path.removeprefix("/api/handles/"), (200, 1))
            body = json.dumps({"responseCode": code}).encode()
        elif path.startswith("/works/"):
            doi = path.removeprefix("/works/").replace("%2F", "/")
            status = 404 if doi == DATA else 200
            body = json.dumps({"message": {"DOI": doi, "updated-by": UPDATES.get(doi, [])}}).encode()
        elif path == "/slow":
            time.sleep(0.6)
        elif path == "/flaky":
            status = 503 if [p for m, p, _ in Host.asked if m == "GET"].count("/flaky") < 2 else 200
        elif path == "/away":
            status = 503 if [p for m, p, _ in Host.asked if m == "GET"].count("/away") < 2 else 200
        elif path == "/no-head":
            status = 405 if head else 200
        elif path in {"/moved", "/moved-home", "/circle", "/for-now"}:
            status = 302 if path == "/for-now" else 301
            to = {"/moved": "/good", "/for-now": "/good", "/moved-home": "/", "/circle": "/circle"}[path]
        else:
            status = {"/gone": 404, "/withdrawn": 410, "/robots": 403, "/busy": 429, "/ill": 500}.get(path, 200)
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not head:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture
def host() -> Iterator[str]:
    """Serve on the loopback interface and return the base address."""
    Host.asked, Host.at_once, Host.most = [], 0, 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def bib(folder: Path, *entries: str) -> Path:
    """Write sources of which only the fields in question are given."""
    text = "".join(
        f"@misc{{source2020x{i},\n  keywords = {{web-page}},\n  title = {{T}},\n  {fields}\n}}\n"
        for i, fields in enumerate(entries)
    )
    (folder / "sources.bib").write_text(text, encoding="utf-8")
    return folder


def run(folder: Path, host: str, *more: str) -> Result:
    """Run the command against the loopback host, without waiting between requests."""
    bases = ["--doi-base", host, "--crossref-base", host, "--pause", "0", "--timeout", "0.3"]
    return CliRunner().invoke(command, [str(folder), *bases, *more])


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("good", 0, "1 asked: 1 good"),
        ("no-head", 0, "1 asked: 1 good"),
        ("flaky", 0, "1 asked: 1 good"),
        ("for-now", 0, "1 asked: 1 good"),
        ("moved", 0, "[moved] its new address is <{host}/good>"),
        ("moved-home", 0, "[moved] it leads to a front page now"),
        ("robots", 0, "[not checkable] the host refuses programs (403)"),
        ("busy", 0, "[not checkable] the host refuses programs (429)"),
        ("gone", 1, "[broken] the page is gone (404)"),
        ("withdrawn", 1, "[broken] the page is gone (410)"),
        ("circle", 1, "[broken] it cannot be followed"),
        ("slow", 1, "[silent] no answer in time"),
        ("ill", 1, "[silent] the host answered 500"),
    ],
)
def test_each_way_a_page_answers_has_its_word(tmp_path: Path, host: str, path: str, status: int, says: str) -> None:
    """Only what needs an editor makes the exit status 1, and it says where the entry stands."""
    done = run(bib(tmp_path, f"url = {{{host}/{path}}},"), host, "--retries", "1")

    assert says.format(host=host) in done.stdout
    assert done.exit_code == status
    assert ("sources.bib:1: source2020x0: " in done.stdout) == ("[" in says)


@pytest.mark.parametrize(
    ("doi", "status", "says"),
    [
        (WORKING, 0, "2 asked: 2 good"),
        (DATA, 0, "2 asked: 2 good"),
        (CORRECTED, 0, "2 asked: 2 good"),
        (UNKNOWN, 1, f"https://doi.org/{UNKNOWN} [broken] no such DOI is registered"),
        (NOWHERE, 1, "[broken] the DOI is registered, but leads nowhere"),
        (RETRACTED, 1, "[retracted] it was retracted: <https://doi.org/10.1000/notice>."),
        (KNOWN, 1, "[retracted] an expression of concern was published"),
    ],
)
def test_a_doi_is_asked_for_itself_and_for_notices(tmp_path: Path, host: str, doi: str, status: int, says: str) -> None:
    """A correction is no reason for alarm; a retraction is."""
    done = run(bib(tmp_path, f"doi = {{{doi}}},"), host)

    assert says in done.stdout
    assert done.exit_code == status


def test_a_notice_that_the_entry_names_is_no_news(tmp_path: Path, host: str) -> None:
    """Who has weighed the claims again writes the notice's DOI into the note, and hears no more of it."""
    done = run(bib(tmp_path, f"doi = {{{KNOWN}}},\n  note = {{seen: abstract. Concern: 10.1000/notice2}},"), host)

    assert (done.exit_code, "2 good" in done.stdout) == (0, True)


def test_a_host_that_does_not_answer_is_left_alone(tmp_path: Path, host: str) -> None:
    """After three failures in a row the rest of a host's addresses are not asked; other hosts are."""
    dead = "http://127.0.0.1:9"  # the discard port: nothing listens
    folder = bib(tmp_path, f"url = {{{host}/good}},", *(f"url = {{{dead}/{i}}}," for i in range(5)))

    done = run(folder, host, "--retries", "0")

    assert done.stdout.count("its host refuses the connection") == 3
    assert done.stdout.count("not asked: its host did not answer") == 2
    assert "6 asked: 1 good, 5 silent" in done.stdout
    assert done.exit_code == 1


def test_who_did_not_answer_is_asked_again_at_the_end(tmp_path: Path, host: str) -> None:
    """A host that is away for minutes opens no issue."""
    folder = bib(tmp_path, f"url = {{{host}/away}},", f"url = {{{host}/good}},")

    done = run(folder, host, "--retries", "0")

    assert [path for method, path, _ in Host.asked if method == "GET"] == ["/away", "/away"]
    assert (done.exit_code, "2 asked: 2 good" in done.stdout) == (0, True)


def test_no_network_is_not_blamed_on_the_sources(tmp_path: Path) -> None:
    """One sentence in place of a line for each source; still no success, since nothing was learned."""
    folder = bib(tmp_path, *(f"url = {{http://127.0.0.{i}:9/}}," for i in range(1, 6)), f"doi = {{{WORKING}}},")

    done = run(folder, "http://127.0.0.1:9", "--retries", "0")

    assert done.stdout.startswith("Nobody answered")
    assert len(done.stdout.splitlines()) == 1
    assert done.exit_code == 1


def test_a_notice_that_cannot_be_asked_for_is_no_fault_of_the_source(tmp_path: Path, host: str) -> None:
    """A night without Crossref opens no issue."""
    folder = bib(tmp_path, f"doi = {{{WORKING}}},")

    done = run(folder, host, "--crossref-base", "http://127.0.0.1:9", "--retries", "0")

    assert (done.exit_code, "[not checkable]" in done.stdout) == (0, True)


def test_it_asks_politely(tmp_path: Path, host: str) -> None:
    """One request at a time for a host, each address once, a name and a contact in each, the head before the page."""
    folder = bib(tmp_path, *(f"url = {{{host}/{i % 4}}}," for i in range(8)))

    run(folder, host, "--contact", "https://example.org/book")

    assert [(method, path) for method, path, _ in Host.asked] == [("HEAD", f"/{i}") for i in range(4)]
    assert {agent for _, _, agent in Host.asked} == {"evidencebook-links/1.0 (https://example.org/book)"}
    assert Host.most == 1


def test_the_report_for_an_issue_names_the_gravest_first_and_stays_short(tmp_path: Path, host: str) -> None:
    """GitHub refuses the body of an issue above 65,536 characters."""
    gone = [f"url = {{{host}/gone?{'x' * 200}{i}}}," for i in range(60)]
    folder = bib(tmp_path, f"url = {{{host}/robots}},", f"doi = {{{RETRACTED}}},", *gone)
    report = tmp_path / "report.md"

    done = run(folder, host, "--markdown", str(report), "--retries", "0")

    text = report.read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "### Retracted or under concern",
        "### Broken",
        "### Not checkable by a program",
    ]
    assert "- and 20 more; the log of the run names them" in text
    assert done.stdout.count("[broken]") == 60
    assert len(text) < 65_536


def test_nothing_to_ask_is_said() -> None:
    """An evidence base without addresses is no error."""
    asked = links.questions({}, {})

    assert asked == ()
    assert link_report.lines([], "sources.bib") == ["nothing to ask"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no-such-folder"], "'no-such-folder' does not exist"),
        (["."], "sources.bib is missing; name the folder that holds it"),
        (["--timeout", "soon"], "'soon' is not a valid float"),
    ],
)
def test_wrong_usage_is_said_and_exits_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    """No traceback, no request."""
    (tmp_path / "evidence").mkdir()
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(command, arguments)

    assert (done.exit_code, says in done.stderr) == (2, True)


def test_every_address_of_the_real_book_is_asked() -> None:
    """Each DOI twice (itself, its notices), each page once, each with the line of its entry."""
    sources, lines, _ = bibliography.read(Path(__file__).parents[4] / "evidence" / "sources.bib")
    asked = links.questions(sources, lines)

    dois = {source.doi for source in sources.values() if source.doi}
    assert {q.target for q in asked if q.kind == "doi"} == {q.target for q in asked if q.kind == "notice"} == dois
    assert {q.target for q in asked if q.kind == "page"} == {s.url for s in sources.values() if s.url}
    assert all(q.line == lines[q.sources[0]] for q in asked)
