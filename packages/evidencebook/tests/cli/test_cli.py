"""The command line tells what it does, starts without Sphinx, and prints the chain from a claim to its sources."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidencebook.cli import commands, main

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("sphinx", "docutils", "myst_nb", "pandas", "matplotlib", "IPython")


@pytest.mark.parametrize("command", [["check"], ["show", "SLEEP-001"], ["new", "claim", "x", "--finding", "SLEEP-001"]])
def test_no_command_imports_sphinx(inside: Path, command: list[str]) -> None:
    """What makes the press slow to start stays out of a check of the evidence."""
    code = f"import sys; from evidencebook.cli import main; assert main({command}) == 0; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=inside, capture_output=True, text=True, check=True)

    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded & set(HEAVY) == set()


def test_check_counts_what_is_sound(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, status 0."""
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "2 sources, 3 findings, 0 searches, 2 claims, 1 assertion\n"


def test_a_claim_is_shown_down_to_its_sources(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Statement with its number, certainty, reasons, findings, sources with address, and who uses it."""
    assert main(["show", "late-caffeine-disturbs-sleep"]) == 0
    told = " ".join(capsys.readouterr().out.split())

    for words in (
        "claim late-caffeine-disturbs-sleep (evidence/claims/sleep.yml:12)",
        "even when it is taken 6\u00a0h before bedtime.".replace("\u00a0", " "),
        "low certainty ⊕⊕◯◯; applies to humans; checked 2026-11-27",
        "because of risk of bias: a maker of sleep monitors",
        "would change it: Trials",
        "rests on SLEEP-003: 6 h | The longest",
        "from Drake and others 2013 [drake2013caffeine].",
        "(controlled-clinical; industry-funded; abstract seen) https://doi.org/10.5664/jcsm.3170",
        'answers A01: "Coffee in the evening costs nobody any sleep." is contradicted',
    ):
        assert words in told, told


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SLEEP-003", ["compared with placebo", "used by late-caffeine-disturbs-sleep", "caution: One fixed amount"]),
        ("gardiner2023effect", ["by Gardiner, Carissa;", "SLEEP-002: 9 min", "used by caffeine-shortens-sleep"]),
        ("A01", ["is contradicted", "against caffeine-shortens-sleep (low certainty)"]),
    ],
)
def test_other_records_are_shown(inside: Path, capsys: pytest.CaptureFixture[str], name: str, words: list[str]) -> None:
    """A finding upwards and downwards, a source with what was taken from it, an assertion with its claims."""
    assert main(["show", name]) == 0
    told = " ".join(capsys.readouterr().out.split())

    assert [one for one in words if one not in told] == []


def test_every_record_of_this_book_can_be_shown(evidence: object) -> None:
    """No real entry breaks the telling."""
    from evidencebook.analysis import trace as chain  # noqa: PLC0415  beside its only use

    for shelf in ("claims", "findings", "sources", "assertions", "searches", "outcomes"):
        for name in getattr(evidence, shelf):
            assert len(chain.told(evidence, name)) > 1, name  # type: ignore[arg-type]  # a fixture


def test_an_unknown_id_is_answered_with_the_nearest(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, and what was perhaps meant."""
    assert main(["show", "cafeine-shortens-sleep"]) == 2
    assert "did you mean caffeine-shortens-sleep" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["chek"], ["--no-such-option"], [], ["check", "a", "b"]])
def test_wrong_usage_has_status_two(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """An unknown sub-command, an unknown option, none at all, one word too many."""
    assert main(words) == 2
    told = capsys.readouterr()
    assert "Usage: evidencebook" in told.err + told.out


def paths(group: object = commands, above: tuple[str, ...] = ()) -> list[list[str]]:
    """Name every command, however deep."""
    import click  # noqa: PLC0415  beside its only use

    found = [list(above)]
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            found += paths(group.get_command(context, name), (*above, name))
    return found


@pytest.mark.parametrize("path", paths(), ids=" ".join)
def test_each_help_has_an_example(capsys: pytest.CaptureFixture[str], path: list[str]) -> None:
    """Whoever asks for help sees how it is typed."""
    assert main([*path, "--help"]) == 0
    told = capsys.readouterr().out
    assert "Example" in told
    assert f"evidencebook {' '.join(path)}".strip() in told.partition("Example")[2]


def test_the_tab_key_completes(tmp_path: Path) -> None:
    """The shells ask through the environment, as click has it."""
    asked = {"_EVIDENCEBOOK_COMPLETE": "bash_complete", "COMP_WORDS": "evidencebook sh", "COMP_CWORD": "1"}
    command = [sys.executable, "-c", "from evidencebook.cli import main; main()"]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | asked, capture_output=True, text=True, check=False)

    assert done.stdout.split() == ["plain,show"]
