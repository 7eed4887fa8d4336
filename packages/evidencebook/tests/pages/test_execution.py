"""Executed pages: each is run once for the same inputs, apart from the others, and says what became of its kernel."""

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from evidencebook.pages import fingerprints
from evidencebook.pages.domain import domain_of
from evidencebook.pages.kernels import Kernels
from rebuilds import HEAD, run_cells
from small_book import Book, Replace

pytestmark = pytest.mark.usefixtures("own_results")
HEADER = f"{HEAD}# Page\n\n"
LOADED = (
    "```{code-cell}\nimport outer\nfrom evidencebook.evidence.loader import load\n"
    "from evidencebook.evidence.paths import evidence_folder\n\n"
    'print("rate", load(evidence_folder()).findings["WD-200"].value, "times", outer.helper.SCALE)\n```\n'
)


def cells(*code: str) -> str:
    """Write a page with these cells."""
    return HEADER + "".join(f"```{{code-cell}}\n{one}\n```\n\n" for one in code)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each notebook that is run, here and not in a kernel."""
    noted: list[str] = []

    def noting(self: Kernels, nb: Any, **how: Any) -> Any:
        noted.append(nb.cells[-1].source)
        for name in ("outer", "outer.helper"):
            sys.modules.pop(name, None)
        return run_cells(self, nb, **how)

    monkeypatch.setattr(Kernels, "run", noting)
    return noted


@pytest.fixture
def executed(book: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """Lay out a book with a page that loads a finding, and a number of a helper two imports away."""
    (book.folder / "modules" / "outer").mkdir(parents=True)
    (book.folder / "modules" / "outer" / "__init__.py").write_text("from . import helper\n", encoding="utf-8")
    (book.folder / "modules" / "outer" / "helper.py").write_text("SCALE = 2\n", encoding="utf-8")
    monkeypatch.syspath_prepend(book.folder / "modules")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # as in a kernel
    for name in ("outer", "outer.helper"):  # of an earlier test
        sys.modules.pop(name, None)
    book.write("chapter", HEADER + LOADED)
    return book


def test_equal_inputs_are_run_once(executed: Book, runs: list[str], tmp_path: Path) -> None:
    """Not again for another format, after the trees are gone, or for a sentence; the result is the same."""
    executed.build()
    first = executed.html("chapter")
    assert len(runs) == 1
    for builder in ("epub", "latex", "typstpdf", "html"):
        assert domain_of(executed.build(builder, silent=False).env).changed == ()  # no format has another read pages
    shutil.rmtree(tmp_path / "built")
    executed.build()

    assert len(runs) == 1
    assert executed.html("chapter") == first
    assert "rate 36.1 times 2" in first


@pytest.mark.parametrize(
    ("name", "old", "new", "shown"),
    [
        ("evidence/findings/care.yml", "value: 36.1", "value: 37.2", "rate 37.2 times 2"),
        ("modules/outer/helper.py", "2", "3", "rate 36.1 times 3"),
        ("book/chapter.md", '"times"', '"by"', "rate 36.1 by 2"),
    ],
    ids=["finding", "helper two imports away", "cell"],
)
def test_an_old_number_never_comes_back(
    executed: Book, replace: Replace, runs: list[str], name: str, old: str, new: str, shown: str
) -> None:
    """What lies behind a page is edited: its number follows, and what was kept before is not taken for it."""
    executed.build()
    replace(name, old, new)
    shutil.rmtree(executed.folder / "built")
    executed.build()

    assert shown in executed.html("chapter")
    assert len(runs) == 2


def test_other_versions_are_other_inputs(executed: Book, runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A package was upgraded: all is run again."""
    executed.build()
    monkeypatch.setattr(fingerprints, "software", lambda *_: "upgraded")
    shutil.rmtree(executed.folder / "built")
    executed.build()

    assert len(runs) == 2


def test_result_that_was_left_half_written(executed: Book, runs: list[str]) -> None:
    """It counts as none."""
    executed.build()
    (kept,) = (executed.folder / "book" / "_build" / ".executed").glob("*.json")
    kept.write_text('{"cells"', encoding="utf-8")
    shutil.rmtree(executed.folder / "built")
    executed.build()

    assert len(runs) == 2


def test_edit_during_a_run_is_not_kept(executed: Book, runs: list[str], replace: Replace) -> None:
    """Else the result of the new content would stand for the old."""
    executed.write("chapter", HEADER + LOADED.replace("import outer\n", "import outer, pathlib\nHERE\n", 1))
    helper = executed.folder / "modules" / "outer" / "helper.py"
    replace("book/chapter.md", "HERE", f"pathlib.Path({str(helper)!r}).write_text('SCALE = ' + str(len('five!')))")
    executed.build()

    assert not list((executed.folder / "book" / "_build").rglob("*.json"))


def test_kernels_leave_no_compiled_module(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python would run it in place of a module of the same size that was edited within the same second."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "helper_of_page.py").write_text("SCALE = 2\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "own"))
    monkeypatch.syspath_prepend(tmp_path / "own")  # else it counts as installed
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    book.write("chapter", cells("import helper_of_page\nprint(helper_of_page.SCALE)"))
    book.build()

    assert book.soup("chapter").select_one(".output pre").text.strip() == "2"  # type: ignore[union-attr]  # the page has one
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["helper_of_page.py"]


def test_pages_do_not_reach_each_other(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name, a setting of matplotlib, a working folder, a seed and a variable of one page are not the next one's."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)  # one after the other
    change = (
        "import os, matplotlib, numpy\nleft = 1\nmatplotlib.rcParams['font.size'] = 1\nnumpy.random.seed(1)\n"
        "os.environ['LEFT'] = 'left'\nos.chdir('/')"
    )
    look = (
        "import os, matplotlib, numpy\nprint('left' in globals(), matplotlib.rcParams['font.size'] == 1, "
        "'LEFT' in os.environ, os.getcwd() == '/', numpy.random.random())"
    )
    for page, code in {"chapter": change, "claims": look, "findings": look}.items():
        book.write(page, cells(code))
    book.write("index", "# Small\n\n```{toctree}\nchapter\nclaims\nfindings\nsources\n```\n")
    book.build()
    seen = [book.soup(page).select_one(".output pre").text.split() for page in ("claims", "findings")]  # type: ignore[union-attr]

    assert [one[:4] for one in seen] == [["False"] * 4] * 2
    assert seen[0][4] != seen[1][4]


@pytest.mark.parametrize(
    ("code", "kernel", "line", "told"),
    [
        ("import os\nos.kill(os.getpid(), 9)", "python3", 13, "the kernel was killed, as the system does when memory"),
        ("import os\nos._exit(3)", "python3", 13, "the kernel ended with status 3 while it ran"),
        ("while True:\n    pass", "python3", 13, "the cell ran longer than 2 seconds and was ended"),
        ("x <- 1", "ir", 1, 'there is no kernel "ir" here; name another under kernelspec'),
    ],
    ids=["killed", "ended", "hangs", "unknown"],
)
def test_kernel_that_fails(book: Book, replace: Replace, code: str, kernel: str, line: int, told: str) -> None:
    """Page, line, cause and what to do; no traceback, and the build stops."""
    replace("book/conf.py", "nb_execution_timeout = 300", "nb_execution_timeout = 2")
    book.write("chapter", cells("first = 1", code).replace("python3", kernel))
    with pytest.raises(SystemExit):
        book.build()

    assert f"chapter.md:{line}: WARNING: a cell failed: KernelError: {told}" in book.told()
    assert "Traceback" not in book.told()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import subprocess\nsubprocess.run(['true'])", "a page starts no process"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 9))", "a page asks no network"),
        ("open('/left-by-a-page.txt', 'w')", "a page writes no file"),
    ],
    ids=["process", "network", "file"],
)
def test_kernel_confined(book: Book, code: str, told: str) -> None:
    """What would not come out the same tomorrow is refused while cells run, with page and line."""
    book.write("chapter", cells("first = 1", code))
    with pytest.raises(SystemExit):
        book.build()

    assert "chapter.md:13: WARNING: a cell failed: PermissionError" in book.told()
    assert told in book.told()


def test_kernel_that_does_not_start_is_tried_again(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice nothing comes of it, the third time it runs; three times nothing, and the page is named."""
    original, failures = Kernels.fork, [1, 1]

    def failing(self: Kernels, *order: Any) -> Any:
        if failures and failures.pop():
            raise RuntimeError("Kernel died before replying to kernel_info")
        return original(self, *order)

    monkeypatch.setattr(Kernels, "fork", failing)
    book.write("chapter", cells("print('ran twice'.upper())"))
    book.build()
    assert "RAN TWICE" in book.html("chapter")

    failures += [1, 1, 1]
    book.write("chapter", cells("print('again')"))
    with pytest.raises(SystemExit):
        book.build()
    assert "chapter.md:1: WARNING: a cell failed: KernelError: no kernel could be started, tried 3 times" in book.told()
