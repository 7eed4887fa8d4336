"""Share the small evidence base, small books around it, and a book begun by command."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebook import locale
from evidencebook.cli import main
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load
from evidencebook.pages.kernels import Kernels
from small_book import Book, Replace, laid_out, run_here

pytest_plugins = ("installed", "sphinx.testing.fixtures")

SMALL = Path(__file__).parent / "small"
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def evidence() -> EvidenceBase:
    """Load the evidence base of the book in this repository, as a large one."""
    return load(ROOT / "evidence")


_INIT = ["--title", 'Tea: "black" & green', "--author", "Ada Example"]


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print in English, whatever the book of an earlier test was written in."""
    monkeypatch.setenv(locale.VARIABLE, locale.ENGLISH)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Copy the small evidence base: two sources, three findings, two claims, one search, one assertion."""
    return Path(shutil.copytree(SMALL / "evidence", tmp_path / "evidence"))


@pytest.fixture
def edit(small: Path) -> Callable[[str, str, str], Path]:
    """Replace a text in a file of the small evidence base; the text must be there."""

    def replace(name: str, old: str, new: str) -> Path:
        path = small / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return small

    return replace


@pytest.fixture
def book(tmp_path: Path, builds: None) -> Book:
    """Lay out a small book."""
    return laid_out(tmp_path)


@pytest.fixture
def replace(book: Book) -> Replace:
    """Replace a text in a file of the book; the text must be there."""

    def in_file(name: str, old: str, new: str) -> None:
        path = book.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return in_file


@pytest.fixture
def no_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run executed pages in this process, for a test that is not about kernels."""
    monkeypatch.setattr(Kernels, "run", run_here)


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
