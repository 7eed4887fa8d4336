"""Build the e-book: Sphinx's EPUB builder, with what validators and readers miss in it."""

import datetime as dt
import html
import uuid
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder, NavPoint
from sphinx.config import Config

from evidencebook.locale import _, gettext_noop
from evidencebook.outputs.data import citation_context
from evidencebook.outputs.epub import archive
from evidencebook.outputs.epub.pages import EpubTranslator, FitForReaders
from evidencebook.outputs.html import formats
from evidencebook.pages import as_of
from evidencebook.pages.checks import build_guard
from evidencebook.pages.warnings import report

_HERE = Path(__file__).parent
_COVER, _TITLE_PAGE, _STYLE = "_static/cover.png", "title-page", "_static/epub.css"
_ACCESSIBILITY = gettext_noop(
    "One reading order, headings at every level, a table of contents, no script, no sound, no motion; text can be "
    "enlarged and recoloured, and tables have headings. %s The file is checked with epubcheck; nobody has "
    "certified its accessibility."
)


def setup_epub(app: Sphinx) -> None:
    """Register the builder, its theme, its settings, and what it does to pages."""
    app.add_builder(EvidenceEpub, override=True)
    app.add_html_theme("evidence-epub", str(_HERE / "theme"))
    app.add_post_transform(FitForReaders)
    app.connect("config-inited", _set_defaults)


def _set_defaults(app: Sphinx, config: Config) -> None:
    """Set what the builder reads from the settings, the same for every builder.

    A setting that differed between an e-book and a site would have every page read again.
    """
    if config.epub_theme == "epub":
        config.epub_theme = "evidence-epub"
    if not config.epub_cover:
        config.epub_cover = (_COVER, "cover.html")
    config.epub_uid = "book-id"
    config.epub_language = citation_context.tag(config.language)
    if config.epub_identifier == "unknown":
        config.epub_identifier = uuid.uuid5(uuid.NAMESPACE_OID, f"{config.author}: {config.project}").urn
    config.epub_tocscope = "includehidden"  # the pages of a book stand in hidden lists
    config.epub_pre_files = [(f"{_TITLE_PAGE}.xhtml", _("Title page")), *config.epub_pre_files]


class EvidenceEpub(Epub3Builder):
    """Write the pages anew at each build, leave out what none of them uses, and pack the rest reproducibly."""

    default_translator_class = EpubTranslator
    template_dir: Any = _HERE / "package"  # Sphinx 7 takes a path in place of a string, Sphinx 9 takes nothing else

    def get_outdated_docs(self) -> Iterator[str]:
        """Name every page: what stands in the folder from earlier builds never gets into the e-book."""
        yield from sorted(self.env.found_docs)

    def prepare_writing(self, docnames: set[str]) -> None:
        """Name the file as Jupyter Book does, and the stylesheets: ours, then those that the book names for it."""
        super().prepare_writing(docnames)
        self.config.epub_basename = formats.basename(self.app)
        self.described, self.with_formulas = True, set[str]()
        site = {name for name, _more in self.config.html_css_files}
        own = [f"_static/{name}" for name, _more in self.config.epub_css_files if name not in site]
        self.globalcontext["language"] = self.config.epub_language
        self.globalcontext["direction"] = citation_context.direction(self.config.language)
        self.globalcontext["epub_styles"] = self.styles = [_STYLE, *own]

    def add_visible_links(self, tree: nodes.document, show_urls: str = "inline") -> None:
        """Write addresses behind links for paper, save behind a picture in a figure: its legend would be no XHTML."""
        super().add_visible_links(tree, show_urls)
        for span in [one for one in tree.findall(nodes.inline) if "link-target" in one["classes"]]:
            if isinstance(span.parent, nodes.figure):
                span.parent.remove(span)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Note whether each picture has an alt text, and which pages hold formulas: the package must say so."""
        if any(doctree.findall(lambda node: isinstance(node, nodes.math | nodes.math_block))):
            self.with_formulas.add(quote(docname) + self.out_suffix)
        self.described &= all(image.get("alt") for image in doctree.findall(nodes.image))
        super().write_doc(docname, doctree)

    def handle_page(
        self, pagename: str, addctx: dict[str, Any], templatename: str = "page.html", *args: Any, **more: Any
    ) -> None:
        """Take the e-book's own template for a page: page.html may be a template of the site."""
        own = "chapter.html" if templatename == "page.html" else templatename
        super().handle_page(pagename, addctx, own, *args, **more)

    def handle_finish(self) -> None:
        """Write the title page and the cover, drop what no page uses, and let Sphinx do the rest."""
        build_guard.stop_on_problems(self.env)
        config = self.config
        book = {"config": config, "edition": self._edition(), "as_of": config[as_of.SETTING]}
        self.handle_page(_TITLE_PAGE, {"title": config.project, **book}, "title-page.html")
        self._drop_unused()
        if config.epub_cover[0] == _COVER:
            self._draw_cover()
        super().handle_finish()

    def _draw_cover(self) -> None:
        """Draw the cover; stop where no font has a letter of it."""
        from evidencebook.outputs.epub.cover import cover  # noqa: PLC0415  needs the extra "pdf"
        from evidencebook.outputs.pdf.compile import fonts_of  # noqa: PLC0415  as above

        words = (self.config.project, self.config.epub_author, self._edition())
        try:
            drawn = cover(*words, language=self.config.epub_language, own_fonts=fonts_of(self.app))
        except ValueError as wrong:
            written = [path for path in (self.confdir / "_config.yml", self.confdir / "conf.py") if path.is_file()]
            report(self.env, "pdf", f"the cover of the e-book cannot be drawn: {wrong}", f"{written[0]}:1")
        else:
            (Path(self.outdir) / _COVER).write_bytes(drawn)
        build_guard.stop_on_problems(self.env)

    def _drop_unused(self) -> None:
        """Delete what no page uses: Sphinx packs whatever it finds in the folder."""
        out = Path(self.outdir)
        pages = [*self.env.found_docs, _TITLE_PAGE, *(["genindex"] if self.use_index else [])]
        used = {f"{page}{self.out_suffix}" for page in pages}
        used |= {f"{self.imagedir}/{name}" for name in self.images.values()}
        used |= {*self.styles, self.config.epub_cover[0], f"{self.config.epub_basename}.epub"}
        for file in out.rglob("*"):
            if file.is_file() and file.relative_to(out).as_posix() not in used:
                file.unlink()

    def content_metadata(self) -> dict[str, Any]:
        """Describe the book by its settings; what is not set is left out."""
        config, day, book = self.config, self._day(), citation_context.book(self.app)
        pictures = _("Every picture has a text in its place.") if self.described else _("Some pictures lack a text.")
        return super().content_metadata() | {
            "day": f"{day:%Y-%m-%d}",
            "date": f"{day:%Y-%m-%dT%H:%M:%SZ}",
            "version": html.escape(config.release or config.version),
            "authors": [html.escape(" ".join(name.split(", ")[::-1])) for name in book.authors],
            "direction": citation_context.direction(config.language),
            "described": self.described,
            "formulas": self.with_formulas,
            "accessibility": _(_ACCESSIBILITY) % pictures,
            "front": 2 if config.epub_cover[1] else 1,  # the pages before the table of contents
        }

    def navigation_doc_metadata(self, navlist: list[NavPoint]) -> dict[str, Any]:
        """Group the chapters under the captions of their parts."""
        captions = {
            self.get_relative_uri(self.config.root_doc, page): toctree["caption"] or ""
            for toctree in self.env.get_doctree(self.config.root_doc).findall(addnodes.toctree)
            for page in toctree["includefiles"]
        }
        parts = groupby(navlist, lambda entry: captions.get(entry.refuri.partition("#")[0], ""))
        return super().navigation_doc_metadata(navlist) | {
            "parts": [(caption, list(chapters)) for caption, chapters in parts],
            "styles": self.styles,
            "cover": self.coverpage_name,
            "first": self.config.root_doc + self.out_suffix,
        }

    def toc_add_files(self, refnodes: list[dict[str, Any]]) -> None:
        """Call the first page by what it holds: the title of the book stands above it already."""
        super().toc_add_files(refnodes)
        for entry in refnodes:
            if entry["refuri"] == self.config.root_doc + self.out_suffix:
                entry["text"] = html.escape(self.config.evidence_front_title)

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """Give older readers the same identifier as the package."""
        return super().toc_metadata(level, navpoints) | {"uid": html.escape(self.config.epub_identifier)}

    def build_content(self) -> None:
        """Write the package file; the order of reading names files by their addresses, the rest by their names."""
        by_address = self.refnodes
        self.refnodes = [entry | {"refuri": unquote(entry["refuri"])} for entry in by_address]
        super().build_content()
        self.refnodes = by_address

    def build_epub(self) -> None:
        """Pack what was written."""
        packed = ("META-INF/container.xml", "content.opf", "toc.ncx", *self.files)
        out = Path(self.outdir)
        archive.pack(out, packed, out / f"{self.config.epub_basename}.epub", self._day())

    def _edition(self) -> str:
        """Name the version and the day of the book."""
        version = self.config.release or self.config.version
        return ", ".join(filter(None, (version and _("Version %s") % version, self.config.today)))

    def _day(self) -> dt.datetime:
        """Give the first moment of the day of this edition."""
        return dt.datetime.combine(citation_context.book(self.app).day, dt.time(), dt.UTC)
