"""A fork, as its writer meets it: begun, extended as the page for authors says, built and tested."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import fork_page
import pytest
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


def test_a_fork_builds_and_passes_its_tests_in_an_environment_of_its_own(tmp_path: Path) -> None:
    """In an empty folder: begin, make book, make test; with the press that the fork holds, and no science of ours."""
    run([str(BIN / "evidencebook"), *BEGIN], tmp_path, PYTHONPATH=os.environ.get("PYTHONPATH", ""))
    fork = tmp_path / "book"
    run(["make", "book", f"PYTHON={sys.executable}"], fork)
    assert (fork / "book" / "_build" / "html" / "index.html").is_file()
    told = run(["make", "test", f"PYTHON={sys.executable}"], fork).stdout

    assert " passed" in told
    where = "import evidencebook, importlib.util; print(evidencebook.__file__); assert not importlib.util.find_spec('kratom')"
    assert str(fork) in run([str(fork / ".venv" / "bin" / "python"), "-c", where], tmp_path).stdout


def test_what_the_page_for_authors_shows_works(tmp_path: Path) -> None:
    """Every command and file of the page, in its order; the tools come from this environment, to spare the network."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "evidencebook").symlink_to(BIN / "evidencebook")
    folder, source = tmp_path, os.environ.get("PYTHONPATH", "")
    with crossref() as (address, asked):
        for step in fork_page.steps():
            if step.file:
                assert (folder / step.file).parent.is_dir()
                (folder / step.file).write_text(step.text, encoding="utf-8")
                continue
            script = f"set -eu\n{step.text}\npwd >{tmp_path / 'folder'}\n"
            environment = {
                "PATH": f"{tmp_path / 'bin'}{os.pathsep}{BIN}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(tmp_path / "coffee" / "src") if folder != tmp_path else source,
                "MAKEFLAGS": f"BIN={BIN}",
                "EVIDENCEBOOK_CROSSREF": address,
            }
            run(["sh", "-c", script.replace("cd coffee\n", "cd coffee\nmkdir .venv; touch .venv/book .venv/test\n")], folder, **environment)
            folder = Path((tmp_path / "folder").read_text(encoding="utf-8").strip())

    assert [path for path, _ in asked] == ["/works/10.1016/j.smrv.2016.01.006"]
    assert folder == tmp_path / "coffee"
    assert "awake in the night" in (folder / "book/_build/html/waking.html").read_text(encoding="utf-8")
    shutil.rmtree(folder)
