"""Write what stands inside a line."""

from docutils import nodes
from sphinx import addnodes

from evidencebook.outputs.pdf import links, markup
from evidencebook.outputs.pdf.translator import Translator, Write

#: Classes that the template sets in a way of their own.
_DRESSED = {"evidence-verdict": "verdict", "evidence-call": "unbroken"}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
#: Links that a reader of paper meets in every line: set like the words around them.
_QUIET = {"evidence-finding", "evidence-source", "evidence-search", "bibtex-citation"}


def _text(page: Translator, node: nodes.Text) -> str:
    """Write words, and note the characters that no font has."""
    words = node.astext()
    page.check_signs(node, words)
    return markup.text(words)


def _wrapped(name: str) -> Write:
    """Make a writer that calls a function around what stands inside."""
    return lambda page, node: markup.call(name, page.inline(node)) if node.children else ""


def _inline(page: Translator, node: nodes.Element) -> str:
    """Write a span in the dress that its classes choose."""
    words = page.marks(node) + page.inline(node)
    for name, function in _DRESSED.items():
        if name in node["classes"]:
            return markup.call(function, words)
    return words


def _literal(page: Translator, node: nodes.Element) -> str:
    """Write code within a line."""
    page.check_signs(node, node.astext())
    return f"#raw({markup.string(node.astext())})"


def _reference(page: Translator, node: nodes.reference) -> str:
    """Write a link: to a place in the book, or outward by its address."""
    words = page.marks(node) + page.inline(node)
    if place := links.inside(page.around.page, node):
        if place not in page.around.existing:
            page.fault(node, "link", f'this link leads to "{_told(place)}", which is nowhere in the book')
            return words
        quiet = any(_QUIET.intersection(child["classes"]) for child in _around(node))
        return markup.call("quiet" if quiet else "inside", words, markup.place(place))
    address = node.get("refuri", "")
    if not address.startswith(_SCHEMES):
        page.fault(node, "link", f'this link leads to "{address}", which is neither in the book nor an address')
        return words
    return markup.call("outside", words, markup.string(address))


def _around(link: nodes.reference) -> list[nodes.Element]:
    """Give what a link holds and what holds it: either may say what kind of link it is."""
    around = [child for child in link.children if isinstance(child, nodes.Element)]
    return [*around, *([link.parent] if isinstance(link.parent, nodes.inline) else [])]


def _told(place: str) -> str:
    """Say a place as an author would write it."""
    page, _, name = place.partition(":")
    return f"{page}#{name}" if name else page


def _target(page: Translator, node: nodes.target) -> str:
    """Write a place of its own."""
    return page.marks(node) + page.inline(node)


def _nothing(page: Translator, node: nodes.Node) -> str:
    """Write nothing for what print does not show."""
    return ""


def _raw(page: Translator, node: nodes.raw) -> str:
    """Hand on what an author wrote for Typst alone."""
    return node.astext() if "typst" in str(node.get("format", "")).split() else ""


def _problem(page: Translator, node: nodes.Element) -> str:
    """Note what docutils itself could not read."""
    page.fault(node, "unknown-node", f"this could not be read: {node.astext()}")
    return ""


WRITERS: dict[type[nodes.Node], Write] = {
    nodes.Text: _text,
    nodes.strong: _wrapped("strong"),
    nodes.emphasis: _wrapped("emph"),
    nodes.title_reference: _wrapped("emph"),
    addnodes.literal_emphasis: _wrapped("emph"),
    addnodes.literal_strong: _wrapped("strong"),
    nodes.subscript: _wrapped("sub"),
    nodes.superscript: _wrapped("super"),
    nodes.literal: _literal,
    nodes.inline: _inline,
    nodes.abbreviation: _inline,
    nodes.generated: _inline,
    addnodes.download_reference: _inline,
    nodes.reference: _reference,
    nodes.target: _target,
    nodes.raw: _raw,
    nodes.comment: _nothing,
    nodes.substitution_definition: _nothing,
    nodes.meta: _nothing,
    addnodes.index: _nothing,
    addnodes.highlightlang: _nothing,
    addnodes.tabular_col_spec: _nothing,
    addnodes.toctree: _nothing,
    nodes.problematic: _problem,
    nodes.system_message: _problem,
}
