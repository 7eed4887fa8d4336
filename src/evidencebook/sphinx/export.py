"""Lay the exports beside the built book."""

from pathlib import Path

from sphinx.application import Sphinx

from evidencebook import exports
from evidencebook.sphinx import tables
from evidencebook.sphinx.domain import WITH_EXPORTS, domain_of


def write(app: Sphinx, failure: Exception | None) -> None:
    """Write evidence.json, the tables, the bibliography and the data package into evidence/."""
    if failure is not None or app.builder.name not in WITH_EXPORTS:
        return
    about = {"name": slug(app.config.project), "title": app.config.project, "version": app.config.version}
    folder = Path(app.outdir) / "evidence"
    folder.mkdir(exist_ok=True)
    for name, text in exports.files(domain_of(app.env).ledger, address(app), about).items():
        (folder / name).write_text(text, encoding="utf-8")
    tables.write(app, folder)


def address(app: Sphinx) -> exports.Page:
    """Tell where each record stands, as an address from the root of the book."""
    domain = domain_of(app.env)

    def page(kind: str, name: str) -> str | None:
        place = domain.place(kind, name)
        return f"{app.builder.get_target_uri(place[0])}#{place[1]}" if place else None

    return page


def slug(title: str) -> str:
    """Turn a title into a name that a data package accepts."""
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
