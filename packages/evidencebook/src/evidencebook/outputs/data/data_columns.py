"""Say on a page which tables lie beside the book and what each column of them holds."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from evidencebook.outputs.data import citation_context as citable
from evidencebook.outputs.data import columns
from evidencebook.outputs.data import export_files as export
from evidencebook.outputs.data.columns import Column, Table
from evidencebook.pages import executed_tables as tables
from evidencebook.pages.directives.records import EvidenceDirective
from evidencebook.pages.domain import domain_of
from evidencebook.pages.nodes import records as render
from evidencebook.pages.roles import link

_WAITS = "evidence-columns"


class DataColumnsDirective(EvidenceDirective):
    """Describe the columns of the tables of records, or of those that executed pages keep."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the descriptions, or a box that is filled when every page has run."""
        if self.arguments[0] not in ("records", "pages"):
            raise self.error(f'"{self.arguments[0]}" names no tables; write records or pages')
        self.domain.note_listing("data")
        if self.arguments[0] == "records":
            return self.place([node for table in columns.RECORDS for node in _described(table)])
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
            made = [_row(columns.read(kept)) for kept in tables.kept(self.app)]
            if not made:
                node.parent.remove(node)
            elif citable.is_site(self.app):
                node.append(render.table(("Table", "Columns"), (34, 66), made, "data-columns"))
            else:
                words = f"They lie beside the book on its site, in the folder {export.FOLDER}/{tables.FOLDER}/."
                node.append(nodes.paragraph(words, words, classes=["off-site"]))


def rewritten(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the pages to write again that list what another page says, when any was read again; for env-updated."""
    domain = domain_of(env)
    return sorted(domain.data["listings"]) if domain.changed else []


def _described(table: Table) -> list[nodes.Node]:
    """Describe a table: the file, what it holds, and each column."""
    linked = link("export", table.path, table.path)
    lead = nodes.paragraph("", "", nodes.strong("", "", linked), nodes.Text(f": {table.holds}."))
    cells: list[list[list[nodes.Node]]] = [
        [[_literal(one)], [nodes.Text(one.type)], [nodes.Text(one.holds)]] for one in table.columns
    ]
    return [lead, render.table(("Column", "Type", "Holds"), (38, 12, 50), [(None, row) for row in cells], "columns")]


def _row(table: Table) -> tuple[None, list[list[nodes.Node]]]:
    """Make a row: the file and the page behind which it stands, its columns and their types."""
    named = [[_literal(one), nodes.Text(f" {one.type}"), nodes.Text(", ")] for one in table.columns]
    words = [node for one in named for node in one][:-1]
    return None, [[link("export", table.path, table.path.rpartition("/")[2]), nodes.Text(f", {table.holds}")], words]


def _literal(column: Column) -> nodes.Node:
    """Write the name of a column as it stands in the file."""
    return nodes.literal(column.name, column.name)
