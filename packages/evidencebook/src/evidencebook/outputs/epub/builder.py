"""Build the e-book: Sphinx's EPUB builder, with what validators and readers miss in it."""

import datetime as dt
import html
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder, NavPoint
from sphinx.config import Config
from sphinx.util.fileutil import copy_asset_file

from evidencebook.outputs.data import citation_context as citable
from evidencebook.outputs.epub import pages as epub_pages
from evidencebook.outputs.html import formats
from evidencebook.pages import as_of as currency
from evidencebook.release import archive
from evidencebook.release.cover import cover

THEME = Path(__file__).parent / "theme"
#: What Sphinx writes for a setting that was left empty.
_UNKNOWN = "unknown"
_COVER, _TITLE_PAGE = "_static/cover.png", "title-page"
_ACCESSIBILITY = (
    "One reading order, headings at every level, a table of contents, no script, no sound, no motion; text can be "
    "enlarged and recoloured, and tables have headings. {pictures} The file is checked with epubcheck; nobody has "
    "certified its accessibility."
)


def register(app: Sphinx) -> None:
    """Register the builder, its theme, and what it does to pages."""
    app.add_builder(EvidenceEpub, override=True)
    app.add_html_theme("evidence-epub", str(THEME))
    app.add_post_transform(epub_pages.HeadsInCells)
    app.connect("config-inited", settle)
    app.connect("html-page-context", epub_pages.tidy)


def settle(app: Sphinx, config: Config) -> None:
    """Settle what the builder reads from the settings, the same for every builder; for config-inited.

    A setting that changed between an e-book and a site would have every page read again.
    """
    if config.epub_theme == "epub":
        config.epub_theme = "evidence-epub"
    if not config.epub_cover:
        config.epub_cover = (_COVER, "cover.html")
    config.epub_tocscope = "includehidden"  # the pages of a book stand in hidden lists
    config.epub_pre_files = [(f"{_TITLE_PAGE}.xhtml", "Title page"), *config.epub_pre_files]
    # A table as HTML may hold anything, and an e-book must be XML: the next best form is taken.
    config.nb_mime_priority_overrides = [*config.nb_mime_priority_overrides, ("epub", "text/html", None)]


class EvidenceEpub(Epub3Builder):
    """Write the pages anew at each build, leave out what none of them uses, and pack the rest reproducibly."""

    def get_outdated_docs(self) -> Iterator[str]:
        """Name every page: what stands in the folder from earlier builds never gets into the e-book."""
        yield from sorted(self.env.found_docs)

    def prepare_writing(self, docnames: set[str]) -> None:
        """Begin with no picture that was found wanting."""
        super().prepare_writing(docnames)
        self.config.epub_basename = formats.basename(self.app)
        self.described = True

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Note whether each picture has a text in its place."""
        self.described &= all(image.get("alt") for image in doctree.findall(nodes.image))
        super().write_doc(docname, doctree)

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        outfilename: str | None = None,
        event_arg: Any = None,
    ) -> None:
        """Take the e-book's own template for a page: the press's page.html is written for the site."""
        own = "chapter.html" if templatename == "page.html" else templatename
        super().handle_page(pagename, addctx, own, outfilename, event_arg)

    def handle_finish(self) -> None:
        """Write the pages that no author wrote, drop what no page uses, and let Sphinx do the rest."""
        self.handle_page(_TITLE_PAGE, {"title": self.config.project, "book": self._about()}, "title-page.html")
        self._keep_only(self._wanted())
        if self.config.epub_cover[0] == _COVER:
            about = self._about()
            drawn = cover(self.config.project, about["authors"], about["edition"])
            (Path(self.outdir) / _COVER).write_bytes(drawn)
        super().handle_finish()

    def content_metadata(self) -> dict[str, Any]:
        """Describe the book by its settings; what is not set is left out."""
        config, day = self.config, self._day()
        pictures = "Every picture has a text in its place." if self.described else "Some pictures lack a text."
        own = {
            "id": html.escape(self._identifier()),
            "uid": "book-id",
            "day": f"{day:%Y-%m-%d}",
            "date": f"{day:%Y-%m-%dT%H:%M:%SZ}",
            "authors": [html.escape(config.epub_author)],
            "version": html.escape(config.release or config.version),
            "contributor": html.escape(_set(config.epub_contributor)),
            "description": html.escape(_set(config.epub_description)),
            "described": self.described,
            "accessibility": _ACCESSIBILITY.format(pictures=pictures),
        }
        self.package = super().content_metadata() | own
        return self.package

    def build_content(self) -> None:
        """Write the package file with the press's template, once Sphinx has filled in what is in the book."""
        super().build_content()
        spine = self.package["spines"]
        front = [
            page for page in spine if page.idref in map(self.make_id, (self.coverpage_name, _TITLE_PAGE + ".xhtml"))
        ]
        spine.insert(len(front), spine[0]._replace(idref="nav", linear=True))
        copy_asset_file(THEME / "content.opf.jinja", self.outdir, self.package, __overwrite_warning__=False)

    def navigation_doc_metadata(self, navlist: list[NavPoint]) -> dict[str, Any]:
        """Group the chapters under the captions of their parts."""
        captions = {
            self.get_relative_uri(self.config.root_doc, page): toctree["caption"] or ""
            for toctree in self.env.get_doctree(self.config.root_doc).findall(addnodes.toctree)
            for page in toctree["includefiles"]
        }
        root = self.config.root_doc + self.out_suffix
        return super().navigation_doc_metadata(navlist) | {
            "parts": epub_pages.parts(navlist, lambda entry: captions.get(entry.refuri.partition("#")[0], "")),
            "styles": epub_pages.styles(self.app),
            "landmarks": [
                ("cover", self.coverpage_name, "Cover"),
                ("toc", "nav.xhtml", "Contents"),
                ("bodymatter", root, "Start of the text"),
            ],
        }

    def build_navigation_doc(self) -> None:
        """Write the table of contents with the press's template."""
        sphinx_s, self.template_dir = self.template_dir, str(THEME)
        super().build_navigation_doc()
        self.template_dir = sphinx_s

    def toc_add_files(self, refnodes: list[dict[str, Any]]) -> None:
        """Call the first page by what it holds: the title of the book stands above it already."""
        super().toc_add_files(refnodes)
        for entry in refnodes:
            if entry["refuri"] == self.config.root_doc + self.out_suffix:
                entry["text"] = html.escape(self.config.evidence_front_title)

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """Give older readers the same identifier as the package."""
        return super().toc_metadata(level, navpoints) | {"uid": html.escape(self._identifier())}

    def build_epub(self) -> None:
        """Pack what was written."""
        parts = ("META-INF/container.xml", "content.opf", "toc.ncx", *self.files)
        archive.pack(Path(self.outdir), parts, self._made(), self._day())

    def _made(self) -> Path:
        """Name the file that is made."""
        return Path(self.outdir) / f"{self.config.epub_basename}.epub"

    def _wanted(self) -> set[Path]:
        """Name the files that the pages use."""
        pages = {f"{page}{self.out_suffix}" for page in (*self.env.found_docs, _TITLE_PAGE)}
        if self.use_index:
            pages.add(f"genindex{self.out_suffix}")
        used = {f"{self.imagedir}/{name}" for name in self.images.values()} | set(epub_pages.styles(self.app))
        out = Path(self.outdir)
        return {out / name for name in pages | used | {self.config.epub_cover[0]}} | {self._made()}

    def _keep_only(self, wanted: set[Path]) -> None:
        """Delete every other file; Sphinx packs whatever it finds."""
        for file in Path(self.outdir).rglob("*"):
            if file.is_file() and file not in wanted:
                file.unlink()

    def _about(self) -> dict[str, str]:
        """Gather what the title page says."""
        config = self.config
        title, _, subtitle = config.epub_title.partition(": ")
        version = config.release or config.version
        edition = ", ".join(part for part in (f"Version {version}" if version else "", config.today or "") if part)
        authors, rights = config.epub_author, config.epub_copyright
        about = {"title": title, "subtitle": subtitle, "authors": authors, "edition": edition, "rights": rights}
        return about | {"currency": config[currency.SETTING]}

    def _identifier(self) -> str:
        """Give the identifier that the settings name, else one that follows from author and title."""
        made = uuid.uuid5(uuid.NAMESPACE_OID, f"{self.config.author}: {self.config.project}")
        return _set(self.config.epub_identifier) or made.urn

    def _day(self) -> dt.datetime:
        """Give the first moment of the day of this edition."""
        return dt.datetime.combine(citable.book(self.app).day, dt.time(), dt.UTC)


def _set(value: str) -> str:
    """Give a setting, or nothing where it was left as it was."""
    return "" if value == _UNKNOWN else value
