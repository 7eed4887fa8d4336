"""Say what cannot be set in print, and where it stands."""

from dataclasses import dataclass
from typing import Literal

from docutils import nodes

#: What can be wrong: a node that nobody knows, a picture without words, a table without a head, a link to nothing, a
#: character that no font has, and whatever Typst itself refuses.
Kind = Literal["unknown-node", "alt", "table", "link", "glyph", "typst"]


@dataclass(frozen=True)
class Fault:
    """Hold one fault: its kind, what to do about it, and the line of the page."""

    kind: Kind
    message: str
    file: str
    line: int


def place(node: nodes.Node | None) -> tuple[str, int]:
    """Give file and line of a node, or of what it holds, or of the nearest one around it that has them."""
    for one in node.findall() if node is not None else ():
        if one.source and one.line:
            return one.source, one.line
    while node is not None:
        if node.source and node.line:
            return node.source, node.line
        node = node.parent
    return "", 1
