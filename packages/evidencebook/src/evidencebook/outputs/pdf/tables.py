"""Write tables: a header that repeats on each page, columns as wide as their author says."""

from docutils import nodes

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Writer

#: A row may be broken across pages when a cell has more characters than this, or than fit a page in its share of the
#: width; a line end counts as so many. At least this many characters fill a page. A shorter row stays whole.
_WHOLE_ROW, _PAGE, _LINE_END = 700, 4000, 20
#: So may a table with more characters or rows than these.
_WHOLE_TABLE, _ROWS = 900, 20
_SIDES = {"text-right": "right", "text-center": "center"}


def _table(page: Translator, node: nodes.table) -> str:
    """Write a table."""
    group = next(child for child in node.children if isinstance(child, nodes.tgroup))
    head = [row for part in group.children if isinstance(part, nodes.thead) for row in part.children]
    body = [row for part in group.children if isinstance(part, nodes.tbody) for row in part.children]
    if not head:
        page.report(node, "table", "this table has no header row; who hears it read must learn what the columns hold")
    columns = [child.get("colwidth", 1) for child in group.children if isinstance(child, nodes.colspec)]
    given = "colwidths-given" in node["classes"] and all(isinstance(width, int) for width in columns)
    shares = [width / sum(columns) for width in columns] if given else [1 / len(columns)] * len(columns)
    heads = ", ".join(cell for row in head for cell in _row(page, row, shares, "heads"))
    rows = [f"table.header({heads})"] if head else []
    rows += [", ".join(_row(page, row, shares)) for row in body]
    title = next((child for child in node.children if isinstance(child, nodes.title)), None)
    caption = f"[{page.caption(node, title)}]" if title is not None or page.number(node) else "none"
    whole = str(len(node.astext()) < _WHOLE_TABLE and len(body) <= _ROWS).lower()
    widths = markup.array([f"{width}fr" if given else "auto" for width in columns])
    return f"{page.marks(node)}#grid-of({widths}, {whole}, {caption},\n" + ",\n".join(rows) + ")"


def _row(page: Translator, row: nodes.Node, shares: list[float], function: str = "") -> list[str]:
    """Write the cells of a row; Typst breaks it only if every cell may be broken."""
    cells = [entry for entry in row.children if isinstance(entry, nodes.entry)]
    breakable = any(_is_long(entry, share) for entry, share in zip(cells, shares, strict=False))
    return [_cell(page, entry, function, breakable=breakable) for entry in cells]


def _is_long(entry: nodes.entry, share: float) -> bool:
    """Tell whether a cell is so long that its row must not be kept on one page."""
    words = entry.astext()
    return len(words) + _LINE_END * words.count("\n") > min(_WHOLE_ROW, _PAGE * share)


def _cell(page: Translator, entry: nodes.entry, function: str, *, breakable: bool) -> str:
    """Write a cell."""
    words = page.marks(entry) + page.blocks(entry.children).strip()
    body = f"[{markup.call(function, words) if function else words}]"
    how = [f"align: {side}" for name, side in _SIDES.items() if name in entry["classes"]]
    how += [f"rowspan: {entry['morerows'] + 1}"] if entry.get("morerows") else []
    how += [f"colspan: {entry['morecols'] + 1}"] if entry.get("morecols") else []
    how += ["breakable: true"] if breakable else []
    return f"table.cell({', '.join(how)}){body}" if how else body


WRITERS: dict[type[nodes.Node], Writer] = {nodes.table: _table}
