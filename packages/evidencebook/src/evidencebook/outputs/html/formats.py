"""Offer the book's other formats on its site: laid beside the pages when they were built before, else not mentioned."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.outputs.html.theme import is_ours

#: The name of a format is its suffix and the folder in which it is made; then what readers call it and want it for.
_KINDS = (("pdf", "PDF", "to print", "application/pdf"), ("epub", "EPUB", "for e-readers", "application/epub+zip"))


@dataclass(frozen=True)
class Format:
    """Hold a format of the book that was built: its name, what readers call it, its file, its address on the site."""

    name: str
    label: str
    path: Path
    href: str
    purpose: str = ""
    type: str = ""

    @property
    def size(self) -> str:
        """Say how much a reader loads."""
        megabytes = self.path.stat().st_size / 1e6
        return f"{megabytes:.1f} MB" if megabytes >= 0.95 else f"{max(1, round(megabytes * 1000)):.0f} kB"


def register(app: Sphinx) -> None:
    """Offer the formats: pages that offer others are written again, templates are told, files are copied last."""
    app.connect("env-updated", rewritten)
    app.connect("html-page-context", describe)
    app.connect("build-finished", write)


def basename(app: Sphinx) -> str:
    """Give the name, without suffix, that every file which holds the whole book has: that of its LaTeX document."""
    return Path(app.config.latex_documents[0][1]).stem


def offered(app: Sphinx) -> tuple[Format, ...]:
    """Name the formats that exist now and have a place on the site; `href` is from the site's root."""
    name = basename(app)
    made = (
        Format(kind, label, Path(app.outdir).parent / kind / f"{name}.{kind}", f"{name}.{kind}", purpose, mime)
        for kind, label, purpose, mime in _KINDS
    )
    return tuple(one for one in made if is_ours(app) and one.path.is_file())


def rewritten(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write every page again when what is offered is not what the pages offer; for env-updated.

    The copies beside the pages tell what they offer: they are renewed only once all pages are written.
    """
    if not is_ours(app):
        return []
    now = {one.href: one.path.stat().st_size for one in offered(app)}
    before = {file.name: file.stat().st_size for file in _copies(app) if file.is_file()}
    return [] if now == before else sorted(env.found_docs)


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Hand the templates what is offered; for html-page-context."""
    if is_ours(app):
        context["formats"] = offered(app)


def write(app: Sphinx, failure: Exception | None) -> None:
    """Lay the files beside the pages, and take away those that are no longer there; for build-finished."""
    if failure is not None or not is_ours(app):
        return
    made = {one.href: one.path for one in offered(app)}
    for copy in _copies(app):
        if copy.name in made:
            shutil.copyfile(made[copy.name], copy)
        else:
            copy.unlink(missing_ok=True)


def _copies(app: Sphinx) -> list[Path]:
    """Name where the files stand on the site, whether they are there or not."""
    return [Path(app.outdir) / f"{basename(app)}.{kind}" for kind, *_ in _KINDS]
