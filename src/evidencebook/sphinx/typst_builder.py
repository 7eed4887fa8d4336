"""Build the book as one tagged PDF by Typst: `--builder custom --custom-builder typstpdf`."""

import html
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from os import environ
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.display import progress_message

from evidencebook.sphinx import gate
from evidencebook.sphinx.report import report
from evidencebook.style import INK, PRINTED_INK
from evidencebook.typst import book, fonts, links, press
from evidencebook.typst.book import About, Chapter, Part
from evidencebook.typst.faults import Fault
from evidencebook.typst.translator import INSIDE, Picture, Surroundings
from evidencebook.typst.writers import translate
from sphinx import addnodes

_WORDS = re.compile(r"<(?:text|tspan)\b[^>]*>([^<]*)")
logger = logging.getLogger(__name__)
#: What MyST-NB shows of a cell, the best first: drawings before pixels, text that docutils can hold before HTML.
_MIMES = ("image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/latex", "text/plain")


def choose_outputs(app: Sphinx, config: Config) -> None:
    """Tell MyST-NB which output of a cell goes into the PDF; for config-inited."""
    if "nb_mime_priority_overrides" in config:
        ours = [(TypstBuilder.name, mime, 10 * place) for place, mime in enumerate(_MIMES, 1)]
        config.nb_mime_priority_overrides = [*config.nb_mime_priority_overrides, *ours]


class TypstBuilder(Builder):
    """Write every page as Typst and compile them to one PDF."""

    name = "typstpdf"
    format = "typst"
    epilog = "The PDF is in the folder pdf beside %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012  as in Sphinx

    def get_outdated_docs(self) -> str:
        """Write all pages: they make one file."""
        return "all pages"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Give the address of a page within the book."""
        return INSIDE + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Give the address of a page within the book, the same from everywhere."""
        return self.get_target_uri(to)

    def write(self, *ignored: Any) -> None:
        """Translate, say what is wrong, compile, and put the PDF in its place."""
        with progress_message("resolving references"):
            parts = self._parts()
            order = [self.config.root_doc, *(docname for _, inside in parts for docname, _ in inside)]
            trees = {docname: self._resolved(docname) for docname in order}
            trees[self.config.root_doc][0].replace(*_front_title(trees[self.config.root_doc], self.config))
        with progress_message("writing Typst"):
            loaded = fonts.lay_out(self.outdir / "fonts")
            levels = {docname: level for _, inside in parts for docname, level in inside}
            faults = self._write_pages(trees, levels, loaded)
        self._stop_at(faults)
        self._write_main(parts, trees)
        with progress_message("compiling the PDF"):
            made, faults = press.compile_book(self.outdir, loaded, day(self.config.today))
        self._stop_at(faults)
        press.put(made, self.path)
        logger.info("The PDF is %s.", self.path)

    @property
    def path(self) -> Path:
        """Give the place of the PDF: the name is that of the LaTeX document, so that it is said once."""
        name = Path(self.config.latex_documents[0][1]).with_suffix(".pdf").name
        return Path(self.outdir).parent / "pdf" / name

    def _parts(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """List the parts, each with its caption and its pages, in order, with the level of their titles."""
        root = self.env.get_doctree(self.config.root_doc)
        parts = []
        for toctree in root.findall(addnodes.toctree):
            caption = toctree.get("caption") or ""
            pages = [one for name in toctree["includefiles"] for one in self._below(str(name), 2 if caption else 1)]
            parts.append((caption, pages))
        return parts

    def _below(self, docname: str, level: int) -> Iterator[tuple[str, int]]:
        yield docname, level
        for child in self.env.toctree_includes.get(docname, ()):
            yield from self._below(child, level + 1)

    def _resolved(self, docname: str) -> nodes.document:
        """Read a page and resolve its links; what is left of its table of contents the PDF has elsewhere."""
        tree = self.env.get_doctree(docname)
        self.env.resolve_references(tree, docname, self)
        self.post_process_images(tree)
        return tree

    def _write_pages(
        self, trees: dict[str, nodes.document], levels: dict[str, int], loaded: Any
    ) -> list[Fault]:
        """Write the file of each page; return what was wrong on all of them."""
        existing = frozenset(name for docname, tree in trees.items() for name in links.places(docname, tree))
        linked = frozenset(name for docname, tree in trees.items() for name in links.targets(docname, tree))
        pictures = self._copy_pictures()
        signs = set().union(*(tree.astext() for tree in trees.values()), *(one.signs for one in pictures.values()))
        missing = fonts.missing(signs, loaded)
        faults: list[Fault] = []
        for docname, tree in trees.items():
            around = Surroundings(
                page=docname,
                level=levels.get(docname, 1),
                linked=linked,
                existing=existing,
                numbers=self._numbers(docname),
                missing=missing,
                pictures=pictures,
                folder=Path(self.srcdir),
            )
            text, page = translate(tree, around)
            faults += page.faults
            self._write_file(_file(docname), text)
        return faults

    def _numbers(self, docname: str) -> dict[str, str]:
        """Say what stands before the captions of a page, as in every other format."""
        return {
            name: self.config.numfig_format[kind] % ".".join(map(str, number))
            for kind, numbers in self.env.toc_fignumbers.get(docname, {}).items()
            for name, number in numbers.items()
        }

    def _copy_pictures(self) -> dict[str, Picture]:
        """Lay the pictures beside the pages."""
        (self.outdir / "pictures").mkdir(exist_ok=True)
        made = {}
        for uri, name in self.images.items():
            source, copy = Path(self.srcdir) / uri, Path(self.outdir) / "pictures" / name
            if source.suffix == ".svg":
                text = source.read_text(encoding="utf-8")
                copy.write_text(darker(text), encoding="utf-8")
                made[uri] = Picture(f"/pictures/{name}", drawn_signs(text))
            else:
                shutil.copyfile(source, copy)
                made[uri] = Picture(f"/pictures/{name}")
        return made

    def _write_main(self, parts: list[tuple[str, list[tuple[str, int]]]], trees: dict[str, nodes.document]) -> None:
        def chapter(docname: str, level: int) -> Chapter:
            return Chapter(_file(docname), _title(trees[docname]), level)

        made = tuple(Part(caption, tuple(chapter(*page) for page in pages)) for caption, pages in parts)
        front = chapter(self.config.root_doc, 1)
        self._write_file("main.typ", book.main(about(self.config), front, made))
        self._write_file("template.typ", files("evidencebook.typst").joinpath("template.typ").read_text("utf-8"))

    def _write_file(self, name: str, text: str) -> None:
        path = self.outdir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _stop_at(self, faults: Iterable[Fault]) -> None:
        """Tell all faults and stop, if there is one."""
        told = [report(self.env, one.kind, one.message, f"{one.file}:{one.line}") for one in dict.fromkeys(faults)]
        gate.stop(len(told))


def about(config: Config) -> About:
    """Gather what the title page says from the settings."""
    return About(
        title=config.project,
        authors=tuple(one.strip() for one in str(config.author).split(" and ")),
        version=config.release,
        language=config.language,
        day=day(config.today),
        licence=config.evidence_licence,
        keywords=tuple(config.evidence_keywords),
        address=config.html_baseurl,
    )


def day(words: str) -> date | None:
    """Read the day of the edition, such as 22 November 2026; SOURCE_DATE_EPOCH may give it instead."""
    try:
        return datetime.strptime(words, "%d %B %Y").replace(tzinfo=UTC).date()
    except ValueError:
        epoch = environ.get("SOURCE_DATE_EPOCH", "")
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else None


def drawn_signs(svg: str) -> str:
    """Give the characters that stand in a drawing."""
    return "".join(html.unescape(one) for one in _WORDS.findall(svg))


def darker(svg: str) -> str:
    """Draw words and axes darker: their grey is chosen to be read on a dark screen too, and paper is white."""
    return svg.replace(INK.lower(), PRINTED_INK)


def _file(docname: str) -> str:
    return f"pages/{docname}.typ"


def _title(tree: nodes.document) -> str:
    return next(tree.findall(nodes.title)).astext()


def _front_title(tree: nodes.document, config: Config) -> tuple[nodes.title, nodes.title]:
    """Give the title of the first page, which is the book's, and the one it has as a chapter."""
    return next(tree.findall(nodes.title)), nodes.title("", config.evidence_front_title)
