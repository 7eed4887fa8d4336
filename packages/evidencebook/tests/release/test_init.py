"""A book begun by command is complete, sound, and knows only its own subject."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from evidencebook.cli import main
from evidencebook.evidence.loader import load
from evidencebook.release import new_book as fork
from evidencebook.release import pins
from evidencebook.surveillance import base

ROOT = Path(__file__).parent.parent.parent
INIT = ["--title", 'Tea: "black" & green', "--author", "Ada Example"]


def files(folder: Path) -> list[str]:
    """Name everything in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_sample_holds_one_of_everything(sample: Path) -> None:
    """Two sources, three findings, two claims, one assertion, a chapter, an executed page, tests, settings, CI."""
    evidence = load(sample / "evidence")
    counts = [len(kind) for kind in (evidence.sources, evidence.findings, evidence.claims, evidence.assertions)]

    assert counts == [2, 3, 2, 1]
    made = files(sample)
    for name in (
        "book/sleep.md",
        "book/analyses/minutes-of-sleep.md",
        "src/analyses/minutes_of_sleep.py",
        "tests/test_book.py",
        ".ci/run",
        ".github/workflows/book.yml",
        ".gitignore",
        "Makefile",
        "README.md",
        "LICENSE",
        "LICENSE-TEXT",
        "pyproject.toml",
        "requirements.txt",
        "evidence/schemas/claims.json",
        "evidence/watch.yml",
        "vendor",
    ):
        assert name in made
    assert os.access(sample / ".ci" / "run", os.X_OK)
    assert not [name for name in made if "dot-" in name and "fork/template" not in name]


def test_the_queries_of_the_sample_are_sound_and_never_ran(sample: Path) -> None:
    """Who begins a book can ask at once, and nothing says that somebody did."""
    living, problems = base.inspect(sample / "evidence", load(sample / "evidence"))

    assert problems == []
    assert living.queries
    assert {query.last_run for query in living.queries.values()} == {None}


def test_title_and_author_survive_every_format(sample: Path) -> None:
    """Quotes and signs in a title break neither YAML nor TOML."""
    import tomllib  # noqa: PLC0415  beside its only use

    settings = yaml.safe_load((sample / "book" / "_config.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((sample / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert settings["title"] == settings["sphinx"]["config"]["project"] == project["description"] == INIT[1]
    assert settings["author"] == project["authors"][0]["name"] == "Ada Example"
    assert project["name"] == "tea-black-green"


def test_every_place_in_the_template_is_filled(sample: Path) -> None:
    """No @word@ is left in what was written."""
    left = [
        path.relative_to(sample).as_posix()
        for path in sample.rglob("*")
        if path.is_file()
        and "evidencebook" not in path.parts
        and re.search(r"@[a-z-]+@", path.read_text("utf-8", "replace"))
    ]

    assert left == []


def test_every_page_of_the_sample_says_that_it_is_one(sample: Path) -> None:
    """Nobody takes the sample for a finished book."""
    pages = [path for path in (sample / "book").rglob("*.md") if path.stem not in ("claims", "findings", "sources")]
    silent = [path.name for path in pages if "sample" not in path.read_text(encoding="utf-8").lower()]

    assert pages
    assert silent == []


def test_the_press_and_its_templates_know_no_subject(sample: Path) -> None:
    """A fork of any file type carries nothing of this book's subject."""
    subject = re.compile(r'kratom|mitragyn|opioid|(?<!")withdrawal', re.IGNORECASE)  # an article's is meant
    said = {
        path.relative_to(sample).as_posix(): sorted(set(subject.findall(path.read_text("utf-8", "replace"))))
        for path in sample.rglob("*")
        if path.is_file()
    }

    assert {name: words for name, words in said.items() if words} == {}


def test_the_pins_are_what_is_installed(sample: Path) -> None:
    """Each requirement of the press is pinned, with what it brings; the last line installs the book itself."""
    lines = (sample / "requirements.txt").read_text(encoding="utf-8").splitlines()

    assert lines[-1] == "-e ."
    for name in ("jupyter-book==", "sphinx==", "pydantic-core==", "click=="):
        assert [line for line in lines if line.startswith(name)], name
    assert all("==" in line for line in lines[1:-1])
    assert "pytest==" in (sample / "requirements-test.txt").read_text(encoding="utf-8")


def test_what_is_not_installed_is_asked_for_by_range() -> None:
    """A book begun where no tests were ever run has no version to pin."""
    assert pins.pinned(["no-such-package-here>=1"]) == {"no-such-package-here": "no-such-package-here>=1"}


def test_pins_can_be_renewed_in_the_fork(sample: Path) -> None:
    """`make pins` keeps the list of wanted test tools."""
    before = (sample / "requirements-test.txt").read_text(encoding="utf-8")
    pins.write(sample)

    assert (sample / "requirements-test.txt").read_text(encoding="utf-8") == before


BAD = [
    pytest.param(lambda d: (d / "t" / "x").write_text("mine"), "t is not empty, it holds x", id="not empty"),
    pytest.param(lambda d: (d / "t").rmdir() or (d / "t").write_text("mine"), "t is a file", id="a file"),
]


@pytest.mark.parametrize(("spoil", "expected"), BAD)
def test_init_touches_nothing_that_stands(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], object],
    expected: str,
) -> None:
    """A folder that is not empty is refused with status 2 and left as it was."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t").mkdir()
    spoil(tmp_path)
    before = files(tmp_path)

    assert main(["init", "t", *INIT]) == 2
    assert expected in capsys.readouterr().err
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "options", [["--title", " ", "--author", "A"], ["--title", "T"], ["--title", "a\nb", "--author", "A"]]
)
def test_init_without_a_title_or_an_author(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    """Both are needed, on one line; nothing is written without them."""
    monkeypatch.chdir(tmp_path)

    assert main(["init", "t", *options]) == 2
    assert re.search("title|author", capsys.readouterr().err)
    assert files(tmp_path) == []


def test_init_takes_an_empty_folder_and_a_fresh_repository(tmp_path: Path) -> None:
    """A writer may have made the folder, or cloned an empty repository, before."""
    (tmp_path / "t" / ".git").mkdir(parents=True)

    assert main(["init", str(tmp_path / "t"), *INIT]) == 0
    assert (tmp_path / "t" / "book" / "index.md").is_file()


def test_init_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault half-way leaves no half-made book."""

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device", "schemas")

    monkeypatch.setattr(fork.schemas, "write", broken)

    assert main(["init", str(tmp_path / "t"), *INIT]) == 2
    assert files(tmp_path) == []


def test_the_fork_begins_a_fork(sample: Path, tmp_path: Path) -> None:
    """The copied press is whole: run from the fork, it checks the fork and begins another book."""
    python = [sys.executable, "-m", "evidencebook"]
    environment = os.environ | {"PYTHONPATH": str(sample / "src")}
    for command in (["check"], ["init", str(tmp_path / "next"), *INIT]):
        done = subprocess.run(
            [*python, *command], cwd=sample, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert files(tmp_path / "next") == [name for name in files(sample) if "__pycache__" not in name]
