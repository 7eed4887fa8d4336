"""A fork, as its writer meets it: begun, extended as the page for authors says, built and tested."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import fork_page
from crossref_server import crossref

pytestmark = pytest.mark.slow
BIN = Path(sys.executable).parent
BEGIN = ["init", "book", "--title", "Tea and Sleep", "--author", "Ada Example"]


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder."""
    kept = {name: text for name, text in os.environ.items() if name not in ("PYTHONPATH", "MAKEFLAGS", "MAKELEVEL")}
    done = subprocess.run(command, cwd=folder, env=kept | environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done


def test_fork_builds_and_passes_its_tests(tmp_path: Path) -> None:
    """In an empty folder: begin, make book, make test; with the wheel that the fork holds, and no science of ours."""
    run([str(BIN / "evidencebook"), *BEGIN], tmp_path, PYTHONPATH=os.environ.get("PYTHONPATH", ""))
    fork = tmp_path / "book"
    run(["make", "book", f"PYTHON={sys.executable}"], fork)
    assert (fork / "book" / "_build" / "html" / "index.html").is_file()
    lines = run(["make", "test", f"PYTHON={sys.executable}"], fork).stdout

    assert " passed" in lines
    where = "import evidencebook, importlib.util as u; print(evidencebook.__file__); assert not u.find_spec('kratom')"
    assert str(fork / ".venv") in run([str(fork / ".venv" / "bin" / "python"), "-c", where], tmp_path).stdout


def test_fork_page_commands(tmp_path: Path) -> None:
    """Every command and file of the page, in its order; the tools come from this environment, to spare the network."""
    folder, fork = tmp_path, tmp_path / "coffee"
    with crossref() as (address, asked):
        for step in fork_page.steps():
            if step.file:
                assert (folder / step.file).parent.is_dir()
                (folder / step.file).write_text(step.text, encoding="utf-8")
                continue
            # What make would install is taken as installed, and the tools of this environment stand in for it.
            text = step.text.replace("cd coffee\n", "cd coffee\nmkdir .venv\ntouch .venv/book .venv/test\n")
            run(
                ["sh", "-c", f"set -eu\n{text}\npwd >{tmp_path / 'where'}\n"],
                folder,
                PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}",
                PYTHONPATH=str(fork / "src") if fork.exists() else os.environ.get("PYTHONPATH", ""),
                MAKEFLAGS=f"BIN={BIN}",
                EVIDENCEBOOK_CROSSREF=address,
            )
            folder = Path((tmp_path / "where").read_text(encoding="utf-8").strip())

    assert folder == fork
    assert [path for path, _ in asked] == ["/works/10.1016/j.smrv.2016.01.006"]
    page = (fork / "book" / "_build" / "html" / "waking.html").read_text(encoding="utf-8")
    assert "It is very uncertain whether caffeine keeps people awake" in page
