"""Mend what docutils and other extensions write, where it is no valid HTML, or where HTML has a better element."""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from evidencebook.outputs.html.theme import is_ours

#: docutils writes this line, the theme writes a better one.
_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*/>\s*')
#: Each pattern, with what stands in its place.
_MENDED = tuple(
    (re.compile(pattern, re.DOTALL), better)
    for pattern, better in (
        # A list that waits to be folded: its first paragraph says what is in it. docutils knows no such element, and a
        # script would move the page under a reader's eyes.
        (
            r'<div class="evidence-basis docutils container">\s*<p>(.*?)</p>(.*?)</div>',
            r'<details class="evidence-basis"><summary>\1</summary>\2</details>',
        ),
        # MyST-NB puts paragraphs into the line that unfolds code, and a name that is not what one sees.
        (
            r'<summary aria-label="Toggle hidden content">\s*'
            r'<p class="(collapsed[^"]*)">(.*?)</p>\s*<p class="(expanded[^"]*)">(.*?)</p>\s*</summary>',
            r'<summary><span class="\1">\2</span><span class="\3">\4</span></summary>',
        ),
        # pandas brings a stylesheet with each table, and calls the empty corner a heading.
        (r"<style scoped>.*?</style>\s*", ""),
        (r"<th></th>", "<td></td>"),
        # docutils gives the entries of a list a role that is no entry of a list, and deprecated.
        (r' role="doc-biblioentry"', ' role="listitem"'),
        # Furo wraps a table and gives the wrapper the table's own id.
        (r'(<div class="table-wrapper[^"]*") id="([^"]+)">(\s*<table[^>]* id="\2")', r"\1>\3"),
    )
)


def mend(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Rewrite the text of a page and its head; for html-page-context, before it is known what the text uses."""
    if not is_ours(app):
        return
    context["body"] = mended(context.get("body", ""))
    context["metatags"] = _VIEWPORT.sub("", context.get("metatags", ""))


def mended(body: str) -> str:
    """Return the text of a page with each of its faults put right."""
    for pattern, better in _MENDED:
        body = pattern.sub(better, body)
    return body
