"""Show how to cite the book, its pages and its claims, and lay the files for it beside the book."""

from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from evidencebook.locale import _, gettext_noop
from evidencebook.outputs.data import citation_context, citation_forms, exports
from evidencebook.outputs.data.citation import Citation
from evidencebook.pages.backlinks import page_link
from evidencebook.pages.directives.records import EvidenceDirective
from evidencebook.pages.domain import domain_of
from evidencebook.pages.nodes.claim_card import CITES
from evidencebook.pages.nodes.records import table
from evidencebook.pages.roles import link

#: The folder of citation files beside the built book, and the one file that holds an entry for each claim.
FOLDER = "cite"
CLAIMS = "claims.bib"
_LANGUAGE = {"bib": "bibtex", "ris": "text", "json": "json"}


class CitationsDirective(EvidenceDirective):
    """Show the citations of the book in full, or those of all pages or claims as a table.

    `{citations} book|pages|claims` returns one container, filled when every page has been read:

        container.evidence.citations  book: paragraph, then for each form paragraph > strong and literal_block
                                      pages: table of the pages and their files
                                      claims: paragraph that leads to the file with an entry for each
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the empty container: titles and addresses are known only when every page has been read."""
        kind = directives.choice(self.arguments[0], ("book", "pages", "claims"))
        return [nodes.container("", classes=["evidence", "citations"], **{CITES: ("list", kind)})]


class FillCitations(SphinxPostTransform):
    """Write the lists of citations, and on each claim's card its address and its BibTeX entry."""

    default_priority = 6  # as backlinks.FillUses: before links are resolved

    def run(self, **kwargs: object) -> None:
        """Fill what waits; where no files can lie beside the book, what would link to them goes away."""
        for node in list(self.document.findall(nodes.Element)):
            if CITES not in node:
                continue
            kind, name = node[CITES]
            del node[CITES]
            node.extend(self._card(name) if kind == "claim" else getattr(self, f"_{name}")())
            if not node.children:
                node.parent.remove(node)

    def _card(self, name: str) -> list[nodes.Node]:
        if not citation_context.is_site(self.app):
            return []
        key = citation_context.of_claim(self.app, name).key
        lead, end = nodes.Text(_("Cite this claim: ")), nodes.Text(_(" (key %s). As data: ") % key)
        data = link("export", f"{exports.CLAIMS}/{name}.json", "JSON")
        made = [lead, link("claim", name, _("address")), nodes.Text(", "), self._link(CLAIMS, "BibTeX"), end, data]
        return [*made, nodes.Text(".")]

    def _book(self) -> list[nodes.Node]:
        cited = citation_context.of_page(self.app, self.config.root_doc)
        words = citation_forms.plain(cited)
        made: list[nodes.Node] = [nodes.paragraph(words, words)]
        for end, label, write in citation_forms.forms_of(cited):
            text = write(cited).strip()
            made += [nodes.paragraph("", "", nodes.strong("", "", self._link(f"{cited.name}.{end}", label)))]
            made += [nodes.literal_block(text, text, language=_LANGUAGE[end], linenos=False)]
        return made

    def _pages(self) -> list[nodes.Node]:
        pages = [page for page in citation_context.pages(self.env) if page != self.config.root_doc]
        rows = [(None, [[page_link(page, self.env)], self._files(page)]) for page in pages]
        return self._on_site([table((gettext_noop("Page"), gettext_noop("Files")), (70, 30), rows, "citations")])

    def _claims(self) -> list[nodes.Node]:
        words = nodes.Text(_("The entries of all claims are in one file: "))
        line = nodes.paragraph("", "", words, self._link(CLAIMS, CLAIMS), nodes.Text("."), classes=["on-site"])
        return self._on_site([line])

    def _on_site(self, made: list[nodes.Node]) -> list[nodes.Node]:
        """Show what leads to files; in print say where they are."""
        if citation_context.is_site(self.app):
            return made
        words = _("The files lie beside the book on its site, in the folder %s/.") % FOLDER
        return [nodes.paragraph(words, words, classes=["off-site"])]

    def _files(self, page: str) -> list[nodes.Node]:
        """Link to the files of a page, with commas between."""
        cited = citation_context.of_page(self.app, page)
        forms = citation_forms.forms_of(cited)
        linked = [[self._link(f"{cited.name}.{end}", label), nodes.Text(", ")] for end, label, _write in forms]
        return [node for pair in linked for node in pair][:-1]

    def _link(self, name: str, label: str) -> nodes.Node:
        """Link to a file from the page being written; in print it is only named."""
        if not citation_context.is_site(self.app):
            return nodes.Text(label)
        here = self.app.builder.get_target_uri(self.env.docname)
        return nodes.reference("", label, refuri=relative_uri(here, f"{FOLDER}/{name}"), internal=True)


def files(app: Sphinx) -> dict[str, str]:
    """Return the content of each citation file by its path below the root of the book."""
    cited = [citation_context.of_page(app, page) for page in citation_context.pages(app.env)]
    made = {f"{one.name}.{end}": write(one) for one in cited for end, _, write in citation_forms.forms_of(one)}
    claims: list[Citation] = [citation_context.of_claim(app, name) for name in domain_of(app.env).evidence.claims]
    made[CLAIMS] = "\n".join(map(citation_forms.bibtex, claims))
    return {f"{FOLDER}/{name}": text for name, text in made.items()}


def write_all(out: Path, texts: dict[str, str]) -> None:
    """Write files below a folder, alike on every system."""
    for name, text in texts.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8", newline="\n")
