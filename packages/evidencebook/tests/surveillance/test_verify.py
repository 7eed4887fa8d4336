"""The checks are made, kept and told; who does not answer changes nothing, and a kill loses little."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from evidencebook.cli import main
from surveillance.checked_book import (
    CONFIG,
    TODAY,
    CheckedBook,
    article,
    entry,
    says_crossref,
    says_pubmed,
    says_register,
    work,
)
from surveillance.server import Answer, Services, as_json, as_xml, half, ill, moved, not_there, too_many

DOI, NCT = "10.1000/tea", "NCT90000001"
STUDY = f"https://clinicaltrials.gov/study/{NCT}"


@pytest.fixture
def book(tmp_path: Path, them: Services, monkeypatch: pytest.MonkeyPatch) -> CheckedBook:
    """Lay out a book with one source that everybody knows."""
    monkeypatch.delenv("EVIDENCEBOOK_MAILTO", raising=False)
    for name in ("book", "evidence"):
        (tmp_path / name).mkdir()
    (tmp_path / "book" / "_config.yml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made = CheckedBook(tmp_path, them)
    made.write(entry("tea2020one", doi=DOI))
    says_crossref(them, "tea2020one", DOI)
    return made


def test_a_source_that_everybody_knows_is_good(book: CheckedBook) -> None:
    """Work, notice, number and page, each a line with what was asked for."""
    page = f"{book.them.base}/page/good"
    book.them.say("page", "/good", Answer(b"<p>Tea</p>", "text/html"))
    book.write(entry("tea2020one", doi=DOI, pmid="90000001", url=page))
    says_pubmed(book.them, article("90000001", "tea2020one", DOI))

    done = book.run()

    assert book.status(done) == 0
    assert "4 checks made; 4 on record" in done.stdout
    assert [line for line in book.checks.splitlines() if line.startswith("-")] == [
        f"- {{source: tea2020one, what: {what}, target: {target}, date: 2026-11-28, outcome: {outcome}, "
        "since: 2026-11-28}"
        for what, target, outcome in (
            ("notice", DOI, "clear"),
            ("page", f"'{page}'", "there"),
            ("pmid", "'90000001'", "agrees"),
            ("work", DOI, "agrees"),
        )
    ]


def test_it_says_who_asks_and_asks_each_doi_once(book: CheckedBook) -> None:
    """Two sources with one DOI are one question; the address of the book stands in it."""
    book.write(entry("tea2020one", doi=DOI), entry("tea2020two", doi=DOI, title="A trial of tea called tea2020one"))

    book.run()

    (asked,) = book.them.asked_of("crossref")
    assert asked.query["mailto"] == "ada@example.org"
    assert "mailto:ada@example.org" in asked.headers["User-Agent"]
    assert "tea2020two" in book.checks


def test_differences_are_told_with_file_line_and_mend(book: CheckedBook) -> None:
    """An editor copies the line."""
    book.write(entry("tea2019other"), entry("tea2020one", doi=DOI, year="2018"))

    done = book.run()

    assert book.status(done) == 1
    assert (
        "evidence/sources.bib:9: tea2020one: [differs] work 10.1000/tea: "
        "year: 2018 in the entry, 2020 in Crossref; write year = {2020}," in done.stdout
    )
    assert "outcome: differs" in book.check("tea2020one", "work")


def test_what_was_mended_is_asked_again_at_once(book: CheckedBook) -> None:
    """Who mends an entry sees on the same day that it is right."""
    book.write(entry("tea2020one", doi=DOI, year="2018"))
    book.run()
    book.write(entry("tea2020one", doi=DOI))

    assert book.status(book.run()) == 0
    assert "outcome: agrees" in book.check("tea2020one", "work")


@pytest.mark.parametrize(
    ("handle", "outcome", "status"),
    [
        (as_json({"responseCode": 1, "handle": DOI}), "there", 0),
        (as_json({"responseCode": 100, "handle": DOI}, status=404), "unknown", 1),
        (as_json({"responseCode": 200, "handle": DOI}), "unknown", 1),
        (as_json({"responseCode": 2}), None, 2),
        (ill(), None, 2),
    ],
)
def test_a_doi_that_crossref_does_not_know_may_be_registered_elsewhere(
    book: CheckedBook, handle: Answer, outcome: str | None, status: int
) -> None:
    """Data sets and theses often are; of their notices nothing is known, and nothing is claimed."""
    book.them.say("crossref", f"/works/{DOI}", not_there())
    book.them.say("doi", f"/api/handles/{DOI}", handle)

    assert book.status(book.run()) == status
    assert ("what: notice" in book.checks) is False
    assert (f"outcome: {outcome}" in book.checks) == (outcome is not None)


@pytest.mark.parametrize(
    ("kind", "outcome", "status"),
    [("retraction", "retracted", 1), ("expression_of_concern", "concern", 1), ("correction", "corrected", 0)],
)
def test_a_notice_is_recorded_with_its_doi(book: CheckedBook, kind: str, outcome: str, status: int) -> None:
    """A correction is told and asks for nothing."""
    says_crossref(book.them, "tea2020one", DOI, [(kind, "10.1000/Notice")])

    done = book.run()

    assert book.status(done) == status
    assert f"[{outcome}] notice 10.1000/tea" in done.stdout
    assert "as Retraction Watch says: 10.1000/notice" in done.stdout
    assert f"outcome: {outcome}, since: 2026-11-28, value: 10.1000/notice" in book.check("tea2020one", "notice")


def test_a_notice_that_the_entry_names_asks_for_nothing_more(book: CheckedBook) -> None:
    """No claim rests on it, and a person has seen it."""
    says_crossref(book.them, "tea2020one", DOI, [("retraction", "10.1000/notice")])
    book.write(entry("tea2020one", doi=DOI, note="seen: abstract. Retracted: https://doi.org/10.1000/Notice."))

    done = book.run()

    assert (book.status(done), "[weighed]" in done.stdout) == (0, True)


def test_pubmed_alone_may_know_of_a_retraction(book: CheckedBook) -> None:
    """Its notice counts for an article that has a DOI, too."""
    book.write(entry("tea2020one", doi=DOI, pmid="90000001"))
    inner = (
        '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>Tea. 2026;1:2</RefSource>'
        "<PMID>90000002</PMID></CommentsCorrections></CommentsCorrectionsList>"
    )
    says_pubmed(book.them, article("90000001", "tea2020one", DOI, inner))

    assert book.status(book.run()) == 1
    assert "outcome: retracted" in book.check("tea2020one", "notice")
    assert "value: PMID:90000002" in book.check("tea2020one", "notice").replace("'", "")


def test_half_of_an_answer_never_takes_a_notice_away(book: CheckedBook) -> None:
    """PubMed knew of the retraction and is silent now; Crossref, which does not know, cannot clear the article."""
    test_pubmed_alone_may_know_of_a_retraction(book)
    before = book.check("tea2020one", "notice")
    book.them.say("pubmed", "/efetch.fcgi", ill())

    assert book.status(book.run("--older-than", "0", today="2027-01-01")) == 2
    assert book.check("tea2020one", "notice") == before
    assert "date: 2027-01-01" in book.check("tea2020one", "work")


def test_half_of_an_answer_may_add_a_notice(book: CheckedBook) -> None:
    """A retraction does not wait until PubMed is well."""
    book.write(entry("tea2020one", doi=DOI, pmid="90000001"))
    book.them.say("pubmed", "/efetch.fcgi", ill())
    says_crossref(book.them, "tea2020one", DOI, [("retraction", "10.1000/notice")])

    assert book.status(book.run()) == 2
    assert "outcome: retracted" in book.check("tea2020one", "notice")


def test_pubmed_is_asked_in_lists_and_for_numbers_alone(book: CheckedBook) -> None:
    """One question for all; what is no number would spoil the list; an unknown one is told."""
    keys = [f"tea2020n{n}" for n in range(230)]
    numbers = [str(90000001 + n) for n in range(230)]
    book.write(
        *(entry(key, pmid=number) for key, number in zip(keys, numbers, strict=True)), entry("tea2020bad", pmid="PMC1")
    )
    says_pubmed(book.them, *(article(number, key) for number, key in zip(numbers[1:], keys[1:], strict=True)))

    done = book.run()

    asked = [one.query["id"].split(",") for one in book.them.asked_of("pubmed")]
    assert [len(one) for one in asked] == [200, 30]
    assert book.them.asked[0].query["email"] == "ada@example.org"
    assert "tea2020n0: [unknown] pmid 90000001" in done.stdout
    assert "tea2020bad: [unknown] pmid PMC1" in done.stdout
    assert "outcome: agrees" in book.check("tea2020n7", "pmid")
    assert "outcome: clear" in book.check("tea2020n7", "notice")


def test_an_empty_set_for_many_numbers_is_not_believed(book: CheckedBook) -> None:
    """A bad night of PubMed does not make every article unknown."""
    book.write(*(entry(f"tea2020n{n}", pmid=str(90000001 + n)) for n in range(9)))
    says_pubmed(book.them)

    assert book.status(book.run()) == 2
    assert "outcome" not in book.checks


def test_a_doi_that_only_pubmed_knows_is_told_and_no_fault(book: CheckedBook) -> None:
    """The entry may be completed when convenient."""
    book.write(entry("tea2020one", pmid="90000001"))
    says_pubmed(book.them, article("90000001", "tea2020one", "10.1000/Tea"))

    done = book.run()

    assert (book.status(done), "write doi = {10.1000/tea}," in done.stdout) == (0, True)


def trial(book: CheckedBook, claims: str = "") -> None:
    """Let the book have a registration, and perhaps a claim on it."""
    book.write(entry("tea2020register", url=STUDY, keywords="registry"))
    if claims:
        folder = book.root / "evidence"
        for name in ("findings", "claims"):
            (folder / name).mkdir()
        (folder / "findings" / "tea.yml").write_text(
            "- id: TE-001\n  source: tea2020register\n  about: A study is registered.\n  measure: registration\n"
            "  population: adults\n  locator: record\n  seen: abstract\n",
            encoding="utf-8",
        )
        (folder / "claims" / "tea.yml").write_text(
            "- id: tea-is-studied\n  statement: Tea is being studied.\n  applies_to: humans\n"
            "  certainty: not graded\n  would_change: The end of the study.\n  findings: [TE-001]\n"
            f"  stated: 2026-01-01\n  checked: {claims}\n",
            encoding="utf-8",
        )


def test_a_registration_that_changed_is_told_with_what_it_was(book: CheckedBook) -> None:
    """What the first check sees is no change; results that were posted are one."""
    trial(book)
    says_register(book.them, NCT, "RECRUITING")
    assert book.status(book.run()) == 0
    assert "value: RECRUITING, note: last updated 2026-01-05" in book.check("tea2020register", "trial")

    says_register(book.them, NCT, "COMPLETED", results=True, updated="2026-12-01")
    done = book.run(today="2026-12-06")

    assert book.status(done) == 1
    assert "[changed] trial NCT90000001: from RECRUITING to COMPLETED, with results, last updated 2026-12-01" in (
        done.stdout
    )
    assert "outcome: changed, since: 2026-12-06" in book.check("tea2020register", "trial")


def test_a_change_stays_until_the_claims_on_it_were_weighed(book: CheckedBook) -> None:
    """A pull request that nobody looked at does not make it go away; a second change is added to the first."""
    trial(book, claims="2026-11-01")
    for day, status in (("2026-11-28", "RECRUITING"), ("2026-12-06", "SUSPENDED"), ("2026-12-14", "SUSPENDED")):
        says_register(book.them, NCT, status)
        done = book.run(today=day)
    assert book.status(done) == 1
    assert "(since 2026-12-06); claims on it: tea-is-studied" in done.stdout
    says_register(book.them, NCT, "TERMINATED")
    done = book.run(today="2026-12-22")
    assert "from RECRUITING to SUSPENDED" in done.stdout
    assert "from SUSPENDED to TERMINATED" in done.stdout

    path = book.root / "evidence" / "claims" / "tea.yml"
    path.write_text(path.read_text("utf-8").replace("2026-11-01", "2026-12-22"), encoding="utf-8")

    assert book.status(book.run(today="2026-12-30")) == 0
    assert "outcome: agrees, since: 2026-12-30, value: TERMINATED" in book.check("tea2020register", "trial")


def test_a_number_that_the_register_does_not_know_is_told(book: CheckedBook) -> None:
    """It was mistyped, most likely."""
    trial(book)

    assert book.status(book.run()) == 1
    assert "outcome: unknown" in book.check("tea2020register", "trial")


COPY = {"archived_snapshots": {"closest": {"available": True, "timestamp": "20240102030405", "status": "200"}}}
COPY_OF_NOTHING = {"archived_snapshots": {"closest": {**COPY["archived_snapshots"]["closest"], "status": "404"}}}


@pytest.mark.parametrize(
    ("said", "copy", "outcome", "status", "says"),
    [
        (
            Answer(b"", status=404),
            COPY,
            "gone",
            1,
            "archived copy write url = {https://web.archive.org/web/20240102030405/",
        ),
        (Answer(b"", status=404), {"archived_snapshots": {}}, "gone", 1, "the page is gone (404)"),
        (
            Answer(b"", status=404),
            {"archived_snapshots": {"closest": {"available": True, "timestamp": "javascript:1"}}},
            "gone",
            1,
            "the page is gone (404)",
        ),
        (Answer(b"", status=404), COPY_OF_NOTHING, "gone", 1, "the page is gone (404)"),
        (Answer(b"", status=403), COPY, "refused", 0, "archived copy"),
        (ill(503), COPY, None, 0, "no answer for 1 (page): the host answered 503"),
    ],
)
def test_a_page_that_is_not_there_comes_with_an_archived_copy(
    book: CheckedBook, said: Answer, copy: object, outcome: str | None, status: int, says: str
) -> None:
    """Of the archive's answer only the time is taken; a silent page keeps what was known of it."""
    page = f"{book.them.base}/page/tea"
    book.write(entry("tea2020page", url=page))
    book.them.say("page", "/tea", said)
    book.them.say("archive", "/available", as_json(copy))

    done = book.run()

    assert book.status(done) == status
    assert says in done.stdout
    assert (f"outcome: {outcome}" in book.checks) == (outcome is not None)
    assert ("web.archive.org" in done.stdout) == (copy is COPY and outcome is not None)
    asked = [one.query["url"] for one in book.them.asked_of("archive")]
    assert set(asked) <= {page.removeprefix("http://")}  # the archive often says no to an address with its scheme


def test_each_address_is_asked_once(book: CheckedBook) -> None:
    """Thirty sources on one page are one question."""
    page = f"{book.them.base}/page/tea"
    book.write(*(entry(f"tea2020n{n}", url=page) for n in range(30)))
    book.them.say("page", "/tea", Answer(b"", "text/html"))

    assert book.status(book.run()) == 0
    assert len(book.them.asked) == 1
    assert book.checks.count("outcome: there") == 30


def test_a_page_that_moved_is_told_with_its_new_address(book: CheckedBook) -> None:
    """It still answers, so it is no failure."""
    page = f"{book.them.base}/page/tea"
    book.write(entry("tea2020page", url=page))
    book.them.say("page", "/tea", moved(f"{page}/new", 301))
    book.them.say("page", "/tea/new", Answer(b"", "text/html"))

    done = book.run()

    assert (book.status(done), f"its new address is <{page}/new>; write url = {{{page}/new}}," in done.stdout) == (
        0,
        True,
    )


def test_a_network_that_lets_nobody_out_is_not_blamed_on_the_pages(book: CheckedBook) -> None:
    """Four hosts that turn us away at once are one proxy."""
    port = book.them.base.rpartition(":")[2]
    book.write(*(entry(f"tea2020p{n}", url=f"http://127.0.0.{n}:{port}/page/x") for n in range(1, 6)))

    done = book.run()

    assert book.status(done) == 2
    assert "outcome" not in book.checks


@pytest.mark.parametrize(
    "trouble",
    [
        ill(),
        too_many(0),
        half(as_json(work("tea2020one", DOI))),
        as_json(work("tea2020one", DOI), cut=True),
        Answer(b"<html>Sign in</html>", "text/html"),
        as_json({"status": "ok", "message": {}}),
        as_json([]),
        moved("http://127.0.0.1:9/elsewhere"),
        Answer(b"{", status=400),
    ],
    ids=["500", "429", "half", "cut", "type", "empty", "list", "elsewhere", "400"],
)
def test_who_does_not_answer_changes_nothing(book: CheckedBook, trouble: Answer) -> None:
    """Ignorance is not written over knowledge, and an answer never got is no check."""
    book.run()
    before = book.checks
    book.them.say("crossref", f"/works/{DOI}", trouble)

    done = book.run(today="2027-01-01")

    assert book.status(done) == 2
    assert "no answer for 1 (work): crossref" in done.stdout
    assert book.checks == before


def test_a_service_that_is_away_is_left_alone_for_the_run(book: CheckedBook) -> None:
    """Three failures, and the other sources are not asked for; the other services are."""
    book.write(*(entry(f"tea2020n{n}", doi=f"10.1000/n{n}") for n in range(9)), entry("tea2020register", url=STUDY))
    for n in range(9):
        book.them.say("crossref", f"/works/10.1000/n{n}", Answer(b"x", status=401))
    says_register(book.them, NCT, "RECRUITING")

    done = book.run()

    assert len(book.them.asked_of("crossref")) == 3
    assert "no answer for 6 (work): crossref was not asked: it did not answer before" in done.stdout
    assert "outcome: agrees" in book.check("tea2020register", "trial")


def test_after_too_many_and_a_cut_answer_it_asks_again(book: CheckedBook) -> None:
    """A bad minute is no bad night."""
    good = as_json(work("tea2020one", DOI))
    book.them.say("crossref", f"/works/{DOI}", too_many(0), half(good), good)

    assert book.status(book.run()) == 0


def test_since_is_kept_while_the_same_is_seen(book: CheckedBook) -> None:
    """The day of a retraction is the day on which it was first seen."""
    says_crossref(book.them, "tea2020one", DOI, [("retraction", "10.1000/notice")])
    for day in (TODAY, "2026-12-06"):
        book.run(today=day)
    assert "date: 2026-12-06, outcome: retracted, since: 2026-11-28" in book.check("tea2020one", "notice")

    says_crossref(book.them, "tea2020one", DOI, [("retraction", "10.1000/notice"), ("retraction", "10.1000/second")])
    book.run(today="2026-12-14")
    assert "since: 2026-12-14, value: 10.1000/notice 10.1000/second" in book.check("tea2020one", "notice")


def test_what_was_checked_lately_is_not_asked_again(book: CheckedBook) -> None:
    """An interrupted run goes on, and a source that is named is asked at any rate."""
    book.run()
    asked = len(book.them.asked)

    book.run(today="2026-12-04")
    assert len(book.them.asked) == asked
    book.run("tea2020one", today="2026-12-04")
    assert len(book.them.asked) == asked + 1
    book.run("--older-than", "0", today="2026-12-04")
    assert len(book.them.asked) == asked + 2


def test_another_doi_is_another_question(book: CheckedBook) -> None:
    """What was seen of the mistyped DOI says nothing of the mended one, its notices included."""
    says_crossref(book.them, "tea2020one", DOI, [("retraction", "10.1000/notice")])
    book.run()
    book.write(entry("tea2020one", doi="10.1000/mended"))
    says_crossref(book.them, "tea2020one", "10.1000/mended")

    assert book.status(book.run()) == 0
    assert "outcome: clear, since: 2026-11-28" in book.check("tea2020one", "notice")


def test_checks_of_sources_that_are_gone_are_dropped(book: CheckedBook) -> None:
    """A source that was taken out leaves nothing that a rule would complain of."""
    book.write(entry("tea2020one", doi=DOI), entry("tea2020two", doi="10.1000/two"))
    says_crossref(book.them, "tea2020two", "10.1000/two")
    book.run()
    book.write(entry("tea2020one", doi=DOI))

    book.run()

    assert "tea2020two" not in book.checks
    assert "tea2020one" in book.checks


def test_nothing_is_begun_where_nothing_was_answered(book: CheckedBook) -> None:
    """An absent file means: never checked."""
    book.them.say("crossref", f"/works/{DOI}", ill())

    book.run()

    assert not (book.root / "evidence" / "checks.yml").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["tea2020on"], 'there is no source "tea2020on" in sources.bib; did you mean "tea2020one"?'),
        (["--contact", "nobody"], "is no address of mail"),
        (["--service", "moon=https://example.org"], 'there is no service "moon"; there are: crossref'),
        (["--service", "crossref=file:///etc"], "is no address of a server"),
        (["--older-than", "-1"], "-1"),
    ],
)
def test_wrong_usage_asks_nobody(
    book: CheckedBook, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2, a sentence, and no request."""
    status = main(["verify", *book.arguments(), *arguments])

    assert (status, says in capsys.readouterr().err, book.them.asked) == (2, True, [])


def test_without_an_address_nobody_is_asked(book: CheckedBook, capsys: pytest.CaptureFixture[str]) -> None:
    """The services want to know whom to write to."""
    (book.root / "book" / "_config.yml").write_text("title: Tea\n", encoding="utf-8")

    status = main(["verify", *book.arguments()])

    assert (status, "evidence_contact" in capsys.readouterr().err, book.them.asked) == (2, True, [])


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("checks.yml", "- {source: tea2020one, what: work", "checks.yml:"),
        ("checks.yml", "- {source: tea2020one, what: moon, date: 2026-01-01}\n", "checks.yml:1: check 0"),
        ("checks.yml", "\x00\x01", "checks.yml:"),
        ("sources.bib", "@misc{tea2020one,\n  title = {T\n", "sources.bib:1: the BibTeX entry is broken"),
    ],
)
def test_a_broken_file_is_named_and_left_as_it_is(
    book: CheckedBook, file: str, text: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be read would be lost if it were written again."""
    book.run()
    path = book.root / "evidence" / file
    path.write_text(text, encoding="utf-8")
    before = {one: one.read_bytes() for one in path.parent.iterdir()}
    asked = len(book.them.asked)

    status = main(["verify", *book.arguments(), "--older-than", "0"])

    assert (status, says in capsys.readouterr().err, len(book.them.asked)) == (2, True, asked)
    assert {one: one.read_bytes() for one in path.parent.iterdir()} == before


def test_an_attack_in_xml_is_no_answer(book: CheckedBook) -> None:
    """No entity is expanded."""
    book.write(entry("tea2020one", pmid="90000001"))
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><PubmedArticleSet>&b;</PubmedArticleSet>'
    book.them.say("pubmed", "/efetch.fcgi", as_xml(bomb))

    assert book.status(book.run()) == 2
    assert "outcome" not in book.checks


EVIL = "Tea \x1b[2J\u202e<script>alert(1)</script> @everyone #1 `x` [a](http://x) {b} 50% \\input{x}"


def test_words_of_strangers_do_nothing(book: CheckedBook, tmp_path: Path) -> None:
    """No escape reaches the terminal, no mark-up or mention the pull request, no command the bibliography."""
    book.them.say("crossref", f"/works/{DOI}", as_json(work("tea2020one", DOI, title=[EVIL])))
    report = tmp_path / "report.md"

    done = book.run("--markdown", str(report))

    for text in (done.stdout, report.read_text("utf-8"), book.checks):
        assert not {"\x1b", "\u202e"} & set(text)
    (row,) = [line for line in report.read_text("utf-8").splitlines() if "everyone" in line]
    before, code, after = row.rsplit("`", 2)
    assert "everyone" in code
    assert "everyone" not in before + after
    assert "`" not in code
    assert yaml.safe_load(book.checks)


def test_the_report_is_short_and_names_the_gravest_first(book: CheckedBook, tmp_path: Path) -> None:
    """GitHub refuses a body above 65,536 characters, and others write into it too."""
    keys = [f"tea2020n{n}" for n in range(150)]
    book.write(*(entry(key, doi=f"10.1000/{key}", year="2001") for key in keys))
    for key in keys:
        says_crossref(book.them, key, f"10.1000/{key}", [("retraction", f"10.1000/not{key}")], title=["Tea " * 200])
    report = tmp_path / "report.md"

    done = book.run("--markdown", str(report))

    text = report.read_text("utf-8")
    assert len(text) < 32_000
    assert [line for line in text.splitlines() if line.startswith("####")][:1] == ["#### Retracted"]
    assert "more; the log of the run names them" in text
    assert done.stdout.count("[retracted]") == done.stdout.count("[differs]") == 150


@pytest.fixture
def many(book: CheckedBook) -> list[str]:
    """Let the book have thirty sources, answered without haste."""
    keys = [f"tea2020n{n:02}" for n in range(30)]
    book.write(*(entry(key, doi=f"10.1000/{key}") for key in keys))
    for key in keys:
        book.them.say("crossref", f"/works/10.1000/{key}", as_json(work(key, f"10.1000/{key}"), wait=0.02))
    return keys


def test_a_kill_loses_little_and_the_next_run_goes_on(book: CheckedBook, many: list[str]) -> None:
    """Killed at random points the record is whole at each, and in the end it is as if nothing had happened."""
    chance = random.Random(20261128)  # noqa: S311  a test needs no secret
    command = [sys.executable, "-m", "evidencebook", "verify", *book.arguments(), "--today", TODAY]
    at_least = 0
    for _ in range(6):
        enough = len(book.them.asked) + chance.randint(1, 12)
        with subprocess.Popen(
            command, cwd=book.root, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            while len(book.them.asked) < enough and running.poll() is None:
                time.sleep(0.005)
            running.kill()
        kept = yaml.safe_load(book.checks) if book.checks else []
        assert len(kept) >= at_least
        at_least = len(kept)

    assert at_least >= 2 * 5, "nothing was written down on the way"
    done = book.run()

    assert book.status(done) == 0
    assert [(one["source"], one["what"]) for one in yaml.safe_load(book.checks)] == [
        (key, what) for key in many for what in ("notice", "work")
    ]
    assert len(book.them.asked) <= 30 + 6 * 6  # each kill lost five answers at most, and the one under way
    assert sorted(path.name for path in (book.root / "evidence").iterdir()) == ["checks.yml", "sources.bib"]


def test_an_interruption_keeps_what_was_seen(book: CheckedBook, many: list[str]) -> None:
    """Ctrl-C loses nothing at all."""
    stop = [0]

    def counting(_: object) -> None:
        stop[0] += 1

    book.them.told = counting
    command = [sys.executable, "-m", "evidencebook", "verify", *book.arguments(), "--today", TODAY]
    with subprocess.Popen(command, cwd=book.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
        while stop[0] < 8 and running.poll() is None:
            time.sleep(0.005)
        running.send_signal(2)
        _, told = running.communicate(timeout=20)

    assert running.returncode == 130
    assert b"Traceback" not in told
    assert len(yaml.safe_load(book.checks)) >= 2 * 6
