"""Write sections, paragraphs, lists and code."""

from docutils import nodes
from sphinx import addnodes

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Write

#: Classes of paragraphs and containers that the template sets in a way of their own.
_DRESSED = {"claim-statement": "statement", "claim-meta": "meta", "evidence-basis": "basis"}

#: A paragraph with fewer characters is moved to the next page with the table below it.
_SHORT = 300


def _section(page: Translator, node: nodes.section) -> str:
    """Write a heading with its places, and what stands below it."""
    title, rest = node.children[0], node.children[1:]
    if not isinstance(title, nodes.title):
        return page.blocks(node.children)
    above = sum(isinstance(one, nodes.section) for one in _ancestors(node))
    level = page.around.level + above
    places = [*page.places(node), *page.places(title)]
    if above == 0 and (own := f"{page.around.page}:") in page.around.linked:
        places.insert(0, own)
    named = markup.array([markup.place(place) for place in places])
    head = markup.call("head", page.inline(title), str(level), str(page.around.level), named)
    return f"{head}\n\n{page.blocks(rest)}"


def _ancestors(node: nodes.Node) -> list[nodes.Element]:
    """Give the nodes around a node, the nearest first."""
    found, parent = [], node.parent
    while parent is not None:
        found.append(parent)
        parent = parent.parent
    return found


def _dressed(page: Translator, node: nodes.Element, body: str) -> str:
    """Call the function that a class of the node chooses."""
    for name, function in _DRESSED.items():
        if name in node["classes"]:
            return markup.call(function, body)
    return body


def _paragraph(page: Translator, node: nodes.paragraph) -> str:
    """Write a paragraph."""
    body = _dressed(page, node, page.marks(node) + page.inline(node))
    return markup.call("lead", body) if _leads(node) else body


def _leads(node: nodes.paragraph) -> bool:
    """Tell whether a paragraph announces a list or a table and must not be left behind by it."""
    following = node.next_node(descend=False, siblings=True, ascend=False)
    if isinstance(following, nodes.table):
        return len(node.astext()) < _SHORT
    return isinstance(following, nodes.bullet_list | nodes.enumerated_list) and node.astext().rstrip().endswith(":")


def _container(page: Translator, node: nodes.Element) -> str:
    """Write what a container holds."""
    return _dressed(page, node, page.marks(node) + page.blocks(node.children)).strip()


def _items(page: Translator, node: nodes.Element, name: str, *arguments: str) -> str:
    """Write the items of a list."""
    inside = [child for child in node.children if isinstance(child, nodes.list_item)]
    items = [f"[{page.marks(item)}{page.blocks(item.children).strip()}]" for item in inside]
    # A list whose items are single paragraphs is set without space between them.
    tight = all(len(item.children) == 1 for item in inside)
    head = [*arguments, f"tight: {str(tight).lower()}"]
    return f"{page.marks(node)}#{name}({', '.join(head)},\n" + ",\n".join(items) + ")"


def _bullets(page: Translator, node: nodes.bullet_list) -> str:
    """Write a list."""
    return _items(page, node, "list")


def _numbers(page: Translator, node: nodes.enumerated_list) -> str:
    """Write a numbered list."""
    return _items(page, node, "enum", f"start: {node.get('start', 1)}")


def _terms(page: Translator, node: nodes.definition_list) -> str:
    """Write terms, each with what it means."""
    items = []
    for item in node.children:
        if not isinstance(item, nodes.definition_list_item):
            continue
        terms = [child for child in item.children if isinstance(child, nodes.term)]
        said = [child for child in item.children if isinstance(child, nodes.definition)]
        head = ", ".join(page.inline(term) for term in terms)
        marks = "".join(page.marks(one) for one in (item, *terms))
        body = "".join(page.blocks(one.children) for one in said).strip()
        items.append(f"terms.item([{head}], [{marks}{body}])")
    return f"{page.marks(node)}#terms(tight: false,\n" + ",\n".join(items) + ")"


def _quote(page: Translator, node: nodes.block_quote) -> str:
    """Write a quotation of its own."""
    return f"#quote(block: true)[{page.blocks(node.children).strip()}]"


def _attribution(page: Translator, node: nodes.attribution) -> str:
    """Say who said it."""
    return markup.call("meta", page.inline(node))


def _lines(page: Translator, node: nodes.line_block) -> str:
    """Write lines that end where their author ended them."""
    return " #linebreak()\n".join(page.inline(line) for line in node.children if isinstance(line, nodes.Element))


def _code(page: Translator, node: nodes.literal_block) -> str:
    """Write a block of code."""
    language = node.get("language", "")
    lang = f", lang: {markup.string(language)}" if language and language not in ("none", "default", "text") else ""
    page.check_signs(node, node.astext())
    made = f"{page.marks(node)}#raw(block: true{lang}, {markup.string(node.astext())})"
    # The code of a cell stays with what it shows.
    return markup.call("lead", made) if _makes_something(node) else made


def _makes_something(node: nodes.literal_block) -> bool:
    """Tell whether the code is that of a cell with an output."""
    cell = node.parent.parent if node.parent is not None else None
    return isinstance(cell, nodes.container) and cell.get("nb_element") == "cell_code" and len(cell.children) > 1


def _rubric(page: Translator, node: nodes.rubric) -> str:
    """Write a heading that is in no table of contents."""
    return markup.call("rubric", page.marks(node) + page.inline(node))


def _transition(page: Translator, node: nodes.transition) -> str:
    """Write a pause."""
    return "#pause-of-thought"


def _document(page: Translator, node: nodes.document) -> str:
    """Write a page."""
    return page.blocks(node.children)


WRITERS: dict[type[nodes.Node], Write] = {
    nodes.document: _document,
    nodes.section: _section,
    nodes.paragraph: _paragraph,
    nodes.container: _container,
    nodes.compound: _container,
    addnodes.glossary: _container,
    addnodes.only: _container,
    nodes.bullet_list: _bullets,
    nodes.enumerated_list: _numbers,
    nodes.definition_list: _terms,
    nodes.block_quote: _quote,
    nodes.attribution: _attribution,
    nodes.line_block: _lines,
    nodes.literal_block: _code,
    nodes.doctest_block: _code,
    nodes.rubric: _rubric,
    nodes.transition: _transition,
}
