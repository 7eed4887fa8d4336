"""Let no two nodes of a page have one id: MyST reads each block of reStructuredText as a page that counts from one.

A link would lead to the first of them, and an e-book in which an id stands twice is not valid.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform


def setup_unique_ids(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(UniqueIds)


class UniqueIds(SphinxTransform):
    """Give the later node another id; links to a footnote keep theirs, as nobody can tell to which they lead."""

    default_priority = 880  # after all that gives ids, before the page is kept

    def apply(self, **kwargs: Any) -> None:
        """Go through the nodes in the order of the page."""
        seen: set[str] = set()
        for node in self.document.findall(nodes.Element):
            for place, name in enumerate(node["ids"]):
                if name in seen and not isinstance(node, nodes.footnote):
                    node["ids"][place] = next(
                        other for number in range(2, len(seen) + 3) if (other := f"{name}-{number}") not in seen
                    )
                seen.add(node["ids"][place])
