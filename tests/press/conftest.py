"""Begin one book by command, and give each test a copy."""

import shutil
from pathlib import Path

import pytest

from evidencebook.cli import main

_INIT = ["--title", 'Tea: "black" & green', "--author", "Ada Example"]


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin a book, once."""
    folder = tmp_path_factory.mktemp("begun") / "tea"

    assert main(["init", str(folder), *_INIT]) == 0
    return folder


@pytest.fixture
def sample(begun: Path, tmp_path: Path) -> Path:
    """Copy the begun book."""
    return Path(shutil.copytree(begun, tmp_path / "sample"))


@pytest.fixture
def inside(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy pages and evidence of the begun book, and work in that folder."""
    for name in ("book", "evidence"):
        shutil.copytree(begun / name, tmp_path / "inside" / name)
    monkeypatch.chdir(tmp_path / "inside")
    return tmp_path / "inside"
