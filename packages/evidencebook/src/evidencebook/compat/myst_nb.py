"""Reach what MyST-NB documents nowhere; seen on 1.1 and 1.4, and held by tests/test_compat.py.

folded_cells         the nodes in which the code of a cell is folded, with `prompt_show` and `prompt_hide`
NbMetadataCollector  what execution noted of a page: whether it succeeded, and the keys of what it glued
create_nb_reader     the reader of a page's cells, as MyST-NB itself reads them
run_with             puts another function in the place of that with which MyST-NB runs a page in mode "force"
"""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from myst_nb.core.execute import direct
from myst_nb.core.read import create_nb_reader
from myst_nb.sphinx_ import HideCodeCellNode, NbMetadataCollector

__all__ = ["HideCodeCellNode", "NbMetadataCollector", "create_nb_reader", "folded_cells", "run_with"]
_RUN = direct.single_nb_execution


def run_with(run: Callable[..., Any] | None) -> Callable[..., Any]:
    """Have pages run by this function, or by MyST-NB's own again; return the one that was in its place."""
    before: Callable[..., Any] = direct.single_nb_execution
    direct.single_nb_execution = run or _RUN
    return before


def folded_cells(page: nodes.document) -> list[nodes.Element]:
    """Return the nodes that fold a cell, each with its parent, which MyST-NB leaves out where it folds a whole cell."""
    found = []
    for cell in page.findall(nodes.container):
        for child in cell.children:
            if isinstance(child, HideCodeCellNode):
                child.parent = cell
                found.append(child)
    return found
