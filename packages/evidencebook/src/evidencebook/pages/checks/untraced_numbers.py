"""Find numbers on a page that lead to no source."""

import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any, Literal

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from evidencebook.evidence.typed_numbers import measured, typed_numbers
from evidencebook.pages.domain import domain_of
from evidencebook.pages.warnings import report

#: Below these a number was written by the package or another extension, or no reader sees it.
_LEFT_ALONE = (
    *(nodes.raw, nodes.comment, nodes.footnote_reference, nodes.citation, nodes.substitution_definition),
    *(nodes.system_message, addnodes.manpage),  # the words of another fault; the name of a page
)
#: What a hand may type into a page; code and formulas may hold bare numbers, but no measured ones.
_BLOCKS = (
    *(nodes.paragraph, nodes.title, nodes.subtitle, nodes.term, nodes.caption, nodes.rubric, nodes.line),
    *(
        addnodes.centered,
        nodes.attribution,
        nodes.image,
        nodes.literal,
        nodes.literal_block,
        nodes.math,
        nodes.math_block,
    ),
    *(nodes.reference, addnodes.pending_xref, addnodes.toctree, nodes.abbreviation),
)
_CODE = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block)
_SENTENCE = re.compile(r"\n|(?<=[.!?])\s+(?=[A-Z\"“])")
#: Stands in a text for what leads to a source.
_SOURCE = "\ue000"
#: The classes of what was not typed: records, results of an analysis; and of names, or what was marked as no quantity.
_TRACED = {"evidence", "pasted-text", "evidence-plain", "pep", "rfc"}


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of each typed number, with the file and line on which it stands; for doctree-read."""
    claims = domain_of(app.env).evidence.claims
    for block in doctree.findall(lambda node: isinstance(node, _BLOCKS)):
        if made_by_machine(block):
            continue
        outside = not Path(block.source or app.srcdir).is_relative_to(
            app.srcdir
        )  # as the changelog, which has no roles
        for number in dict.fromkeys(_numbers(block, claims, outside=outside)):
            path, line = place(block, number)
            report(app.env, "untraced", advice(number), f"{path}:{line}")


def advice(number: str) -> str:
    """Say that a number leads to no source, and what to write instead."""
    write = "write {finding:value}`ID`, quote a result with glue, or write"
    return f'the number "{number}" leads to no source; {write} {{plain}}`{number}` where it states no quantity'


def _numbers(block: Any, claims: Container[str], *, outside: bool) -> Iterator[str]:
    """Yield the typed numbers of a block, those below it in code aside, which are blocks themselves."""
    if isinstance(block, _CODE):
        yield from measured(block.astext())
    elif isinstance(block, nodes.image):
        yield from typed_numbers(f"{block.get('alt', '')} ; {block.get('title', '')}", words="none")
    elif isinstance(block, nodes.reference | addnodes.pending_xref):
        if not any(_is_traced(child) for child in block.children):
            yield from typed_numbers(block.get("title") or block.get("reftitle") or "")
    elif isinstance(block, nodes.abbreviation):
        yield from typed_numbers(block.get("explanation", ""))
    elif isinstance(block, addnodes.toctree):
        titles = [title for title, _ in block["entries"] if title]
        yield from typed_numbers(" ; ".join([block.get("caption") or "", *titles]))
    else:
        for sentence in _SENTENCE.split("".join(_typed(block, claims))):
            sourced: Literal["shares", "all"] = "shares" if _SOURCE in sentence else "all"
            yield from typed_numbers(sentence.replace(_SOURCE, "x"), "none" if outside else sourced)


def _typed(block: nodes.Node, claims: Container[str]) -> Iterator[str]:
    """Yield the text that a hand typed; what is left alone becomes a gap, so that its neighbours do not merge."""
    for child in block.children:
        if isinstance(child, nodes.Text):
            yield child.astext()
        elif _is_traced(child) or isinstance(child, _CODE):
            plain = isinstance(child, _CODE) or "evidence-plain" in getattr(child, "attributes", {}).get("classes", ())
            yield " x " if plain else f" {_SOURCE} "
        else:
            yield from _typed(child, claims)
            if isinstance(child, nodes.Element) and (child.get("typed") or child.get("reftarget") in claims):
                yield _SOURCE


def _is_traced(node: nodes.Node) -> bool:
    """Tell whether a node was written by the package, is a glued or cited result, or is marked as plain."""
    if isinstance(node, _LEFT_ALONE) or type(node).__name__.startswith("Pending"):
        return True
    if isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite":
        return True
    return isinstance(node, nodes.Element) and bool(_TRACED & set(node["classes"])) and not node.get("typed")


def made_by_machine(node: nodes.Node) -> bool:
    """Tell whether the package, a code cell or the bibliography made this node."""
    if isinstance(node, nodes.literal | addnodes.pending_xref) and _is_traced(node):
        return True
    while node.parent is not None:
        node = node.parent
        if _is_traced(node) or "nb_element" in getattr(node, "attributes", {}):
            return True
    return False


def place(block: nodes.Node, number: str) -> tuple[str, int]:
    """Find file and line of a number: the block begins on its own line, the number may stand further down."""
    node: nodes.Node | None = block
    while node is not None and (node.line is None or node.source is None):
        node = node.parent
    if node is None or node.source is None or node.line is None:
        return (block.document.current_source if block.document else None) or "", 1
    lines = _lines(node.source)
    alone = re.compile(rf"(?<![\w-]){re.escape(number)}(?![\w-])")
    for line in range(node.line, min(node.line + 40, len(lines)) + 1):
        if alone.search(lines[line - 1]):
            return node.source, line
    return node.source, node.line


def _lines(path: str) -> tuple[str, ...]:
    """Read the lines of a page."""
    file = Path(path)
    return tuple(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else ()
