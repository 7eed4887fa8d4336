"""evidencebook new: what is added is sound and is at the end of its file; else nothing is written."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from crossref_server import crossref
from evidencebook import __version__
from evidencebook.cli import main
from evidencebook.cli.new._toc import with_page
from evidencebook.evidence import source_key, todo_markers
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.loader import inspect, load

DOI = "10.1016/j.smrv.2016.01.006"
CROSSREF = "EVIDENCEBOOK_CROSSREF"
FINDING = ["finding", "--source", "drake2013caffeine"]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for Crossref at a port on which nothing listens."""
    monkeypatch.setenv(CROSSREF, "http://127.0.0.1:9")


def texts(folder: Path) -> dict[str, str]:
    """Read every file of a book."""
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted(folder.rglob("*")) if p.is_file()}


def changed(before: dict[str, str], folder: Path) -> dict[str, str]:
    """Return the files that were added or changed."""
    return {name: text for name, text in texts(folder).items() if before.get(name) != text}


def test_finding_is_appended(inside: Path) -> None:
    """It gets the next id; the rest of the file is the same, letter by letter; no other file is touched."""
    before = texts(inside)

    assert main(["new", *FINDING, "--value", "7.5", "--unit", "h"]) == 0
    after = changed(before, inside)
    assert list(after) == ["evidence/findings/sleep.yml"]
    assert after["evidence/findings/sleep.yml"].startswith(before["evidence/findings/sleep.yml"])
    added = load(inside / "evidence").findings["SLEEP-004"]
    assert (added.source, added.value, added.seen) == ("drake2013caffeine", 7.5, "abstract")
    assert todo_markers.MARK in added.about
    assert "industry-funded" in (added.caution or "")


def test_finding_id_of_an_excluded_one_is_not_given_again(inside: Path) -> None:
    """An id is permanent, even of what is not used."""
    (inside / "evidence" / "excluded.yml").write_text("- reason: twice\n  findings: [SLEEP-041]\n", encoding="utf-8")

    assert main(["new", *FINDING]) == 0
    assert "SLEEP-042" in load(inside / "evidence").findings


def test_finding_of_a_new_topic(inside: Path) -> None:
    """It is a new file, and the prefix is made of its name."""
    assert main(["new", *FINDING, "--topic", "night-shifts"]) == 0
    assert next(iter(load(inside / "evidence").findings)) == "NS-001"


def test_finding_with_every_key(inside: Path) -> None:
    """What is typed comes back from the file as it was typed, marks of YAML included."""
    typed = [
        "--about",
        "It's: 'quoted' # no comment.",
        "--measure",
        "sleep time",
        "--n",
        "12",
        "--population",
        "people",
    ]
    typed += ["--value", "3", "--unit", "h", "--spread", "kind: ci95, low: 1.5, high: 4"]
    typed += ["--where", "year=2020", "--where", "arm=no", "--locator", "table", "--seen", "abstract"]

    assert main(["new", "finding", "--source", "gardiner2023effect", *typed]) == 0
    found = load(inside / "evidence").findings["SLEEP-004"]
    assert found.about == "It's: 'quoted' # no comment."
    assert found.spread is not None
    assert (found.n, found.spread.low, found.spread.high, found.where) == (12, 1.5, 4, {"year": 2020, "arm": "no"})
    assert todo_markers.left(load(inside / "evidence")) == []


def test_claim_is_a_stub_until_it_is_written(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A stub is no fault, and check names it with file and line."""
    assert main(["new", "claim", "coffee-and-dreams", "--finding", "SLEEP-001"]) == 0
    capsys.readouterr()

    assert main(["check"]) == 0
    stub = "evidence/claims/sleep.yml:23: claim coffee-and-dreams is a stub; still to be written: statement, would"
    assert stub in capsys.readouterr().err


def test_claim_with_reasons(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reason is a domain, a step and a note, or braces as in the file; it is stated on the day it is checked."""
    typed = ["--certainty", "very low", "--statement", "It is very uncertain whether it does."]
    typed += ["--because", "imprecision 0: few: very few", "--checked", "2026-11-28"]
    typed += ["--because", "{domain: inconsistency, step: 0, note: they differ}"]

    assert main(["new", "claim", "a", "--finding", "SLEEP-001", *typed]) == 2
    assert "certainty very low is not its sum" in capsys.readouterr().err
    assert main(["new", "claim", "a", "--finding", "SLEEP-001", *typed, "--because", "indirectness -1: others"]) == 0
    claim = load(inside / "evidence").claims["a"]
    assert [(reason.note, reason.step) for reason in claim.because] == [
        ("few: very few", 0),
        ("they differ", 0),
        ("others", -1),
    ]
    assert claim.stated == claim.checked == dt.date(2026, 11, 28)


def test_search_outcome_and_assertion(inside: Path) -> None:
    """The file is made when the first is added; an assertion gets the next id."""
    assert main(["new", "search", "no-trial"]) == 0
    assert main(["new", "outcome", "time-asleep", "--name", "time asleep", "--group", "sleep"]) == 0
    claim = ["claim", "no-trial-found", "--search", "no-trial", "--topic", "sleep", "--outcome", "time-asleep"]
    assert main(["new", *claim]) == 0
    assert main(["new", "assertion", "--claim", "no-trial-found"]) == 0

    evidence = load(inside / "evidence")
    assert (list(evidence.searches), list(evidence.outcomes)) == (["no-trial"], ["time-asleep"])
    assert evidence.claims["no-trial-found"].certainty == "no evidence"
    assert list(evidence.assertions) == ["A01", "A02"]


def test_page_is_a_file_and_a_line(inside: Path) -> None:
    """The line goes where pages of its folder are; comments stay."""
    before = texts(inside)

    assert main(["new", "page", "dreams", "--claim", "caffeine-shortens-sleep"]) == 0
    assert main(["new", "page", "analyses/dreams", "--topic", "sleep"]) == 0
    assert main(["new", "page", "thanks", "--part", "Reference"]) == 0
    after = changed(before, inside)
    assert sorted(after) == ["book/_toc.yml", "book/analyses/dreams.md", "book/dreams.md", "book/thanks.md"]
    lines = after["book/_toc.yml"].splitlines()
    assert lines[lines.index("      - file: sleep # sample") + 1] == "      - file: dreams"
    assert lines[lines.index("      - file: analyses/minutes-of-sleep # sample") + 1] == "      - file: analyses/dreams"
    assert lines[-1] == "      - file: thanks"
    assert 'findings("sleep")' in after["book/analyses/dreams.md"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("root: index\n", "root: index\nchapters:\n  - file: new\n"),
        (
            "root: index\nchapters:\n- file: a\n  sections:\n  - file: b\n# end\n",
            "root: index\nchapters:\n- file: a\n  sections:\n  - file: b\n- file: new\n# end\n",
        ),
        (
            "root: index\nparts:\n- caption: A\n  chapters:\n  - file: x/a\n- chapters:\n  - file: b\n",
            "root: index\nparts:\n- caption: A\n  chapters:\n  - file: x/a\n- chapters:\n  - file: b\n  - file: new\n",
        ),
    ],
    ids=["no list yet", "sections, comment at the end", "the part of its folder"],
)
def test_toc_line(before: str, after: str) -> None:
    """One line more, and nothing else."""
    assert with_page(f"format: jb-book\n{before}", "new") == f"format: jb-book\n{after}"


@pytest.mark.parametrize("text", ["root: index\nentries: [{file: a}]\n", "root: new\n", "- a\n"])
def test_toc_that_cannot_take_a_line(text: str) -> None:
    """A list on one line, one that has the page already, one that is none."""
    with pytest.raises(UserError):
        with_page(text, "new")


def test_source_through_crossref(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Authors, title, journal and year come from the answer, asked in the book's name; check asks for a finding."""
    with crossref() as (address, asked):
        monkeypatch.setenv(CROSSREF, address)
        monkeypatch.delenv("EVIDENCEBOOK_CONTACT", raising=False)
        config = inside / "book" / "_config.yml"
        config.write_text(
            config.read_text("utf-8").replace('evidence_contact: ""', "evidence_contact: ada@example.org")
        )
        typed = ["--doi", f"https://doi.org/{DOI}", "--design", "systematic-review", "--seen", "abstract"]
        assert main(["new", "source", *typed]) == 0

    assert asked == [(f"/works/{DOI}", f"evidencebook/{__version__} (mailto:ada@example.org)")]
    evidence, diagnostics = inspect(inside / "evidence")
    source = evidence.sources["clark2017coffee"]
    assert source.authors == ("Clark, Ian", "Landolt, Hans Peter")
    assert source.title.startswith("Coffee, caffeine, and sleep: A systematic review")
    assert (source.year, source.doi, source.design, source.seen) == (2017, DOI, "systematic-review", "abstract")
    assert (source.kind, source.fields["journal"]) == ("article", "Sleep Medicine Reviews")
    assert (diagnostics, "clark2017coffee is used by no finding" in str(todo_markers.left(evidence))) == ([], True)
    assert main(["new", "finding", "--source", "clark2017coffee", "--topic", "sleep"]) == 0
    assert inspect(inside / "evidence")[1] == []


@pytest.mark.usefixtures("no_network")
def test_source_without_network_is_a_stub(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a key to call it by, the stub is left, marked, and the status is 0."""
    assert main(["new", "source", "--doi", DOI, "--key", "clark2017coffee"]) == 0

    shown = capsys.readouterr().err
    assert "crossref did not answer" in shown
    assert "a stub is left" in shown
    evidence = inspect(inside / "evidence")[0]
    assert evidence.sources["clark2017coffee"].year == 2017
    assert "source clark2017coffee is a stub" in str(todo_markers.left(evidence)[0])


def test_source_key() -> None:
    """Surname + year + the first telling word; when it is taken, the next word."""
    assert source_key.key_of("Müller-Lüdenscheidt, K", 2020, "The effects of tea") == "mullerludenscheidt2020effects"
    assert source_key.key_of("Bjørn, K", None, "On tea", ()) == "bjornndtea"
    assert source_key.key_of("Doe, J", 2020, "Tea and sleep", ("doe2020tea",)) == "doe2020sleep"


CLAIM = ["claim", "a", "--finding", "SLEEP-001"]
BAD = [
    (["finding", "--source", "nobody2020x"], 'source "nobody2020x" is not in sources.bib'),
    ([*FINDING, "--value", "3"], "a number needs a unit"),
    ([*FINDING, "--value", "x"], "value must be a number"),
    ([*FINDING, "--value", "3", "--unit", "huors"], 'unit "huors" cannot be read'),
    ([*FINDING, "--spread", "kind: [", "--unit", "h"], '--spread "kind: [" cannot be read'),
    ([*FINDING, "--spread", "kind: sd", "--unit", "h"], "a spread of kind sd takes one number"),
    ([*FINDING, "--where", "species"], '"species" is not KEY=VALUE'),
    ([*FINDING, "--topic", "A b"], '"A b" is not a name for a topic'),
    (
        ["claim", "caffeine-shortens-sleep", "--finding", "SLEEP-001"],
        'duplicate id: claim "caffeine-shortens-sleep" is at evidence/claims/sleep.yml:2',
    ),
    (["claim", "Bad_Id", "--finding", "SLEEP-001"], 'id "Bad_Id" does not have the form'),
    (["claim", "a", "--topic", "t"], "rests on nothing"),
    (["claim", "a", "--finding", "X-001", "--topic", "t"], 'finding "X-001" is in no file'),
    ([*CLAIM, "--because", "few"], '"few" is not a reason; write for example --because "imprecision 0: few'),
    (
        [*CLAIM, "--certainty", "low", "--because", "imprecision 0: few", "--statement", "It does."],
        'the verb does not say low certainty; say "may"',
    ),
    (["claim", "a", "--finding", "SLEEP-003"], "say under caution: whose money"),
    (["assertion", "--claim", "nothing"], 'claim "nothing" is in no file'),
    (["page", "sleep"], "there is a page book/sleep.md already"),
    (["page", "Bad Name"], '"Bad Name" is not a name for a page'),
    (["page", "../up"], '"../up" is not a name for a page'),
    (["page", "new", "--part", "None"], '_toc.yml has no part "None"; there are: "The article"'),
    (["page", "new", "--claim", "nothing"], 'there is no claim "nothing"'),
    (["page", "new", "--title", "Drink 3"], 'the number "3" in the title leads to no source'),
    (["source", "--doi", "smrv.2016"], '"smrv.2016" is not a DOI; write it as'),
    (["source", "--doi", "10.5664/JCSM.3170"], 'duplicate DOI: "10.5664/JCSM.3170" is that of source "drake2013'),
    (["source", "--doi", DOI], "crossref did not answer"),
    (["source", "--doi", DOI, "--offline"], "author and title are needed to make the key"),
    (["source", "--key", "drake2013caffeine"], 'duplicate id: source "drake2013caffeine" is at'),
    (["source", "--key", "Drake13"], '"Drake13" is not a key; write surname + year + word'),
    (["sorce"], 'there is no command "sorce". Did you mean "source"?'),
]


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(("command", "expected"), BAD, ids=[" ".join(command)[:60] for command, _ in BAD])
def test_new_bad_input(inside: Path, capsys: pytest.CaptureFixture[str], command: list[str], expected: str) -> None:
    """A clear message on stderr, status 2, and every file as it was."""
    before = texts(inside)

    assert main(["new", *command]) == 2
    shown = capsys.readouterr().err
    assert expected in shown
    assert "Traceback" not in shown
    assert changed(before, inside) == {}


def test_source_with_a_doi_unknown_to_crossref(
    inside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is probably mistyped, so no stub is left."""
    before = texts(inside)
    with crossref(404) as (address, _):
        monkeypatch.setenv(CROSSREF, address)
        assert main(["new", "source", "--doi", DOI, "--key", "clark2017coffee"]) == 2

    assert f'Crossref does not know the DOI "{DOI}"; correct it' in capsys.readouterr().err
    assert changed(before, inside) == {}


def test_older_faults_do_not_hinder(inside: Path) -> None:
    """A new entry is judged by what it brings, not by what others left."""
    path = inside / "evidence" / "findings" / "sleep.yml"
    path.write_text(path.read_text("utf-8").replace("unit: min", "unit: mim", 1), encoding="utf-8")

    assert main(["new", *FINDING]) == 0


def test_write_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When one cannot be moved to its place, what was there before is there again, and nothing lies beside it."""
    (tmp_path / "a").write_text("old", encoding="utf-8")
    moved: list[Path] = []

    def replace(beside: Path, path: Path) -> None:
        if len(moved) == 2:
            raise OSError(28, "No space left on device", str(path))
        moved.append(Path(beside).rename(path))

    monkeypatch.setattr("evidencebook.evidence.atomic_write.os.replace", replace)
    with pytest.raises(OSError, match="No space"):
        write_together({tmp_path / "a": "new", tmp_path / "c" / "d": b"new", tmp_path / "e": "new"})

    assert len(moved) == 2
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_list_of_another_form_is_left_to_its_author(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file written on one line cannot take an entry as text."""
    path = inside / "evidence" / "claims" / "sleep.yml"
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(values, default_flow_style=True), encoding="utf-8")

    assert main(["new", *CLAIM]) == 2
    assert "is not a plain list of entries" in capsys.readouterr().err


def test_source_that_was_included(inside: Path) -> None:
    """--waiting makes the entry of a record that evidencebook screen included."""
    record = "- {id: 0123456789ab, query: caffeine-and-sleep, date: 2026-11-27, title: Waking at night, year: 2026, "
    (inside / "evidence" / "queue.yml").write_text(f"{record}authors: ['Doe, Jane'], venue: A Journal}}\n", "utf-8")
    (inside / "evidence" / "decisions").mkdir()
    decision = "- {id: 0123456789ab, decision: include, date: 2026-11-28}\n"
    (inside / "evidence" / "decisions" / "ada.yml").write_text(decision, encoding="utf-8")

    assert main(["new", "source", "--waiting", "doe2026waking", "--doi", DOI]) == 2
    assert main(["new", "source", "--waiting", "doe2026waking", "--design", "rct", "--seen", "full-text"]) == 0
    source = inspect(inside / "evidence")[0].sources["doe2026waking"]
    assert (source.title, source.design, source.seen) == ("Waking at night", "rct", "full-text")
    assert main(["new", "source", "--waiting", "doe2026waking"]) == 2
