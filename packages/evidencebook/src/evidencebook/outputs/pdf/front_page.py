"""Give the first page a chapter of its own in a PDF."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class FrontPageAsChapter(SphinxPostTransform):
    """Gather what the first page says into one chapter.

    LaTeX takes the title of the first page for the title of the book, so that its sections would become chapters, each
    on a page of its own, and what stands above them would belong to none.
    """

    default_priority = 5  # before references are resolved, which look at where things stand
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Wrap everything of the first page that is neither its title nor another page."""
        book = next(iter(self.document.findall(nodes.section)), None)
        if book is None or not any(self.document.findall(addnodes.start_of_file)):
            return
        own = [child for child in book.children if not isinstance(child, nodes.title) and not _holds_pages(child)]
        title = self.config.evidence_front_title
        chapter = nodes.section("", nodes.title(title, title), ids=["front-page"], names=["front-page"])
        for child in own:
            book.remove(child)
        chapter += own
        book.insert(1, chapter)


def _holds_pages(node: nodes.Node) -> bool:
    """Tell whether other pages stand below a node."""
    return isinstance(node, addnodes.start_of_file) or any(node.findall(addnodes.start_of_file))
