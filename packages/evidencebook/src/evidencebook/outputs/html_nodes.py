"""Turn HTML that authors and libraries wrote into nodes, so that an e-book and print show it too.

<b>, <sup>, <a href>, <br> ...           strong, superscript, reference, raw with a line break for each format
<p>, <div>, <ul>, <blockquote>, <pre>    paragraph, container, bullet_list, block_quote, literal_block
<table>, <img>, <details>, <h3>          table, image, container with its summary in bold, rubric
"""

from collections.abc import Callable, Iterable, Sequence

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString
from docutils import nodes

#: Stands for a node between two pieces of HTML while these are parsed as one.
_NODE = "evidence-node"
_INLINE: dict[str, type[nodes.Element]] = {
    **dict.fromkeys(("b", "strong"), nodes.strong),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), nodes.emphasis),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), nodes.literal),
    **{"sub": nodes.subscript, "sup": nodes.superscript, "abbr": nodes.abbreviation},
    **dict.fromkeys(("span", "small", "big", "font", "label", "time", "bdi", "bdo", "data", "nobr"), nodes.inline),
    **dict.fromkeys(("u", "ins", "s", "del", "strike", "mark"), nodes.inline),
}
#: Of these the class of the span says what is drawn.
_DRAWN = {"u": "u", "ins": "u", "s": "s", "del": "s", "strike": "s", "mark": "mark"}
_BLOCKS: dict[str, type[nodes.Element]] = {
    **dict.fromkeys(("div", "section", "article", "aside", "header", "footer", "main", "center"), nodes.container),
    **dict.fromkeys(("details", "figure", "nav", "address"), nodes.container),
    **{"ul": nodes.bullet_list, "ol": nodes.enumerated_list, "li": nodes.list_item, "blockquote": nodes.block_quote},
    **{"dd": nodes.definition, "p": nodes.paragraph, "figcaption": nodes.paragraph, "dt": nodes.term},
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), nodes.rubric),
}
_BREAK = "<br />\n"
_NOTHING = {"wbr", "colgroup", "style", "link", "meta", "title"}


def is_html(node: nodes.Node) -> bool:
    """Tell whether a node is HTML as somebody wrote it; MyST writes a line break for each format by itself."""
    return isinstance(node, nodes.raw) and "html" in str(node.get("format", "")).split() and node.astext() != _BREAK


def converted(parent: nodes.Element) -> list[nodes.Node]:
    """Return the children of a node with HTML among them as nodes alone.

    Raises ValueError with the name of an element that only a browser can show.
    """
    children = parent.children
    source = "".join(
        child.astext() if is_html(child) else f'<{_NODE} n="{place}"></{_NODE}>' for place, child in enumerate(children)
    )
    within = _inline if isinstance(parent, nodes.TextElement) else _blocks
    return within(BeautifulSoup(source, "html.parser"), children)


def _inline(tag: Tag, kept: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Convert what stands inside a line; what is a block elsewhere only gathers words there."""
    made: list[nodes.Node] = []
    for child in tag.children:
        if isinstance(child, Tag):
            made += _element(child, kept, inline=True)
        elif not isinstance(child, Comment):
            made.append(nodes.Text(" ".join(f"|{child}|".split())[1:-1]))
    return made


def _blocks(tag: Tag, kept: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Convert blocks, and gather the words between them into paragraphs."""
    made: list[nodes.Node] = []
    words: list[nodes.Node] = []
    for child in (*tag.children, None):
        new = _element(child, kept) if isinstance(child, Tag) else []
        if isinstance(child, NavigableString) and not isinstance(child, Comment):
            new = [nodes.Text(" ".join(f"|{child}|".split())[1:-1])]
        if new and all(isinstance(node, nodes.Inline | nodes.Text) for node in new):
            words += new
        elif new or child is None:
            if any(not isinstance(node, nodes.Text) or node.strip() for node in words):
                made.append(nodes.paragraph("", "", *words))
            words = []
            made += new
    return made


def _element(tag: Tag, kept: Sequence[nodes.Node], *, inline: bool = False) -> list[nodes.Node]:
    """Convert one element; raise ValueError with its name where nodes have nothing for it."""
    name = tag.name.lower()
    if name == _NODE:
        return [kept[int(str(tag["n"]))], *_inline(tag, kept)]
    if name in _NOTHING:
        return []
    if special := _SPECIAL.get(name):
        return special(tag, kept)
    if name in _INLINE or (inline and name in _BLOCKS):
        kind = _INLINE.get(name, nodes.inline)
        node = kind("", "", *_inline(tag, kept))  # type: ignore[arg-type]  # all of these take a text first
        node["classes"] = [_DRAWN[name]] if name in _DRAWN else []
        if name == "abbr" and tag.get("title"):
            node["explanation"] = str(tag["title"])
        return [node]
    if inline or name not in _BLOCKS:
        raise ValueError(name)
    return [_block(name, tag, kept)]


def _block(name: str, tag: Tag, kept: Sequence[nodes.Node]) -> nodes.Node:
    """Convert an element that is a block of its own."""
    kind = _BLOCKS[name]
    if issubclass(kind, nodes.TextElement) and not tag.find(list(_BLOCKS)):
        return kind("", "", *_inline(tag, kept))
    if name == "p":  # with a block in it
        kind = nodes.container
    children = _blocks(tag, kept)
    if name in ("ul", "ol"):
        children = [child if isinstance(child, nodes.list_item) else nodes.list_item("", child) for child in children]
    node = kind("", *children)
    if name == "ol":
        node["start"], node["enumtype"] = _number(tag, "start"), "arabic"
    if kind is nodes.container:
        node["classes"] = list(tag.get("class") or [])
    return node


def _number(tag: Tag, name: str) -> int:
    """Read a number, which is 1 where the element gives none."""
    given = str(tag.get(name, ""))
    return int(given) if given.isdecimal() else 1


def _line_break(tag: Tag, kept: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Break a line as MyST does, for each format in its own words."""
    return [nodes.raw("", _BREAK, format="html"), nodes.raw("", "\\newline ", format="latex"), *_inline(tag, kept)]


def _link(tag: Tag, kept: Sequence[nodes.Node]) -> list[nodes.Node]:
    address = str(tag.get("href", ""))
    words = _inline(tag, kept)
    return [nodes.reference("", "", *words, refuri=address)] if "://" in address or ":" in address else words


def _image(tag: Tag, kept: Sequence[nodes.Node]) -> list[nodes.Node]:
    given = {name: str(tag[name]) for name in ("alt", "width", "height") if tag.get(name)}
    return [nodes.image("", uri=str(tag.get("src", "")), **given)]


def _table(tag: Tag, kept: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Convert a table; rows of heads alone at its top are its head."""
    rows = [(row, [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]) for row in tag("tr")]
    rows = [(row, cells) for row, cells in rows if row.find_parent("table") is tag and cells]
    width = max((sum(_number(cell, "colspan") for cell in cells) for _, cells in rows), default=0)
    if not width:
        return []
    parts: dict[type[nodes.Element], list[nodes.Node]] = {nodes.thead: [], nodes.tbody: []}
    for row, cells in rows:
        head = not parts[nodes.tbody] and (row.find_parent("thead") or all(cell.name == "th" for cell in cells))
        parts[nodes.thead if head else nodes.tbody].append(nodes.row("", *(_cell(cell, kept) for cell in cells)))
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in range(width)), cols=width)
    group += [kind("", *inside) for kind, inside in parts.items() if inside or kind is nodes.tbody]
    caption = tag.find("caption")
    title = [nodes.title("", "", *_inline(caption, kept))] if isinstance(caption, Tag) else []
    return [nodes.table("", *title, group)]


def _cell(tag: Tag, kept: Sequence[nodes.Node]) -> nodes.entry:
    entry = nodes.entry("", *_blocks(tag, kept))
    for name, ours in (("colspan", "morecols"), ("rowspan", "morerows")):
        if (more := _number(tag, name) - 1) > 0:
            entry[ours] = more
    return entry


_SPECIAL: dict[str, Callable[[Tag, Sequence[nodes.Node]], list[nodes.Node]]] = {
    "br": _line_break,
    "a": _link,
    "img": _image,
    "table": _table,
    "pre": lambda tag, _: [nodes.literal_block("", tag.get_text(), language="none")],
    "q": lambda tag, kept: [nodes.inline("", "", nodes.Text("“"), *_inline(tag, kept), nodes.Text("”"))],
    "summary": lambda tag, kept: [nodes.paragraph("", "", nodes.strong("", "", *_inline(tag, kept)))],
    "dl": lambda tag, kept: [nodes.definition_list("", *_definitions(_blocks(tag, kept)))],
    "input": lambda tag, kept: [nodes.Text("☑ " if tag.has_attr("checked") else "☐ "), *_inline(tag, kept)],
    "hr": _inline,
}


def _definitions(parts: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Gather terms with the meanings that follow them."""
    items: list[nodes.Node] = []
    for part in parts:
        if isinstance(part, nodes.term) or not items:
            items.append(nodes.definition_list_item("", part))
        else:
            items[-1] += part  # type: ignore[operator]  # an item takes parts
    return items
