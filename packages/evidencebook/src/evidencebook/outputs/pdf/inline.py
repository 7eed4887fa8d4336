"""Write what stands inside a line, and formulas: LaTeX becomes Typst by tex2typst, which refuses what it knows not."""

import re

from docutils import nodes
from sphinx import addnodes

from evidencebook.outputs.latex_math import normalised
from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Writer, destination

try:
    from tex2typst import tex2typst  # type: ignore[import-untyped]  # it ships no types
except ImportError:  # it has no wheel for some machines; a book without formulas does without it

    def tex2typst(latex: str, **options: bool) -> str:
        """Stand in for the converter."""
        raise ValueError("tex2typst is not installed")


#: Names that tex2typst lacks.
_OPERATORS = re.compile(r"\\(min|max|Pr|arg|sup|inf|exp)(?![A-Za-z])")
#: Classes of spans, paragraphs and containers for which the template has a function.
_STYLED = {
    **{"evidence-verdict": "verdict", "evidence-call": "unbroken"},
    **{"u": "underline", "s": "strike", "mark": "highlight"},
    **{"claim-statement": "statement", "claim-meta": "meta", "evidence-basis": "basis"},
}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
#: Links that a reader of paper meets in every line: set like the words around them.
_QUIET = {"evidence-finding", "evidence-source", "evidence-search", "bibtex-citation"}


def wrapped(name: str) -> Writer:
    """Make a writer that calls a function around what stands inside."""
    return lambda page, node: markup.call(name, page.inline(node)) if node.children else ""


def styled(node: nodes.Element, words: str) -> str:
    """Call the function that a class of the node chooses."""
    for name, function in _STYLED.items():
        if name in node["classes"]:
            return markup.call(function, words)
    return words


def _span(page: Translator, node: nodes.Element) -> str:
    """Write a span."""
    return styled(node, page.marks(node) + page.inline(node))


def _literal(page: Translator, node: nodes.Element) -> str:
    """Write code within a line."""
    return f"{page.marks(node)}#raw({markup.string(node.astext())})"


def _reference(page: Translator, node: nodes.reference) -> str:
    """Write a link: to an anchor in the book, or outward by its address."""
    words = page.marks(node) + page.inline(node)
    if anchor := destination(page.context.page, node):
        if anchor not in page.context.existing:
            other, _, name = anchor.partition(":")
            written = f"{other}#{name}" if name else other
            page.report(node, f'this link leads to "{written}", which is nowhere in the book')
            return words
        spans = [near for near in (node.parent, *node.children) if isinstance(near, nodes.inline)]
        quiet = any(_QUIET.intersection(span["classes"]) for span in spans)
        return markup.call("quiet" if quiet else "inside", words, markup.anchor(anchor))
    address = node.get("refuri", "")
    if not address.lower().startswith(_SCHEMES):
        page.report(node, f'this link leads to "{address}", which is neither in the book nor an address')
        return words
    return markup.call("outside", words, markup.string(address))


def _footnote_reference(page: Translator, node: nodes.footnote_reference) -> str:
    """Write a footnote where it is first referred to, and its mark where it is again."""
    label = markup.string(f"{page.context.page}:{node.get('refid', '')}")
    root = node.document
    note = root.ids.get(node.get("refid", "")) if root is not None else None
    if root is None or not isinstance(note, nodes.footnote):
        page.report(node, f'this footnote has no text; write a line that begins with "[^{node.astext()}]:"')
        return ""
    first = next(other for other in root.findall(nodes.footnote_reference) if other.get("refid") == node["refid"])
    if first is not node:
        return f"#footnote(label({label}))"
    return f"#footnote[{after_label(page, note)}]#label({label})"


def after_label(page: Translator, node: nodes.Element) -> str:
    """Write what follows the label of a footnote or an entry."""
    return page.blocks(child for child in node.children if not isinstance(child, nodes.label)).strip()


def _citation_reference(page: Translator, node: nodes.citation_reference) -> str:
    """Cite an entry on the same page."""
    anchor = f"{page.context.page}:{node.get('refid', '')}"
    if anchor not in page.context.existing:
        page.report(node, f'this page cites "{node.astext()}", which is nowhere on it')
        return ""
    return "\\[" + markup.call("quiet", page.inline(node), markup.anchor(anchor)) + "\\]"


def _raw(page: Translator, node: nodes.raw) -> str:
    """Write what is meant for Typst as it stands, and a line break; HTML was made into nodes before."""
    formats = str(node.get("format", "")).split()
    if "typst" in formats:
        return node.astext()
    return "#linebreak()" if "html" in formats and node.astext().startswith("<br") else ""


def _nothing(page: Translator, node: nodes.Node) -> str:
    """Write nothing for what is no part of the text."""
    return ""


def _problem(page: Translator, node: nodes.Element) -> str:
    """Report what docutils itself could not read."""
    page.report(node, f"this could not be read: {node.astext()}")
    return ""


def _formula(page: Translator, node: nodes.TextElement) -> str:
    """Write a formula within a line, or one of its own with its number; its LaTeX is its alt text."""
    source = node.astext().strip()
    latex = _OPERATORS.sub(r"\\operatorname{\1}", normalised(source))
    try:
        written = tex2typst(latex, non_strict=False)
    except ValueError as wrong:
        reason = str(wrong).splitlines()[0].removeprefix("Conversion failed: ")
        page.report(node, f'the formula "{source[:60]}" cannot be set in print: {reason}')
        return ""
    space = " " if isinstance(node, nodes.math_block) else ""  # Typst sets a formula with spaces on a line of its own
    number = page.number(node) or (f"({node['number']})" if node.get("number") else "")
    marks = page.marks(node) if space else ""
    return f"{marks}#formula({markup.string(source)}, {markup.string(number)})[${space}{written.strip()}{space}$]"


WRITERS: dict[type, Writer] = {
    nodes.Text: lambda _, node: markup.text(node.astext()),
    nodes.strong: wrapped("strong"),
    addnodes.literal_strong: wrapped("strong"),
    **dict.fromkeys((nodes.emphasis, nodes.title_reference, nodes.classifier), wrapped("emph")),
    **dict.fromkeys((addnodes.literal_emphasis, addnodes.manpage), wrapped("emph")),
    nodes.subscript: wrapped("sub"),
    nodes.superscript: wrapped("super"),
    **dict.fromkeys((nodes.math, nodes.math_block), _formula),
    nodes.literal: _literal,
    nodes.option_group: _literal,
    **dict.fromkeys((nodes.inline, nodes.abbreviation, nodes.acronym, nodes.generated, nodes.target), _span),
    **dict.fromkeys((nodes.term, nodes.field_name, addnodes.download_reference), _span),
    nodes.reference: _reference,
    nodes.footnote_reference: _footnote_reference,
    nodes.citation_reference: _citation_reference,
    nodes.raw: _raw,
    nodes.Invisible: _nothing,
    nodes.footnote: _nothing,  # it is written where it is referred to
    **dict.fromkeys((nodes.meta, addnodes.highlightlang, addnodes.tabular_col_spec, addnodes.toctree), _nothing),
    nodes.problematic: _problem,
    nodes.system_message: _problem,
}
