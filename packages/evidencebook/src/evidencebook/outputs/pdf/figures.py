"""Write figures: an image, its alt text, its number and caption."""

from docutils import nodes

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Writer

#: A caption with more characters may be broken across pages.
_WHOLE = 900


def _figure(page: Translator, node: nodes.figure) -> str:
    """Write a figure with its number, its caption and its legend."""
    caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
    legend = [block for child in node.children if isinstance(child, nodes.legend) for block in child.children]
    shown = [child for child in node.children if not isinstance(child, nodes.caption | nodes.legend)]
    words = f"{page.caption(node, caption)}\n\n{page.blocks(legend)}".strip()
    whole = str(len(node.astext()) < _WHOLE).lower()
    return f"{page.marks(node)}#figure-of([{words}], {whole})[\n{page.blocks(shown).strip()}\n]"


def _image(page: Translator, node: nodes.image) -> str:
    """Write an image and its alt text."""
    alt = " ".join(str(node.get("alt", "")).split())
    if not alt:
        page.report(node, "alt", "this picture has no alt text; say what is to be seen, for those who cannot see it")
    path = page.context.images.get(node["uri"])
    if path is None:
        page.report(node, "unknown-node", f'the picture "{node["uri"]}" is no SVG, PNG or JPEG beside the pages')
        return ""
    return f"{page.marks(node)}#picture({markup.string(path)}, {markup.string(alt)})"


WRITERS: dict[type[nodes.Node], Writer] = {nodes.figure: _figure, nodes.image: _image}
