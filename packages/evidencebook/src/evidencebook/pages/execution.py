"""Run the executed pages that are out of date side by side, before Sphinx reads any; run nothing twice.

MyST-NB runs a page when it reads it, one after the other. Here every outdated page is run before the first is read,
as many at once as there are processors, and each that has ended is counted on one line. Where MyST-NB would run a page
it gets the result of that run: all that comes after (outputs, glued numbers, reports of failed cells) is its own and
unchanged. A result that is kept for the very same inputs (`execution_cache`) takes the place of a run, whichever format
is built.
"""

import json
import os
from concurrent.futures import Future, as_completed
from pathlib import Path, PurePath
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NamedTuple

from jupyter_cache.executors.utils import ExecutionResult  # type: ignore[import-untyped]  # it says nothing of types
from myst_nb.core.config import NbParserConfig
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.display import status_iterator

from evidencebook.compat import myst_nb
from evidencebook.evidence import memo
from evidencebook.pages import dependencies, execution_cache
from evidencebook.pages import notebooks as cells
from evidencebook.pages.kernels import Kernels

#: Kernels at once at most; each takes some 200 MB.
MOST = 8


class Page(NamedTuple):
    """Hold a page to run: its cells, the settings that MyST-NB will name, and where and for which inputs to keep it."""

    name: str
    notebook: NotebookNode
    how: dict[str, Any]
    cached: execution_cache.CachedResult


class Execution:
    """Stand in for the function with which MyST-NB runs a notebook."""

    def __init__(self, kernels: Kernels) -> None:
        """Begin with nothing."""
        self.kernels = kernels
        self._begun: dict[str, Future[ExecutionResult]] = {}
        self._waiting: SimpleQueue[tuple[Page, Future[ExecutionResult]]] = SimpleQueue()

    def begin(self, pages: list[Page]) -> dict[Future[ExecutionResult], str]:
        """Begin the pages in this order, but for those of which a result is kept; return at once, with their names."""
        names = {}
        for page in pages:
            future = self._begun[_identity(page.notebook, page.how)] = Future()
            if page.cached.read(page.notebook):
                future.set_result(ExecutionResult(page.notebook, page.how["cwd"], 0.0))
            else:
                names[future] = page.name
                self._waiting.put((page, future))
        for _ in range(min(os.cpu_count() or 1, len(names), MOST)):
            Thread(target=self._work, daemon=True).start()  # a build that stops early waits for none
        return names

    def __call__(self, nb: NotebookNode, **how: Any) -> ExecutionResult:
        """Give what was begun ahead, once it is there; run the notebook now if just this was not begun."""
        future = self._begun.pop(_identity(nb, how), None)
        if future is None:
            return self.kernels.run(nb, **how)
        result = future.result()  # what broke in the thread is raised here, where it would have broken
        for cell, done in zip(nb.cells, result.nb.cells, strict=True):
            cell.update({part: done[part] for part in ("outputs", "execution_count") if part in done})
        nb.metadata.update(result.nb.metadata)
        result.nb = nb
        return result

    def _work(self) -> None:
        """Run one page after the other until none waits."""
        while True:
            try:
                page, future = self._waiting.get_nowait()
            except Empty:
                return
            try:
                result = self.kernels.run(page.notebook, **page.how)
                if result.err is None:
                    page.cached.write(page.notebook)
                future.set_result(result)
            except BaseException as broken:  # handed on to the thread that asks for the result
                future.set_exception(broken)


def begin(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Run the executed pages among those to be read; for env-before-read-docs."""
    found = [one for page in pages if (one := _to_run(env, page))]
    needed = {name for page in found for name in dependencies.installed(cells.code_of(page.notebook))}
    ahead = Execution(Kernels(memo.file(Path(env.srcdir), "evidence"), sorted(needed)))
    myst_nb.run_with(ahead)
    if names := ahead.begin(found):
        ended = as_completed(names)
        for _ in status_iterator(ended, "executing pages... ", "blue", len(names), app.verbosity, names.__getitem__):
            pass


def end(app: Sphinx, env: BuildEnvironment) -> None:
    """Give MyST-NB its own function back; for env-updated."""
    if isinstance(ahead := myst_nb.run_with(None), Execution):
        ahead.kernels.close()


def _to_run(env: Any, page: str) -> Page | None:
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
    cached = execution_cache.CachedResult(env, notebook)
    return Page(page, notebook, _settings(path, config), cached) if _will_run(path, config) else None


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
    """Write down the cells, what is said of them, and the settings."""
    told = [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]  # ids are made up at each reading
    return json.dumps([told, notebook.metadata, how], sort_keys=True, default=str)
