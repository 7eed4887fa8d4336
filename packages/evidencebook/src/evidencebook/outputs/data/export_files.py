"""Lay the exports beside the built book."""

from pathlib import Path

from sphinx.application import Sphinx

from evidencebook.outputs.data import citation_context as citable
from evidencebook.outputs.data import columns, data_package, exports
from evidencebook.outputs.data import ro_crate as crate
from evidencebook.outputs.data.columns import Kept
from evidencebook.pages import executed_tables as tables
from evidencebook.pages.domain import domain_of

FOLDER = "evidence"


def write(app: Sphinx, failure: Exception | None) -> None:
    """Write evidence.json, the tables, the bibliography and the data package into evidence/, and the crate around all.

    For build-finished, when everything else is in its place.
    """
    if failure is not None or not citable.is_site(app):
        return
    out, book = Path(app.outdir), citable.book(app)
    kept = tables.kept(app)
    for name, text in exports.files(domain_of(app.env).evidence, address(app), book, kept).items():
        path = out / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    (out / crate.NAME).write_text(crate.text(book, citable.pages_as_files(app), files(kept)), encoding="utf-8")


def files(kept: list[Kept]) -> list[crate.File]:
    """List the files of the evidence from the root of the book, each with its media type and what it holds."""
    described = [*columns.RECORDS, *map(columns.read, kept)]
    listed = [crate.File(f"{FOLDER}/{table.path}", "text/csv", table.holds) for table in described]
    listed += [crate.File(f"{FOLDER}/{path}", kind, holds) for path, _, kind, holds in data_package.OTHER]
    return [*listed, crate.File(f"{FOLDER}/datapackage.json", "application/json", "what each column of them holds")]


def address(app: Sphinx) -> exports.Page:
    """Tell where each record stands, as an address from the root of the book."""
    domain = domain_of(app.env)

    def page(kind: str, name: str) -> str | None:
        place = domain.place(kind, name)
        return f"{app.builder.get_target_uri(place[0])}#{place[1]}" if place else None

    return page
