"""Write tables: a head that repeats on each page, columns as wide as their author says."""

from docutils import nodes

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Write

#: A row with more text than this in one cell may be broken across pages; a shorter one stays whole.
_WHOLE = 700
#: So may a table with more text than this in all.
_SHORT = 900
_SIDES = {"text-right": "right", "text-center": "center"}


def _table(page: Translator, node: nodes.table) -> str:
    """Write a table."""
    group = next(child for child in node.children if isinstance(child, nodes.tgroup))
    head = [row for part in group.children if isinstance(part, nodes.thead) for row in part.children]
    body = [row for part in group.children if isinstance(part, nodes.tbody) for row in part.children]
    if not head:
        page.fault(node, "table", "this table has no header row; who hears it read must learn what the columns hold")
    heads = ", ".join(cell for row in head for cell in _row(page, row, "heads"))
    rows = [f"table.header({heads})"] if head else []
    rows += [", ".join(_row(page, row)) for row in body]
    caption = f"[{_caption(page, node)}]" if _title(node) or _number(page, node) else "none"
    whole = str(len(node.astext()) < _SHORT).lower()
    made = f"#grid-of({_columns(node, group)}, {whole}, {caption},\n" + ",\n".join(rows) + ")"
    return page.marks(node) + made


def _columns(table: nodes.table, group: nodes.tgroup) -> str:
    """Give the widths of the columns: the author's shares, or as much as each needs."""
    widths = [child.get("colwidth", 1) for child in group.children if isinstance(child, nodes.colspec)]
    given = "colwidths-given" in table["classes"]
    return markup.array([f"{width}fr" if given and isinstance(width, int) else "auto" for width in widths])


def _row(page: Translator, row: nodes.Node, dress: str = "") -> list[str]:
    """Write the cells of a row."""
    return [_cell(page, entry, dress) for entry in row.children if isinstance(entry, nodes.entry)]


def _cell(page: Translator, entry: nodes.entry, dress: str) -> str:
    """Write a cell."""
    words = page.marks(entry) + page.blocks(entry.children).strip()
    body = f"[{markup.call(dress, words) if dress else words}]"
    how = [f"align: {side}" for name, side in _SIDES.items() if name in entry["classes"]]
    how += [f"rowspan: {entry['morerows'] + 1}"] if entry.get("morerows") else []
    how += [f"colspan: {entry['morecols'] + 1}"] if entry.get("morecols") else []
    how += ["breakable: true"] if len(entry.astext()) > _WHOLE else []
    return f"table.cell({', '.join(how)}){body}" if how else body


def _title(table: nodes.table) -> nodes.title | None:
    """Give the title of a table."""
    return next((child for child in table.children if isinstance(child, nodes.title)), None)


def _number(page: Translator, table: nodes.table) -> str:
    """Give what stands before the title."""
    return next((page.around.numbers[name] for name in table["ids"] if name in page.around.numbers), "")


def _caption(page: Translator, table: nodes.table) -> str:
    """Write number and title."""
    title = _title(table)
    number = markup.call("number", markup.text(_number(page, table))) if _number(page, table) else ""
    return f"{number} {page.marks(title) + page.inline(title) if title is not None else ''}".strip()


WRITERS: dict[type[nodes.Node], Write] = {nodes.table: _table}
