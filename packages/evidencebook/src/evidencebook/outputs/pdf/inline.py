"""Write what stands inside a line."""

import re

from docutils import nodes
from sphinx import addnodes

from evidencebook.outputs.pdf import links, markup
from evidencebook.outputs.pdf.translator import Translator, Writer

#: Classes for which the template has a function.
_STYLED = {"evidence-verdict": "verdict", "evidence-call": "unbroken"}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
#: Links that a reader of paper meets in every line: set like the words around them.
_QUIET = {"evidence-finding", "evidence-source", "evidence-search", "bibtex-citation"}
#: HTML tags, and the function that Typst has for each; tags without one only gather words that are nodes themselves.
_TAGS = {
    **{"sub": "sub", "sup": "super", "b": "strong", "strong": "strong", "i": "emph", "em": "emph", "cite": "emph"},
    **{"u": "underline", "ins": "underline", "s": "strike", "del": "strike", "mark": "highlight"},
    **dict.fromkeys(("div", "span", "p", "section", "details", "summary", "center", "small", "wbr"), ""),
}
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b([^>]*)>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def _text(page: Translator, node: nodes.Text) -> str:
    """Write words."""
    return markup.text(node.astext())


def wrapped(name: str) -> Writer:
    """Make a writer that calls a function around what stands inside."""
    return lambda page, node: markup.call(name, page.inline(node)) if node.children else ""


def _span(page: Translator, node: nodes.Element) -> str:
    """Write a span, by the function that its classes choose."""
    words = page.marks(node) + page.inline(node)
    for name, function in _STYLED.items():
        if name in node["classes"]:
            return markup.call(function, words)
    return words


def _literal(page: Translator, node: nodes.Element) -> str:
    """Write code within a line."""
    return f"{page.marks(node)}#raw({markup.string(node.astext())})"


def _reference(page: Translator, node: nodes.reference) -> str:
    """Write a link: to an anchor in the book, or outward by its address."""
    words = page.marks(node) + page.inline(node)
    if anchor := links.destination(page.context.page, node):
        if anchor not in page.context.existing:
            other, _, name = anchor.partition(":")
            written = f"{other}#{name}" if name else other
            page.report(node, "link", f'this link leads to "{written}", which is nowhere in the book')
            return words
        quiet = any(_QUIET.intersection(near["classes"]) for near in _near(node))
        return markup.call("quiet" if quiet else "inside", words, markup.anchor(anchor))
    address = node.get("refuri", "")
    if not address.startswith(_SCHEMES):
        page.report(node, "link", f'this link leads to "{address}", which is neither in the book nor an address')
        return words
    return markup.call("outside", words, markup.string(address))


def _near(link: nodes.reference) -> list[nodes.Element]:
    """Give what a link holds and what holds it: either may say what kind of link it is."""
    children = [child for child in link.children if isinstance(child, nodes.Element)]
    return [*children, *([link.parent] if isinstance(link.parent, nodes.inline) else [])]


def _raw(page: Translator, node: nodes.raw) -> str:
    """Write what is meant for Typst as it stands, and of HTML the tags that Typst knows too; MyST breaks lines by one.

    HTML that shows anything else is a diagnostic; what is meant for other formats is left out.
    """
    formats = str(node.get("format", "")).split()
    if "typst" in formats:
        return node.astext()
    if "html" not in formats:
        return ""
    source = _COMMENT.sub("", node.astext()).strip()
    written = _TAG.sub(_tag, source)
    if _TAG.sub("", source).strip() or _TAG.search(written):
        begins = " ".join(source.split())[:60]
        page.report(node, "unknown-node", f'only HTML shows "{begins}"; write it in Markdown, or in an "only" for html')
        return ""
    return written


def _tag(found: re.Match[str]) -> str:
    """Write a tag as Typst, or leave it as it is."""
    closing, name, attributes = found[1], found[2].lower(), found[3]
    if name == "br":
        return "#linebreak()"
    if name == "input" and "checkbox" in attributes:
        return "☑" if "checked" in attributes.replace("checkbox", "") else "☐"
    if (function := _TAGS.get(name)) is None:
        return found[0]
    return function and ("]" if closing else f"#{function}[")


def nothing(page: Translator, node: nodes.Node) -> str:
    """Write nothing for what is no part of the text."""
    return ""


def _problem(page: Translator, node: nodes.Element) -> str:
    """Report what docutils itself could not read."""
    page.report(node, "unknown-node", f"this could not be read: {node.astext()}")
    return ""


WRITERS: dict[type[nodes.Node], Writer] = {
    nodes.Text: _text,
    nodes.strong: wrapped("strong"),
    addnodes.literal_strong: wrapped("strong"),
    **dict.fromkeys((nodes.emphasis, nodes.title_reference, nodes.classifier), wrapped("emph")),
    **dict.fromkeys((addnodes.literal_emphasis, addnodes.manpage), wrapped("emph")),
    nodes.subscript: wrapped("sub"),
    nodes.superscript: wrapped("super"),
    nodes.literal: _literal,
    nodes.option_group: _literal,
    **dict.fromkeys((nodes.inline, nodes.abbreviation, nodes.acronym, nodes.generated, nodes.target), _span),
    **dict.fromkeys((nodes.term, nodes.field_name, addnodes.download_reference), _span),
    nodes.reference: _reference,
    nodes.raw: _raw,
    nodes.Invisible: nothing,
    **dict.fromkeys((nodes.meta, addnodes.highlightlang, addnodes.tabular_col_spec, addnodes.toctree), nothing),
    nodes.problematic: _problem,
    nodes.system_message: _problem,
}
