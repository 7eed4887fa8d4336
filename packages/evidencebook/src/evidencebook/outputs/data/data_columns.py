"""Say on a page which tables lie beside the book and what each column of them holds, and link to them."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole

from evidencebook.locale import _, gettext_noop
from evidencebook.outputs.data import citation_context, columns, exports
from evidencebook.outputs.data.columns import Column, Table
from evidencebook.pages import executed_tables
from evidencebook.pages.directives.records import EvidenceDirective
from evidencebook.pages.domain import domain_of
from evidencebook.pages.nodes.records import table
from evidencebook.pages.roles import Output, link
from evidencebook.pages.warnings import report

_WAITS = "evidence-columns"
_HEADS = (gettext_noop("Column"), gettext_noop("Type"), gettext_noop("Holds"))


class ExportRole(SphinxRole):
    """Link to a file that is written beside the book: {export}`findings.csv`, or a table that a page keeps."""

    def run(self) -> Output:
        """Return a link in HTML, the name of the file elsewhere."""
        name = self.text.strip()
        if name in exports.NAMES:
            return [link("export", name, name)], []
        if not name.endswith(".csv"):
            told = f'this page names the export "{name}"; there are {", ".join(exports.NAMES)}, and tables by name'
            report(self.env, "unknown", told, self.get_location())
            return [nodes.literal(self.rawtext, self.text)], []
        domain_of(self.env).note_offered(name, self.lineno)  # which tables there are is known when every page has run
        return [link("export", f"{executed_tables.FOLDER}/{name}", name)], []


class DataColumnsDirective(EvidenceDirective):
    """Describe the columns of the tables of records, or of those that executed pages keep.

    `{data-columns} records` returns for each table a paragraph and a table of its columns;
    `{data-columns} pages` one container, filled with one table when every page has run.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the descriptions, or the empty container."""
        if self.arguments[0] not in ("records", "pages"):
            raise self.error(f'"{self.arguments[0]}" names no tables; write records or pages')
        self.domain.note_listing("tables")
        if self.arguments[0] == "records":
            return self.place([node for one in columns.RECORDS.values() for node in _described(one)])
        return [nodes.container("", classes=["evidence", "data-columns"], **{_WAITS: True})]


class FillColumns(SphinxPostTransform):
    """Write what the tables of executed pages hold."""

    default_priority = 6  # before links are resolved

    def run(self, **kwargs: object) -> None:
        """Fill what waits, or take it away where no page keeps a table."""
        for node in list(self.document.findall(nodes.container)):
            if _WAITS not in node:
                continue
            del node[_WAITS]
            rows = [_row(columns.of_page_table(one)) for one in executed_tables.page_tables(self.app)]
            if not rows:
                node.parent.remove(node)
            elif citation_context.is_site(self.app):
                node.append(table((gettext_noop("Table"), gettext_noop("Columns")), (34, 66), rows, "data-columns"))
            else:
                folder = f"{exports.FOLDER}/{executed_tables.FOLDER}"
                words = _("They lie beside the book on its site, in the folder %s/.") % folder
                node.append(nodes.paragraph(words, words, classes=["off-site"]))


def _described(described: Table) -> list[nodes.Node]:
    """Describe a table: the file, what it holds, and each column."""
    linked = link("export", described.path, described.path)
    lead = nodes.paragraph("", "", nodes.strong("", "", linked), nodes.Text(f": {_(described.holds)}."))
    cells: list[list[list[nodes.Node]]] = [
        [[_literal(one)], [nodes.Text(_(one.type))], [nodes.Text(_(one.holds))]] for one in described.columns
    ]
    return [
        lead,
        table(
            _HEADS,
            (38, 12, 50),
            [(None, row) for row in cells],
            "columns",
        ),
    ]


def _row(described: Table) -> tuple[None, list[list[nodes.Node]]]:
    """Make a row: the file and the page behind which it stands, its columns and their types."""
    named = [[_literal(one), nodes.Text(f" {_(one.type)}"), nodes.Text(", ")] for one in described.columns]
    name = link("export", described.path, described.path.rpartition("/")[2])
    return None, [[name, nodes.Text(f", {_(described.holds)}")], [node for one in named for node in one][:-1]]


def _literal(column: Column) -> nodes.Node:
    return nodes.literal(column.name, column.name)
