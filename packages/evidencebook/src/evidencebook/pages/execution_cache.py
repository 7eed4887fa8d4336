"""Keep the results of executed pages by all that they were made from, so that equal inputs are run once.

The key of a result: the code cells and what is said of them, the language, the kernel, Python and the versions of all
that is installed, and the content of every file that the code loads or imports, by its name (`dependencies.behind`).
Each result is one file, put in place at once, so that builds side by side and builds that are killed do it no harm.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbformat import NotebookNode
from sphinx.environment import BuildEnvironment

from evidencebook import locale
from evidencebook.evidence.atomic_write import write_together
from evidencebook.pages import dependencies, fingerprints
from evidencebook.pages import notebooks as cells

#: Names the folder, where builds of several folders are to share results.
VARIABLE = "EVIDENCEBOOK_EXECUTED"
#: Results that no build asked for in so many days are deleted.
_DAYS = 30


class CachedResult:
    """Hold the place of one page's result."""

    def __init__(self, env: BuildEnvironment, notebook: NotebookNode) -> None:
        """Name the place by what lies behind the page now."""
        given = os.environ.get(VARIABLE) or env.config["nb_execution_cache_path"]
        self._folder = Path(given or Path(env.srcdir) / "_build" / ".executed")
        told = [[[cell.source, cell.metadata] for cell in _code(notebook)], notebook.metadata]
        self._told = json.dumps(told, sort_keys=True, default=str)  # as they are before the run adds to them
        self._kernel = notebook.metadata.get("kernelspec", {}).get("name", "")
        # Once, in this thread: Python 3.11 cannot parse in several. An import that comes new changes a file of these.
        self._files = dependencies.behind(env, cells.code_of(notebook))
        self._key = self._made_key()

    def _made_key(self) -> str:
        """Give the digest of all that the result is made from."""
        try:
            kernel: Any = KernelSpecManager().get_kernel_spec(self._kernel).to_dict()
        except NoSuchKernel:
            kernel = self._kernel
        contents = [[name, fingerprints.of_file(path)] for name, path in sorted(self._files.items())]
        software = fingerprints.software("locale", "evidence", "analysis", "surveillance")
        return fingerprints.hashed([self._told, kernel, sys.version, software, locale.current(), contents])

    @property
    def _file(self) -> Path:
        return self._folder / f"{self._key}.json"

    def read(self, notebook: NotebookNode) -> bool:
        """Put the kept result into a notebook, and tell whether there was one."""
        try:
            made = json.loads(self._file.read_text(encoding="utf-8"))
            os.utime(self._file)
        except (OSError, ValueError):
            return False
        for cell, parts in zip(_code(notebook), made["cells"], strict=True):
            cell.outputs, cell.execution_count = _node(parts["outputs"]), parts["execution_count"]
        notebook.metadata |= _node(made["metadata"])
        return True

    def write(self, notebook: NotebookNode) -> None:
        """Keep the result, unless a file behind it was edited meanwhile; drop what was long not asked for."""
        if self._made_key() != self._key:
            return
        parts = [{"outputs": cell.outputs, "execution_count": cell.execution_count} for cell in _code(notebook)]
        write_together({self._file: json.dumps({"cells": parts, "metadata": notebook.metadata})})
        for path in self._folder.glob("*.json"):
            if path.stat().st_mtime < time.time() - _DAYS * 86400:
                path.unlink(missing_ok=True)


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    """Give the code cells."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _node(value: Any) -> Any:
    """Turn plain values into what nbformat makes of them."""
    return nbformat.from_dict(value)  # type: ignore[no-untyped-call]  # it says nothing of types
