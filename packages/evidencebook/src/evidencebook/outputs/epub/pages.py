"""Make the pages of an e-book fit for small screens, plain readers and strict parsers."""

import html
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from evidencebook.compat.myst_nb import folded_cells
from evidencebook.locale import _

#: What only the scripts of the site look for: a third of the longest pages, which open slowly on a small device.
_HOOKS = {"evidence", *(f"evidence-{kind}" for kind in ("claim", "finding", "source", "search", "assertion"))}


class EpubTranslator(HTML5Translator):
    """Write nodes as XHTML, without what only a mouse would use."""

    def starttag(self, node: nodes.Element, tagname: str, *args: Any, **attributes: Any) -> str:
        """Begin a tag; a link has no title for the mouse, nor a class that all have."""
        if tagname == "a":
            attributes.pop("title", None)
            if attributes.get("class") == "reference internal" and not node["classes"]:
                del attributes["class"]
        return super().starttag(node, tagname, *args, **attributes)


class FitForReaders(SphinxPostTransform):
    """Drop spans for scripts, fold code, make notes of what cards fold, and repeat the heads of columns."""

    builders = ("epub",)
    default_priority = 800  # after MyST-NB has chosen what to show of a cell, and what to fold

    def run(self, **kwargs: Any) -> None:
        """Go through the spans, the cards, the folded cells and the tables."""
        for span in list(self.document.findall(nodes.inline)):
            if span["classes"] and _HOOKS.issuperset(span["classes"]) and not span["ids"]:
                span.parent.replace(span, span.children)
        basis = [box for box in self.document.findall(nodes.container) if "evidence-basis" in box["classes"]]
        for number, box in enumerate(basis, 1):
            _make_note(self.document, box, str(number))
        for folded in folded_cells(self.document):
            # MyST-NB puts paragraphs into the summary, where HTML allows none.
            summary = html.escape(folded["prompt_show"].removeprefix("Show ").capitalize())
            begin = nodes.raw("", f'<details class="code"><summary>{summary}</summary>\n', format="html")
            folded.parent.replace(folded, [begin, *folded.children, nodes.raw("", "</details>\n", format="html")])
        for table in self.document.findall(nodes.table):
            _repeat_heads(table)


def _make_note(document: nodes.document, box: nodes.container, number: str) -> None:
    """Put what a card folds at the end of the page, as a note that reading systems show over the text."""
    lead, *rest = box.children
    words = html.escape(lead.astext())
    link = f'<a epub:type="noteref" role="doc-noteref" id="more-{number}" href="#note-{number}">{words}</a>'
    box.parent.replace(
        box, nodes.paragraph("", "", nodes.raw("", link, format="html"), classes=["claim-meta", "evidence-basis"])
    )
    begin = f'<aside epub:type="footnote" role="doc-footnote" id="note-{number}" class="evidence-basis">\n'
    back = html.escape(_("Back to the claim"))
    end = f'<p><a role="doc-backlink" href="#more-{number}">{back}</a></p>\n</aside>\n'
    page = next(document.findall(nodes.section))
    page += [nodes.raw("", begin, format="html"), *rest, nodes.raw("", end, format="html")]


def _repeat_heads(table: nodes.table) -> None:
    """Write the heads of columns before their cells, for screens too narrow for columns; the stylesheet hides them.

    This is done where the table has one row of heads and all rows have as many cells.
    """
    heads = [list(head.findall(nodes.entry)) for head in table.findall(nodes.thead)]
    rows = [list(row.findall(nodes.entry)) for body in table.findall(nodes.tbody) for row in body.children]
    if len(heads) != 1 or any(len(row) != len(heads[0]) for row in rows):
        return
    table["classes"].append("stacks")
    for row in rows:
        for head, cell in zip(heads[0], row, strict=True):
            words = head.astext().strip()
            if words and cell.astext().strip():
                span = nodes.inline("", f"{words}: ", classes=["cell-head"])
                if isinstance(cell[0], nodes.paragraph):
                    cell[0].insert(0, span)
                else:
                    cell.insert(0, nodes.paragraph("", "", span))
