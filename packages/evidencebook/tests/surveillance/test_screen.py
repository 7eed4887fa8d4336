"""Whoever screens is asked in a sensible order, loses nothing, and is told in plain words what is wrong."""

import datetime as dt
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebook.cli import main
from evidencebook.evidence import bibtex_reader as bibliography
from evidencebook.evidence import source_key as sourcekey
from evidencebook.evidence import todo_markers as stubs
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.loader import inspect
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate, Decision, Verdict
from evidencebook.surveillance.screen import leaflet, people, screening, stub, waiting
from surveillance.queued import DREAMS, RULE, TEA, TRIAL, Screen, candidate, candidates, sound, write_queue

Output = pytest.CaptureFixture[str]


def living(*made: tuple[str, str, Verdict, str]) -> Living:
    """Hold the four records and decisions given as person, id, decision, day."""
    decisions = {
        f"{person}/{number}": Decision(
            id=name,
            decision=verdict,
            date=dt.date.fromisoformat(day),
            reason="no tea" if verdict == "exclude" else None,
        )
        for number, (person, name, verdict, day) in enumerate(made)
    }
    return Living(candidates={one.id: one for one in candidates()}, decisions=decisions)


STATES = [
    pytest.param([], "waiting", id="nobody"),
    pytest.param([("ada", "later")], "later", id="put off"),
    pytest.param([("ada", "include"), ("bo", "include")], "included", id="both include"),
    pytest.param([("ada", "exclude"), ("bo", "later")], "excluded", id="later is no decision"),
    pytest.param([("ada", "include"), ("bo", "exclude")], "disputed", id="they disagree"),
    pytest.param([("ada", "include"), ("bo", "exclude"), ("bo", "include")], "included", id="a changed mind settles"),
]


@pytest.mark.parametrize(("made", "expected"), STATES)
def test_the_state_of_a_record(made: list[tuple[str, Verdict]], expected: str) -> None:
    """Each person counts by the last decision; a record is decided when all who decided agree."""
    known = living(*((person, TEA, verdict, "2026-11-20") for person, verdict in made))

    assert screening.state(known, TEA) == expected
    assert TEA in screening.by_state(known)[expected]  # type: ignore[index]  # it is a state
    assert sum(map(len, screening.by_state(known).values())) == 4


def test_the_later_day_counts_whatever_git_put_last() -> None:
    """A merge may put the older line below the newer one."""
    known = living(("ada", TEA, "include", "2026-11-22"), ("ada", TEA, "exclude", "2026-11-20"))

    assert screening.state(known, TEA) == "included"


def test_the_undecided_come_first_and_the_put_off_last() -> None:
    """Within a state the order of the queue stays; what is decided is not asked about."""
    day = "2026-11-20"
    known = living(
        ("ada", TEA, "later", day),
        ("ada", TRIAL, "include", day),
        ("bo", TRIAL, "exclude", day),
        ("bo", RULE, "include", day),
    )

    assert [one.id for one in screening.asked(known)] == [DREAMS, TRIAL, TEA]


def test_a_round(queue: Path, screen: Screen, capsys: Output) -> None:
    """Each answer is in the file, the stub is there, and the end says what was decided and how to share it."""
    assert screen("i", "e", "not on sleep", "l", "o", "q") == 0

    told = capsys.readouterr().out
    assert "decided 3: 1 included, 1 excluded, 1 put off" in told
    assert "left: 1 waiting, 1 later" in told
    assert "git add evidence/decisions/ada-example.yml evidence/waiting" in told
    assert "https://doi.org/10.1000/tea.2" in told
    lines = (queue / "decisions" / "ada-example.yml").read_text("utf-8").splitlines()
    assert lines[-3:] == [
        f"- {{id: {TEA}, decision: include, date: 2026-11-22}}",
        f"- {{id: '{TRIAL}', decision: exclude, date: 2026-11-22, reason: not on sleep}}",
        f"- {{id: {RULE}, decision: later, date: 2026-11-22}}",
    ]
    assert list(sound(queue).waiting) == [TEA]


def test_reasons_are_offered_again(queue: Path, screen: Screen, capsys: Output) -> None:
    """A number stands for a reason used before; a number that is none, and no reason, decide nothing."""
    assert screen("e not on sleep", "e", "7", "e", "", "e", "1", "e", "other words") == 0

    assert "  1  not on sleep" in capsys.readouterr().out
    reasons = [made.reason for made in sound(queue).decisions.values()]
    assert reasons == ["not on sleep", "not on sleep", "other words"]


def test_back_and_otherwise(queue: Path, screen: Screen, capsys: Output) -> None:
    """One may go back and change a decision; the stub goes with the inclusion; the same again adds no line."""
    assert screen("b", "i", "b", "e no tea", "b", "e no tea", "x", "") == 0

    told = capsys.readouterr().out
    assert "this is the first one" in told
    assert f"{TEA} excluded, as before" in told
    assert 'there is no key "x"' in told
    assert [made.decision for made in sound(queue).decisions.values()] == ["include", "exclude"]
    assert not list((queue / "waiting").iterdir())


def test_a_stub_that_was_edited_stays(queue: Path, screen: Screen, capsys: Output) -> None:
    """Nobody's words are removed by a key press; check says why the file is odd."""
    screen("i")
    path = queue / "waiting" / f"{TEA}.bib"
    path.write_text(path.read_text("utf-8").replace("narrative-review", "rct"), encoding="utf-8")

    assert screen("e no tea", options=("--again", TEA[:4])) == 0
    assert "was edited and stays" in capsys.readouterr().out
    assert main(["check"]) == 0
    assert "the record is not included (it is excluded)" in capsys.readouterr().err


def test_who_said_what_is_shown_when_people_disagree(screen: Screen, queue: Path, capsys: Output) -> None:
    """A dispute is asked about again, with persons, days and reasons, and settled by a changed mind."""
    screen("i")
    assert screen("e no tea", by="Bo Other", options=("--again", TEA)) == 0
    capsys.readouterr()

    assert screen("n", "n", "n", "e no tea", by="Ada Example") == 0
    told = capsys.readouterr().out
    assert "disputed ──" in told
    assert "ada-example included it on 2026-11-22" in told
    assert "bo-other excluded it on 2026-11-22: no tea" in told
    assert screening.state(sound(queue), TEA) == "excluded"
    assert not (queue / "waiting" / f"{TEA}.bib").exists()


def test_a_limit_and_an_end(screen: Screen, capsys: Output) -> None:
    """A limit ends the round; when all is decided nothing waits."""
    assert screen("i", "i", options=("--limit", "1")) == 0
    assert "decided 1: 1 included" in capsys.readouterr().out
    assert screen("i", "i", "i") == 0
    assert screen() == 0
    assert capsys.readouterr().out.endswith("nothing waits\nleft: nothing waits\n")


def test_control_c_ends_politely(queue: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """What was decided before is kept, and summed up."""
    said = iter(["i"])

    def answer(prompt: str) -> str:
        try:
            return next(said)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("builtins.input", answer)
    assert main(["screen", "--by", "Ada"]) == 0
    assert "decided 1: 1 included" in capsys.readouterr().out
    assert len(sound(queue).decisions) == 1


def test_the_lists(screen: Screen, capsys: Output) -> None:
    """States are counted; those in one are named with who said what."""
    screen("i", "e no tea")
    capsys.readouterr()

    assert main(["screen", "--list"]) == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        *(["waiting", "2"], ["disputed", "0"], ["later", "0"], ["included", "1"], ["excluded", "1"])
    ]
    assert main(["screen", "--list", "excluded"]) == 0
    assert "ada-example excluded it on 2026-11-22: no tea" in capsys.readouterr().out


BROKEN = [
    pytest.param("queue.yml", "- id: [\n", "evidence/queue.yml:", id="queue is no YAML"),
    pytest.param("queue.yml", "- id: abc\n  title: x\n", 'evidence/queue.yml:1: candidate abc: id "abc"', id="no id"),
    pytest.param(
        "decisions/bo.yml",
        f"# Decided by Bo.\n- {{id: {TEA}, decision: maybe, date: 2026-11-22}}\n",
        'evidence/decisions/bo.yml:2: decision bo/0: decision "maybe" is none of include, exclude, later',
        id="a word that is none",
    ),
    pytest.param("decisions/bo.yml", "<<<<<<< HEAD\n", "evidence/decisions/bo.yml:1: ", id="marks of a merge"),
]


@pytest.mark.parametrize(("name", "text", "expected"), BROKEN)
def test_broken_files_are_named_and_nothing_is_written(
    queue: Path, screen: Screen, capsys: Output, name: str, text: str, expected: str
) -> None:
    """File and line are said, the status is 2, and no decision is taken on half of the truth."""
    (queue / name).parent.mkdir(exist_ok=True)
    (queue / name).write_text(text, encoding="utf-8")

    assert screen("i") == 2
    assert expected in capsys.readouterr().err
    assert (queue / name).read_text("utf-8") == text
    assert not (queue / "decisions" / "ada-example.yml").exists()


def test_a_stub_that_cannot_be_read_is_a_fault_with_its_file(queue: Path, screen: Screen, capsys: Output) -> None:
    """It stops no screening, and is not written over."""
    screen("i")
    path = queue / "waiting" / f"{TEA}.bib"
    path.write_bytes(b"@misc{x, title = {\xff}}")

    assert screen("i") == 0
    assert path.read_bytes() == b"@misc{x, title = {\xff}}"
    capsys.readouterr()
    assert main(["check"]) == 1
    assert f"evidence/waiting/{TEA}.bib:1: the file cannot be read" in capsys.readouterr().err


def test_no_queue(queue: Path, screen: Screen, capsys: Output) -> None:
    """Where nothing was found nothing waits."""
    (queue / "queue.yml").unlink()

    assert screen() == 0
    assert "nothing waits" in capsys.readouterr().out


def test_an_id_that_is_none(screen: Screen, capsys: Output) -> None:
    """Nothing is guessed."""
    assert screen(options=("--again", "ffff")) == 2
    assert 'no record of queue.yml has the id "ffff"' in capsys.readouterr().err


NAMES = [
    *(("Ada Example", "ada-example"), ("José Müller-Łoś", "jose-muller-os"), ("../../etc/passwd", "etc-passwd")),
    *(("a" * 300, "a" * 60), (".hidden", "hidden")),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_the_file_of_a_name(name: str, expected: str) -> None:
    """Whatever a name holds, the file lies in its folder."""
    assert people.slug(name) == expected


@given(st.text(min_size=1))
def test_every_name_gives_a_safe_file(name: str) -> None:
    """Letters, digits and hyphens, never nothing, never a path."""
    slug = people.slug(name)

    assert slug
    assert slug.replace("-", "").isalnum()
    assert slug.isascii()
    assert len(slug) <= 60


def test_two_names_with_one_file_are_not_taken_for_one_person(queue: Path, screen: Screen, capsys: Output) -> None:
    """The second is told; the same person in other capitals is the same."""
    screen("i", by="José Müller")
    before = (queue / "decisions" / "jose-muller.yml").read_text("utf-8")

    assert screen("i", by="Jose Muller") == 2
    assert 'holds the decisions of "José Müller"' in capsys.readouterr().err
    assert (queue / "decisions" / "jose-muller.yml").read_text("utf-8") == before
    assert screen("l", by="JOSÉ MÜLLER") == 0


def test_the_name_comes_from_git(queue: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """Without --by git is asked; without a name there nothing is written."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    subprocess.run(["git", "init", "-q"], cwd=queue.parent, check=True)

    assert main(["screen"]) == 2
    assert 'say --by "Ada Example"' in capsys.readouterr().err
    subprocess.run(["git", "config", "user.name", "Bo Other"], cwd=queue.parent, check=True)
    assert people.person(queue, None).path.name == "bo-other.yml"
    with pytest.raises(UserError, match="who decides"):
        people.person(queue, " \x1b ")


def test_a_clock_that_goes_wrong(queue: Path, screen: Screen, capsys: Output) -> None:
    """A decision with an earlier day would not hold, so it is refused."""
    screen("i")

    assert screen("e no tea", today="2026-11-21", options=("--again", TEA)) == 2
    assert "today is 2026-11-21" in capsys.readouterr().err
    assert len(sound(queue).decisions) == 1


def test_nothing_of_a_stranger_reaches_the_terminal() -> None:
    """Escapes and turning marks are gone, each text is on its line, addresses are whole."""
    strange = candidate(
        TEA, "Tea\x1b]0;x\x07 \u202eand\nsleep", abstract="a\x9b31mb", url="https://example.org/" + "x" * 90
    )
    lines = [line for _, line in leaflet.told(Living(candidates={TEA: strange}), strange, 40)]

    assert "Tea]0;x and sleep" in lines
    assert "a31mb" in lines
    assert "https://example.org/" + "x" * 90 in lines
    assert all(line.isprintable() for line in lines)


def test_colours_are_left_out_when_asked(queue: Path, screen: Screen, capsys: Output) -> None:
    """Through a pipe there are none anyway."""
    screen("q")

    assert "\x1b" not in capsys.readouterr().out


def test_stubs_have_keys_of_their_own_whoever_is_first(queue: Path, screen: Screen) -> None:
    """Both orders of including two records that want one key give the same files."""
    screen("i", "n", "n", "i")
    first = {path.name: path.read_bytes() for path in (queue / "waiting").iterdir()}
    for path in [*(queue / "waiting").iterdir(), *(queue / "decisions").iterdir()]:
        path.unlink()

    screen("i", options=("--again", DREAMS))
    screen("i", options=("--again", TEA))
    assert {path.name: path.read_bytes() for path in (queue / "waiting").iterdir()} == first
    assert [one.key for one in sound(queue).waiting.values()] == ["example2026tea", "example2026dreams"]


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


_NAME = st.text("abA ,{}\\%&'~-", min_size=1, max_size=12) | st.sampled_from(
    ["A and B", "And, Ada", "Tea and Co, Inc., Ltd."]
)


@given(st.builds(candidate, st.just(TEA), _TEXT, authors=st.lists(_NAME, max_size=3).map(tuple), venue=_TEXT))
def test_whatever_a_service_says_the_stub_can_be_read(strange: Candidate) -> None:
    """No title or name breaks out of its field; each author stays one."""
    key = stub.key(strange, (), ())
    sources, _, problems = bibliography.read(Path("x.bib"), stub.rendered(strange, key))

    assert problems == []
    assert sourcekey.KEY.match(key)
    assert list(sources) == [key]
    assert sources[key].fields[stub.FIELD] == TEA
    assert stubs.MARK in sources[key].note
    assert len(sources[key].authors) == max(1, sum(bool(one.strip(" ,{}\\")) for one in strange.authors))


def test_what_waits_is_named_and_taken_in_by_one_command(queue: Path, screen: Screen, capsys: Output) -> None:
    """The notice says the command; the command moves the entry, fills it in, and the file is gone."""
    screen("i", "i")
    capsys.readouterr()
    assert main(["check"]) == 0
    told = capsys.readouterr().err
    assert (
        f"evidence/waiting/{TEA}.bib:1: source example2026tea was included and waits for its findings; "
        "next: evidencebook new source --waiting example2026tea"
    ) in told

    assert main(["new", "source", "--waiting", "example2026tea", "--design", "rct", "--seen", "abstract"]) == 0
    found = inspect(queue)[0].sources["example2026tea"]
    assert (found.design, found.seen, found.note, found.doi) == ("rct", "abstract", "", "10.1000/tea.1")
    assert list(sound(queue).waiting) == [TRIAL]
    assert main(["new", "finding", "--source", "example2026tea", "--topic", "sleep"]) == 0
    assert screen() == 0  # it is a source now: no stub comes back
    assert list(sound(queue).waiting) == [TRIAL]


def test_a_registration_is_taken_in_as_it_stands(queue: Path, screen: Screen) -> None:
    """Its kind says its design; what was seen is still to be written; another key may be said."""
    screen("n", "i")

    assert main(["new", "source", "--waiting", TRIAL, "--key", "tea2026trial"]) == 0
    found = inspect(queue)[0].sources["tea2026trial"]
    assert (found.design, found.seen) == ("registry", None)
    assert found.title == "A trial of tea (NCT00000000)"
    assert found.note == "TO WRITE (what was seen, as the first words: seen: abstract)"


def test_a_work_that_was_added_by_hand_is_not_taken_in_twice(queue: Path, screen: Screen, capsys: Output) -> None:
    """Its DOI stands in the bibliography in other letters; the stub stays until a person has looked."""
    screen("i")
    path = queue / "sources.bib"
    entry = "@misc{other2026tea,\n  doi = {10.1000/TEA.1},\n  keywords = {rct},\n  title = {Tea},\n  year = {2026}\n}\n"
    path.write_text(path.read_text("utf-8") + entry, encoding="utf-8")
    before = path.read_bytes()
    capsys.readouterr()

    main(["check"])
    assert (
        f"{TEA}.bib:1: source example2026tea is source other2026tea already; remove this file"
        in capsys.readouterr().err
    )
    assert main(["new", "source", "--waiting", "example2026tea", "--design", "rct", "--seen", "abstract"]) == 2
    assert f'{TEA}.bib is the same work as source "other2026tea" at evidence/sources.bib:' in capsys.readouterr().err
    assert path.read_bytes() == before
    assert (queue / "waiting" / f"{TEA}.bib").exists()


def test_taking_in_refuses_what_it_cannot_do(queue: Path, screen: Screen, capsys: Output) -> None:
    """No such stub, or what the stub says already: nothing is written."""
    screen("i")
    before = (queue / "sources.bib").read_text("utf-8")

    assert main(["new", "source", "--waiting", "nobody2026tea"]) == 2
    assert "there are: example2026tea" in capsys.readouterr().err
    assert main(["new", "source", "--waiting", "example2026tea", "--title", "Other"]) == 2
    assert "leave out --title" in capsys.readouterr().err
    assert (queue / "sources.bib").read_text("utf-8") == before
    assert list(sound(queue).waiting) == [TEA]


def test_an_inclusion_without_a_stub_is_told_and_mended(queue: Path, screen: Screen, capsys: Output) -> None:
    """A run killed between line and stub, or a merge, leaves this; the next run writes it."""
    screen("i")
    (queue / "waiting" / f"{TEA}.bib").unlink()

    assert [one.message for one in waiting.left(sound(queue), EvidenceBase())] == [
        f"record {TEA} was included and has no stub; evidencebook screen writes it"
    ]
    assert screen() == 0
    assert list(sound(queue).waiting) == [TEA]


def test_a_record_that_is_a_source_already_gets_no_stub(queue: Path, screen: Screen, capsys: Output) -> None:
    """A DOI says that it is the same work, in whatever capitals."""
    doi = next(source.doi for source in inspect(queue)[0].sources.values() if source.doi)
    write_queue(queue, [candidate(TEA, doi=doi.upper())])

    assert screen("i") == 0
    assert "already, so no stub is written" in capsys.readouterr().out
    assert sound(queue).waiting == {}
