"""Run the executed pages that are out of date side by side, while Sphinx reads the others.

MyST-NB runs a page when it reads it, one after the other. Here every outdated page begins before the first is read,
as many at once as there are processors. Where MyST-NB would run a page it gets the result of that run: all that comes
after (outputs, glued numbers, reports of failed cells) is its own and unchanged. Nothing is kept: a run is given away
once, in the build that began it, and only for the very cells and settings with which it was begun.
"""

import json
import os
from concurrent.futures import Future, wait
from pathlib import Path, PurePath
from queue import Empty, SimpleQueue
from threading import Thread, main_thread
from typing import Any, Protocol

from jupyter_cache.executors.utils import ExecutionResult  # type: ignore[import-untyped]  # it says nothing of types
from myst_nb.core.config import NbParserConfig
from myst_nb.core.execute import direct
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.pages import notebooks as cells

#: Kernels at once at most; each takes some 200 MB.
MOST = 8


class Run(Protocol):
    """Run a notebook in place, as jupyter-cache does for MyST-NB."""

    def __call__(self, nb: NotebookNode, **how: Any) -> ExecutionResult:
        """Run all cells and return the notebook with their outputs."""


class NotebookExecution:
    """Stand in for the function with which MyST-NB runs a notebook."""

    def __init__(self, run: Run) -> None:
        """Remember the function itself."""
        self.run = run
        self._begun: dict[str, Future[ExecutionResult]] = {}
        self._waiting: SimpleQueue[tuple[NotebookNode, dict[str, Any], Future[ExecutionResult]]] = SimpleQueue()

    def begin(self, notebooks: list[tuple[NotebookNode, dict[str, Any]]]) -> list[Future[ExecutionResult]]:
        """Begin the notebooks in this order, each with the settings that MyST-NB will name; return at once."""
        for notebook, how in notebooks:
            future = self._begun[_identity(notebook, how)] = Future()
            self._waiting.put((notebook, how, future))
        for _ in range(min(os.cpu_count() or 1, len(notebooks), MOST)):
            Thread(target=self._work).start()
        return list(self._begun.values())

    def __call__(self, nb: NotebookNode, **how: Any) -> ExecutionResult:
        """Give what was begun ahead, once it is there; run the notebook now if just this was not begun."""
        future = self._begun.pop(_identity(nb, how), None)
        if future is None:
            return self.run(nb, **how)
        result = future.result()  # what broke in the thread is raised here, where it would have broken
        for cell, done in zip(nb.cells, result.nb.cells, strict=True):
            cell.update({part: done[part] for part in ("outputs", "execution_count") if part in done})
        nb.metadata.update(result.nb.metadata)
        result.nb = nb
        return result

    def _work(self) -> None:
        """Run one notebook after the other until none waits; begin no other once a build has stopped early."""
        while main_thread().is_alive():
            try:
                notebook, how, future = self._waiting.get_nowait()
            except Empty:
                return
            try:
                future.set_result(self.run(notebook, **how))
            except BaseException as broken:  # handed on to the thread that asks for the result
                future.set_exception(broken)


def begin(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Begin the executed pages among those to be read; for env-before-read-docs."""
    end(app, env)
    ahead = NotebookExecution(direct.single_nb_execution)
    begun = ahead.begin([one for page in pages if (one := _to_run(env, page))])
    direct.single_nb_execution = ahead
    if app.parallel > 1:
        wait(begun)  # what reads in processes of its own cannot wait for a thread of this one


def end(app: Sphinx, env: BuildEnvironment) -> None:
    """Give MyST-NB its own function back; for env-updated."""
    if isinstance(direct.single_nb_execution, NotebookExecution):
        direct.single_nb_execution = direct.single_nb_execution.run


def _to_run(env: Any, page: str) -> tuple[NotebookNode, dict[str, Any]] | None:
    """Read a page as MyST-NB will, and name the settings with which it will run it; None if it will not."""
    path, config = Path(env.doc2path(page)), env.mystnb_config
    notebook = cells.notebook(env, page)
    if notebook is None:
        return None
    try:
        own = notebook.metadata.get(config.metadata_key, {})
        config = config.copy(**own | {"output_folder": config.output_folder})
    except Exception:  # MyST-NB will meet the same and say so, with the page
        return None
    return (notebook, _settings(path, config)) if _will_run(path, config) else None


def _will_run(path: Path, config: NbParserConfig) -> bool:
    """Tell whether MyST-NB will run a page in the page's own folder, whatever outputs it may hold."""
    excluded = any(PurePath(path.as_posix()).match(pattern) for pattern in config.execution_excludepatterns)
    return config.execution_mode == "force" and not config.execution_in_temp and not excluded


def _settings(path: Path, config: NbParserConfig) -> dict[str, Any]:
    """Name the settings as MyST-NB's NotebookClientDirect does."""
    return {
        "cwd": os.path.abspath(path.parent),  # noqa: PTH100  resolve() would follow links, which MyST-NB does not
        "allow_errors": config.execution_allow_errors,
        "timeout": config.execution_timeout,
        "meta_override": True,
    }


def _identity(notebook: NotebookNode, how: dict[str, Any]) -> str:
    """Write down all that a run depends on but the world outside: the cells, what is said of them, and the settings."""
    told = [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]  # ids are made up at each reading
    return json.dumps([told, notebook.metadata, how], sort_keys=True, default=str)
