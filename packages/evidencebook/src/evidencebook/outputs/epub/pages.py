"""Make the pages of an e-book fit for small screens, plain readers and strict parsers."""

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, TypeVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

Entry = TypeVar("Entry")

_STYLE = "_static/epub.css"
#: Deprecated in DPUB-ARIA, and the list around such entries must then not call itself one.
_ROLES = re.compile(r' role="(?:doc-biblioentry|list)"')
#: What only a mouse shows, and what only the site's scripts look for: a third of the longest pages, which then open
#: too slowly on a small device.
_HOVER = re.compile(r'(<a [^>]*?) title="[^"]*"')
_HOOKS = re.compile(r'<span class="evidence evidence-(?:claim|finding|source|search|assertion)">([^<]*)</span>')
#: MyST-NB puts paragraphs into a summary, where HTML allows none, and two of them, for a stylesheet to choose from.
_SUMMARY = re.compile(
    r'<details class="[^"]*\bhide\b[^"]*">\s*<summary[^>]*>\s*<p class="collapsed[^>]*>(?:Show )?(.*?)</p>'
    r".*?</summary>",
    re.DOTALL,
)


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


def tidy(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Name the stylesheets, and mend what is no valid XHTML; for html-page-context."""
    if app.builder.name != "epub":
        return
    context["epub_styles"] = styles(app)
    if body := context.get("body"):
        body = _HOOKS.sub(r"\1", _HOVER.sub(r"\1", _ROLES.sub("", body)))
        body = body.replace('<a class="reference internal"', "<a")
        context["body"] = _SUMMARY.sub(_summary, body)


def _summary(found: re.Match[str]) -> str:
    """Name what is folded, once."""
    return f'<details class="code"><summary>{found[1].capitalize()}</summary>'


def styles(app: Sphinx) -> list[str]:
    """Name the stylesheets of an e-book: the press's own, then those that the book names for e-books alone."""
    site = {name for name, _ in app.config.html_css_files}
    return [_STYLE, *(f"_static/{name}" for name, _ in app.config.epub_css_files if name not in site)]


def parts(entries: Iterable[Entry], caption: Callable[[Entry], str]) -> list[tuple[str, list[Entry]]]:
    """Group entries that follow one another under one caption."""
    return [(words, list(group)) for words, group in groupby(entries, caption)]
