"""Build small books around the small evidence base."""

import io
import shutil
import traceback
from collections.abc import Callable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from bs4 import BeautifulSoup
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from jupyter_cache.executors.utils import ExecutionResult
from myst_nb.ext.glue.crossref import read_glue_cache
from nbformat import NotebookNode, v4
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_colors

from evidencebook.pages.kernels import Kernels

CONF = """
extensions = ["myst_nb", "sphinxcontrib.bibtex", "evidencebook"]
project, version, copyright, author = "Small book", "0.1", "2026", "The contributors"
html_theme = "basic"
bibtex_bibfiles = ["../evidence/sources.bib"]
bibtex_reference_style = "author_year"
bibtex_cite_id = "ref-{key}"
exclude_patterns = ["_build", "_includes"]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["myst.domains"]
latex_engine = "xelatex"
"""
PAGES = {
    "index": "# Small\n\nDeaths: {finding}`WD-200`. See {claim}`the risk <death-out-of-treatment>`.\n\n"
    "```{toctree}\nchapter\nclaims\nfindings\nsources\n```\n",
    "chapter": "# Chapter\n\n```{claims}\n:ids: death-out-of-treatment lever-pressing\n:style: brief\n```\n\n"
    "It was {finding:value}`WD-200:.0f` and {finding:of}`WD-018`.\n\n```{claim} death-out-of-treatment\n```\n",
    "claims": "# Claims\n\n```{claims}\n```\n\n## Not argued elsewhere\n\n```{claims}\n:style: unplaced\n```\n",
    "findings": "# Findings\n\n```{findings}\n```\n\n## Searches\n\n```{searches}\n```\n\n"
    "## Assertions\n\n```{assertions}\n```\n",
    "sources": "# Sources\n\n```{sources}\n```\n\n## References\n\n```{bibliography}\n```\n",
}


@dataclass
class Book:
    """Hold the folder of a small book and build it."""

    folder: Path
    #: Where it is built, below its folder.
    out: str = "built"

    def write(self, page: str, text: str) -> None:
        """Write a page."""
        path = self.folder / "book" / f"{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self, builder: str = "html", *, silent: bool = True, **options: int) -> SphinxTestApp:
        """Build the book; unless told otherwise, any warning is a failure."""
        read_glue_cache.cache_clear()  # MyST-NB keeps it for the life of a process, and a build is one process
        self.warnings = io.StringIO()
        app = SphinxTestApp(
            builder, srcdir=self.folder / "book", builddir=self.folder / self.out, warning=self.warnings, **options
        )
        try:
            app.build()
        finally:
            app.cleanup()
            print(self.told())  # shown beside a failure
        assert not silent or not self.told(), self.told()
        return app

    def told(self) -> str:
        """Return the warnings without colour."""
        return strip_colors(self.warnings.getvalue())

    def html(self, page: str) -> str:
        """Return a built page."""
        return (self.folder / self.out / "html" / f"{page}.html").read_text(encoding="utf-8")

    def soup(self, page: str) -> BeautifulSoup:
        """Parse a built page."""
        return BeautifulSoup(self.html(page), "html.parser")


def laid_out(folder: Path, evidence: bool = True) -> Book:
    """Lay a small book out in a folder, around the small evidence base or around what lies there."""
    if evidence:
        shutil.copytree(Path(__file__).parent / "small" / "evidence", folder / "evidence")
    book = Book(folder)
    for page, text in PAGES.items():
        book.write(page, text)
    (folder / "book" / "conf.py").write_text(CONF, encoding="utf-8")
    return book


_ONE_PAGE = Lock()


def run_here(self: Kernels, nb: NotebookNode, cwd: str = "", **options: Any) -> ExecutionResult:
    """Run the cells of a page in this process, as a kernel would in its own, which would load pandas for each build."""
    with _ONE_PAGE:  # a build runs pages side by side
        return _run_here(nb, cwd)


def _run_here(nb: NotebookNode, cwd: str) -> ExecutionResult:
    shell = InteractiveShell.instance()
    shell.reset(new_session=False)
    nb.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    for cell in (cell for cell in nb.cells if cell.cell_type == "code"):
        with chdir(cwd), capture_output() as told:
            done = shell.run_cell(cell.source)
        if failure := done.error_before_exec or done.error_in_exec:
            return ExecutionResult(nb, cwd, 0.0, failure, "".join(traceback.format_exception(failure)))
        cell.outputs = [v4.new_output("stream", name="stdout", text=told.stdout)] if told.stdout else []
        cell.outputs += [v4.new_output("display_data", data=one.data, metadata=one.metadata) for one in told.outputs]
    return ExecutionResult(nb, cwd, 0.0)


Replace = Callable[[str, str, str], None]
