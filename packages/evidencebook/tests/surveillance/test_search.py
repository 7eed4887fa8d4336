"""`evidencebook watch` asks what is new, and writes all of it at its end or nothing."""

import datetime as dt
from pathlib import Path

import pytest

from evidencebook.surveillance import search
from evidencebook.surveillance.models import Query
from surveillance.conftest import Book
from surveillance.server import Answer, Services, as_json, from_file


@pytest.fixture
def them(services: Services) -> Services:
    """Let Europe PMC know three works and the register one study."""
    last = as_json({"resultList": {"result": []}})
    services.say("europe-pmc/search", from_file("europe-pmc/search.json"), last)
    services.say("clinicaltrials/studies", from_file("clinicaltrials/studies.json"))
    return services


def files(book: Book) -> dict[Path, bytes]:
    """Read every file of the evidence."""
    return {path: path.read_bytes() for path in book.evidence.rglob("*") if path.is_file()}


def test_watch_fills_queue_and_runs(book: Book, them: Services, capsys: pytest.CaptureFixture[str]) -> None:
    """New records with where and when they were found; watch.yml stays as people wrote it."""
    before = book.read("watch.yml")

    assert book.run("watch") == 0

    kept = book.load()
    assert book.read("watch.yml") == before
    assert [(run.query, run.found, run.new) for run in kept.runs] == [("tea-articles", 3, 3), ("tea-trials", 1, 1)]
    assert {one.query for one in kept.candidates.values()} == {"tea-articles", "tea-trials"}
    assert "4 new in all" in capsys.readouterr().out


def test_watch_twice_adds_nothing(book: Book, them: Services) -> None:
    """The second run asks from 14 days before the first, and knows what comes again."""
    book.run("watch")
    queue = book.read("queue.yml")
    them.say("europe-pmc/search", from_file("europe-pmc/search.json"), as_json({"resultList": {"result": []}}))
    them.requests.clear()

    assert book.run("watch", "tea-articles", day="2026-11-28") == 0

    assert book.read("queue.yml") == queue
    assert book.load().runs[-1].known == 3
    assert "FIRST_IDATE:[2026-11-13 TO" in them.requests[0].query["query"]


def test_watch_source_of_the_book_is_known(book: Book, them: Services) -> None:
    """By its DOI, whatever the service calls it."""
    book.replace("sources.bib", "doi = {10.1136/bmj.j1550}", "doi = {10.1000/made.1}")

    book.run("watch", "tea-articles")

    assert [(run.found, run.known) for run in book.load().runs] == [(3, 1)]
    assert "10.1000/made.1" not in book.read("queue.yml")


def test_watch_failed_query_stops_no_other(book: Book, them: Services, capsys: pytest.CaptureFixture[str]) -> None:
    """What the others brought is kept; of the one that failed there is no run, so that it is asked in full again."""
    them.say("europe-pmc/search", Answer(status=500))

    assert book.run("watch") == 2

    told = capsys.readouterr()
    assert "tea-articles: europe-pmc answered with status 500" in told.out
    assert "1 of 2 queries failed" in told.err
    assert [run.query for run in book.load().runs] == ["tea-trials"]


@pytest.mark.parametrize("more", [["--dry-run"], ["--list"]])
def test_watch_dry_run_and_list_write_nothing(book: Book, them: Services, more: list[str]) -> None:
    """Nor does a list ask anybody."""
    before = files(book)

    assert book.run("watch", *more) == 0

    assert files(book) == before
    assert bool(them.requests) is (more == ["--dry-run"])


def test_watch_stopped_changes_nothing(book: Book, them: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is killed leaves every file as it was, and can be given again."""
    before = files(book)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(search, "merge", stop)

    assert book.run("watch") == 130
    assert files(book) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "- {id: tea, service: pubmed, terms: t, why: w}\n",
            'watch.yml:1: query tea: service "pubmed" is none of europe-pmc, clinicaltrials, federal-register',
        ),
        (
            "- {id: tea, service: europe-pmc, terms: t, why: w, runs: []}\n",
            "watch.yml:1: query tea: runs is an unknown key",
        ),
        ("- {id: tea\n", "watch.yml:2: the YAML is broken"),
    ],
)
def test_watch_unknown_provider_and_broken_file(
    book: Book, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    """With file, line, and what there is instead; nobody is asked."""
    book.write("watch.yml", text)

    assert book.run("watch") == 2
    assert words in capsys.readouterr().err


def test_watch_unknown_query(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """The names that there are stand in the message."""
    assert book.run("watch", "coffee") == 2
    assert 'unknown query "coffee"; watch.yml has: tea-articles, tea-trials' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("since", "last_run", "expected"),
    [
        (None, None, None),
        (dt.date(2026, 1, 1), None, dt.date(2026, 1, 1)),
        (None, dt.date(2026, 11, 27), dt.date(2026, 11, 13)),
        (dt.date(2026, 11, 20), dt.date(2026, 11, 27), dt.date(2026, 11, 20)),
    ],
)
def test_search_first_day(since: dt.date | None, last_run: dt.date | None, expected: dt.date | None) -> None:
    """Indexes lag, so some days are asked for again, but none before the query begins."""
    query = Query(id="tea", service="europe-pmc", terms="tea", why="w", since=since)

    assert search.first_day(query, last_run) == expected
