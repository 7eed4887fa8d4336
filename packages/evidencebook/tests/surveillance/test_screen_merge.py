"""Two people decide on branches and git merges them, without a conflict and without a loss."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebook.surveillance.screen import screening
from surveillance.queued import DREAMS, RULE, TEA, TRIAL, Screen, sound

Git = Callable[..., str]


@pytest.fixture
def git(queue: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Put the book into a repository of its own, untouched by the settings of who runs the test."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")

    def run(*arguments: str) -> str:
        named = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.org")
        done = subprocess.run(
            ["git", *named, *arguments], cwd=queue.parent, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("init", "-q", "-b", "main")
    run("add", "-A")
    run("commit", "-qm", "begin")
    return run


@pytest.fixture
def on_branch(git: Git, screen: Screen) -> Callable[..., None]:
    """Decide on a branch of its own and commit as the command says at its end."""

    def decide(branch: str, by: str, *answers: str, today: str = "2026-11-22", start: str = "main") -> None:
        git("checkout", "-qb", branch, start)
        assert screen(*answers, by=by, today=today) == 0
        git("add", "evidence/decisions", *(["evidence/waiting"] if Path("evidence/waiting").exists() else []))
        git("commit", "-qm", branch)
        git("checkout", "-q", "main")

    return decide


def test_two_people(git: Git, queue: Path, on_branch: Callable[..., None]) -> None:
    """Both decide on all records: they agree on two, of which one is included by both, and differ on two."""
    on_branch("ada", "Ada Example", "i", "e no tea", "i", "i")
    on_branch("bo", "Bo Other", "i", "e other words", "e no tea", "l")
    git("merge", "-q", "--no-edit", "ada")
    git("merge", "-q", "--no-edit", "bo")

    known = sound(queue)
    states = {name: screening.state(known, name) for name in known.candidates}
    assert states == {TEA: "included", TRIAL: "excluded", RULE: "disputed", DREAMS: "included"}
    assert len(known.decisions) == 8
    assert set(known.waiting) == {TEA, RULE, DREAMS}
    assert git("status", "--short") == ""


def test_different_orders_make_the_same_stub(
    git: Git, queue: Path, screen: Screen, on_branch: Callable[..., None]
) -> None:
    """Two records want one key; who includes which first makes no difference to git."""
    on_branch("ada", "Ada Example", "i", "n", "n", "i")
    git("checkout", "-qb", "bo")
    for name in (DREAMS, TEA):
        screen("i", by="Bo Other", options=("--again", name))
    git("add", "-A")
    git("commit", "-qm", "bo")
    git("checkout", "-q", "main")
    git("merge", "-q", "--no-edit", "ada")
    git("merge", "-q", "--no-edit", "bo")

    known = sound(queue)
    assert {one.key for one in known.waiting.values()} == {"example2026tea", "example2026dreams"}
    assert len(known.decisions) == 4


@pytest.mark.parametrize("order", [("desk", "train"), ("train", "desk")])
def test_one_person_on_two_branches(
    git: Git, queue: Path, on_branch: Callable[..., None], order: tuple[str, str]
) -> None:
    """The lines of both stay, the heading stands once, and the later day holds whichever is merged last."""
    on_branch("desk", "Ada Example", "i", "l", today="2026-11-22")
    on_branch("train", "Ada Example", "e no tea", "n", "i", today="2026-11-20")
    for branch in order:
        git("merge", "-q", "--no-edit", branch)

    known = sound(queue)
    text = (queue / "decisions" / "ada-example.yml").read_text("utf-8")
    assert text.count("# Decided by Ada Example.") == 1
    assert len(known.decisions) == 4
    assert [screening.state(known, name) for name in (TEA, TRIAL, RULE)] == ["included", "later", "included"]


def test_two_names_with_one_file_are_told_after_a_merge(
    git: Git, queue: Path, screen: Screen, on_branch: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither branch could know of the other's name."""
    on_branch("ada", "José Müller", "i")
    on_branch("bo", "Jose Muller", "e no tea")
    git("merge", "-q", "--no-edit", "ada")
    git("merge", "-q", "--no-edit", "bo")
    capsys.readouterr()

    assert screen("i", by="José Müller") == 2
    assert 'holds the decisions of "Jose Muller"' in capsys.readouterr().err


def test_a_changed_mind_and_an_inclusion(git: Git, queue: Path, screen: Screen, on_branch: Callable[..., None]) -> None:
    """The stub that one removes while the other includes is written again, since somebody wants the record."""
    on_branch("first", "Ada Example", "i")
    git("merge", "-q", "--no-edit", "first")
    git("checkout", "-qb", "ada")
    screen("e no tea", options=("--again", TEA))
    git("commit", "-qam", "ada")
    git("checkout", "-q", "main")
    screen("i", by="Bo Other", options=("--again", TEA))
    git("add", "evidence/decisions")
    git("commit", "-qm", "bo")
    git("merge", "-q", "--no-edit", "ada")

    assert screening.state(sound(queue), TEA) == "disputed"
    assert not (queue / "waiting" / f"{TEA}.bib").exists()
    assert screen("q") == 0
    assert set(sound(queue).waiting) == {TEA}
