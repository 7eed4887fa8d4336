"""Build the book as one tagged PDF by Typst: `--builder custom --custom-builder typstpdf`."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.domains import Domain
from sphinx.util import logging
from sphinx.util.display import progress_message

from evidencebook.outputs.data import citation_context as citable
from evidencebook.outputs.data import citation_forms, licence
from evidencebook.outputs.data.citation import Citation
from evidencebook.outputs.html import formats
from evidencebook.outputs.pdf import compile as press
from evidencebook.outputs.pdf import document as book
from evidencebook.outputs.pdf import fonts, links
from evidencebook.outputs.pdf import images as pictures
from evidencebook.outputs.pdf import worker_pool as crew
from evidencebook.outputs.pdf.diagnostics import Fault, place
from evidencebook.outputs.pdf.document import About, Chapter, Part
from evidencebook.outputs.pdf.translator import INSIDE, Picture, Surroundings
from evidencebook.outputs.pdf.writers import translate
from evidencebook.pages import as_of as currency
from evidencebook.pages import pybtex_cache as speed
from evidencebook.pages.checks import build_guard as gate
from evidencebook.pages.warnings import report

logger = logging.getLogger(__name__)
#: What MyST-NB shows of a cell, the best first: drawings before pixels, text that docutils can hold before HTML.
_MIMES = ("image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain")
#: The caption of a part, and its pages with the level of their titles.
Outline = list[tuple[str, list[tuple[str, int]]]]


def choose_outputs(app: Sphinx, config: Config) -> None:
    """Tell MyST-NB which output of a cell goes into the PDF; for config-inited."""
    if "nb_mime_priority_overrides" in config:
        ours = [(TypstBuilder.name, mime, 10 * place) for place, mime in enumerate(_MIMES, 1)]
        config.nb_mime_priority_overrides = [*config.nb_mime_priority_overrides, *ours]


@dataclass(frozen=True)
class Resolved:
    """Hold what the others must know of a page, its pictures, and its links to nothing."""

    survey: links.Survey
    images: dict[str, str]
    faults: list[Fault]


@dataclass(frozen=True)
class Written:
    """Hold the title of a page that was written, and what cannot be set in it."""

    title: str
    faults: list[Fault]


class TypstBuilder(Builder):
    """Write every page as Typst and compile them to one PDF."""

    name = "typstpdf"
    format = "typst"
    epilog = "The Typst sources are in %(outdir)s, the PDF in the folder pdf beside it."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012  as Sphinx declares it

    def init(self) -> None:
        """Listen for links that lead nowhere."""
        self.faults: list[Fault] = []
        self.folder = Path(self.outdir)
        self.app.connect("warn-missing-reference", self._note_missing)
        # Sphinx tells a missing label too, but lets the build go on; once is enough.
        self.config.suppress_warnings = [*self.config.suppress_warnings, "ref.ref"]

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
        with speed.no_search_for_garbage():
            self._write_sources()
        self._stop_if_faulty()
        with progress_message("compiling the PDF"):
            made, faults = press.compile_book(self.folder)
        self.faults += faults
        self._stop_if_faulty()
        path = (
            self.folder.parent / "pdf" / f"{formats.basename(self.app)}.pdf"
        )  # Jupyter Book sets the name after init()
        press.put(made, path)
        logger.info("The PDF is %s.", path)

    def _write_sources(self) -> None:
        """Resolve and translate all pages, side by side; their trees are let go before Typst needs the memory."""
        outline = self._outline()
        levels = {self.config.root_doc: 1} | {docname: level for _, pages in outline for docname, level in pages}
        tasks = [self._page(docname, level) for docname, level in levels.items()]
        with progress_message("resolving references, writing Typst"):
            written = crew.run(tasks, [self._weight(docname) for docname in levels], self._survey, self._processes())
            self.faults += [fault for one in written for fault in one.faults]
            self._write_main(outline, {docname: one.title for docname, one in zip(levels, written, strict=True)})

    def _processes(self) -> int:
        """Count the processes that may share the pages: just one if an extension must see all that is written."""
        safe = all(one.parallel_write_safe for one in self.app.extensions.values())
        return crew.processors() if safe else 1

    def _weight(self, docname: str) -> int:
        """Weigh a page: the longer its tree, the longer it takes."""
        return (Path(self.env.doctreedir) / f"{docname}.doctree").stat().st_size

    def _page(self, docname: str, level: int) -> Generator[Resolved, Surroundings, Written]:
        """Resolve a page, wait until all pages are known, and write it."""
        self.faults, self.images = [], {}
        tree = self._resolved(docname)
        known = yield Resolved(links.survey({docname: tree}), self.images, self.faults)
        around = replace(known, page=docname, level=level, numbers=self._numbers(docname))
        text, page = translate(tree, around)
        self._write_file(_file(docname), text)
        return Written(next(tree.findall(nodes.title), nodes.title()).astext(), page.faults)

    def _survey(self, pages: list[Resolved]) -> Surroundings:
        """Gather what each page must know of all, and note the links to nothing."""
        self.faults = [fault for page in pages for fault in page.faults]
        images = {uri: name for page in pages for uri, name in page.images.items()}
        shown = pictures.lay_out({uri: (self.srcdir / uri, name) for uri, name in images.items()}, self.folder)
        survey = links.union(page.survey for page in pages)
        return Surroundings(
            page="",
            linked=frozenset(survey.targets),
            existing=frozenset(survey.places),
            missing=self._missing_signs(survey.signs, shown),
            pictures=shown,
            folder=Path(self.srcdir),
        )

    def _outline(self) -> Outline:
        """List the parts and their pages in the order of reading."""
        outline = []
        for toctree in self.env.get_doctree(self.config.root_doc).findall(addnodes.toctree):
            caption = toctree.get("caption") or ""
            pages = [page for name in toctree["includefiles"] for page in self._below(str(name), 2 if caption else 1)]
            outline.append((caption, pages))
        return outline

    def _below(self, docname: str, level: int) -> Iterator[tuple[str, int]]:
        """Yield a page and the pages that it holds."""
        yield docname, level
        for child in self.env.toctree_includes.get(docname, ()):
            yield from self._below(child, level + 1)

    def _resolved(self, docname: str) -> nodes.document:
        """Read a page and resolve its links; the first page, whose title is the book's, gets one as a chapter."""
        tree = self.env.get_doctree(docname)
        self.env.resolve_references(tree, docname, self)
        self.post_process_images(tree)
        title = next(tree.findall(nodes.title), None)
        if docname == self.config.root_doc and title is not None:
            title.replace_self(nodes.title("", self.config.evidence_front_title))
        return tree

    def _note_missing(self, app: Sphinx, domain: Domain | None, node: addnodes.pending_xref) -> bool:
        """Note a link to nothing; true keeps Sphinx from telling it again."""
        words = f'this link leads to "{node["reftarget"]}", which is nowhere in the book'
        self.faults.append(Fault("link", words, *place(node)))
        return True

    def _missing_signs(self, written: set[str], shown: dict[str, Picture]) -> frozenset[str]:
        """Name the characters of the book that no font has."""
        signs = written.union(*(one.signs for one in shown.values()))
        return fonts.missing(signs, fonts.lay_out(self.folder / "fonts"))

    def _numbers(self, docname: str) -> dict[str, str]:
        """Say what stands before the captions of a page, as in every other format."""
        return {
            name: self.config.numfig_format[kind] % ".".join(map(str, number))
            for kind, numbers in self.env.toc_fignumbers.get(docname, {}).items()
            for name, number in numbers.items()
        }

    def _write_main(self, outline: Outline, titles: dict[str, str]) -> None:
        """Write the file that holds the pages together, and the template."""

        def chapter(docname: str, level: int) -> Chapter:
            return Chapter(_file(docname), titles[docname], level)

        parts = tuple(Part(caption, tuple(chapter(*page) for page in pages)) for caption, pages in outline)
        front = chapter(self.config.root_doc, 1)
        self._write_file("main.typ", book.main(self._about(), front, parts))
        self._write_file("template.typ", files("evidencebook.outputs.pdf").joinpath("template.typ").read_text("utf-8"))

    def _about(self) -> About:
        """Gather what the title page says, as citations say it."""
        whole = citable.book(self.app)
        return About(
            title=whole.title,
            authors=whole.authors,
            version=whole.version,
            language=whole.language,
            day=whole.day,
            licence=licence.SENTENCE,
            keywords=tuple(self.config.evidence_keywords),
            cite=citation_forms.plain(Citation(whole, "book")),
            currency=self.config[currency.SETTING],
        )

    def _write_file(self, name: str, text: str) -> None:
        """Write a source of Typst."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _stop_if_faulty(self) -> None:
        """Tell all faults and stop, if there is one."""
        faults = dict.fromkeys(self.faults)
        for fault in faults:
            report(self.env, fault.kind, fault.message, f"{fault.file}:{fault.line}")
        gate.stop(len(faults))


def _file(docname: str) -> str:
    """Name the Typst source of a page."""
    return f"pages/{docname}.typ"
