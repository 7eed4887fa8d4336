"""Show how to cite the book, its pages and its claims, and lay the files for it beside the book."""

from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from evidencebook.outputs.data import citation_context as citable
from evidencebook.outputs.data import citation_forms
from evidencebook.outputs.data.citation import Citation
from evidencebook.outputs.data.citation_forms import FORMS
from evidencebook.pages import backlinks as uses
from evidencebook.pages.directives.records import EvidenceDirective
from evidencebook.pages.domain import domain_of
from evidencebook.pages.nodes import records as render
from evidencebook.pages.roles import link

_KINDS = ("book", "pages", "claims")
_LANGUAGE = {"bib": "bibtex", "ris": "text", "json": "json"}


class CitationsDirective(EvidenceDirective):
    """Show the citations of the book in full, or those of all pages or claims as a table of files."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a box that is filled when every page has been read: titles and addresses are known only then."""
        kind = directives.choice(self.arguments[0], _KINDS)
        self.domain.note_listing(kind)
        return [nodes.container("", classes=["evidence", "citations"], **{render.CITES: ("list", kind)})]


class FillCitations(SphinxPostTransform):
    """Write the lists of citations, and on each claim's card the links to its files."""

    default_priority = 6  # as uses.FillUses: before links are resolved

    def run(self, **kwargs: object) -> None:
        """Fill what waits; where no files can lie beside the book, what would link to them goes away."""
        for node in list(self.document.findall(lambda node: isinstance(node, nodes.Element) and render.CITES in node)):
            kind, name = node[render.CITES]  # type: ignore[index]  # an element, as asked for
            made = self._of_card(name) if kind == "claim" else getattr(self, f"_of_{name}")()
            if made:
                node.extend(made)  # type: ignore[attr-defined]  # as above
                del node[render.CITES]  # type: ignore[attr-defined]  # as above
            else:
                node.parent.remove(node)

    def _of_card(self, name: str) -> list[nodes.Node]:
        links = self._links(f"claim-{name}")
        return [nodes.Text("Cite this claim: "), *links, nodes.Text(".")] if links else []

    def _of_book(self) -> list[nodes.Node]:
        cited = citable.of_page(self.app, self.config.root_doc)
        words = citation_forms.plain(cited)
        made: list[nodes.Node] = [nodes.paragraph(words, words)]
        for end, label, write in FORMS:
            linked = self._link(cited.name, end, label) or nodes.Text(label)
            text = write(cited).strip()
            made += [nodes.paragraph("", "", nodes.strong("", "", linked))]
            made += [nodes.literal_block(text, text, language=_LANGUAGE[end], linenos=False)]
        return made

    def _of_pages(self) -> list[nodes.Node]:
        pages = [page for page in citable.pages(self.env) if page != self.config.root_doc]
        return self._table("Page", [(uses.page_link(page, self.env), page) for page in pages])

    def _of_claims(self) -> list[nodes.Node]:
        cited = [citable.of_claim(self.app, name) for name in domain_of(self.env).evidence.claims]
        return self._table("Claim", [(link("claim", c.name.removeprefix("claim-"), c.title), c.name) for c in cited])

    def _table(self, head: str, rows: list[tuple[nodes.Node, str]]) -> list[nodes.Node]:
        """Make a table: what is cited, and its files; in print say where they are."""
        if not citable.is_site(self.app):
            words = f"The files lie beside the book on its site, in the folder {citable.FOLDER}/."
            return [nodes.paragraph(words, words, classes=["off-site"])]
        cells = [(None, [[words], self._links(name)]) for words, name in rows]
        return [render.table((head, "Files"), (70, 30), cells, "citations")]

    def _links(self, name: str) -> list[nodes.Node]:
        """Link to the files of one citation, with commas between."""
        made: list[nodes.Node] = []
        for end, label, _ in FORMS:
            if linked := self._link(name, end, label):
                made += [linked, nodes.Text(", ")]
        return made[:-1]

    def _link(self, name: str, end: str, label: str) -> nodes.reference | None:
        """Link to one file from the page being written."""
        if not citable.is_site(self.app):
            return None
        here = self.app.builder.get_target_uri(self.env.docname)
        return nodes.reference("", label, refuri=relative_uri(here, f"{citable.FOLDER}/{name}.{end}"), internal=True)


def every(app: Sphinx) -> list[Citation]:
    """List all that can be cited: the book, its pages, its claims."""
    pages = [citable.of_page(app, page) for page in citable.pages(app.env)]
    return pages + [citable.of_claim(app, name) for name in domain_of(app.env).evidence.claims]


def write(app: Sphinx, failure: Exception | None) -> None:
    """Write the files; for build-finished."""
    if failure is not None or not citable.is_site(app):
        return
    folder = Path(app.outdir) / citable.FOLDER
    for cited in every(app):
        for name, text in citation_forms.files(cited).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
