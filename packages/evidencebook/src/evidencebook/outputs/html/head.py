"""Put into the head of each page what citation managers, search engines and previews read there."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from evidencebook.outputs.data import citation_context as citable
from evidencebook.outputs.data import export_files as export
from evidencebook.outputs.data import head_metadata as head
from evidencebook.outputs.data import schema_org
from evidencebook.outputs.html import formats
from evidencebook.pages import executed_tables as tables
from evidencebook.pages.domain import domain_of

#: What stands in these says nothing of the page as a whole, or is no prose.
_ASIDE = (nodes.Admonition, nodes.table, nodes.figure, nodes.footnote, nodes.citation, nodes.literal_block)
_WRITTEN = re.compile(r'<meta content="([^"]*)" name="description"')
_END = re.compile(r"(?<=[.?!])\s+(?=[\"“'(A-Z])")


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Add the tags and the data of a page that an author wrote, and to others what they are; for html-page-context."""
    if not citable.is_site(app):
        return
    known = context.get("metatags", "")
    if page not in app.env.found_docs or doctree is None:
        about = head.describe((), str(context.get("title") or page), app.config.project)
        context["metatags"] = known + head.html([("name", "description", about)])
        return
    cited = citable.of_page(app, page)
    written = _WRITTEN.search(known)  # by the author, as MyST's html_meta
    about = unescape(written[1]) if written else description(app, page, doctree)
    made = head.html(tag for tag in head.tags(cited, about, pdf(app)) if not (written and tag[1] == "description"))
    data = [schema_org.work(cited, about, argues=_argues(app, page))]
    if "data" in domain_of(app.env).data["listings"].get(page, ()):
        data.append(schema_org.dataset(cited.book, export.files(tables.kept(app))))
    context["metatags"] = known + made + "".join(_script(one) for one in data)


def description(app: Sphinx, page: str, doctree: nodes.document) -> str:
    """Describe a page: as its front matter does, else by its first sentences."""
    own = (app.env.metadata.get(page) or {}).get("description", "")
    title = app.env.titles[page].astext()
    return " ".join(own.split()) or head.describe(_sentences(doctree), title, app.config.project)


def pdf(app: Sphinx) -> str:
    """Give the public address of the book as a PDF, where one was built and the book has an address."""
    made = next((one for one in formats.offered(app) if one.name == "pdf"), None)
    return f"{app.config.html_baseurl.rstrip('/')}/{made.href}" if made and app.config.html_baseurl else ""


def _sentences(doctree: nodes.document) -> Iterator[str]:
    """Yield the sentences of the running text; what stands in brackets behind one is left out."""
    for block in doctree.findall(nodes.paragraph):
        if not _is_aside(block):
            for part in _END.split(" ".join(block.astext().split())):
                if part and not part.startswith("("):
                    yield part


def _is_aside(node: nodes.Node) -> bool:
    """Tell whether a paragraph stands beside the running text."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, _ASIDE) or "nb_element" in getattr(node, "attributes", {}):
            return True
    return False


def _argues(app: Sphinx, page: str) -> bool:
    """Tell whether a page shows the card of a claim, or uses a claim in its sentences."""
    domain = domain_of(app.env)
    return bool(domain.shown.get(page, {}).get("claim") or domain.data["used"].get(page))


def _script(made: dict[str, Any]) -> str:
    """Write data as a script element that no browser executes and no text in it can end."""
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e")
    return f'<script type="application/ld+json">{text}</script>\n'
