"""Build the book as one tagged PDF by Typst: `--builder custom --custom-builder typstpdf`.

Where the book names pages for a reading edition, this is it, and `typstpdf-full` makes the complete one.
"""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.display import progress_message

from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import Diagnostic, how_to_install
from evidencebook.locale import _, gettext_noop
from evidencebook.outputs.data import citation_context
from evidencebook.outputs.html import formats
from evidencebook.outputs.pdf import document, reading_edition
from evidencebook.outputs.pdf.document import Chapter, Part, translate
from evidencebook.outputs.pdf.front_page import FrontPageAsChapter
from evidencebook.outputs.pdf.translator import INTERNAL, PageContext, survey
from evidencebook.pages import as_of
from evidencebook.pages.checks import build_guard
from evidencebook.pages.warnings import location, report

logger = logging.getLogger(__name__)
_SHORT = gettext_noop(
    "This is the reading edition: the lists of claims and findings, and the analyses, are in the complete one."
)


def setup_pdf(app: Sphinx) -> None:
    """Register the builder, and the front page as a chapter in print."""
    app.add_builder(TypstBuilder)
    app.add_builder(CompleteTypstBuilder)
    app.add_post_transform(FrontPageAsChapter)


class TypstBuilder(Builder):
    """Write every page as Typst and compile them to one PDF."""

    name = "typstpdf"
    format = "typst"
    epilog = "The Typst sources are in %(outdir)s, the PDF in the folder pdf beside it."
    supported_image_types = ["image/svg+xml", *(f"image/{kind}" for kind in ("png", "jpeg", "gif", "webp"))]  # noqa: RUF012  as Sphinx declares it
    #: What stands behind the name of the file.
    suffix = ""

    def chosen(self) -> dict[str, str]:
        """Name the pages of the edition; none where it is complete."""
        return reading_edition.chosen(self.config.evidence_reading_edition)

    def init(self) -> None:
        """Listen for links that lead nowhere; raise ExtensionError where the extra "pdf" is not installed."""
        if find_spec("typst") is None:
            raise ExtensionError(how_to_install("typst"))
        self.diagnostics: list[Diagnostic] = []
        # Before Sphinx, which names a missing label too, but lets the build go on; once is enough.
        self.app.connect("warn-missing-reference", self._note_missing, priority=400)

    @property
    def folder(self) -> Path:
        """Give the folder of the Typst sources."""
        return Path(self.outdir)

    def get_outdated_docs(self) -> str:
        """Write all pages: they make one file."""
        return "all pages"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Give the address of a page within the book."""
        return INTERNAL + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Give the address of a page within the book, the same from everywhere."""
        return self.get_target_uri(to)

    def write(self, *ignored: Any) -> None:
        """Translate, report what is wrong, compile, and put the PDF in its place."""
        with progress_message("resolving references, writing Typst"):
            self._write_sources()
        self._stop_on_diagnostics()
        with progress_message("compiling the PDF"):
            from evidencebook.outputs.pdf.compile import compile_book, fonts_of  # noqa: PLC0415  needs the extra "pdf"

            pdf, diagnostics = compile_book(self.folder, fonts_of(self.app))
        self.diagnostics += diagnostics
        self._stop_on_diagnostics()
        # Jupyter Book sets the name after init().
        path = self.folder.parent / "pdf" / f"{formats.basename(self.app)}{self.suffix}.pdf"
        write_together({path: pdf})
        logger.info("The PDF is %s.", path)

    def _write_sources(self) -> None:
        """Resolve all pages, then translate them: each must know the anchors of all."""
        front, parts, wanted = self._chapter(self.config.root_doc, 1), self._parts(), self.chosen()
        if wanted:
            parts = [(caption, [one for one in inside if one.docname in wanted]) for caption, inside in parts]
        parts = [part for part in parts if part[1]]
        chapters = [front, *(chapter for _caption, inside in parts for chapter in inside)]
        trees = {chapter.docname: self._resolved(chapter.docname) for chapter in chapters}
        if wanted:
            reading_edition.trim(trees, wanted)
        existing, linked = survey(trees)
        images = {uri: self._copy_image(uri, name) for uri, name in self.images.items()}
        for chapter in chapters:
            tree = trees.pop(chapter.docname)  # trees of a whole book take the memory that Typst needs
            numbers = self._numbers(chapter.docname)
            context = PageContext(chapter.docname, chapter.level, existing, linked, numbers, images)
            text, diagnostics = translate(tree, context)
            self.diagnostics += diagnostics
            self._write_file(chapter.file, text)
        self._write_file("main.typ", document.main(front, parts))
        book, as_of_line = citation_context.book(self.app), self.config[as_of.SETTING]
        as_of_line = f"{as_of_line} {_(_SHORT)}".strip() if wanted else as_of_line
        self._write_file("book.json", document.title_page(book, self.config.evidence_keywords, as_of_line))
        self._write_file("template.typ", files("evidencebook.outputs.pdf").joinpath("template.typ").read_text("utf-8"))

    def _parts(self) -> list[Part]:
        """List the parts and their chapters in the order of reading."""
        parts = []
        for toctree in self.env.get_doctree(self.config.root_doc).findall(addnodes.toctree):
            caption = toctree.get("caption") or ""
            level = 2 if caption else 1
            chapters = [chapter for name in toctree["includefiles"] for chapter in self._below(str(name), level)]
            parts.append((caption, chapters))
        return parts

    def _below(self, docname: str, level: int) -> Iterator[Chapter]:
        """Yield a page and the pages that it holds."""
        yield self._chapter(docname, level)
        for child in self.env.toctree_includes.get(docname, ()):
            yield from self._below(child, level + 1)

    def _chapter(self, docname: str, level: int) -> Chapter:
        """Describe a page; the title of the first one is the book's, so that it gets one as a chapter."""
        root = docname == self.config.root_doc
        return Chapter(docname, self.config.evidence_front_title if root else self.env.titles[docname].astext(), level)

    def _resolved(self, docname: str) -> nodes.document:
        """Read a page and resolve its links; the first page gets its title as a chapter."""
        tree = self.env.get_doctree(docname)
        self.env.resolve_references(tree, docname, self)
        self.post_process_images(tree)
        title = next(tree.findall(nodes.title), None)
        if docname == self.config.root_doc and title is not None:
            title.replace_self(nodes.title("", self.config.evidence_front_title))
        return tree

    def _note_missing(self, app: Sphinx, domain: Domain | None, node: addnodes.pending_xref) -> bool:
        """Note a link to nothing; true keeps Sphinx from naming it again."""
        message = f'this link leads to "{node["reftarget"]}", which is nowhere in the book'
        self.diagnostics.append(Diagnostic(*location(node), message))
        return True

    def _copy_image(self, uri: str, name: str) -> str:
        """Copy an image and give its path for Typst."""
        source, copy = Path(self.srcdir) / uri, self.folder / "pictures" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
        return f"/pictures/{name}"

    def _numbers(self, docname: str) -> dict[str, str]:
        """Say what stands before the captions of a page, as in every other format; equations have no caption."""
        return {
            name: self.config.numfig_format.get(kind, "(%s)") % ".".join(map(str, number))
            for kind, numbers in self.env.toc_fignumbers.get(docname, {}).items()
            for name, number in numbers.items()
        }

    def _write_file(self, name: str, text: str) -> None:
        """Write a source of Typst."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _stop_on_diagnostics(self) -> None:
        """Report all diagnostics and stop, if there is one."""
        diagnostics = dict.fromkeys(self.diagnostics)
        for each in diagnostics:
            report(self.env, "pdf", each.message, f"{each.file}:{each.line}")
        build_guard.stop_on_problems(self.env)


class CompleteTypstBuilder(TypstBuilder):
    """Write the complete edition, with code, analyses and lists of records."""

    name = "typstpdf-full"
    suffix = "-complete"

    def chosen(self) -> dict[str, str]:
        """Choose nothing: all pages are printed."""
        return {}
