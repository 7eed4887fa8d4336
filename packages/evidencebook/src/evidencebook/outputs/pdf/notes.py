"""Write footnotes and the list of references."""

from docutils import nodes

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.inline import nothing
from evidencebook.outputs.pdf.translator import Translator, Writer


def _footnote_reference(page: Translator, node: nodes.footnote_reference) -> str:
    """Write a footnote where it is first referred to, and its mark where it is again."""
    label = markup.string(f"{page.context.page}:{node.get('refid', '')}")
    root = node.document
    note = root.ids.get(node.get("refid", "")) if root is not None else None
    if root is None or not isinstance(note, nodes.footnote):
        page.report(node, "link", f'this footnote has no text; write a line that begins with "[^{node.astext()}]:"')
        return ""
    first = next(other for other in root.findall(nodes.footnote_reference) if other.get("refid") == node["refid"])
    if first is not node:
        return f"#footnote(label({label}))"
    return f"#footnote[{_body(page, note)}]#label({label})"


def _body(page: Translator, node: nodes.Element) -> str:
    """Write what follows the label of a footnote or an entry."""
    return page.blocks(child for child in node.children if not isinstance(child, nodes.label)).strip()


def _citation_reference(page: Translator, node: nodes.citation_reference) -> str:
    """Cite an entry on the same page."""
    anchor = f"{page.context.page}:{node.get('refid', '')}"
    if anchor not in page.context.existing:
        page.report(node, "link", f'this page cites "{node.astext()}", which is nowhere on it')
        return ""
    return "\\[" + markup.call("quiet", page.inline(node), markup.anchor(anchor)) + "\\]"


def _citation(page: Translator, node: nodes.citation) -> str:
    """Write an entry of the list of references."""
    return markup.call("source", page.marks(node) + _body(page, node))


WRITERS: dict[type[nodes.Node], Writer] = {
    nodes.footnote_reference: _footnote_reference,
    nodes.citation_reference: _citation_reference,
    nodes.footnote: nothing,  # it is written where it is referred to
    nodes.citation: _citation,
}
