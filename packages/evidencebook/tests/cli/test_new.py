"""What is added by command is sound and stands at the end of its file; else nothing is written."""

from pathlib import Path

import pytest
import yaml

from crossref_server import crossref
from evidencebook import __version__
from evidencebook.cli import _toc_editor as contents
from evidencebook.cli import main
from evidencebook.evidence import source_key as sourcekey
from evidencebook.evidence import todo_markers as stubs
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.loader import inspect, load
from evidencebook.surveillance.crossref_lookup import NoAnswerError, fetch

DOI = "10.1016/j.smrv.2016.01.006"
#: A port on which nothing listens.
SILENT = "http://127.0.0.1:9"


def texts(folder: Path) -> dict[str, str]:
    """Read every file of a book."""
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted(folder.rglob("*")) if p.is_file()}


def changed(before: dict[str, str], folder: Path) -> dict[str, str]:
    """Return the files that were added or changed."""
    return {name: text for name, text in texts(folder).items() if before.get(name) != text}


def test_a_finding_gets_the_next_id_at_the_end_of_its_file(inside: Path) -> None:
    """Comments and order stay; the rest of the file is the same, letter by letter; no other file is touched."""
    before = texts(inside)

    assert main(["new", "finding", "--source", "drake2013caffeine", "--value", "7.5", "--unit", "h"]) == 0
    after = changed(before, inside)
    assert list(after) == ["evidence/findings/sleep.yml"]
    assert after["evidence/findings/sleep.yml"].startswith(before["evidence/findings/sleep.yml"])
    added = load(inside / "evidence").findings["SLEEP-004"]
    assert (added.source, added.value, added.seen) == ("drake2013caffeine", 7.5, "abstract")
    assert stubs.MARK in added.about


def test_an_id_that_was_excluded_is_not_given_again(inside: Path) -> None:
    """An id is permanent, even of what is not used."""
    (inside / "evidence" / "excluded.yml").write_text("- reason: twice\n  findings: [SLEEP-041]\n", encoding="utf-8")

    assert main(["new", "finding", "--source", "drake2013caffeine"]) == 0
    assert "SLEEP-042" in load(inside / "evidence").findings


def test_a_new_topic_is_a_new_file(inside: Path) -> None:
    """Its prefix is made of its name."""
    assert main(["new", "finding", "--source", "drake2013caffeine", "--topic", "night-shifts"]) == 0
    assert next(iter(load(inside / "evidence").findings)) == "NS-001"


def test_a_finding_with_all_that_it_can_have(inside: Path) -> None:
    """What is said comes back from the file as it was said, marks of YAML included."""
    said = ["--about", "It's: 'quoted' # no comment", "--measure", "m", "--n", "12", "--population", "people"]
    said += ["--value", "3", "--unit", "h", "--spread", "ci95 1.5 4", "--where", "year=2020", "--where", "arm=no"]

    assert (
        main(["new", "finding", "--source", "gardiner2023effect", "--locator", "table", "--seen", "full-text", *said])
        == 0
    )
    found = load(inside / "evidence").findings["SLEEP-004"]
    assert found.about == "It's: 'quoted' # no comment"
    assert found.spread is not None
    assert (found.spread.low, found.spread.high, found.where) == (1.5, 4, {"year": 2020, "arm": "no"})
    assert stubs.left(load(inside / "evidence")) == []


def test_a_claim_is_sound_and_is_named_until_it_is_written(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A stub is no fault, and check names it with file and line."""
    assert main(["new", "claim", "coffee-and-dreams", "--finding", "SLEEP-001"]) == 0
    capsys.readouterr()

    assert main(["check"]) == 0
    told = capsys.readouterr().err
    assert (
        "evidence/claims/sleep.yml:23: claim coffee-and-dreams is a stub; still to be written: statement, would_change"
        in told
    )


def test_searches_and_assertions(inside: Path) -> None:
    """The file of searches is made when the first is added; an assertion gets the next id."""
    assert main(["new", "search", "no-trial"]) == 0
    assert main(["new", "claim", "no-trial-found", "--search", "no-trial", "--topic", "sleep"]) == 0
    assert main(["new", "assertion", "--claim", "no-trial-found"]) == 0

    evidence = load(inside / "evidence")
    assert list(evidence.searches) == ["no-trial"]
    assert list(evidence.assertions) == ["A01", "A02"]


def test_a_page_is_a_file_and_a_line(inside: Path) -> None:
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


TOCS = [
    pytest.param("root: index\n", "root: index\nchapters:\n  - file: new\n", id="no list yet"),
    pytest.param(
        "root: index\nchapters:\n- file: a\n  sections:\n  - file: b\n# end\n",
        "root: index\nchapters:\n- file: a\n  sections:\n  - file: b\n- file: new\n# end\n",
        id="sections, comment at the end",
    ),
    pytest.param(
        "root: index\nparts:\n- caption: A\n  chapters:\n  - file: x/a\n- chapters:\n  - file: b\n",
        "root: index\nparts:\n- caption: A\n  chapters:\n  - file: x/a\n- chapters:\n  - file: b\n  - file: new\n",
        id="the part of its folder",
    ),
]


@pytest.mark.parametrize(("before", "after"), TOCS)
def test_the_line_of_a_page_whatever_the_list_looks_like(before: str, after: str) -> None:
    """One line more, and nothing else."""
    assert contents.with_page(before, "new") == after


@pytest.mark.parametrize("text", ["root: index\nchapters: [{file: a}]\n", "root: new\n"])
def test_a_list_that_cannot_take_a_line_is_left_alone(text: str) -> None:
    """A list on one line, or one that has the page already."""
    with pytest.raises(UserError):
        contents.with_page(text, "new")


def test_a_source_is_filled_in_by_crossref(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Authors, title, journal and year come from the answer; it then needs a finding, and says so."""
    with crossref() as (address, asked):
        monkeypatch.setenv("EVIDENCEBOOK_CROSSREF", address)
        monkeypatch.setenv("EVIDENCEBOOK_MAILTO", "ada@example.org")
        assert (
            main(
                [
                    "new",
                    "source",
                    "--doi",
                    f"https://doi.org/{DOI}",
                    "--design",
                    "systematic-review",
                    "--seen",
                    "abstract",
                ]
            )
            == 0
        )

    assert asked == [(f"/works/{DOI}", f"evidencebook/{__version__} (mailto:ada@example.org)")]
    evidence, problems = inspect(inside / "evidence")
    source = evidence.sources["clark2017coffee"]
    assert source.authors == ("Clark, Ian", "Landolt, Hans Peter")
    assert source.title.startswith("Coffee, caffeine, and sleep: A systematic review")
    assert (source.year, source.doi, source.design, source.seen) == (2017, DOI, "systematic-review", "abstract")
    assert (source.kind, source.fields["journal"]) == ("article", "Sleep Medicine Reviews")
    assert [problem.message for problem in problems] == [
        "source clark2017coffee: is used by no finding; take a finding from it or give the reason in excluded.yml"
    ]
    assert main(["new", "finding", "--source", "clark2017coffee", "--topic", "sleep"]) == 0
    assert inspect(inside / "evidence")[1] == []


@pytest.mark.parametrize(
    ("status", "answer"), [(503, {}), (429, {}), (200, b"<html>"), (200, {"message": {"author": "nobody"}}), (200, [])]
)
def test_an_answer_that_is_none(status: int, answer: object) -> None:
    """A server in trouble or a strange answer is no answer, and no traceback."""
    with crossref(status, answer) as (address, _), pytest.raises(NoAnswerError):
        fetch(DOI, address)


def test_markup_in_an_answer_becomes_text() -> None:
    """Titles come with tags and entities, organisations without a family name."""
    message = {
        "title": ["Use of <i>Coffea</i>\n &amp; tea"],
        "author": [{"name": "World Body"}],
        "issued": {"date-parts": [[None]]},
    }
    with crossref(answer={"message": message}) as (address, _):
        work = fetch(DOI, address)

    assert (work.title, work.authors, work.year) == ("Use of Coffea & tea", ("{World Body}",), None)


def test_without_a_network_a_named_source_is_a_stub(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a key to call it by, the stub is left, marked, and the status is 0."""
    assert main(["new", "source", "--doi", DOI, "--key", "clark2017coffee", "--crossref", SILENT]) == 0

    told = capsys.readouterr().err
    assert "Crossref did not answer" in told
    assert "a stub is left" in told
    evidence = inspect(inside / "evidence")[0]
    assert evidence.sources["clark2017coffee"].year == 2017
    assert "source clark2017coffee is a stub" in str(stubs.left(evidence)[0])


def test_the_first_telling_word_names_a_source() -> None:
    """Surname + year + word; when it is taken, the next word."""
    assert sourcekey.key_of("Müller-Lüdenscheidt, K", 2020, "The effects of tea") == "mullerludenscheidt2020effects"
    assert sourcekey.key_of("Bjørn, K", None, "On tea", ()) == "bjornndtea"
    assert sourcekey.key_of("Doe, J", 2020, "Tea and sleep", ("doe2020tea",)) == "doe2020sleep"


BAD = [
    pytest.param(
        ["finding", "--source", "nobody2020x"], 'source "nobody2020x" is not in sources.bib', id="no such source"
    ),
    pytest.param(["finding", "--source", "drake2013caffeine", "--value", "3"], "a number needs a unit", id="no unit"),
    pytest.param(["finding", "--source", "drake2013caffeine", "--value", "x"], "'x' is no number", id="no number"),
    pytest.param(
        ["finding", "--source", "drake2013caffeine", "--value", "3", "--unit", "huors"],
        'unit "huors" cannot be read',
        id="unit",
    ),
    pytest.param(
        ["finding", "--source", "drake2013caffeine", "--spread", "sd"], 'the spread "sd" cannot be read', id="spread"
    ),
    pytest.param(
        ["finding", "--source", "drake2013caffeine", "--topic", "A b"], '"A b" is no name for a topic', id="topic"
    ),
    pytest.param(
        ["claim", "caffeine-shortens-sleep", "--finding", "SLEEP-001"],
        'claim "caffeine-shortens-sleep" stands already, at evidence/claims/sleep.yml:2',
        id="an id that exists",
    ),
    pytest.param(["claim", "Bad_Id", "--finding", "SLEEP-001"], 'id "Bad_Id" does not have the form', id="a bad id"),
    pytest.param(["claim", "a"], "a claim rests on something", id="a claim on nothing"),
    pytest.param(
        ["claim", "a", "--finding", "X-001", "--topic", "t"], 'finding "X-001" is in no file', id="unknown finding"
    ),
    pytest.param(
        [
            "claim",
            "a",
            "--finding",
            "SLEEP-001",
            "--certainty",
            "low",
            "--because",
            "imprecision 0: few",
            "--statement",
            "It does.",
        ],
        'the verb does not say low certainty; say "may"',
        id="verb against certainty",
    ),
    pytest.param(["claim", "a", "--finding", "SLEEP-003"], "say under caution: whose money", id="an interest unnamed"),
    pytest.param(["assertion", "--claim", "nothing"], 'claim "nothing" is in no file', id="unknown claim"),
    pytest.param(["page", "sleep"], "book/sleep.md stands already", id="a page that exists"),
    pytest.param(["page", "Bad Name"], '"Bad Name" is no name for a page', id="a bad page"),
    pytest.param(["page", "../up"], '"../up" is no name for a page', id="a page elsewhere"),
    pytest.param(
        ["page", "new", "--part", "None"], '_toc.yml has no part "None"; there are: "The article"', id="no part"
    ),
    pytest.param(["page", "new", "--claim", "nothing"], 'there is no claim "nothing"', id="a page on no claim"),
    pytest.param(
        ["page", "new", "--title", "Drink 3"], 'the number "3" in the title leads to no source', id="number in a title"
    ),
    pytest.param(["source", "--doi", "smrv.2016"], '"smrv.2016" is no DOI; write it as', id="malformed DOI"),
    pytest.param(
        ["source", "--doi", "10.5664/JCSM.3170"],
        'stands already, as source "drake2013caffeine" at',
        id="a DOI that exists",
    ),
    pytest.param(["source", "--doi", DOI, "--crossref", SILENT], "Crossref did not answer", id="a DOI without network"),
    pytest.param(["source", "--doi", DOI, "--crossref", "file:///x"], "is no address of a server", id="no server"),
    pytest.param(
        ["source", "--doi", DOI, "--offline"], "author and title are needed to make the key", id="nothing to name it"
    ),
    pytest.param(
        ["source", "--key", "drake2013caffeine"], 'source "drake2013caffeine" stands already', id="a key that exists"
    ),
    pytest.param(["source", "--key", "Drake13"], '"Drake13" is no key; write surname + year + word', id="a bad key"),
    pytest.param(["sorce"], 'there is no command "sorce"; did you mean "source"?', id="unknown sub-command"),
]


@pytest.mark.parametrize(("command", "expected"), BAD)
def test_bad_input_writes_nothing(
    inside: Path, capsys: pytest.CaptureFixture[str], command: list[str], expected: str
) -> None:
    """A clear message on stderr, status 2, and every file as it was."""
    before = texts(inside)

    assert main(["new", *command]) == 2
    told = capsys.readouterr().err
    assert expected in told
    assert "Traceback" not in told
    assert changed(before, inside) == {}


def test_a_doi_that_crossref_does_not_know(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is probably mistyped, so no stub is left."""
    before = texts(inside)
    with crossref(404) as (address, _):
        assert main(["new", "source", "--doi", DOI, "--key", "clark2017coffee", "--crossref", address]) == 2

    assert f'Crossref does not know the DOI "{DOI}"; mend it' in capsys.readouterr().err
    assert changed(before, inside) == {}


@pytest.mark.parametrize("text", ["author: x\n", "title: ''\n", "title: [\n", "- a\n"])
def test_a_config_without_title(inside: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """Whatever the command, the line to write is told."""
    (inside / "book" / "_config.yml").write_text(text, encoding="utf-8")
    before = texts(inside)

    assert main(["new", "page", "x"]) == 2
    assert main(["check"]) == 2
    assert "book/_config.yml:" in capsys.readouterr().err
    assert changed(before, inside) == {}


def test_outside_a_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says how to begin one."""
    monkeypatch.chdir(tmp_path)

    assert main(["new", "page", "x"]) == 2
    assert "begin one with: evidencebook init" in capsys.readouterr().err


def test_faults_that_stood_before_do_not_hinder(inside: Path) -> None:
    """A new entry is judged by what it brings, not by what others left."""
    path = inside / "evidence" / "findings" / "sleep.yml"
    path.write_text(path.read_text("utf-8").replace("unit: min", "unit: mim", 1), encoding="utf-8")

    assert main(["new", "finding", "--source", "drake2013caffeine"]) == 0


def test_files_are_written_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When one cannot be moved to its place, what was there before is there again, and nothing lies beside it."""
    (tmp_path / "a").write_text("old", encoding="utf-8")
    moved: list[Path] = []

    def replace(beside: Path, path: Path) -> None:
        if len(moved) == 2:
            raise OSError(28, "No space left on device", str(path))
        moved.append(Path(beside).rename(path))

    monkeypatch.setattr("evidencebook.evidence.atomic_write.os.replace", replace)
    with pytest.raises(OSError, match="No space"):
        write_together({tmp_path / "a": "new", tmp_path / "c" / "d": "new", tmp_path / "e": "new"})

    assert len(moved) == 2
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_list_of_another_form_is_left_to_its_author(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file written on one line cannot take an entry as text."""
    path = inside / "evidence" / "claims" / "sleep.yml"
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(values, default_flow_style=True), encoding="utf-8")

    assert main(["new", "claim", "a", "--finding", "SLEEP-001"]) == 2
    assert "is not a plain list of entries" in capsys.readouterr().err
