"""Say what cannot be set in print, and where it stands."""

from dataclasses import dataclass

from docutils import nodes


@dataclass(frozen=True)
class Fault:
    """Hold one fault: its kind, what to do about it, and the line of the page."""

    kind: str
    message: str
    file: str
    line: int


def place(node: nodes.Node | None) -> tuple[str, int]:
    """Give file and line of a node, or of the nearest one around it that has them."""
    while node is not None:
        if node.source and node.line:
            return node.source, node.line
        node = node.parent
    return "", 1
