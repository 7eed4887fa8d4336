"""Build the whole book once for all tests that look at it, as a reader of the README builds it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import pages

JUPYTER_BOOK = Path(sys.executable).parent / "jupyter-book"
STRICT = ("-n", "-W", "--keep-going")
#: The day of this edition, 30 November 2026, in seconds: every build of the tests is one that can be repeated.
EPOCH = "1795996800"


def build(root: Path, *options: str, **setting: str) -> subprocess.CompletedProcess[str]:
    """Run jupyter-book as a person does, from the root of a clone; `setting` adds to the environment."""
    path = f"{JUPYTER_BOOK.parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "NO_COLOR": "1", "SOURCE_DATE_EPOCH": EPOCH} | setting
    command = [str(JUPYTER_BOOK), "build", "book/", *options]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def copy_to(root: Path) -> Path:
    """Copy the book and its evidence into a folder, without what earlier builds left."""
    for name in ("book", "evidence"):
        shutil.copytree(pages.ROOT / name, root / name, ignore=shutil.ignore_patterns("_build"))
    shutil.copy(pages.ROOT / "CHANGELOG.md", root)
    return root


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy to build in."""
    return copy_to(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="session")
def site(clone: Path) -> Path:
    """Build the HTML strictly."""
    done = build(clone, *STRICT)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "WARNING" not in done.stdout + done.stderr
    return clone / "book" / "_build" / "html"


@pytest.fixture(scope="session")
def soups(site: Path) -> dict[str, BeautifulSoup]:
    """Parse every page once."""
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }
