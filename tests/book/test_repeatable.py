"""Who builds the same commit elsewhere gets the same bytes."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from built_book import STRICT, build, copy_to
from built_formats import made_in
from installed import EXECUTED

pytestmark = pytest.mark.slow
#: What differs from machine to machine and must not show: the seed of hashes, the time zone, the language; and no
#: results are shared.
ELSEWHERE = {"PYTHONHASHSEED": "20", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", EXECUTED: ""}


def tree(folder: Path) -> dict[str, str]:
    """Fingerprint every file of a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def second(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the HTML once more, from a copy in another folder, deeper down and with a space in its name."""
    root = copy_to(tmp_path_factory.mktemp("elsewhere") / "a deeper" / "folder")
    done = build(root, *STRICT, **ELSEWHERE)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return root


@pytest.mark.nightly
def test_executed_pages_repeat(tmp_path: Path) -> None:
    """Run twice, from nothing, every cell prints and draws the same: no time, no chance, nothing of the machine."""
    results: list[dict[str, list[Any]]] = []
    for turn, around in (("one", {}), ("two", ELSEWHERE)):
        done = build(copy_to(tmp_path / turn), *STRICT, EVIDENCEBOOK_EXECUTED=str(tmp_path / f"of-{turn}"), **around)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        results.append(
            {path.name: json.loads(path.read_text("utf-8"))["cells"] for path in (tmp_path / f"of-{turn}").iterdir()}
        )

    assert len(results[0]) > 10
    assert results[0] == results[1]


def test_html_repeats(site: Path, second: Path) -> None:
    """Every file, hidden ones included."""
    first, again = tree(site), tree(second / "book" / "_build" / "html")

    assert sorted(first.keys() ^ again.keys()) == []
    assert [name for name in first if first[name] != again[name]] == []
    assert len(first) > 60


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ["epub", "typst"])
def test_pdf_and_epub_repeat(kind: str, made: Callable[[str], Path], second: Path) -> None:
    """The e-book and the PDF."""
    assert made(kind).read_bytes() == made_in(second, kind, **ELSEWHERE).read_bytes()
