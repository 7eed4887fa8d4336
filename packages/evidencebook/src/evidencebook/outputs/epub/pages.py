"""Make the pages of an e-book fit for small screens, plain readers and strict parsers."""

import html
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

#: What only the scripts of the site look for: a third of the longest pages, which open slowly on a small device.
_HOOKS = {"evidence", *(f"evidence-{kind}" for kind in ("claim", "finding", "source", "search", "assertion"))}


class EpubTranslator(HTML5Translator):
    """Write nodes as XHTML, without what only a mouse or a script would use, and without deprecated roles."""

    def starttag(self, node: nodes.Element, tagname: str, *args: Any, **attributes: Any) -> str:
        """Begin a tag; a link has no title for the mouse, nor a class that all have."""
        if tagname == "a":
            attributes.pop("title", None)
            if attributes.get("class") == "reference internal" and not node["classes"]:
                del attributes["class"]
        return super().starttag(node, tagname, *args, **attributes)

    def visit_inline(self, node: nodes.inline) -> None:
        """Begin a span, unless only a script would look for it."""
        if not _is_hook(node):
            super().visit_inline(node)

    def depart_inline(self, node: nodes.inline) -> None:
        """End a span."""
        if not _is_hook(node):
            super().depart_inline(node)

    def visit_citation(self, node: nodes.Element) -> None:
        """Begin an entry of the list of references; docutils would give it a role that is deprecated."""
        self.body.append(self.starttag(node, "div", CLASS="citation"))

    def depart_citation(self, node: nodes.Element) -> None:
        """End an entry of the list of references."""
        self.body.append("</div>\n")


def _is_hook(node: nodes.Element) -> bool:
    """Tell whether a span is there for the scripts of the site alone."""
    return bool(node["classes"]) and _HOOKS.issuperset(node["classes"]) and not node["ids"]


class HeadsInCells(SphinxPostTransform):
    """Write the head of its column before each cell, for screens too narrow for columns; the stylesheet hides it."""

    builders = ("epub",)
    default_priority = 800  # after MyST-NB has chosen what to show of a cell

    def run(self, **kwargs: Any) -> None:
        """Go through the tables that have heads and whose rows all have as many cells."""
        for table in self.document.findall(nodes.table):
            heads = [list(head.findall(nodes.entry)) for head in table.findall(nodes.thead)]
            rows = [list(row.findall(nodes.entry)) for body in table.findall(nodes.tbody) for row in body.children]
            if len(heads) == 1 and all(len(row) == len(heads[0]) for row in rows):
                table["classes"].append("stacks")
                for row in rows:
                    for head, cell in zip(heads[0], row, strict=True):
                        _put_before(cell, head.astext().strip())


def _put_before(cell: nodes.Element, head: str) -> None:
    """Put the head of a column into a cell that has something to say."""
    if not head or not cell.astext().strip():
        return
    words = nodes.inline(f"{head}: ", f"{head}: ", classes=["cell-head"])
    if isinstance(cell[0], nodes.paragraph):
        cell[0].insert(0, words)
    else:
        cell.insert(0, nodes.paragraph("", "", words))


class FoldedCode(SphinxPostTransform):
    """Fold the code of a cell into `details`; MyST-NB puts paragraphs into its summary, where HTML allows none."""

    builders = ("epub",)
    default_priority = 800  # after MyST-NB has marked what to fold

    def run(self, **kwargs: Any) -> None:
        """Replace each node of MyST-NB by its content between two tags."""
        for folded in list(self.document.findall(HideCodeCellNode)):
            named = html.escape(folded["prompt_show"].removeprefix("Show ").capitalize())
            begin = nodes.raw("", f'<details class="code"><summary>{named}</summary>\n', format="html")
            end = nodes.raw("", "</details>\n", format="html")
            folded.parent.replace(folded, [begin, *folded.children, end])
