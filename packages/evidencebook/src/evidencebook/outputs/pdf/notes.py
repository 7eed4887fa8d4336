"""Write footnotes and the list of references."""

from docutils import nodes

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Write


def _footnote_reference(page: Translator, node: nodes.footnote_reference) -> str:
    """Write a footnote where it is first referred to, and its mark where it is again."""
    place = f"{page.around.page}:{node.get('refid', '')}"
    root = node.document
    note = root.ids.get(node.get("refid", "")) if root is not None else None
    if root is None or not isinstance(note, nodes.footnote):
        page.fault(node, "link", f'this footnote has no text; write a line that begins with "[^{node.astext()}]:"')
        return ""
    first = next(one for one in root.findall(nodes.footnote_reference) if one.get("refid") == node["refid"])
    if first is not node:
        return f"#footnote(label({markup.string(place)}))"
    body = page.blocks(child for child in note.children if not isinstance(child, nodes.label)).strip()
    return f"#footnote[{body}]#label({markup.string(place)})"


def _citation_reference(page: Translator, node: nodes.citation_reference) -> str:
    """Cite an entry on the same page."""
    place = f"{page.around.page}:{node.get('refid', '')}"
    if place not in page.around.existing:
        page.fault(node, "link", f'this page cites "{node.astext()}", which is nowhere on it')
        return ""
    return "\\[" + markup.call("quiet", page.inline(node), markup.place(place)) + "\\]"


def _nothing(page: Translator, node: nodes.Node) -> str:
    """Write nothing here."""
    return ""


def _citation(page: Translator, node: nodes.citation) -> str:
    """Write an entry of the list of references."""
    body = page.blocks(child for child in node.children if not isinstance(child, nodes.label)).strip()
    return markup.call("source", page.marks(node) + body)


WRITERS: dict[type[nodes.Node], Write] = {
    nodes.footnote_reference: _footnote_reference,
    nodes.citation_reference: _citation_reference,
    nodes.footnote: _nothing,  # it is written where it is referred to
    nodes.citation: _citation,
}
