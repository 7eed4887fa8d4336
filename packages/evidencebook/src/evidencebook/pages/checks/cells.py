"""Refuse cells that failed, were not run or may fail, and numbers typed into code, caption or alt text of a cell."""

import ast
import re
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from evidencebook.compat.myst_nb import NbMetadataCollector
from evidencebook.evidence.typed_numbers import typed_numbers
from evidencebook.pages import notebooks
from evidencebook.pages.checks.untraced_numbers import advice
from evidencebook.pages.warnings import report

_TAGS = {
    "skip-execution": "this cell is not run; remove its tag skip-execution, or the cell",
    "raises-exception": "this cell may fail; remove its tag raises-exception and fix what fails",
}

_CELL = re.compile(
    r"^`{3,}\{code-cell\}.*?\n(?:---\n.*?\n---\n|(?::[\w-]+:[^\n]*\n)*)(.*?)^`{3,}\s*$", re.MULTILINE | re.DOTALL
)
_LAST = re.compile(r"^(\w*(?:Error|Exception|Interrupt|Warning)\b.*)$", re.MULTILINE)

#: What else ends a cell, and what to do.
_KERNEL = {
    "CellTimeoutError": "it ran longer than {limit} seconds; make it quicker, or raise timeout in _config.yml",
    "DeadKernelError": "its kernel died, as it does when memory runs out; make the data smaller",
}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of each such cell of a page, with its line; for doctree-read."""
    page = app.env.docname
    read = notebooks.notebook(app.env, page)
    if read is None:
        return
    for setting, wrong in (("execution_allow_errors", True), ("execution_mode", "off")):
        if read.metadata.get("mystnb", {}).get(setting) == wrong:
            report(app.env, "execution", f"cells of this page may fail or are not run; remove {setting}", (page, 1))
    # A notebook has no lines of its own: MyST-NB counts ten thousand for each cell.
    for cell, line in zip(read.cells, read.metadata.get("source_map") or count(10_000, 10_000), strict=False):
        if cell.cell_type == "raw" and not cell.metadata.get("format") and cell.source[:3] not in {"", "---"}:
            message = "no format shows this raw cell; make it a Markdown cell, or say its format in its metadata"
            report(app.env, "execution", message, (page, line))
        if cell.cell_type != "code":
            continue
        for tag in sorted(_TAGS.keys() & set(cell.metadata.get("tags", ()))):
            report(app.env, "execution", _TAGS[tag], (page, line))
        for number in dict.fromkeys(_numbers(cell)):
            report(app.env, "untraced", f"{advice(number)} (in a cell: under src/, or findings())", (page, line))


def _numbers(cell: NotebookNode) -> Iterator[str]:
    """Yield the typed numbers of a cell: its code, its caption and the text in place of its picture."""
    shown = cell.metadata.get("mystnb", {})
    yield from typed_numbers(str(shown.get("figure", {}).get("caption", "")), "shares")
    yield from typed_numbers(str(shown.get("image", {}).get("alt", "")), "none")
    try:
        yield from typed_in_code(ast.parse(cell.source))
    except SyntaxError:  # it will fail and be told, or it is no Python
        return


def typed_in_code(node: ast.AST) -> Iterator[str]:
    """Yield the numbers that code states, as numbers or within texts; ids, 0 and 1, digits and seeds aside."""
    if isinstance(node, ast.Constant) and not isinstance(node.value, bool | bytes):
        if isinstance(node.value, int | float | complex) and node.value not in {0, 1}:
            yield str(node.value)
        elif isinstance(node.value, str):
            yield from typed_numbers(node.value, "shares")
    for name, value in ast.iter_fields(node):
        if name in {"format_spec", "slice"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_harmless(node, child):
                yield from typed_in_code(child)


def _is_harmless(node: ast.AST, child: ast.AST) -> bool:
    """Tell whether a number is a seed, or digits to which another is rounded."""
    if not isinstance(node, ast.Call) or not isinstance(child, ast.Constant):
        return False
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return called in {"default_rng", "seed"} or (called == "round" and child.value in range(10))


def take_over(app: Sphinx, config: Config) -> None:
    """Let a failed cell pass for now: check_runs() names every failure, where MyST-NB would stop at the first."""
    if "nb_execution_raise_on_error" in config:
        config.nb_execution_raise_on_error = False


def check_runs(app: Sphinx, env: BuildEnvironment) -> None:
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
    found = _LAST.findall(_COLOUR.sub("", log))
    message = found[-1] if found else "see the log of the execution"
    for cell in _CELL.finditer(page):
        code = cell[1].strip()
        if code and code in log:
            return page.count("\n", 0, cell.start(1)) + 1, message
    return 1, message
