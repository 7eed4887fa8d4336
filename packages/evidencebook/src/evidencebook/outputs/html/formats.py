"""Offer the book's other formats on its site: laid beside the pages when they were built before, else not mentioned."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from evidencebook.evidence.formatting import punctuated
from evidencebook.locale import _, gettext_noop
from evidencebook.outputs.html.theme import is_ours
from evidencebook.pages import staging

logger = logging.getLogger(__name__)

#: The name of a format is its suffix and the folder in which it is made; then its builder, what stands behind the name
#: of the file, and what readers call it and want it for.
_KINDS = (
    ("pdf", "typstpdf", "", "PDF", gettext_noop("to print"), "application/pdf"),
    ("pdf", "typstpdf-full", "-complete", "PDF", gettext_noop("with all findings"), "application/pdf"),
    ("epub", "epub", "", "EPUB", gettext_noop("for e-readers"), "application/epub+zip"),
)


@dataclass(frozen=True)
class Format:
    """Hold a format of the book that was built: its name, what readers call it, its file, its address on the site."""

    name: str
    label: str
    path: Path
    href: str
    bytes: int
    purpose: str = ""
    type: str = ""

    @property
    def size(self) -> str:
        """Say how much a reader loads."""
        megabytes = self.bytes / 1e6
        if megabytes < 0.95:
            return f"{max(1, round(megabytes * 1000)):.0f} kB"
        return f"{punctuated(f'{megabytes:.1f}')} MB"


def setup_formats(app: Sphinx) -> None:
    """Choose the formats when all pages were read, before it is asked what all pages may show."""
    app.add_config_value("evidence_formats", (), "", tuple)
    app.connect("env-updated", choose, priority=940)


def basename(app: Sphinx) -> str:
    """Give the name, without suffix, that every file which holds the whole book has: that of its LaTeX document."""
    return Path(app.config.latex_documents[0][1]).stem


def choose(app: Sphinx, env: BuildEnvironment) -> None:
    """Keep as a setting which formats there are; for env-updated.

    A file that was made of other pages than those of today would show old numbers beside the new: it is not offered.
    """
    name, root, made = basename(app), Path(app.outdir).parent, []
    for kind, builder, behind, label, purpose, mime in _KINDS:
        path = root / kind / f"{name}{behind}.{kind}"
        if not is_ours(app) or not path.is_file():
            continue
        if staging.is_of_today(app, builder):
            made.append(Format(kind, label, path, path.name, path.stat().st_size, _(purpose), mime))
        else:
            logger.info("The %s is older than the pages and is not offered; build it again.", label)
    app.config.evidence_formats = tuple(made)


def offered(app: Sphinx) -> tuple[Format, ...]:
    """Name the formats that exist now and have a place on the site; `href` is from the site's root."""
    formats: tuple[Format, ...] = app.config.evidence_formats
    return formats


def copy(app: Sphinx) -> None:
    """Lay the files beside the pages."""
    for one in offered(app):
        shutil.copyfile(one.path, Path(app.outdir) / one.href)
