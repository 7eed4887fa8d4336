"""Write boxes: claim cards, help, caveats, notes."""

from docutils import nodes
from sphinx.locale import admonitionlabels

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Writer

#: A box with fewer characters and line ends than these stays on one page.
_WHOLE, _LINE_ENDS = 1100, 60


def _admonition(page: Translator, node: nodes.Element) -> str:
    """Write a box; its classes choose its colour."""
    children = list(node.children)
    title = ""
    if children and isinstance(head := children[0], nodes.title):
        title = page.marks(head) + page.inline(head)
        del children[0]
    elif (kind := type(node).__name__) in admonitionlabels:
        title = markup.text(str(admonitionlabels[kind]))
    kinds = markup.array([markup.string(name) for name in (type(node).__name__, *node["classes"])])
    words = node.astext()
    whole = str(len(words) < _WHOLE and words.count("\n") < _LINE_ENDS).lower()
    body = page.marks(node) + page.blocks(children).strip()
    return f"#panel({kinds}, {whole}, [{title}])[\n{body}\n]"


WRITERS: dict[type[nodes.Node], Writer] = dict.fromkeys((nodes.Admonition, nodes.topic, nodes.sidebar), _admonition)
