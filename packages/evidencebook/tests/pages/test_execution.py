"""Pages that are out of date are run side by side, each once, with the same result as one after the other."""

from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from myst_nb.core.execute import direct

from evidencebook.pages.execution import NotebookExecution
from small_book import Book

HEADER = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"
CELL = HEADER + "# Page of {1}\n\n```{{code-cell}}\nprint(6 * {0})\n```\n"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each notebook that is run."""
    noted: list[str] = []
    original: Callable[..., Any] = direct.single_nb_execution

    def noting(nb: nbformat.NotebookNode, **how: Any) -> Any:
        noted.append(nb.cells[-1].source)
        return original(nb, **how)

    monkeypatch.setattr(direct, "single_nb_execution", noting)
    return noted


def test_each_page_is_run_once(book: Book, runs: list[str]) -> None:
    """Three pages, three runs, each with its own output; a second build runs only what was edited."""
    for number in (1, 2, 3):
        book.write(f"page{number}", CELL.format(number, "abc"[number - 1]))
    book.write("index", "# Small\n\n```{toctree}\n:glob:\n*\n```\n")
    book.build()
    assert sorted(runs) == ["print(6 * 1)", "print(6 * 2)", "print(6 * 3)"]
    for number in (1, 2, 3):
        assert f"<span></span>{6 * number}\n" in book.html(f"page{number}")

    runs.clear()
    book.write("page2", CELL.format(7, "b"))
    book.build()
    assert runs == ["print(6 * 7)"]
    assert "<span></span>42\n" in book.html("page2")


def test_other_cells_are_never_given_an_earlier_result() -> None:
    """A result is for the very cells and settings with which it was begun; what differs is run afresh."""
    ran = []

    def run(nb: nbformat.NotebookNode, **how: Any) -> Any:
        ran.append((nb.cells[0].source, how))
        return None

    def notebook(code: str) -> nbformat.NotebookNode:
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])

    ahead = NotebookExecution(run)
    ahead.begin([])
    assert ahead(notebook("1"), timeout=1) is None
    assert ahead(notebook("1"), timeout=1) is None
    assert ran == [("1", {"timeout": 1}), ("1", {"timeout": 1})]
