"""Report failed cells with page and line, all of them, instead of stopping at the first with a traceback."""

import re
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from evidencebook.compat.myst_nb import NbMetadataCollector
from evidencebook.pages.warnings import report

_CELL = re.compile(
    r"^`{3,}\{code-cell\}.*?\n(?:---\n.*?\n---\n|(?::[\w-]+:[^\n]*\n)*)(.*?)^`{3,}\s*$", re.MULTILINE | re.DOTALL
)
_LAST = re.compile(r"^(\w*(?:Error|Exception|Interrupt|Warning)\b.*)$", re.MULTILINE)

#: What else ends a cell, and what to do.
_KERNEL = {
    "CellTimeoutError": "it ran longer than {limit} seconds; make it quicker, or raise timeout in _config.yml",
    "DeadKernelError": "its kernel died, as it does when memory runs out; make the data smaller",
}


def take_over(app: Sphinx, config: Config) -> None:
    """Let a failed cell pass for now: check() names every failure, where MyST-NB would stop at the first."""
    if "nb_execution_raise_on_error" in config:
        config.nb_execution_raise_on_error = False


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each page with a failed cell."""
    _keep_logs(Path(app.outdir), Path(env.doctreedir))
    runs = {page: NbMetadataCollector.get_exec_data(env, page) for page in sorted(env.found_docs)}
    failed = {page: data for page, data in runs.items() if data and not data["succeeded"]}
    for page, data in failed.items():
        line, message = failure(Path(env.doc2path(page)).read_text(encoding="utf-8"), data["traceback"] or "")
        message = _KERNEL.get(str(data.get("error")), "").format(limit=env.config.nb_execution_timeout) or message
        report(env, "execution", f"a cell failed: {message}", (page, line))


def _keep_logs(out: Path, trees: Path) -> None:
    """Take the logs that MyST-NB wrote of failed cells out of what readers get; the last ones lie with the trees."""
    shutil.rmtree(trees / "reports", ignore_errors=True)
    if (out / "reports").is_dir():
        shutil.move(out / "reports", trees / "reports")


def failure(page: str, log: str) -> tuple[int, str]:
    """Return the line of the failed cell in the page and the last line of the error."""
    found = _LAST.findall(_without_colour(log))
    message = found[-1] if found else "see the log of the execution"
    for cell in _CELL.finditer(page):
        code = cell[1].strip()
        if code and code in log:
            return page.count("\n", 0, cell.start(1)) + 1, message
    return 1, message


def _without_colour(text: str) -> str:
    """Drop terminal colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
