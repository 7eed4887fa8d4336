"""Let tables go on on the next page of the PDF by LaTeX, where they would run off the paper."""

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from evidencebook.pages.warnings import ancestors


class LongTables(SphinxPostTransform):
    """Mark each table as one that LaTeX may break, as Sphinx itself does from thirty rows on.

    Left alone are tables without widths, whose cells would no longer be wrapped, and those inside a table or a box,
    where LaTeX can break none.
    """

    default_priority = 400
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Go through the tables of the document."""
        for table in self.document.findall(nodes.table):
            boxed = any(isinstance(above, nodes.entry | nodes.Admonition) for above in ancestors(table))
            if "colwidths-given" in table["classes"] and "longtable" not in table["classes"] and not boxed:
                table["classes"].append("longtable")
