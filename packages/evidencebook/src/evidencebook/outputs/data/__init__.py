"""What lies beside a book for other tools, and what its pages say of themselves: exports, citations, descriptions."""

from functools import partial
from pathlib import Path

from sphinx.application import Sphinx

from evidencebook.locale import _
from evidencebook.outputs.data import citation_context, citations, columns, data_columns, exports
from evidencebook.pages import executed_tables, staging
from evidencebook.pages.domain import domain_of


def setup_data(app: Sphinx) -> None:
    """Register the directives and the role that show and link the files, and write the files with a site."""
    app.add_role("export", data_columns.ExportRole())
    app.add_directive("citations", citations.CitationsDirective)
    app.add_directive("data-columns", data_columns.DataColumnsDirective)
    app.add_post_transform(citations.FillCitations)
    app.add_post_transform(data_columns.FillColumns)
    app.connect("build-finished", write)


def write(app: Sphinx, failure: Exception | None) -> None:
    """Write cite/ and evidence/ beside the pages; for build-finished."""
    if failure is not None or not staging.writes_data(app):
        return
    address, of_pages = partial(citation_context.address, app), executed_tables.page_tables(app)
    texts = exports.files(domain_of(app.env).evidence, citation_context.book(app), address, of_pages)
    citations.write_all(Path(app.outdir) / exports.FOLDER, texts)
    citations.write_all(Path(app.outdir), citations.files(app))


def described_files(app: Sphinx) -> list[tuple[str, str, str]]:
    """List the files of the evidence from the root of the book, each with its media type and what it holds."""
    tables = [*columns.RECORDS.values(), *map(columns.of_page_table, executed_tables.page_tables(app))]
    listed = [(table.path, "text/csv", table.holds) for table in tables]
    return [(f"{exports.FOLDER}/{path}", kind, _(holds)) for path, kind, holds in (*listed, *exports.OTHER)]
