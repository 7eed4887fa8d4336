"""Write figures: a picture, the words in its place, its number and caption."""

from docutils import nodes

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Write

#: In points. A higher picture is made smaller, so that its heading and its caption find room on its page.
_HIGHEST = 530


def _figure(page: Translator, node: nodes.figure) -> str:
    """Write a figure with its number, its caption and its legend."""
    caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
    legend = [child for child in node.children if isinstance(child, nodes.legend)]
    shown = [child for child in node.children if not isinstance(child, nodes.caption | nodes.legend)]
    number = next((page.around.numbers[name] for name in node["ids"] if name in page.around.numbers), "")
    words = markup.call("number", markup.text(number)) + " " if number else ""
    words += page.marks(caption) + page.inline(caption) if caption is not None else ""
    below = "".join(page.blocks(one.children) for one in legend)
    body = page.blocks(shown).strip()
    return f"{page.marks(node)}#figure-of([{words.strip()}{below and chr(10) * 2 + below.strip()}])[\n{body}\n]"


def _image(page: Translator, node: nodes.image) -> str:
    """Write a picture and the words in its place."""
    alt = " ".join(str(node.get("alt", "")).split())
    if not alt:
        page.fault(node, "alt", "this picture has no alt text; say what is to be seen, for those who cannot see it")
    picture = page.around.pictures.get(node["uri"])
    if picture is None:
        page.fault(node, "unknown-node", f'the picture "{node["uri"]}" is no SVG, PNG, JPEG or PDF beside the pages')
        return ""
    page.check_signs(node, picture.signs)
    lower = f", height: {_HIGHEST}pt" if picture.height > _HIGHEST else ""
    return f"{page.marks(node)}#picture({markup.string(picture.path)}, {markup.string(alt)}{lower})"


WRITERS: dict[type[nodes.Node], Write] = {nodes.figure: _figure, nodes.image: _image}
