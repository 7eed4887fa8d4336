"""A book begun by command is complete, sound, all its writer's own, and can be upgraded."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from evidencebook.cli import main
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.loader import load
from evidencebook.release import new_book, wheel
from evidencebook.surveillance import store

INIT = ["--title", 'Tea: "black" & green', "--author", "Ada Example"]
AS_IS = ["--press", "evidencebook==0.3.0"]


def files(folder: Path) -> list[str]:
    """Name every file below a folder, those of git left out."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if ".git" not in path.parts)


def test_init_sample_holds_one_of_everything(sample: Path) -> None:
    """Sources, findings, claims, an assertion, pages, tests, CI; few files, and none of the press but its wheel."""
    evidence = load(sample / "evidence")
    counts = [len(kind) for kind in (evidence.sources, evidence.findings, evidence.claims, evidence.assertions)]

    assert counts == [2, 3, 2, 1]
    assert len(files(sample)) <= 45
    assert not [name for name in files(sample) if "dot-" in name or name.endswith(".template")]
    assert [name for name in files(sample) if "evidencebook" in name] == [f"vendor/{wheel.wheel()[0]}"]
    assert os.access(sample / ".ci" / "run", os.X_OK)
    assert (sample / ".git").is_dir()


def test_init_queries_are_sound_and_never_ran(sample: Path) -> None:
    """Who begins a book can ask at once, and nothing says that somebody did."""
    surveillance, diagnostics = store.inspect(sample / "evidence", load(sample / "evidence"))

    assert diagnostics == []
    assert surveillance.queries
    assert surveillance.runs == ()


def test_init_title_survives_every_format(sample: Path) -> None:
    """Quotes and signs in a title break neither YAML nor TOML; every place in the template is filled."""
    settings = yaml.safe_load((sample / "book" / "_config.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((sample / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert settings["title"] == settings["sphinx"]["config"]["project"] == project["description"] == INIT[1]
    assert project["name"] == "tea-black-green"
    texts = {name: (sample / name).read_text("utf-8", "replace") for name in files(sample) if "vendor" not in name}
    assert [name for name, text in texts.items() if re.search(r"@[a-z-]+@", text)] == []


@pytest.mark.parametrize(
    ("typed", "authors"),
    [
        ("Ada Example", ("Example, Ada",)),
        ("Example, Ada", ("Example, Ada",)),
        ("Ada B. van Example; Other, Bo", ("van Example, Ada B.", "Other, Bo")),
        ("{The Tea Group}; Ada Example", ("The Tea Group", "Example, Ada")),
    ],
)
def test_init_authors(typed: str, authors: tuple[str, ...]) -> None:
    """Persons become "Family, Given", braces an organisation, as the settings have them."""
    assert new_book.parse_authors(typed) == authors


@pytest.mark.parametrize("typed", ["Ada", "{The Group, Inc}", "{}", " ", "a\nb c"])
def test_init_authors_that_cannot_be_read(typed: str) -> None:
    """One name alone may be a person or not; an organisation with a comma would be read as a person."""
    with pytest.raises(UserError):
        new_book.parse_authors(typed)


def test_init_every_page_of_the_sample_says_so(sample: Path) -> None:
    """Nobody takes the sample for a finished book."""
    pages = [path for path in (sample / "book").rglob("*.md") if path.stem not in ("claims", "findings", "sources")]

    assert pages
    assert [path.name for path in pages if "_includes/sample.md" not in path.read_text("utf-8")] == ["sample.md"]


def test_init_knows_no_subject(sample: Path) -> None:
    """What a new book gets carries nothing of this book's subject."""
    subject = re.compile(r'kratom|mitragyn|opioid|(?<!")withdrawal', re.IGNORECASE)  # an article's is meant
    texts = {name: (sample / name).read_bytes().decode("utf-8", "replace") for name in files(sample)}
    with zipfile.ZipFile(sample / "vendor" / wheel.wheel()[0]) as packed:
        texts |= {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}
    said = {name: sorted(set(subject.findall(text))) for name, text in texts.items() if "METADATA" not in name}

    assert {name: words for name, words in said.items() if words} == {}


def test_init_bare_and_forget_sample(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book begun without the sample is the one from which it was removed; both are sound."""
    assert main(["init", str(tmp_path / "bare"), "--bare", *INIT]) == 0
    monkeypatch.chdir(sample)
    assert main(["forget-sample"]) == 0

    assert files(sample) == files(tmp_path / "bare")
    for name in files(sample):
        assert (sample / name).read_bytes() == (tmp_path / "bare" / name).read_bytes(), name
    assert main(["check"]) == 0
    assert "sample" not in (sample / "README.md").read_text("utf-8") + (sample / "book/index.md").read_text("utf-8")


def test_forget_sample_keeps_what_was_added(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page, a source and a finding of the writer stay, and the line of the page in _toc.yml."""
    monkeypatch.chdir(sample)
    source = ["--author", "Doe, Jane", "--year", "2020", "--title", "Naps", "--seen", "abstract", "--design", "rct"]
    assert main(["new", "source", *source]) == 0
    assert main(["new", "finding", "--source", "doe2020naps", "--topic", "naps"]) == 0
    assert main(["new", "page", "analyses/naps", "--topic", "naps"]) == 0

    assert main(["forget-sample"]) == 0
    evidence = load(sample / "evidence")
    assert (list(evidence.sources), list(evidence.findings)) == (["doe2020naps"], ["NAPS-001"])
    toc = yaml.safe_load((sample / "book" / "_toc.yml").read_text(encoding="utf-8"))
    assert [part["caption"] for part in toc["parts"]] == ["The analyses", "Reference"]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["new", "claim", "mine", "--finding", "SLEEP-001", "--topic", "mine"], 'finding "SLEEP-001" is in no file'),
        (["new", "page", "mine"], "book/mine.md names sleep.md"),
    ],
)
def test_forget_sample_on_which_others_rest(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str], says: str
) -> None:
    """It is refused, with what rests on it; nothing is removed."""
    monkeypatch.chdir(sample)
    assert main(command) == 0
    if (sample / "book" / "mine.md").exists():
        (sample / "book" / "mine.md").write_text("# Mine\n\nSee [sleep](sleep.md).\n", encoding="utf-8")
    before = files(sample)

    assert main(["forget-sample"]) == 2
    assert says in capsys.readouterr().err
    assert files(sample) == before


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda d: (d / "Makefile").write_text("mine"), "t has Makefile already"),
        (lambda d: d.rmdir() or d.write_text("mine"), "t is a file"),
    ],
)
def test_init_touches_nothing_that_is_there(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], object],
    says: str,
) -> None:
    """A folder with a file of that name is refused with status 2 and left as it was."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t").mkdir()
    spoil(tmp_path / "t")
    before = files(tmp_path)

    assert main(["init", "t", *INIT, *AS_IS]) == 2
    assert says in capsys.readouterr().err
    assert files(tmp_path) == before


def test_init_keeps_readme_and_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a writer had before stays: a README, a .gitignore, a repository, notes."""
    (tmp_path / ".git").mkdir()
    for name in ("README.md", ".gitignore", "notes.txt"):
        (tmp_path / name).write_text("mine", encoding="utf-8")

    assert main(["init", str(tmp_path), *INIT, *AS_IS]) == 0
    assert "kept as it was: .gitignore, README.md" in capsys.readouterr().err
    assert {(tmp_path / name).read_text("utf-8") for name in ("README.md", ".gitignore", "notes.txt")} == {"mine"}
    assert list((tmp_path / ".git").iterdir()) == []
    assert (tmp_path / "book" / "index.md").is_file()


def test_init_title_in_other_letters(tmp_path: Path) -> None:
    """Its files are named after the folder, in letters that every address and package may have."""
    assert main(["init", str(tmp_path / "kafei"), "--title", "咖啡与睡眠", *INIT[2:], *AS_IS]) == 0

    assert "targetname: kafei.tex" in (tmp_path / "kafei/book/_config.yml").read_text("utf-8")


@pytest.mark.parametrize(
    "options",
    [["--title", " ", "--author", "A B"], ["--title", "T"], ["--author", "A B"], ["--title", "a\nb", *INIT[2:]]],
)
def test_init_without_title_or_author(tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    """Both are needed, on one line; nothing is written without them."""
    assert main(["init", str(tmp_path / "t"), *options]) == 2
    assert re.search("title|author", capsys.readouterr().err)
    assert files(tmp_path) == []


def test_init_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault half-way leaves no half-made book."""

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device", "book")

    monkeypatch.setattr("evidencebook.evidence.atomic_write.os.replace", broken)

    assert main(["init", str(tmp_path / "t"), *INIT, *AS_IS]) == 2
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("wanted", "line"),
    [
        ("evidencebook==0.3.0", "evidencebook[book]==0.3.0"),
        ("git+https://example.org/press@abc", "evidencebook[book] @ git+https://example.org/press@abc"),
        ("evidencebook", None),
        ("other==1", None),
        ("no such.whl", None),
    ],
)
def test_press_requirement(wanted: str, line: str | None) -> None:
    """An exact version, an address; anything else is refused."""
    if line:
        assert wheel.requirement(wanted) == (line, {})
    else:
        with pytest.raises(UserError, match="pins no evidencebook"):
            wheel.requirement(wanted)


def test_press_wheel_is_whole(sample: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere it is the package: it begins the same book, and makes the same wheel."""
    path = sample / "vendor" / wheel.wheel()[0]
    with zipfile.ZipFile(path) as packed:
        packed.extractall(tmp_path / "site")
    command = [sys.executable, "-m", "evidencebook", "init", str(tmp_path / "next"), *INIT]
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "next") == files(sample)
    assert (tmp_path / "next" / "vendor" / path.name).read_bytes() == path.read_bytes()


def test_upgrade(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line and the wheel change, a patch says what changed in the template, the writer's files stay."""
    monkeypatch.chdir(sample)
    newer = tmp_path / "evidencebook-0.4.0-py3-none-any.whl"
    with zipfile.ZipFile(sample / "vendor" / wheel.wheel()[0]) as old, zipfile.ZipFile(newer, "w") as new:
        for name in old.namelist():
            changed = old.read(name).replace(b"BIN := .venv/bin", b"BIN := venv/bin").replace(b"numfig: true", b"x: 1")
            new.writestr(name, changed if "release/template/" in name else old.read(name))
    makefile = (sample / "Makefile").read_bytes()

    assert main(["upgrade", "--press", str(newer)]) == 0
    patch = capsys.readouterr().out
    assert "-BIN := .venv/bin\n+BIN := venv/bin\n" in patch
    assert patch.count("--- a/") == 2
    assert (sample / "Makefile").read_bytes() == makefile
    assert "./vendor/evidencebook-0.4.0-py3-none-any.whl[book]\n" in (sample / "requirements.txt").read_text("utf-8")
    assert [path.name for path in (sample / "vendor").iterdir()] == [newer.name]
    assert subprocess.run(["git", "apply", "-"], input=patch, text=True, check=False).returncode == 0
    assert main(["upgrade", "--press", "evidencebook==0.5.0"]) == 0
    assert "compare with a new book" in capsys.readouterr().err
    assert list((sample / "vendor").iterdir()) == []
