"""`evidencebook verify` records what registries and hosts say; who does not answer changes nothing."""

import re

import pytest

from evidencebook.cli import main
from evidencebook.surveillance.http import Client, PageAnswer
from surveillance.conftest import Book
from surveillance.server import Answer, Services, as_json

DAY, LATER = "2026-11-27", "2026-12-27"


def entry(key: str, **more: str) -> str:
    """Write an entry of an invented work."""
    fields = {
        "author": "Example, Ada and Second, Bo",
        "title": f"A trial of tea called {key}",
        "year": "2020",
        "keywords": "rct",
        "note": "seen: abstract",
        **more,
    }
    return f"@misc{{{key},\n" + "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items()) + "}\n"


def work(key: str, *updates: tuple[str, str], **more: object) -> Answer:
    """Answer as Crossref would about an invented work."""
    message = {
        "DOI": f"10.1000/{key}",
        "title": [f"A trial of tea called {key}"],
        "author": [{"given": "Ada", "family": "Example"}, {"given": "Bo", "family": "Second"}],
        "issued": {"date-parts": [[2020, 2]]},
        "updated-by": [{"DOI": doi, "type": kind} for kind, doi in updates],
    }
    return as_json({"message": message | more})


def study(status: str, *, results: bool = False) -> Answer:
    """Answer as the register would about a study."""
    module = {"overallStatus": status, "lastUpdatePostDateStruct": {"date": "2026-01-05"}}
    return as_json({"protocolSection": {"statusModule": module}, "hasResults": results})


def lay_out(book: Book, *entries: str) -> None:
    """Give the book these sources and nothing that rests on them."""
    book.write("sources.bib", "\n".join(entries))
    for name in ("findings", "claims"):
        for path in (book.evidence / name).glob("*.yml"):
            path.unlink()
    for name in ("assertions", "excluded"):
        (book.evidence / f"{name}.yml").unlink(missing_ok=True)


def know(book: Book, services: Services, *updates: tuple[str, str], **fields: str) -> None:
    """Give the book one source, with a DOI, and let Crossref know the work."""
    lay_out(book, entry("tea", **{"doi": "10.1000/tea", **fields}))
    services.say("crossref/works/10.1000/tea", work("tea", *updates))


def checks(book: Book, source: str, what: str) -> str:
    """Give the lines of the record on one thing."""
    return "\n".join(re.findall(rf"^- .*source: {source}, what: {what}, .*$", book.read("checks.yml"), re.MULTILINE))


def test_verify_crossref_agrees(book: Book, services: Services) -> None:
    """Record and notices are one answer, and two lines."""
    know(book, services)

    assert book.run("verify") == 0

    assert len(services.requests) == 1
    assert checks(book, "tea", "work") == (
        f"- {{source: tea, what: work, target: 10.1000/tea, date: {DAY}, outcome: agrees, since: {DAY}}}"
    )
    assert "outcome: clear" in checks(book, "tea", "notice")


def test_verify_crossref_differs(book: Book, services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    """What differs is told with the line of the entry, and is asked again on the next day."""
    know(book, services, year="2019")

    assert book.run("verify") == 1
    assert (
        "evidence/sources.bib:1: tea: [differs] work 10.1000/tea: year: 2019 in the entry, 2020 in the registry; "
        "compare with the article" in capsys.readouterr().out
    )
    assert book.run("verify", day="2026-11-28") == 1
    assert len(services.requests) == 2


def test_verify_retracted_source_is_told_with_its_claims(
    book: Book, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """The gravest first, since the first day on which it was seen; from then on the check refuses the claims."""
    services.say("crossref/works/10.1136/bmj.j1550", work("tea", ("retraction", "10.1000/notice")))

    assert book.run("verify", "sordo2017mortality", "--markdown", "report.md") == 1

    assert book.run("verify", "sordo2017mortality", day=LATER) == 1
    assert f"date: {LATER}, outcome: retracted, since: {DAY}" in checks(book, "sordo2017mortality", "notice")
    first = capsys.readouterr().out.splitlines()[0]
    assert "[retracted] notice 10.1136/bmj.j1550: it was retracted: 10.1000/notice; claims on it: death" in first
    report = (book.root / "report.md").read_text(encoding="utf-8")
    assert report.startswith("### Checks of the sources\n\n```text\n")
    assert first in report
    assert book.run("watch", "--list") == 0  # other commands go on
    assert main(["check"]) == 1


@pytest.mark.parametrize(
    ("code", "status", "outcome"),
    [(1, 200, "there"), (100, 404, "unknown"), (200, 200, "unknown"), (None, 404, "unknown")],
)
def test_verify_doi_unknown_to_crossref(
    book: Book, services: Services, code: int | None, status: int, outcome: str
) -> None:
    """A DOI that another registry keeps is told from one that was mistyped."""
    lay_out(book, entry("tea", doi="10.1000/tea"))
    body = as_json({"responseCode": code}).body
    services.say("doi/api/handles/10.1000/tea", Answer(body, status))

    book.run("verify")

    assert f"outcome: {outcome}" in checks(book, "tea", "work")
    assert checks(book, "tea", "notice") == ""


def test_verify_pmid_leads_to_the_doi(book: Book, services: Services) -> None:
    """Of a source without a DOI, Europe PMC knows it, and Crossref knows of retractions."""
    lay_out(book, entry("tea", pmid="90000001"), entry("milk", pmid="90000002"), entry("rum", pmid="90000003"))
    results = [
        {"pmid": "90000001", "title": "x", "doi": "10.1000/tea"},
        {"pmid": "90000003", "title": "x"},
    ]
    services.say("europe-pmc/search", as_json({"resultList": {"result": results}}))
    services.say("crossref/works/10.1000/tea", work("tea", ("retraction", "10.1000/notice")))

    assert book.run("verify") == 1

    assert "write doi = {10.1000/tea}," in checks(book, "tea", "work")
    assert "outcome: retracted" in checks(book, "tea", "notice")
    assert "outcome: unknown" in checks(book, "milk", "work")
    assert "outcome: there" in checks(book, "rum", "work")


def test_verify_silence_never_replaces_knowledge(
    book: Book, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who does not answer leaves the earlier check as it was, with its day."""
    trial = entry("trial", keywords="registry", url="https://clinicaltrials.gov/study/NCT90000001")
    lay_out(book, entry("tea", doi="10.1000/tea"), trial, entry("page", url=f"{services.base}/page"))
    services.say("crossref/works/10.1000/tea", work("tea", ("retraction", "10.1000/notice")))
    services.say("clinicaltrials/studies/NCT90000001", study("COMPLETED"))
    services.say("page", Answer())
    book.run("verify")
    before = book.read("checks.yml")
    assert before.count("\n- ") == 4

    for path in ("crossref/works/10.1000/tea", "clinicaltrials/studies/NCT90000001", "page"):
        services.say(path, Answer(b"ill", 500))
    assert book.run("verify", day=LATER) == 2

    assert book.read("checks.yml") == before
    assert "no answer for 1 (trial): clinicaltrials answered with status 500" in capsys.readouterr().out


def test_verify_fresh_checks_are_not_asked_again(book: Book, services: Services) -> None:
    """Unless the source is named, or names something else now."""
    know(book, services)
    for expected, more in ((1, []), (1, []), (2, ["tea"]), (3, ["--older-than", "0"])):
        book.run("verify", *more)
        assert len(services.requests) == expected

    book.replace("sources.bib", "10.1000/tea", "10.1000/tea2")
    services.say("crossref/works/10.1000/tea2", work("tea"))
    book.run("verify")
    assert "target: 10.1000/tea2" in checks(book, "tea", "work")


def test_verify_trial_change_stays_until_weighed(book: Book, services: Services) -> None:
    """The first look is no change; a change is, until the claims on the source have a later day."""
    url = "https://clinicaltrials.gov/study/NCT90000001"
    replaced = re.sub(r"@\w+\{sordo2017mortality.*?\n\}\n", "", book.read("sources.bib"), flags=re.DOTALL)
    book.write("sources.bib", replaced + entry("sordo2017mortality", keywords="registry", url=url))
    for answer, day, outcome in (
        (study("RECRUITING"), "2026-11-27", "agrees"),
        (study("COMPLETED"), "2026-11-28", "changed"),
        (study("COMPLETED"), "2026-11-29", "changed"),
        (study("COMPLETED", results=True), "2026-11-30", "changed"),
    ):
        services.say("clinicaltrials/studies/NCT90000001", answer)
        book.run("verify", "sordo2017mortality", day=day)
        line = checks(book, "sordo2017mortality", "trial")
        assert f"outcome: {outcome}" in line, day
    assert "from RECRUITING to COMPLETED, last updated 2026-01-05; from COMPLETED to COMPLETED, with results" in line

    book.replace("claims/care.yml", "checked: 2026-11-22", "checked: 2026-11-30")
    book.run("verify", "sordo2017mortality", day="2026-12-01")
    assert "outcome: agrees" in checks(book, "sordo2017mortality", "trial")


@pytest.mark.parametrize(
    ("answers", "outcome", "words"),
    [
        ({"page/a": Answer()}, "there", ""),
        ({"page/a": Answer(status=404)}, "gone", "https://web.archive.org/web/*/"),
        ({"page/a": Answer(status=403)}, "refused", "the host refuses programs (403)"),
        ({"page/a": Answer(status=301, headers={"Location": "/page/b"}), "page/b": Answer()}, "moved", "/page/b"),
        ({"page/a": Answer(status=302, headers={"Location": "/page/b"}), "page/b": Answer()}, "there", ""),
        ({"page/a": Answer(status=302, headers={"Location": "/"}), "": Answer()}, "moved", "a front page"),
    ],
)
def test_verify_page(book: Book, services: Services, answers: dict[str, Answer], outcome: str, words: str) -> None:
    """There, moved, gone, or refused."""
    lay_out(book, entry("page", url=f"{services.base}/page/a"))
    for path, answer in answers.items():
        services.say(path, answer)

    assert book.run("verify") == (1 if outcome == "gone" else 0)

    line = checks(book, "page", "page")
    assert f"outcome: {outcome}" in line
    assert words in line


def test_verify_refusals_of_every_host_are_no_result(
    book: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When none of several hosts lets us in, it is our own network that does not."""
    lay_out(book, *(entry(f"page{one}", url=f"https://{one}.example.org/page") for one in "abcd"))
    monkeypatch.setattr(Client, "page", lambda _, address: PageAnswer(200, address))
    book.run("verify", "pagea")
    before = book.read("checks.yml")
    monkeypatch.setattr(Client, "page", lambda _, address: PageAnswer(403, address))

    book.run("verify", day=LATER)

    assert "no answer for 4 (page): no host let the program in" in capsys.readouterr().out
    assert book.read("checks.yml") == before


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["teaa"], 'unknown source "teaa"; did you mean "tea"? Nobody was asked'),
        (["--contact", "ada"], "'ada' is no e-mail address"),
    ],
)
def test_verify_refuses(book: Book, capsys: pytest.CaptureFixture[str], more: list[str], words: str) -> None:
    """Before anybody is asked."""
    lay_out(book, entry("tea", doi="10.1000/tea"))

    assert book.run("verify", *more) == 2
    assert words in capsys.readouterr().err


def test_verify_broken_checks_file_is_left_alone(
    book: Book, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be read would be lost."""
    lay_out(book, entry("tea", doi="10.1000/tea"))
    text = "- {source: tea, what: notice, date: 2026-11-27, outcome: retractedd, since: 2026-11-27}\n"
    book.write("checks.yml", text)

    assert book.run("verify") == 2
    assert book.read("checks.yml") == text
    assert "checks.yml:1" in capsys.readouterr().err
