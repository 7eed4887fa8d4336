"""Let a line between thoughts stand wherever Markdown lets it stand.

docutils takes none within a list, a quotation or a cell, which it answers with a traceback, nor two in a row, nor one
at the end of a page. Writers of every format can set them all, so its transform is kept from seeing them.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

_CLASS = "transition"


def setup_transitions(app: Sphinx) -> None:
    """Register what puts the lines away, and what puts them back."""
    app.add_transform(PutAway)
    app.add_post_transform(PutBack)


class PutAway(SphinxTransform):
    """Let an empty container stand for each line."""

    default_priority = 829  # before docutils looks at them (830)

    def apply(self, **kwargs: Any) -> None:
        """Replace every line."""
        for node in list(self.document.findall(nodes.transition)):
            stand_in = nodes.container(classes=[_CLASS])
            stand_in.source, stand_in.line = node.source, node.line
            node.replace_self(stand_in)


class PutBack(SphinxPostTransform):
    """Make lines of the containers again, before anything is written."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Replace every container that stands for a line."""
        for node in [one for one in self.document.findall(nodes.container) if one["classes"] == [_CLASS]]:
            node.replace_self(nodes.transition())
