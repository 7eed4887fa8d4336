"""What is new is queued once, what is known is counted, and what people wrote stays as they wrote it."""

import datetime as dt
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evidencebook.cli import main
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import UserError
from evidencebook.surveillance.asking.session import alone
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Query, Run
from evidencebook.surveillance.watch import queue, runs, watching
from evidencebook.surveillance.watch.found import Found
from surveillance.made import (
    crossref_item,
    europe_pmc_result,
    pubmed_article,
    pubmed_set,
    serve,
    study,
    works,
)
from surveillance.server import Answer, Asked, as_json, as_xml, ill
from surveillance.watched import WATCH, Book

Said = pytest.CaptureFixture[str]


def all_answer(book: Book, count: int = 12) -> None:
    """Have three services know works: PubMed the first, Europe PMC those and two more, the register others."""
    serve(book.them, "pubmed", works(1, count))
    serve(book.them, "europe-pmc", works(1, count + 2))
    serve(book.them, "clinicaltrials", works(500, 3))


def test_new_records_are_queued_once_with_all_who_saw_them(book: Book, capsys: Said) -> None:
    """The same work in two services is one record with two sightings; the counts add up."""
    all_answer(book)

    assert book.watch() == 0

    queued = book.queue()
    assert len(queued) == 12 + 2 + 3
    assert [len(one["found"]) for one in queued].count(2) == 12
    assert book.runs("tea-pubmed") == [("2026-11-27", 12, 0, 12)]
    assert book.runs("tea-europe-pmc") == [("2026-11-27", 14, 12, 2)]
    assert book.runs("tea-trials")[1:] == [("2026-11-27", 3, 0, 3)]
    said = capsys.readouterr()
    assert "tea-pubmed: 12 found, 0 known, 12 new" in said.out
    assert "17 new in all" in said.out
    assert main(["check", "evidence"]) == 0


def test_a_run_adds_lines_to_watch_yml_and_changes_none(book: Book) -> None:
    """Comments, order and the way people write stay; the runs of each query gain one entry."""
    all_answer(book)

    book.watch()

    after = book.read("watch.yml")
    added = "    - {date: 2026-11-27, found: 12, known: 0, new: 12}\n"
    assert after.startswith(WATCH.partition("  runs: []")[0] + "  runs: # nobody asked yet\n" + added + "\n# The reg")
    kept = [line for line in after.splitlines() if "2026-11-27" not in line]
    before = [line.replace("runs: [] #", "runs: #") for line in WATCH.splitlines()]
    assert sorted(set(kept) ^ set(before)) == []
    assert after.endswith("# the first\n    - {date: 2026-11-27, found: 3, known: 0, new: 3}\n  # the end\n")


def test_a_second_run_asks_for_the_last_days_and_finds_nothing_new(book: Book) -> None:
    """Fourteen days before the last run, never before the day that the query begins with; the queue stays as it is."""
    all_answer(book)
    book.watch()
    before = book.read("queue.yml")
    first = len(book.them.asked)

    book.watch(day="2026-12-04")

    assert book.read("queue.yml") == before
    assert book.runs("tea-pubmed")[1] == ("2026-12-04", 12, 12, 0)
    searches = {one.service: one.query for one in book.them.asked[first:] if one.path != "/efetch.fcgi"}
    assert (searches["pubmed"]["mindate"], searches["pubmed"]["maxdate"]) == ("2026/11/13", "2026/12/04")
    assert "[2026-11-13 TO 2026-12-04]" in searches["europe-pmc"]["query"]
    earlier = {one.service: one.query for one in book.them.asked[:first] if one.path != "/efetch.fcgi"}
    assert "mindate" not in earlier["pubmed"]
    assert "[2026-11-01 TO 2026-11-27]" in earlier["europe-pmc"]["query"]
    assert "RANGE[2026-11-06,2026-11-27]" in earlier["clinicaltrials"]["filter.advanced"]


@pytest.mark.parametrize(
    ("last", "since", "first"),
    [
        (None, None, None),
        (None, "2026-11-01", "2026-11-01"),
        ("2026-11-20", None, "2026-11-06"),
        ("2026-11-20", "2026-11-01", "2026-11-06"),
        ("2026-11-10", "2026-11-01", "2026-11-01"),
    ],
)
def test_days_are_asked_for_twice_and_none_before_the_first(
    last: str | None, since: str | None, first: str | None
) -> None:
    """Indexes lag by days, so the last fortnight is asked for again; what the query does not want never is."""
    day = dt.date.fromisoformat
    ran = (Run(date=day(last), found=0, known=0, new=0),) if last else ()
    query = Query(id="tea", service="pubmed", terms="tea", why="x", since=day(since) if since else None, runs=ran)

    assert watching.first_day(query) == (day(first) if first else None)


def test_two_runs_on_one_day_are_two_runs(book: Book) -> None:
    """The second is counted like any other."""
    all_answer(book)
    book.watch()
    book.watch("tea-pubmed")

    assert book.runs("tea-pubmed") == [("2026-11-27", 12, 0, 12), ("2026-11-27", 12, 12, 0)]


def test_a_source_is_known_by_its_doi_or_its_title(book: Book) -> None:
    """What the book cites already, and what waits for its first finding, is not asked about."""
    (one, two, three, four) = works(1, 4)
    waiting = book.read("sources.bib").split("\n\n")[0].replace("sordo2017mortality", "probe2026tea")
    book.write("waiting/0123456789ab.bib", re.sub(r"10\.1136\S+}", f"{two.doi}}}", waiting))
    items = [
        crossref_item(one, DOI="10.1136/BMJ.J1550"),
        crossref_item(two, title=["Another title"]),
        crossref_item(three, DOI="10.1000/x", title=["Mortality risk during and after opioid substitution treatment."])
        | {"author": [{"family": "Sordo", "given": "L"}], "issued": {"date-parts": [[2017]]}},
        crossref_item(four),
    ]
    book.write("watch.yml", "- {id: tea, service: crossref, terms: tea, why: Made for the test., runs: []}\n")
    book.write("watch.yml", "- id: tea\n  service: crossref\n  terms: tea\n  why: Made for the test.\n")
    book.them.say("crossref", "/works", as_json({"message": {"items": []}}))
    book.them.say("crossref", "/works", as_json({"message": {"items": items, "next-cursor": "n"}}), cursor="*")

    book.watch()

    # A DOI of its own tells the third from the source of the same title: another work may well have it.
    assert [record["doi"] for record in book.queue()] == [four.doi, "10.1000/x"]
    assert book.runs("tea") == [("2026-11-27", 4, 2, 2)]


def test_a_later_sighting_fills_what_the_first_left_out(book: Book) -> None:
    """PubMed gave no DOI and no abstract; Europe PMC does, and the id stays."""
    (one,) = works(1, 1)
    serve(book.them, "clinicaltrials", [])
    book.them.say("pubmed", "/esearch.fcgi", as_json({"esearchresult": {"count": "1", "idlist": [one.pmid]}}))
    bare = pubmed_article(one, doi="no", abstract="")
    book.them.say("pubmed", "/efetch.fcgi", as_xml(pubmed_set(bare.replace(' Label="RESULTS"', ""))))
    serve(book.them, "europe-pmc", [one])
    book.watch("tea-pubmed")
    (before,) = book.queue()

    book.watch("tea-europe-pmc", day="2026-11-28")

    (after,) = book.queue()
    assert not {"doi", "abstract"} & set(before)
    assert (after["id"], after["doi"]) == (before["id"], one.doi)
    assert after["abstract"].startswith("Results An abstract")
    assert [(seen["query"], str(seen["date"])) for seen in after["found"]] == [
        ("tea-pubmed", "2026-11-27"),
        ("tea-europe-pmc", "2026-11-28"),
    ]


def test_the_state_of_a_registration_is_the_last_one_seen(book: Book) -> None:
    """A trial that is complete by now is shown so to whoever decides on it."""
    (one,) = works(1, 1)
    for day, status in (("2026-11-27", "RECRUITING"), ("2026-11-28", "COMPLETED")):
        book.them.say("clinicaltrials", "/studies", as_json({"totalCount": 1, "studies": [study(one, status)]}))
        book.watch("tea-trials", day=day)

    assert [record["status"] for record in book.queue()] == ["completed"]


@pytest.mark.parametrize(
    ("decisions", "kept"),
    [
        ({"ada": "decision: include"}, False),
        ({"ada": "decision: exclude, reason: not of tea", "bo": "decision: exclude, reason: no study"}, False),
        ({"ada": "decision: later"}, True),
        ({"ada": "decision: include", "bo": "decision: exclude, reason: not of tea"}, True),
        ({}, True),
    ],
)
def test_the_abstract_of_a_decided_record_goes(book: Book, decisions: dict[str, str], kept: bool) -> None:
    """It stays while somebody has yet to decide, and while people disagree; what is decided never comes back."""
    all_answer(book, count=1)
    book.watch("tea-pubmed")
    (record,) = book.queue()
    for person, said in decisions.items():
        book.write(f"decisions/{person}.yml", f"- {{id: {record['id']}, {said}, date: 2026-11-27}}\n")

    book.watch("tea-pubmed", day="2026-12-04")

    (after,) = book.queue()
    assert ("abstract" in after) == kept
    assert book.runs("tea-pubmed")[1][1:] == (1, 1, 0)


def test_a_fuzzy_search_keeps_what_the_query_requires(book: Book) -> None:
    """The word in the title or in the abstract, in any case; what lacks it is not counted."""
    one, two, three = works(1, 3)
    items = [
        crossref_item(one, title=["On CAMELLIA"], abstract=None),
        crossref_item(two, title=["On water"], abstract="<jats:p>with camellia</jats:p>"),
        crossref_item(three, title=["On water"], abstract=None),
    ]
    query = "- id: tea\n  service: crossref\n  terms: tea\n  why: Made for the test.\n  require: [camellia]\n"
    book.write("watch.yml", query)
    book.them.say("crossref", "/works", as_json({"message": {"items": []}}))
    book.them.say("crossref", "/works", as_json({"message": {"items": items, "next-cursor": "n"}}), cursor="*")

    book.watch()

    assert {record["doi"] for record in book.queue()} == {one.doi, two.doi}
    assert book.runs("tea") == [("2026-11-27", 2, 0, 2)]


@pytest.mark.parametrize("wrong", [ill(500), ill(400), ill(404), Answer(b"{", status=200), as_json({"studies": 1})])
def test_the_failure_of_one_service_stops_no_other(book: Book, capsys: Said, wrong: Answer) -> None:
    """Exit status 2 and one sentence; the others are counted, the one that failed is not, and is asked again."""
    all_answer(book)
    book.them.say("europe-pmc", "/search", wrong)

    assert book.watch() == 2

    said = capsys.readouterr()
    assert "tea-europe-pmc: europe-pmc " in said.out
    assert "1 of 3 queries failed" in said.err
    assert "Traceback" not in said.err
    assert (len(book.runs("tea-pubmed")), len(book.runs("tea-europe-pmc")), len(book.runs("tea-trials"))) == (1, 0, 2)

    serve(book.them, "europe-pmc", works(1, 14))
    assert book.watch("tea-europe-pmc") == 0
    assert book.runs("tea-europe-pmc") == [("2026-11-27", 14, 12, 2)]


def test_what_a_service_says_of_its_failure_steers_no_terminal(book: Book, capsys: Said) -> None:
    """Neither its words nor its headers reach the screen as they are."""
    book.them.say("europe-pmc", "/search", as_json({"errMsg": "no \x1b[2J such \u202e query"}))
    book.them.say("clinicaltrials", "/studies", Answer(b"{}", "text/\x1b[2Jhtml"))

    assert book.watch("tea-europe-pmc", "tea-trials") == 2

    said = capsys.readouterr()
    assert "no [2J such query" in said.out
    assert not {"\x1b", "\u202e"} & set(said.out + said.err)


def test_what_came_before_a_failure_is_not_asked_for_again(book: Book, capsys: Said) -> None:
    """A service that falls ill on its second page is asked for the second page next time."""
    serve(book.them, "europe-pmc", works(1, 14), size=5)
    book.them.say("europe-pmc", "/search", ill(), cursorMark="mark-5")
    assert book.watch("tea-europe-pmc") == 2
    before = len(book.them.asked)

    serve(book.them, "europe-pmc", works(1, 14), size=5)
    assert book.watch("tea-europe-pmc") == 0

    assert [one.query["cursorMark"] for one in book.them.asked[before:]] == ["mark-5", "mark-10", "mark-14"]
    assert "going on after 5 records" in capsys.readouterr().err
    assert book.runs("tea-europe-pmc") == [("2026-11-27", 14, 0, 14)]


def test_a_cursor_that_a_service_knows_no_more_is_given_up(book: Book, capsys: Said) -> None:
    """Crossref forgets a cursor after minutes: everything is asked for anew, and nothing is lost or counted twice."""
    serve(book.them, "europe-pmc", works(1, 14), size=5)
    book.them.say("europe-pmc", "/search", ill(500), cursorMark="mark-5")
    book.watch("tea-europe-pmc")
    serve(book.them, "europe-pmc", works(1, 14), size=6)
    book.them.say("europe-pmc", "/search", ill(400), cursorMark="mark-5")

    assert book.watch("tea-europe-pmc") == 0

    assert "asking anew" in capsys.readouterr().err
    assert book.runs("tea-europe-pmc") == [("2026-11-27", 14, 0, 14)]


def test_a_cursor_that_leads_nowhere_is_given_up(book: Book) -> None:
    """An empty page where there should be records is not the end."""
    serve(book.them, "europe-pmc", works(1, 14), size=5)
    book.them.say("europe-pmc", "/search", ill(500), cursorMark="mark-5")
    book.watch("tea-europe-pmc")
    serve(book.them, "europe-pmc", works(1, 14), size=6)
    book.them.say("europe-pmc", "/search", as_json({"hitCount": 0, "resultList": {"result": []}}), cursorMark="mark-5")

    assert book.watch("tea-europe-pmc") == 0
    assert book.runs("tea-europe-pmc") == [("2026-11-27", 14, 0, 14)]


def counted_as(book: Book, count: int) -> None:
    """Have Europe PMC give two hundred works and count so many."""
    results = [europe_pmc_result(one) for one in works(1, 200)]
    book.them.say("europe-pmc", "/search", as_json({"hitCount": count, "resultList": {"result": results}}))


def test_a_few_records_that_do_not_come_are_spoken_of(book: Book, capsys: Said) -> None:
    """A service that counts a little more than it gives is believed with a remark."""
    counted_as(book, 203)

    assert book.watch("tea-europe-pmc") == 0
    assert "tea-europe-pmc: 200 of 203 records came" in capsys.readouterr().err


def test_many_records_that_do_not_come_are_a_failure(book: Book, capsys: Said) -> None:
    """What is counted as asked for is not asked for again, so that the rest would be lost; the next run begins anew."""
    counted_as(book, 300)

    assert book.watch("tea-europe-pmc") == 2
    assert "200 of 300 records came" in capsys.readouterr().out
    assert book.runs("tea-europe-pmc") == []
    assert book.queue() == []

    counted_as(book, 200)

    assert book.watch("tea-europe-pmc") == 0
    assert book.runs("tea-europe-pmc") == [("2026-11-27", 200, 0, 200)]


def journal(book: Book, query: str = "tea-europe-pmc") -> Path:
    """Leave the journal of a run that stopped after one page of five records."""
    serve(book.them, "europe-pmc", works(1, 14), size=5)
    book.them.say("europe-pmc", "/search", ill(500), cursorMark="mark-5")
    book.watch(query)
    serve(book.them, "europe-pmc", works(1, 14), size=5)
    return book.scratch / "journal" / f"{query}.jsonl"


def with_header(path: Path, **changed: object) -> None:
    """Change what a journal says that it is of."""
    first, _, rest = path.read_text("utf-8").partition("\n")
    path.write_text(json.dumps({**json.loads(first), **changed}) + "\n" + rest, encoding="utf-8")


BROKEN: dict[str, Callable[[Path], object]] = {
    "other terms": lambda path: with_header(path, terms="coffee"),
    "another version": lambda path: with_header(path, format=0),
    "other words required": lambda path: with_header(path, require=["tea"]),
    "another first day": lambda path: with_header(path, **{"from": None}),
    "nothing": lambda path: path.write_bytes(b""),
    "half a first line": lambda path: path.write_bytes(path.read_bytes()[:20]),
    "no JSON": lambda path: path.write_bytes(b"\x00\xff\n\n"),
    "another shape": lambda path: path.write_text("[]\n3\n", encoding="utf-8"),
    "pages of another shape": lambda path: path.write_bytes(path.read_bytes() + b'{"records": [{}]}\n'),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_journal_of_no_use_is_put_aside(book: Book, capsys: Said, how: str) -> None:
    """With a sentence, never a traceback; the run begins anew and brings the same."""
    path = journal(book)
    BROKEN[how](path)
    broken = path.read_bytes()

    assert book.watch("tea-europe-pmc") == 0

    assert "put aside" in capsys.readouterr().err
    assert path.with_suffix(".aside").read_bytes() == broken
    assert book.runs("tea-europe-pmc") == [("2026-11-27", 14, 0, 14)]
    assert not path.exists()


def test_a_journal_of_an_earlier_day_is_put_aside(book: Book) -> None:
    """Cursors do not last, and today's records are wanted, too."""
    journal(book)

    assert book.watch("tea-europe-pmc", day="2026-11-29") == 0
    assert book.runs("tea-europe-pmc") == [("2026-11-29", 14, 0, 14)]


def test_a_last_line_that_was_half_written_is_asked_for_again(book: Book, capsys: Said) -> None:
    """The process died while it wrote: the page before stays, the journal is not put aside."""
    path = journal(book)
    whole = path.read_bytes()
    path.write_bytes(whole + whole.splitlines()[-1][:100])
    before = len(book.them.asked)

    assert book.watch("tea-europe-pmc") == 0

    assert book.them.asked[before].query["cursorMark"] == "mark-5"
    assert "put aside" not in capsys.readouterr().err
    assert book.runs("tea-europe-pmc") == [("2026-11-27", 14, 0, 14)]


@pytest.mark.parametrize("written", [(), ("queue.yml",), ("queue.yml", "watch.yml")])
@pytest.mark.parametrize("day", ["2026-11-27", "2026-12-20"])
def test_counts_that_were_written_down_hold(book: Book, written: tuple[str, ...], day: str) -> None:
    """Killed before, between or after the two files: the counts are those of the run, once, with its own day."""
    all_answer(book)
    path = book.scratch / "journal" / "tea-pubmed.jsonl"
    real, kept = Path.unlink, {}

    def keep(self: Path, missing_ok: bool = False) -> None:
        if self == path and path.exists():
            kept["journal"] = path.read_bytes()
        real(self, missing_ok=missing_ok)

    before = {name: book.read(name) for name in ("queue.yml", "watch.yml")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "unlink", keep)
        assert book.watch("tea-pubmed") == 0
    undisturbed = {name: book.read(name) for name in before}
    for name, text in before.items():
        if name not in written:
            (book.evidence / name).unlink() if not text else book.write(name, text)
    path.write_bytes(kept["journal"])

    assert book.watch("tea-pubmed", day=day) == 0

    assert book.read("queue.yml") == undisturbed["queue.yml"]
    assert book.runs("tea-pubmed")[0] == ("2026-11-27", 12, 0, 12)
    later = [] if day == "2026-11-27" else [(day, 12, 12, 0)]
    assert book.runs("tea-pubmed")[1:] == later


def test_without_an_address_nobody_is_asked(book: Book, capsys: Said) -> None:
    """The message says what to write, and where."""
    arguments = book.arguments()
    del arguments[1:3]

    assert main(arguments) == 2

    said = capsys.readouterr().err
    for way in ("--contact you@example.org", "EVIDENCEBOOK_MAILTO", "evidence_contact: you@example.org"):
        assert way in said
    assert book.them.asked == []
    assert not (book.evidence / "queue.yml").exists()


@pytest.mark.parametrize("address", ["ada", "ada@example.org\r\nX-Header: 1", "ada @example.org", "@example.org"])
def test_an_address_that_is_none_is_refused(book: Book, capsys: Said, address: str) -> None:
    """It goes into a header of each request."""
    arguments = book.arguments()
    arguments[2] = address

    assert main(arguments) == 2
    assert "is no address of mail" in capsys.readouterr().err
    assert book.them.asked == []


def test_the_address_comes_from_the_settings_or_the_environment(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said on the command line goes first, then the environment, then the settings."""
    all_answer(book)
    arguments = book.arguments("tea-trials")
    del arguments[1:3]
    config = "title: Tea\nsphinx:\n  config:\n    evidence_contact: bo@example.org\n"
    (book.root / "book" / "_config.yml").write_text(config, encoding="utf-8")

    main(arguments)
    monkeypatch.setenv("EVIDENCEBOOK_MAILTO", "cy@example.org")
    main(arguments)
    book.watch("tea-trials")

    agents = [one.headers["User-Agent"].partition("mailto:")[2] for one in book.them.asked]
    assert agents == ["bo@example.org)", "cy@example.org)", "ada@example.org)"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("queue.yml", "- id: 0123456789ab\n  title: [half", "queue.yml:"),
        ("queue.yml", "- id: 0123456789ab\n", "queue.yml:1: candidate 0123456789ab: title is missing"),
        ("watch.yml", "- id: tea\n  service: pubmed\n  terms: tea\n", "why is missing"),
        ("watch.yml", "- id: tea\n  service: nobody\n  terms: tea\n  why: x\n", "watch.yml:2"),
        ("decisions/ada.yml", "- {id: 0123456789ab", "ada.yml:"),
        ("sources.bib", "@misc{half,\n  title = {Half", "sources.bib"),
    ],
)
def test_a_broken_file_is_named_and_nobody_is_asked(book: Book, capsys: Said, name: str, text: str, says: str) -> None:
    """Who does not know what is known would queue it anew."""
    all_answer(book)
    book.write(name, text)
    before = {path: path.read_bytes() for path in book.evidence.rglob("*") if path.is_file()}

    assert book.watch() == 2

    assert says in capsys.readouterr().err
    assert book.them.asked == []
    assert {path: path.read_bytes() for path in book.evidence.rglob("*") if path.is_file()} == before


def test_runs_that_cannot_be_added_to_are_refused_before_anybody_is_asked(book: Book, capsys: Said) -> None:
    """The message shows how to write them; nothing is changed."""
    text = WATCH.replace("runs: [] # nobody asked yet", "runs: [{date: 2026-11-20, found: 0, known: 0, new: 0}]")
    book.write("watch.yml", text)

    assert book.watch() == 2

    assert "watch.yml:6: the runs of tea-pubmed do not stand on a line each" in capsys.readouterr().err
    assert (book.them.asked, book.read("watch.yml")) == ([], text)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["coffee"], 'there is no query "coffee" in watch.yml; there are: tea-pubmed, tea-europe-pmc, tea-trials'),
        (["--service", "google=https://example.org"], 'there is no service "google"'),
        (["--service", "pubmed=example.org"], '"example.org" is no address of a server'),
    ],
)
def test_what_there_is_not_is_refused(book: Book, capsys: Said, more: list[str], says: str) -> None:
    """With what there is."""
    assert book.watch(*more) == 2
    assert says in capsys.readouterr().err
    assert book.them.asked == []


def test_without_queries_the_message_says_how_to_begin(book: Book, capsys: Said) -> None:
    """A book may have no watch.yml yet."""
    (book.evidence / "watch.yml").unlink()

    assert book.watch() == 2
    assert "watch.yml is missing" in capsys.readouterr().err


def test_the_list_says_what_never_ran(book: Book, capsys: Said) -> None:
    """It asks nobody, and needs no address."""
    assert main(["watch", "--list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "tea-pubmed      pubmed          never run",
        "tea-europe-pmc  europe-pmc      never run",
        "tea-trials      clinicaltrials  last run 2026-11-20",
    ]
    assert book.them.asked == []


def test_a_dry_run_tells_and_writes_nothing(book: Book, capsys: Said) -> None:
    """Not a file, not even scratch."""
    all_answer(book, count=2)
    before = {path: path.read_bytes() for path in book.root.rglob("*") if path.is_file()}

    assert book.watch("--dry-run") == 0

    said = capsys.readouterr().out
    assert works(1, 1)[0].title in said
    assert "7 new in all; nothing was written" in said
    assert {path: path.read_bytes() for path in book.root.rglob("*") if path.is_file()} == before


def test_a_queue_that_changed_meanwhile_is_not_written_over(book: Book, capsys: Said) -> None:
    """Somebody pulled while the services were asked: the pulled queue stays, and the run goes on from it."""
    all_answer(book)
    book.watch("tea-pubmed")
    pulled = book.read("queue.yml").replace("kind: article", "kind: article\n  status: pulled", 1)
    serve(book.them, "clinicaltrials", works(500, 3))
    give = book.them._rules[0].answers[0]

    def pull(asked: Asked) -> Answer:
        book.write("queue.yml", pulled)
        assert callable(give)
        return give(asked)

    book.them.say("clinicaltrials", "/studies", pull)
    assert book.watch("tea-trials") == 2

    assert "was changed while the services were asked" in capsys.readouterr().err
    assert book.read("queue.yml") == pulled
    asked = len(book.them.asked)
    assert book.watch("tea-trials") == 0
    assert len(book.them.asked) == asked
    assert len(book.queue()) == 15
    assert book.runs("tea-trials")[1:] == [("2026-11-27", 3, 0, 3)]


def test_two_runs_at_once_are_refused(book: Book, capsys: Said) -> None:
    """They would write over each other; the lock of a process that died is no hindrance."""
    all_answer(book)
    with alone(book.scratch):
        assert book.watch() == 2
        assert "another run is under way" in capsys.readouterr().err
        assert book.them.asked == []

    (book.scratch / "lock").write_text("999999\n", encoding="utf-8")
    assert book.watch() == 0


def test_each_host_is_asked_one_thing_at_a_time(book: Book) -> None:
    """Politeness: no two requests under way together, and no address of a stranger."""
    all_answer(book)

    book.watch()

    assert book.them.most_at_once == 1


def test_it_stays_quiet_where_nobody_watches(book: Book, capsys: Said) -> None:
    """In a log there is a line for each query and no progress."""
    all_answer(book)

    book.watch()

    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 4
    assert said.err.splitlines() == ["next, look at evidence/queue.yml: evidencebook screen"]


def test_a_terminal_is_shown_how_far_it_is(book: Book, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that is written over, and gone when the counts come."""
    serve(book.them, "europe-pmc", works(1, 14), size=10)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    book.watch("tea-europe-pmc")

    shown = re.sub(r"\x1b\[K", "", capsys.readouterr().err).split("\r")
    assert shown[1:3] == ["tea-europe-pmc: 10 of 14 records", "tea-europe-pmc: 14 of 14 records"]
    assert shown[-1] == "next, look at evidence/queue.yml: evidencebook screen\n"


def test_the_help_reads_like_a_manual(capsys: Said) -> None:
    """Files, a query, politeness, interruption, exit status, environment, examples."""
    assert main(["watch", "--help"]) == 0

    said = capsys.readouterr().out
    for heading in ("Files", "A query", "Politeness", "Interruption", "Exit status", "Environment", "Examples"):
        assert re.search(rf"^  {heading}\b.*:$", said, re.MULTILINE), heading
    for word in ("--list", "--dry-run", "--contact", "EVIDENCEBOOK_NCBI_KEY", "14 days", "evidence_contact"):
        assert word in said
    assert max(map(len, said.splitlines())) < 80  # it fits a terminal


STYLES = st.sampled_from(
    [
        "",
        "  runs: []\n",
        "  runs: [  ]   # none\n",
        "  runs:\n  - {date: 2026-11-20, found: 1, known: 0, new: 1}\n",
        "  runs:\n    - {date: 2026-11-20, found: 1, known: 0, new: 1}   # one\n    # two\n",
        "  runs:\n      - date: 2026-11-20\n        found: 1\n        known: 0\n        new: 1\n",
    ]
)
BETWEEN = st.sampled_from(["", "\n", "# a comment\n", "\n\n# runs: []\n"])


@given(st.lists(st.tuples(STYLES, BETWEEN), min_size=1, max_size=4), st.data(), st.booleans())
def test_a_run_is_added_whatever_the_style(styles: list[tuple[str, str]], data: st.DataObject, ended: bool) -> None:
    """Every line stays where it was among the others; the values differ by the one run."""
    head = "- id: q{0}\n  service: pubmed\n  terms: tea\n  why: x\n"
    text = "".join(head.format(number) + style + after for number, (style, after) in enumerate(styles))
    text = text if ended else text.rstrip("\n")
    number = data.draw(st.integers(0, len(styles) - 1))
    run = Run(date=dt.date(2026, 11, 27), found=3, known=1, new=2)

    after = runs.added(Path("watch.yml"), text, f"q{number}", run)

    meant = yaml.safe_load(text)
    meant[number]["runs"] = [*(meant[number].get("runs") or []), run.model_dump()]
    assert yaml.safe_load(after) == meant
    gone = [line for line in text.splitlines() if line not in after.splitlines()]
    assert all(re.fullmatch(r"  runs: \[ *\].*", line) for line in gone)


def test_a_query_that_went_away_is_refused() -> None:
    """Somebody edited the file while the services were asked."""
    run = Run(date=dt.date(2026, 11, 27), found=0, known=0, new=0)

    with pytest.raises(UserError, match='there is no query "tea" any more'):
        runs.added(Path("watch.yml"), "- id: coffee\n", "tea", run)


def partial(number: int, lacks: list[str]) -> Found:
    """Say of an invented work what one service may say."""
    (one,) = works(number, 1)
    said = {"doi": one.doi, "pmid": one.pmid, "authors": (f"{one.family}, Ada",), "year": one.year, "abstract": "Tea."}
    return Found("article", one.title, **{name: value for name, value in said.items() if name not in lacks})  # type: ignore[arg-type]


LACKS = st.lists(st.sampled_from(["doi", "pmid", "authors", "year", "abstract"]))
FOUND = st.builds(partial, st.integers(1, 6), LACKS)
ASKED = Query(id="tea", service="pubmed", terms="tea", why="x")
DAY = dt.date(2026, 11, 27)


@given(st.lists(FOUND, max_size=12), st.lists(FOUND, max_size=6))
def test_to_merge_twice_is_to_merge_once(before: list[Found], records: list[Found]) -> None:
    """A run that was killed after it wrote the queue writes the same again; counts always add up, ids are unique."""
    first = queue.merged(ASKED, DAY, before, Living(), EvidenceBase())
    living = Living(candidates={one.id: one for one in first.candidates})

    once = queue.merged(ASKED, DAY, records, living, EvidenceBase())
    twice = queue.merged(
        ASKED, DAY, records, Living(candidates={one.id: one for one in once.candidates}), EvidenceBase()
    )

    assert twice.candidates == once.candidates
    assert (twice.run.found, twice.run.new) == (len(records), 0)
    assert len({one.id for one in once.candidates}) == len(once.candidates)
    assert [one.id for one in once.candidates][: len(first.candidates)] == [one.id for one in first.candidates]


@given(st.lists(FOUND, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(records: list[Found], chance: object) -> None:
    """The same records in any order make as many candidates."""
    shuffled = list(records)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    one = queue.merged(ASKED, DAY, records, Living(), EvidenceBase())
    other = queue.merged(ASKED, DAY, shuffled, Living(), EvidenceBase())

    assert one.run == other.run


def test_the_stand_ins_are_all_that_was_asked(book: Book) -> None:
    """A test that asked a real service would be caught here."""
    all_answer(book)
    book.watch()

    assert {urlsplit(address).hostname for address in book.them.addresses.values()} == {"127.0.0.1"}
    assert len(book.them.asked) > 5
