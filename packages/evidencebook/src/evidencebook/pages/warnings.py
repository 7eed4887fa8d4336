"""Say what is wrong with a page: one place for every warning of the press."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Literal

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

logger = logging.getLogger(__name__)

#: The closed list of warning subtypes.
Subtype = Literal[
    "evidence",  # the evidence base breaks a rule
    "settings",  # a setting cannot be meant
    "unknown",  # a page names a claim, finding, source or part that does not exist
    "wording",  # words around a link say more than its claim
    "untraced",  # a number in prose leads to no source
    "picture",  # a picture has no alt text
    "foreign",  # what a reader's device would run, or load from another host
    "toc",  # a page is missing from _toc.yml
    "execution",  # a cell failed
    "element",  # something that a format cannot show
    "pdf",  # something that the PDF cannot show
]


def report(env: BuildEnvironment, subtype: Subtype, message: str, location: str | tuple[str, int] | nodes.Node) -> None:
    """Warn, and remember for the page that it did: the build stops before anything is written."""
    logger.warning(message, type="evidence", subtype=subtype, location=_place(env, location))
    env.get_domain("evidence").note_problem()  # type: ignore[attr-defined]  # importing the domain here would be a circle


def _place(env: BuildEnvironment, where: str | tuple[str, int] | nodes.Node) -> str | tuple[str, int] | nodes.Node:
    """Name the cell of a notebook and the line in it, which MyST-NB counts as one number."""
    path, line = where if isinstance(where, tuple) else location(where) if isinstance(where, nodes.Node) else ("", 0)
    if isinstance(where, str) and (found := re.fullmatch(r"(.*\.ipynb):(\d+)", where)):
        path, line = found[1], int(found[2])
    path = str(env.doc2path(path)) if path in env.found_docs else path
    cell, row = divmod(line, 10_000)
    return f"{path}: cell {cell}, line {max(row, 1)}" if path.endswith(".ipynb") and cell else where


def location(node: nodes.Node) -> tuple[str, int]:
    """Give file and line of a node, or of what it holds, or of the nearest one around it that has them."""
    known = (near for near in chain(node.findall(), ancestors(node)) if near.source and near.line)
    return next(((str(near.source), int(near.line or 1)) for near in known), ("", 1))


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the nodes around a node, the nearest first."""
    while (parent := node.parent) is not None:
        yield parent
        node = parent
