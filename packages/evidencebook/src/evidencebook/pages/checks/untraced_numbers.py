"""Find numbers in prose that lead to no source."""

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from evidencebook.evidence.number_check import typed_numbers
from evidencebook.pages.warnings import report

#: Below these a number is code, a link, or was written by the press itself.
_LEFT_ALONE = (
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.raw,
    nodes.comment,
    nodes.reference,
    nodes.footnote_reference,
    nodes.citation,
    nodes.substitution_definition,
    nodes.system_message,  # the words of another fault
    addnodes.manpage,
    addnodes.pending_xref,
)
_BLOCKS = (nodes.paragraph, nodes.title, nodes.term, nodes.caption, nodes.rubric, nodes.line)


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of each typed number, with the file and line on which it stands."""
    for block in doctree.findall(lambda node: isinstance(node, _BLOCKS)):
        if _made_by_machine(block):
            continue
        text = "".join(_typed(block))
        for number in dict.fromkeys(typed_numbers(text)):
            path, line = _place(block, number)
            message = (
                f'the number "{number}" leads to no source; write {{finding:value}}`ID` or quote a result with glue'
            )
            report(app.env, "untraced", message, f"{path}:{line}")


def _typed(block: nodes.Node) -> Iterator[str]:
    """Yield the text that a hand typed; what is left alone becomes a gap, so that its neighbours do not merge."""
    for child in block.children:
        if isinstance(child, nodes.Text):
            yield child.astext()
        elif _is_traced(child):
            yield " x "
        else:
            yield from _typed(child)


def _is_traced(node: nodes.Node) -> bool:
    """Tell whether a node is code, a link, a part written by the press, or a glued result."""
    if isinstance(node, _LEFT_ALONE) or type(node).__name__.startswith("Pending"):
        return True
    return isinstance(node, nodes.Element) and bool({"evidence", "pasted-text"} & set(node["classes"]))


def _made_by_machine(node: nodes.Node) -> bool:
    """Tell whether the press, a code cell or the bibliography made this node."""
    while node.parent is not None:
        node = node.parent
        if _is_traced(node) or "nb_element" in getattr(node, "attributes", {}):
            return True
    return False


def _place(block: nodes.Node, number: str) -> tuple[str, int]:
    """Find file and line of a number: the block begins on its own line, the number may stand further down."""
    node: nodes.Node | None = block
    while node is not None and (node.line is None or node.source is None):
        node = node.parent
    if node is None or node.source is None or node.line is None:
        return (block.document.current_source if block.document else None) or "", 1
    lines = _lines(node.source)
    for line in range(node.line, min(node.line + 40, len(lines)) + 1):
        if number in lines[line - 1]:
            return node.source, line
    return node.source, node.line


def _lines(path: str) -> tuple[str, ...]:
    """Read the lines of a page."""
    file = Path(path)
    return tuple(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else ()
