"""Say what the PDF cannot show, and where it stands."""

from dataclasses import dataclass
from typing import Literal

from docutils import nodes

from evidencebook.evidence.diagnostics import Diagnostic

#: What can be wrong: an element without a writer, an image without alt text, a table without a header row, a link to
#: nothing, a character that no font has, and whatever else Typst refuses.
Kind = Literal["unknown-node", "alt", "table", "link", "glyph", "typst"]


@dataclass(frozen=True, order=True)
class PdfDiagnostic(Diagnostic):
    """Hold file, line, message, and the kind, by which the warning can be told from others."""

    kind: Kind = "typst"


def location(node: nodes.Node | None) -> tuple[str, int]:
    """Give file and line of a node, or of what it holds, or of the nearest one around it that has them."""
    for inner in node.findall() if node is not None else ():
        if inner.source and inner.line:
            return inner.source, inner.line
    while node is not None:
        if node.source and node.line:
            return node.source, node.line
        node = node.parent
    return "", 1
