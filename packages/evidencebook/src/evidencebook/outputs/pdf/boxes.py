"""Write boxes: claim cards, help, caveats, notes."""

from docutils import nodes
from sphinx.locale import admonitionlabels

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Write

#: A box with fewer characters than this stays on one page.
_WHOLE = 1100


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
    whole = str(len(node.astext()) < _WHOLE).lower()
    body = page.marks(node) + page.blocks(children).strip()
    return f"#panel({kinds}, {whole}, [{title}])[\n{body}\n]"


_KINDS = (
    nodes.admonition,
    nodes.attention,
    nodes.caution,
    nodes.danger,
    nodes.error,
    nodes.hint,
    nodes.important,
    nodes.note,
    nodes.tip,
    nodes.warning,
    nodes.topic,
    nodes.sidebar,
)
WRITERS: dict[type[nodes.Node], Write] = dict.fromkeys(_KINDS, _admonition)
