"""Write what docutils and other extensions know no HTML element for, or a wrong one, as nodes of its own.

    details (classes)
      summary            what a reader sees while the rest is folded
      ...                the rest

A transform of sites makes these nodes, so that no other format meets them.
"""

import html
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import get_image_size
from sphinx.writers.html5 import HTML5Translator

from evidencebook.compat.myst_nb import folded_cells
from evidencebook.outputs.html.theme import is_ours
from evidencebook.pages.domain import SITES

#: The basis of a claim, and what an author folds; the first child is the line that is seen.
_FOLDED = frozenset({"evidence-basis", "folded"})


class details(nodes.Element, nodes.General):  # noqa: N801  a node is called as its element
    """Fold all but the first child."""


class summary(nodes.TextElement, nodes.General):  # noqa: N801  as above
    """Hold the line that is seen."""


class UseDetails(SphinxPostTransform):
    """Fold the basis of a claim and the code of a cell by the browser, where a script would move the page."""

    default_priority = 510  # after MyST-NB has wrapped cells (199) and Furo tables (500)

    def run(self, **kwargs: object) -> None:
        """Replace containers and cells; take from Furo's wrapper of a table the id, which the table has too.

        Mark the pictures of a sheet to print, which may not come late.
        """
        if not is_ours(self.app):
            return
        for node in list(self.document.findall(nodes.container)):
            if not _FOLDED.isdisjoint(node["classes"]):
                lead, *rest = node.children
                _replace(node, details("", summary("", "", *lead.children), *rest, classes=node["classes"]))
            elif "table-wrapper" in node["classes"]:
                node["ids"] = []
        sheet = any("one-sheet" in node["classes"] for node in self.document.findall(nodes.container))
        for picture in self.document.findall(nodes.image):
            picture["at_once"] = sheet
        for cell in folded_cells(self.document):
            lines = [
                nodes.inline(cell[prompt], cell[prompt], classes=[state, "admonition-title"])
                for state, prompt in (("collapsed", "prompt_show"), ("expanded", "prompt_hide"))
            ]
            folded = details("", summary("", "", *lines), *cell.children)
            folded["classes"] = ["admonition", "hide", *cell["classes"]]
            _replace(cell, folded)


def setup_details(app: Sphinx) -> None:
    """Register the nodes with their visitors, and the transform that makes them."""
    app.setup_extension("myst_nb")  # its nodes first
    app.add_node(details, html=(_visit, _depart))
    app.add_node(summary, html=(_visit, _depart))
    app.add_node(nodes.citation, override=True, html=(_visit_citation, HTML5Translator.depart_citation))
    app.add_node(nodes.section, override=True, html=(_visit_section, HTML5Translator.depart_section))
    app.add_node(nodes.image, override=True, html=(_visit_image, HTML5Translator.depart_image))
    app.add_post_transform(UseDetails)


def _replace(node: nodes.Element, other: nodes.Element) -> None:
    node.parent.replace(node, other)


def _visit(self: HTML5Translator, node: details | summary) -> None:
    self.body.append(self.starttag(node, type(node).__name__, ""))


def _depart(self: HTML5Translator, node: details | summary) -> None:
    self.body.append(f"</{type(node).__name__}>\n")


def _visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """Open an entry of the list of references: docutils gives it a deprecated role, which is none of a list."""
    HTML5Translator.visit_citation(self, node)
    self.body[-1] = self.body[-1].replace('role="doc-biblioentry"', 'role="listitem"')


def _visit_section(self: HTML5Translator, node: nodes.section) -> None:
    """Open a section; that of the help box is named, so that it is a landmark to jump to."""
    HTML5Translator.visit_section(self, node)
    page, _, anchor = self.config.evidence_help.partition("#")
    if self.builder.name in SITES and self.docnames[-1] == page and anchor in node["ids"]:
        name = html.escape(next(node.findall(nodes.title)).astext())
        self.body[-1] = self.body[-1].replace("<section", f'<section aria-label="{name}"', 1)


def _visit_image(self: HTML5Translator, node: nodes.image) -> None:
    """Have a picture of a site loaded when a reader comes near it, and its place kept until then.

    On a sheet to print it comes at once: a browser may print before a late one is there.
    """
    size = None if {"width", "height", "scale"} & node.attributes.keys() else _size(self, node)
    HTML5Translator.visit_image(self, node)
    if self.builder.name in SITES:
        place = ' width="{}" height="{}"'.format(*size) if size else ""
        loading = "eager" if node.get("at_once") else "lazy"
        self.body[-1] = self.body[-1].replace("<img ", f'<img loading="{loading}"{place} ', 1)


def _size(self: HTML5Translator, node: nodes.image) -> tuple[int, int] | None:
    """Measure a picture that lies here; None where it does not."""
    path = Path(self.builder.srcdir, node["uri"])
    return get_image_size(str(path)) if path.is_file() else None
