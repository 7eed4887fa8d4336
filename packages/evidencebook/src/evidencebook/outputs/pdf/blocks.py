"""Write sections, paragraphs, lists, code, boxes and figures."""

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.inline import after_label, styled, wrapped
from evidencebook.outputs.pdf.translator import Translator, Writer
from evidencebook.pages.warnings import ancestors

#: A box with fewer characters and line ends than these stays on one page.
_WHOLE, _LINE_ENDS = 1100, 60
#: A figure whose caption has more characters may be broken across pages.
_WHOLE_CAPTION = 900
#: A paragraph with fewer characters is moved to the next page with the table below it.
_SHORT = 300


def _section(page: Translator, node: nodes.section) -> str:
    """Write a heading with its anchors, and what stands below it."""
    title, rest = node.children[0], node.children[1:]
    if not isinstance(title, nodes.title):
        return page.blocks(node.children)
    if not title.astext().strip() and not any(title.findall(nodes.image)):
        page.report(node, "this heading has no words; who hears the headings read must learn what stands below it")
    above = sum(isinstance(outer, nodes.section) for outer in ancestors(node))
    level = page.context.level + above
    anchors = [*page.anchors(node), *page.anchors(title)]
    if above == 0 and (own := f"{page.context.page}:") in page.context.linked:
        anchors.insert(0, own)
    named = markup.array([markup.anchor(anchor) for anchor in anchors])
    head = markup.call("head", page.inline(title), str(level), str(page.context.level), named)
    return f"{head}\n\n{page.blocks(rest)}"


def _paragraph(page: Translator, node: nodes.TextElement) -> str:
    """Write a paragraph."""
    body = styled(node, page.marks(node) + page.inline(node))
    return markup.call("lead", body) if _leads(node) else body


def _leads(node: nodes.TextElement) -> bool:
    """Tell whether a paragraph announces a list or a table and must not be left behind by it."""
    following = node.next_node(descend=False, siblings=True, ascend=False)
    if isinstance(following, nodes.table):
        return len(node.astext()) < _SHORT
    return isinstance(following, nodes.bullet_list | nodes.enumerated_list) and node.astext().rstrip().endswith(":")


def _container(page: Translator, node: nodes.Element) -> str:
    """Write what a container holds."""
    return styled(node, page.marks(node) + page.blocks(node.children)).strip()


def _list(page: Translator, node: nodes.bullet_list | nodes.enumerated_list) -> str:
    """Write a list, with or without numbers."""
    items = [child for child in node.children if isinstance(child, nodes.list_item)]
    written = [f"[{page.marks(item)}{page.blocks(item.children).strip()}]" for item in items]
    # A list whose items are single paragraphs is set without space between them.
    tight = f"tight: {str(all(len(item.children) == 1 for item in items)).lower()}"
    name = f"enum(start: {node.get('start', 1)}, " if isinstance(node, nodes.enumerated_list) else "list("
    return f"{page.marks(node)}#{name}{tight},\n" + ",\n".join(written) + ")"


def _terms(page: Translator, node: nodes.Element) -> str:
    """Write terms, fields or options, each with what it means."""
    items = []
    for item in node.children:
        if isinstance(item, nodes.definition_list_item | nodes.field | nodes.option_list_item):
            head, body = [], page.marks(item)
            for child in item.children:
                if isinstance(child, nodes.definition | nodes.field_body | nodes.description):
                    body += page.blocks(child.children)
                else:
                    head.append(page.write(child))
            items.append(f"terms.item([{', '.join(head)}], [{body.strip()}])")
    return f"{page.marks(node)}#terms(tight: false,\n" + ",\n".join(items) + ")"


def _quote(page: Translator, node: nodes.block_quote) -> str:
    """Write a quotation of its own."""
    return f"#quote(block: true)[{page.blocks(node.children).strip()}]"


def _lines(page: Translator, node: nodes.line_block) -> str:
    """Write lines that end where their author ended them; blocks within are indented."""
    lines = []
    for child in node.children:
        if isinstance(child, nodes.line_block):
            lines.append(f"#pad(left: 1.5em)[{_lines(page, child)}]")
        elif isinstance(child, nodes.line):
            lines.append(page.inline(child))
    return " #linebreak()\n".join(lines)


def _code(page: Translator, node: nodes.literal_block) -> str:
    """Write a block of code."""
    language = node.get("language", "")
    lang = f", lang: {markup.string(language)}" if language and language not in ("none", "default", "text") else ""
    written = f"{page.marks(node)}#raw(block: true{lang}, {markup.string(node.astext())})"
    # The code of a cell stays with what it shows.
    return markup.call("lead", written) if _has_output(node) else written


def _has_output(node: nodes.literal_block) -> bool:
    """Tell whether the code is that of a cell with an output."""
    cell = node.parent.parent if node.parent is not None else None
    return isinstance(cell, nodes.container) and cell.get("nb_element") == "cell_code" and len(cell.children) > 1


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


def _figure(page: Translator, node: nodes.figure) -> str:
    """Write a figure with its number, its caption and its legend."""
    caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
    legend = [block for child in node.children if isinstance(child, nodes.legend) for block in child.children]
    shown = [child for child in node.children if not isinstance(child, nodes.caption | nodes.legend)]
    words = f"{page.caption(node, caption)}\n\n{page.blocks(legend)}".strip()
    whole = str(len(node.astext()) < _WHOLE_CAPTION).lower()
    return f"{page.marks(node)}#figure-of([{words}], {whole})[\n{page.blocks(shown).strip()}\n]"


def _image(page: Translator, node: nodes.image) -> str:
    """Write an image and its alt text."""
    alt = " ".join(str(node.get("alt", "")).split())
    if not alt:
        page.report(node, "this picture has no alt text; say what is to be seen, for those who cannot see it")
    path = page.context.images.get(node["uri"])
    if path is None:
        page.report(node, f'the picture "{node["uri"]}" is no SVG, PNG, JPEG, GIF or WebP beside the pages')
        return ""
    return f"{page.marks(node)}#picture({markup.string(path)}, {markup.string(alt)})"


def _citation(page: Translator, node: nodes.citation) -> str:
    """Write an entry of the list of references; one that its author labelled is looked for by its label."""
    label = f"[{node[0].astext()}] " if node["names"] and isinstance(node[0], nodes.label) else ""
    return markup.call("source", page.marks(node) + markup.text(label) + after_label(page, node))


def _signature(page: Translator, node: addnodes.desc_signature) -> str:
    """Write the line that names a function or the like."""
    return markup.call("lead", f"{page.marks(node)}#raw({markup.string(node.astext())})")


def _production(page: Translator, node: addnodes.production) -> str:
    """Write a rule of a grammar."""
    rule = f"{node.get('tokenname', '')} ::= {node.astext()}"
    return f"{page.marks(node)}#raw({markup.string(rule)})"


def _rubric(page: Translator, node: nodes.TextElement) -> str:
    """Write a heading that is in no table of contents, or the caption of a block of code."""
    of = node.parent if isinstance(node, nodes.caption) else node
    return markup.call("rubric", page.caption(of, node))


WRITERS: dict[type, Writer] = {
    nodes.section: _section,
    nodes.paragraph: _paragraph,
    addnodes.centered: _paragraph,
    **dict.fromkeys((nodes.document, nodes.container, nodes.compound, addnodes.glossary, addnodes.only), _container),
    **dict.fromkeys((addnodes.versionmodified, addnodes.acks, addnodes.hlist, addnodes.hlistcol), _container),
    nodes.bullet_list: _list,
    nodes.enumerated_list: _list,
    nodes.definition_list: _terms,
    nodes.field_list: _terms,
    nodes.option_list: _terms,
    nodes.block_quote: _quote,
    nodes.attribution: wrapped("meta"),
    nodes.line_block: _lines,
    nodes.literal_block: _code,
    nodes.doctest_block: _code,
    **dict.fromkeys((nodes.Admonition, nodes.topic, nodes.sidebar), _admonition),
    **dict.fromkeys((addnodes.desc, addnodes.desc_content, addnodes.productionlist), _container),
    addnodes.desc_signature: _signature,
    addnodes.production: _production,
    nodes.citation: _citation,
    nodes.rubric: _rubric,
    nodes.caption: _rubric,
    nodes.transition: lambda *_: "#pause-of-thought",
    nodes.figure: _figure,
    nodes.image: _image,
}
