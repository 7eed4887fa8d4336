"""Show in every format what authors and cells wrote as HTML, or say where it stands and what to write instead."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from evidencebook.outputs.html_nodes import converted, is_html
from evidencebook.pages.warnings import location, report

_ADVICE = "write it in Markdown, or in an “only” for html; in a cell, use evidencebook's tabulate, show or quote"
#: What a cell may hand over that only a script could show, and the policy of the site lets none in.
_SCRIPTED = {"application/javascript", "application/vnd.jupyter.widget-view+json"}


#: The outputs of a cell, the best first: drawings before pixels, text that nodes can hold before text as it is printed.
_OUTPUTS = ("image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/html", "text/latex", "text/plain")
_BUILDERS = ("epub", "latex", "typstpdf", "typstpdf-full")


def setup_raw_html(app: Sphinx) -> None:
    """Register what reads pictures out of HTML, and what turns HTML into nodes for all but sites."""
    app.add_transform(HtmlPictures)
    app.add_post_transform(HtmlAsNodes)
    app.connect("config-inited", _choose_outputs)
    app.connect("doctree-read", check)


def _choose_outputs(app: Sphinx, config: Config) -> None:
    """Tell MyST-NB which output of a cell goes into formats for readers without a browser, and that it has tables."""
    ours = [(builder, mime, 10 * place) for builder in _BUILDERS for place, mime in enumerate(_OUTPUTS, 1)]
    config.nb_mime_priority_overrides = [*config.nb_mime_priority_overrides, *ours]
    if config.nb_render_markdown_format == "commonmark" and find_spec("linkify_it"):
        config.nb_render_markdown_format = "gfm"  # its own default prints the source of a table


class HtmlPictures(SphinxTransform):
    """Make nodes of HTML with a picture, so that the picture is copied and found in every format."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        """Convert the HTML around each picture."""
        _convert(self.document, lambda text: "<img" in text.lower(), lambda *_: None)


class HtmlAsNodes(SphinxPostTransform):
    """Make nodes of all HTML where readers of the format have no browser."""

    default_priority = 6  # after MyST-NB has chosen the output of a cell (4), before references are resolved (10)
    builders = _BUILDERS

    def run(self, **kwargs: Any) -> None:
        """Convert, and report what cannot be."""
        _convert(self.document, lambda _: True, self._refuse)

    def _refuse(self, node: nodes.Node, name: str) -> None:
        file, line = location(node)
        message = f"only a browser shows <{name}>, which stands in HTML here; {_ADVICE}"
        report(self.env, "element", message, f"{file}:{line}" if file else self.env.docname)


def _convert(tree: nodes.document, wanted: Callable[[str], bool], refuse: Callable[[nodes.Node, str], None]) -> None:
    """Replace the HTML of a page by nodes, parent by parent."""
    found = [node for node in tree.findall(nodes.raw) if is_html(node) and wanted(node.astext())]
    for parent in dict.fromkeys(node.parent for node in found):
        if isinstance(parent, nodes.container) and "mime_type" in parent.attributes:
            continue  # one of several forms of an output, of which MyST-NB has yet to choose
        source, line = location(next(node for node in found if node.parent is parent))
        try:
            new = converted(parent)
        except ValueError as unknown:
            there = (node for node in found if node.parent is parent and f"<{unknown}" in node.astext().lower())
            refuse(next(there, parent), str(unknown))
            new = [node for node in parent.children if not is_html(node)]
        parent.children = []
        parent.extend(new)
        for made in [*new, *(image for node in new for image in node.findall(nodes.image))]:
            if not made.line:
                made.source, made.line = source, line


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Report pictures on other hosts and outputs that are scripts, whatever is built; for doctree-read."""
    for image in doctree.findall(nodes.image):
        if "://" in image["uri"]:
            message = f'the picture "{image["uri"]}" is on another host; save it beside the pages'
            report(app.env, "element", message, image)
    for part in doctree.findall(nodes.container):
        if part.get("mime_type") in _SCRIPTED:
            file, line = location(part.parent)
            message = "this cell shows a widget or a script, which no format can; show a figure or a table instead"
            report(app.env, "element", message, f"{file}:{line}" if file else app.env.docname)
