"""`evidencebook screen` keeps what people decide, one by one or in another program; every record is invented."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence

import pytest
import rispy

from evidencebook.evidence import bibtex_reader
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.loader import inspect
from evidencebook.surveillance import included, screening, store
from evidencebook.surveillance.models import Candidate
from surveillance.conftest import Book

TEA, TRIAL, RULE, DREAMS = "0123456789ab", "123456789012", "bbbbbbbbbbbb", "aaaaaaaaaaaa"
ADA = "decisions/ada-example.yml"
Screen = Callable[..., int]


def candidate(name: str, title: str, **more: object) -> Candidate:
    """Make one record, an article by Ada Example unless something else is given."""
    given: dict[str, object] = {"authors": ("Example, Ada",), "year": 2026, "venue": "Journal of Examples"}
    day = dt.date(2026, 11, 20)
    return Candidate(id=name, title=title, query="tea-articles", date=day, **(given | more))  # type: ignore[arg-type]


CANDIDATES = (
    candidate(TEA, "Tea and Sleep", doi="10.1000/tea.1", abstract="=Invented words of an abstract."),
    candidate(
        TRIAL,
        "A trial of tea",
        kind="registration",
        authors=(),
        venue="ClinicalTrials.gov",
        registry="NCT90000000",
        url="https://clinicaltrials.gov/study/NCT90000000",
    ),
    candidate(RULE, "Rule on tea", kind="notice", authors=(), venue="Tea Office", url="https://example.org/rule"),
    candidate(DREAMS, "Tea & dreams: 50% {of} them", doi="10.1000/tea.2"),
)


@pytest.fixture
def queue(book: Book) -> Book:
    """Put the four records into the queue of the book."""
    book.write("queue.yml", store.blocks(store.QUEUE, CANDIDATES))
    return book


@pytest.fixture
def screen(queue: Book, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Run the command with these answers, as Ada on one day unless something else is given."""

    def run(answers: Sequence[str] = (), *more: str, by: str = "Ada Example", day: str = "2026-11-22") -> int:
        given = iter(answers)

        def answer(prompt: str) -> str:
            try:
                return next(given)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        return queue.run("screen", "--by", by, *more, day=day)

    return run


def states(book: Book) -> dict[str, str]:
    """Give the state of each record."""
    kept = book.load()
    return {name: screening.state(kept, name) for name in kept.candidates}


def test_screen_prompt_keeps_each_decision(queue: Book, screen: Screen, capsys: pytest.CaptureFixture[str]) -> None:
    """In the file of the person, at once; an exclusion without a reason is none, an unknown key neither."""
    assert not screen(["i", "x", "e", "E not about tea", "n", "l", "q"])

    assert queue.read(ADA) == (
        store.lines(store.DECISIONS, ())
        + "# Decided by Ada Example.\n"
        + f"- {{id: {TEA}, decision: include, date: 2026-11-22}}\n"
        + f"- {{id: '{TRIAL}', decision: exclude, date: 2026-11-22, reason: not about tea}}\n"
        + f"- {{id: {DREAMS}, decision: later, date: 2026-11-22}}\n"
    )
    told = capsys.readouterr().out
    assert "https://doi.org/10.1000/tea.1" in told
    assert "a record is excluded for a reason" in told
    assert told.endswith("decided 3; left: 1 waiting, 1 later\n")


def test_screen_order_limit_and_again(queue: Book, screen: Screen, capsys: pytest.CaptureFixture[str]) -> None:
    """Undecided records first, then disputed, then put off; a decided one is asked about by its id."""
    screen(["l", "i"], "--limit", "2")
    screen(["n", "e no"], "--again", TRIAL[:3], by="Bo Second")  # one record only
    screen(["e no"], "--again", TRIAL, by="Bo Second")
    capsys.readouterr()
    screen(["n"] * 4)
    shown = capsys.readouterr().out

    assert states(queue) == {TEA: "later", TRIAL: "disputed", RULE: "waiting", DREAMS: "waiting"}
    assert [shown.index(title) for title in ("Rule on", "Tea & dreams", "A trial", "Tea and Sleep")] == sorted(
        shown.index(title) for title in ("Rule on", "Tea & dreams", "A trial", "Tea and Sleep")
    )
    assert "bo-second excluded it on 2026-11-22: no" in shown


def test_screen_last_decision_of_a_person_counts(queue: Book, screen: Screen) -> None:
    """By the day, and on one day by the line; git may put the lines of two branches in any order."""
    line = f"- {{id: {TEA}, decision: %s, date: %s%s}}\n"
    why = ", reason: not tea"
    queue.write(ADA, line % ("exclude", "2026-11-23", why) + line % ("include", "2026-11-22", ""))
    assert states(queue)[TEA] == "excluded"

    screen(["i"], "--again", TEA, day="2026-11-24")
    assert states(queue)[TEA] == "included"
    assert screen(["e no"], "--again", TEA, day="2026-11-23") == 2


def test_screen_list(queue: Book, screen: Screen, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts, or the records of one state with who decided and why."""
    screen(["i", "e not about tea"])
    capsys.readouterr()
    queue.run("screen", "--list")
    queue.run("screen", "--list", "excluded")

    told = capsys.readouterr().out
    assert "waiting       2\ndisputed      0\nlater         0\nincluded      1\nexcluded      1\n" in told
    assert told.endswith(f"{TRIAL}  A trial of tea\n  ada-example excluded it on 2026-11-22: not about tea\n")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--by", "柊"], "it is not known who decides"),
        (["--again", "f"], "no records have an id"),
        (["--again", TEA, "--list"], "go one at a time"),
    ],
)
def test_screen_refuses(queue: Book, capsys: pytest.CaptureFixture[str], more: list[str], words: str) -> None:
    """With what to say instead; nothing is written."""
    assert queue.run("screen", *more) == 2
    assert words in capsys.readouterr().err
    assert queue.read(ADA) == ""


def test_screen_broken_queue(queue: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """With file and line."""
    queue.replace("queue.yml", "date: 2026-11-20", "date: soon")

    assert queue.run("screen") == 2
    assert f"evidence/queue.yml:12: candidate {TEA}: date must be a date" in capsys.readouterr().err


def test_screen_csv_round_trip(queue: Book, screen: Screen) -> None:
    """Any spreadsheet, any separator; no cell is taken for a formula; twice changes nothing."""
    screen((), "--batch", "table.csv")
    path = queue.root / "table.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [row["id"] for row in rows] == [TEA, TRIAL, RULE, DREAMS]
    assert rows[0]["abstract"] == "'=Invented words of an abstract."

    rows[0] |= {"decision": "Include", "id": "1.23E+11"}  # as a spreadsheet writes it; the DOI still names the work
    rows[1] |= {"decision": "e", "reason": "not about tea"}
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=";")
        table.writeheader()
        table.writerows(rows)
    for _ in range(2):
        assert not screen((), "--batch", "table.csv")

    assert states(queue) == {TEA: "included", TRIAL: "excluded", RULE: "waiting", DREAMS: "waiting"}
    assert queue.read(ADA).count("\n- ") == 2


@pytest.mark.parametrize(
    ("notes", "state", "reason"),
    [
        (["ASReview_relevant"], "included", None),
        (["ASReview_irrelevant", "ASReview_prior"], "excluded", "title and abstract"),
        (["ASReview_not_seen"], "waiting", None),
        (['RAYYAN-INCLUSION: {"Ada"=>"Included"}'], "included", None),
        (
            ['RAYYAN-INCLUSION: {"Ada"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: not about tea'],
            "excluded",
            "not about tea",
        ),
    ],
)
@pytest.mark.parametrize("keeps_id", [True, False])
def test_screen_ris_round_trip(
    queue: Book, screen: Screen, notes: list[str], state: str, reason: str | None, keeps_id: bool
) -> None:
    """As ASReview and Rayyan write decisions; a program that drops our id leaves DOI and title."""
    screen((), "--batch", "records.ris")
    entries = rispy.loads((queue.root / "records.ris").read_text(encoding="utf-8"))
    assert [entry["title"] for entry in entries] == [one.title for one in CANDIDATES]
    entries[0]["notes"] = notes
    if not keeps_id:
        del entries[0]["accession_number"]
    (queue.root / "labelled.ris").write_text(rispy.dumps(entries), encoding="utf-8")

    assert not screen((), "--batch", "labelled.ris")

    assert states(queue)[TEA] == state
    made = queue.load().decided.get(TEA, {}).get("ada-example")
    assert (made and made.reason) == reason


def test_screen_asreview_csv(queue: Book, screen: Screen) -> None:
    """ASReview names its label in a column of its own; 1 is relevant."""
    text = "title,doi,asreview_label\nTea and Sleep,10.1000/tea.1,1\n,10.1000/tea.2,0\nRule on tea,,\n"
    (queue.root / "labelled.csv").write_text(text, encoding="utf-8")

    assert not screen((), "--batch", "labelled.csv")
    assert states(queue) == {TEA: "included", TRIAL: "waiting", RULE: "waiting", DREAMS: "excluded"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"id,decision,reason\n{TEA},perhaps,\n",
            'record 1: the decision "perhaps" is none of include, exclude, later',
        ),
        (f"id,decision,reason\n{TEA},exclude,\n", "record 1: a record is excluded for a reason"),
        (f"id,decision,reason\n{TEA},,why\n", "record 1: there is a reason and no decision"),
        (f"id,decision,reason\n{TEA},i,\n{TEA},l,\n", f'record 2: record "{TEA}" is decided twice'),
        ("id,decision,reason\nffffffffffff,i,\n", '"ffffffffffff" is not in queue.yml'),
        (f"id,decision,reason\n{TEA},e,a, b\n", "a row has more cells than the first line"),
        ("\ufffd\udcff", "it cannot be read"),
    ],
)
def test_screen_file_with_faults_takes_nothing_over(
    queue: Book, screen: Screen, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    """Every fault with the number of its record."""
    (queue.root / "table.csv").write_bytes(text.encode("utf-8", "surrogateescape"))

    assert screen((), "--batch", "table.csv") == 2
    assert words in capsys.readouterr().err
    assert queue.read(ADA) == ""


def test_stub_of_an_included_record_becomes_a_source(
    queue: Book, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check` names it, `new source --waiting` makes its entry, and then nothing waits."""
    screen(["i", "i", "n", "i"])
    surveillance, evidence = queue.load(), inspect(queue.evidence)[0]

    waiting = included.without_entry(surveillance, evidence)
    assert list(waiting) == ["example2026tea", "clinicaltrialsgov2026trial", "example2026dreams"]
    assert str(included.left(surveillance, evidence)[0]).partition(": ")[2] == (
        f"record {TEA} was included and waits for its findings; next: evidencebook new source --waiting example2026tea"
    )
    for name in (TEA, *list(waiting)[1:]):
        _, text = included.entry(surveillance, evidence, name, design="rct", flags=("self-selected",), seen="abstract")
        queue.write("sources.bib", queue.read("sources.bib") + "\n" + text)

    sources, _, diagnostics = bibtex_reader.read(queue.evidence / "sources.bib")
    assert diagnostics == []
    assert sources["example2026tea"].doi == "10.1000/tea.1"
    assert sources["example2026tea"].flags == ("self-selected",)
    assert sources["example2026dreams"].title == "Tea & dreams: 50% of them"
    assert sources["clinicaltrialsgov2026trial"].title == "A trial of tea (NCT90000000)"
    assert included.without_entry(surveillance, inspect(queue.evidence)[0]) == {}


def test_stub_that_does_not_wait(queue: Book) -> None:
    """The keys that there are stand in the message."""
    with pytest.raises(UserError, match='no included record "x" waits; there are: none; nothing was written'):
        included.entry(queue.load(), inspect(queue.evidence)[0], "x")


def test_decision_on_an_unknown_record(queue: Book) -> None:
    """A decision whose record is gone is a fault with its line."""
    queue.write(ADA, "- {id: ffffffffffff, decision: include, date: 2026-11-22}\n")

    _, diagnostics = store.inspect(queue.evidence, inspect(queue.evidence)[0])

    assert [one.message for one in diagnostics] == [
        'decision ada-example/0: record "ffffffffffff" is not in queue.yml; remove the line or fix the id'
    ]
