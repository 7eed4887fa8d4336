"""The command line: starts without Sphinx, finds the book, says what is wrong in a sentence, shows records."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from evidencebook.cli import commands, main
from evidencebook.evidence.base import EvidenceBase

HEAVY = ("sphinx", "docutils", "myst_nb", "pandas", "matplotlib", "IPython", "requests")


@pytest.mark.parametrize("command", [["check"], ["show", "SLEEP-001"], ["new", "claim", "x", "--finding", "SLEEP-001"]])
def test_command_imports_no_sphinx(inside: Path, command: list[str]) -> None:
    """What takes long to import stays out of a check of the evidence."""
    code = f"import sys; from evidencebook.cli import main; assert main({command}) == 0; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=inside, capture_output=True, text=True, check=True)

    assert {name.partition(".")[0] for name in done.stdout.split()} & set(HEAVY) == set()


@pytest.mark.parametrize("where", ["inside the book", "below it", "named"])
def test_book_is_found(inside: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """In the working folder, above it, or by --book."""
    monkeypatch.chdir({"inside the book": inside, "below it": inside / "book", "named": inside.parent}[where])

    assert main(["check", *(["--book", str(inside)] if where == "named" else [])]) == 0


@pytest.mark.parametrize("command", [["check"], ["new", "page", "x"], ["show", "x"], ["import", __file__], ["pack"]])
def test_no_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    """The message says how to begin one; a folder named by --book is not searched above."""
    monkeypatch.chdir(tmp_path)

    assert main(command) == 2
    assert "begin one with: evidencebook init" in capsys.readouterr().err
    assert main([*command, "--book", str(Path(__file__).parent)]) == 2


@pytest.mark.parametrize("text", ["author: x\n", "title: ''\n", "title: [\n", "- a\n"])
def test_config_without_title(inside: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """Whatever the command, file and line are named."""
    (inside / "book" / "_config.yml").write_text(text, encoding="utf-8")

    assert main(["check"]) == 2
    assert "book/_config.yml:" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["_toc.yml", "_config.yml"])
def test_check_settings(inside: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Make asks for them before Jupyter Book, which ends with a traceback at a tab: here file, line and what to do."""
    assert main(["check", "--settings"]) == 0
    path = inside / "book" / name
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, "\tfile: x"]), encoding="utf-8")

    assert main(["check", "--settings"]) == 2
    assert f"book/{name}:{len(lines) + 1}: the file cannot be read" in (told := capsys.readouterr().err)
    assert "not with a tab" in told


def test_check_counts(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, status 0."""
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "2 sources, 3 findings, 0 searches, 2 claims, 1 assertion\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "late-caffeine-disturbs-sleep",
            [
                "claim late-caffeine-disturbs-sleep (evidence/claims/sleep.yml:12)",
                "even when it is taken 6\u00a0h before bedtime.".replace("\u00a0", " "),
                "low certainty ⊕⊕◯◯; applies to humans; checked 2026-11-27",
                "because of risk of bias: a maker of sleep monitors",
                "would change it: Trials",
                "rests on SLEEP-003: 6 h | The longest",
                "from Drake and others 2013 [drake2013caffeine].",
                "(controlled-clinical; industry-funded; abstract seen) https://doi.org/10.5664/jcsm.3170",
                'answers A01: "Coffee in the evening costs nobody any sleep." is contradicted',
            ],
        ),
        ("SLEEP-003", ["compared with placebo", "used by late-caffeine-disturbs-sleep", "caution: One fixed amount"]),
        ("gardiner2023effect", ["by Gardiner, Carissa;", "SLEEP-002: 9 min", "used by caffeine-shortens-sleep"]),
        ("A01", ["is contradicted", "against caffeine-shortens-sleep (low certainty)"]),
    ],
)
def test_show(inside: Path, capsys: pytest.CaptureFixture[str], name: str, words: list[str]) -> None:
    """A claim down to its sources, a finding both ways, a source with what was taken from it, an assertion."""
    assert main(["show", name]) == 0
    lines = " ".join(capsys.readouterr().out.split())

    assert [text for text in words if text not in lines] == []


def test_show_every_record_of_this_book(evidence: EvidenceBase) -> None:
    """No real entry breaks it."""
    from evidencebook.analysis import trace  # noqa: PLC0415  beside its only use

    for kind in ("claims", "findings", "sources", "assertions", "searches", "outcomes"):
        for name in getattr(evidence, kind):
            assert len(trace.lines_of(evidence, name)) > 1, name


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["show", "cafeine-shortens-sleep"], "did you mean caffeine-shortens-sleep"),
        (["chek"], 'there is no command "chek". Did you mean "check"? There are: check, editions,'),
        (["zzzz"], 'there is no command "zzzz". There are: check, editions,'),
        (["--no-such-option"], "Usage: evidencebook"),
        ([], "Usage: evidencebook"),
        (["check", "a"], "Usage: evidencebook"),
    ],
)
def test_wrong_usage(inside: Path, capsys: pytest.CaptureFixture[str], words: list[str], says: str) -> None:
    """Status 2, and what was perhaps meant."""
    assert main(words) == 2
    shown = capsys.readouterr()
    assert says in shown.err + shown.out


def test_missing_extra(inside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence with the command that installs it, no traceback."""
    (inside / "a.ris").write_text("TY  - JOUR\nER  - \n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "rispy", None)

    assert main(["import", "a.ris"]) == 2
    assert 'rispy is not installed; run: pip install "evidencebook[import]"' in capsys.readouterr().err


def all_commands(group: click.Command = commands, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Name every command, however deep."""
    found = [above]
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            found += all_commands(command, (*above, name))
    return found


@pytest.mark.parametrize("path", all_commands(), ids=" ".join)
def test_help_has_an_example(capsys: pytest.CaptureFixture[str], path: tuple[str, ...]) -> None:
    """Whoever asks for help sees how it is typed."""
    assert main([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"evidencebook {' '.join(path)}".strip() in shown.partition("Example")[2]


def test_summaries_are_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """In a terminal of 80 columns no summary of a command is cut off."""
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out.partition("Commands:")[2].partition("Examples:")[0]

    assert [line for line in listed.splitlines() if line.endswith("...")] == []


def test_tab_completion(tmp_path: Path) -> None:
    """The shells ask through the environment, as click has it."""
    asked = {"_EVIDENCEBOOK_COMPLETE": "bash_complete", "COMP_WORDS": "evidencebook sh", "COMP_CWORD": "1"}
    command = [sys.executable, "-c", "from evidencebook.cli import main; main()"]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | asked, capture_output=True, text=True, check=False)

    assert done.stdout.split() == ["plain,show"]


@pytest.mark.build
def test_readme_example(tmp_path: Path) -> None:
    """What the README shows works; what needs a network is left out."""
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    lines = text.partition("```sh\n")[2].partition("```")[0].splitlines(keepends=True)
    script = "".join(line for line in lines if not line.startswith(("pip ", "make ")))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-eu", "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("2 sources, 4 findings, 0 searches, 3 claims, 1 assertion\n")
    assert (tmp_path / "tea" / "book" / "waking.md").is_file()
