"""Refuse rows of Markdown tables with more cells than their table has columns: Markdown drops what is too much."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from docutils import nodes
from markdown_it.rules_block.table import escapedSplit
from sphinx.application import Sphinx

from evidencebook.pages.warnings import location, report

_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*|\s*\|\s*:?-+:?\s*")
#: What may stand before a row: the marks of a quotation, the bullet or number of an item.
_OUTER = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)?")
#: A table stands this many lines or fewer from where its node says.
_NEAR = 3


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Report each such row at its line; for doctree-read."""
    path = Path(app.env.doc2path(app.env.docname))
    if path.suffix != ".md":
        return
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    told = set()
    for table in doctree.findall(nodes.table):
        file, line = location(table)
        if not file or Path(file).name != path.name or not line:
            continue
        for number, cells, columns in _too_long(lines, line - 1):
            if number not in told:
                told.add(number)
                message = f"this row has {cells} cells and its table {columns} columns, so that the rest is lost; "
                report(app.env, "element", rf"{message}write \| for a bar within a cell", f"{path}:{number}")


def _too_long(lines: Sequence[str], place: int) -> Iterator[tuple[int, int, int]]:
    """Yield line, cells and columns of each row with too many, of the table that begins near a place."""
    begins = range(max(1, place + 1 - _NEAR), min(len(lines), place + 1 + _NEAR))
    rule = next((at for at in begins if "|" in lines[at] and _RULE.fullmatch(_OUTER.sub("", lines[at], count=1))), None)
    columns = len(_cells(lines[rule])) if rule is not None else 0
    for at in range((rule or 0) + 1, len(lines)) if columns else ():
        row = lines[at].lstrip("> \t")
        if not row or row.startswith(("```", "~~~", ":::")):
            return
        if (cells := len(_cells(row))) > columns:
            yield at + 1, cells, columns


def _cells(row: str) -> list[str]:
    """Take a row apart as markdown-it does."""
    cells = escapedSplit(_OUTER.sub("", row, count=1).strip())
    begin, end = (1 if cells and not cells[0].strip() else 0), (-1 if cells and not cells[-1].strip() else None)
    return cells[begin:end]
