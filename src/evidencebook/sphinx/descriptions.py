"""Say in the head of each page what is in it: search engines show this line, and people choose by it."""

import html
import re
import textwrap
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _

from evidencebook.sphinx.shell import is_ours

_WIDTH = 200  # search engines cut what is longer
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_WRITTEN = re.compile(r'<meta [^>]*name="description"')


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Add the first sentences of a page, unless its author wrote a description; for html-page-context."""
    known = context.get("metatags", "")
    if not is_ours(app) or _WRITTEN.search(known):
        return
    words = opening(doctree) if doctree else ""
    words = words or f"{context.get('title') or _('Index')}: {app.config.project}"
    context["metatags"] = f'{known}<meta name="description" content="{html.escape(words)}">\n'


def opening(doctree: nodes.document) -> str:
    """Return as many whole sentences of the first paragraphs as fit, or the first one shortened."""
    told = ""
    for paragraph in doctree.findall(nodes.paragraph):
        for sentence in _SENTENCE.split(" ".join(paragraph.astext().split())):
            if told and len(told) + len(sentence) >= _WIDTH:
                return told
            told = f"{told} {sentence}".strip()
            if len(told) > _WIDTH:
                return textwrap.shorten(told, _WIDTH, placeholder=" …")
    return told
