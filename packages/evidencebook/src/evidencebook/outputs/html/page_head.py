"""Write the head of a page: what citation managers, search engines and previews read there."""

import re
from collections.abc import Iterator
from html import unescape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from evidencebook.locale import _
from evidencebook.outputs.data import citation_context, described_files, exports, feed, head_metadata, schema_org
from evidencebook.outputs.html import formats
from evidencebook.pages.domain import domain_of

#: What stands in these says nothing of the page as a whole, or is no prose.
_ASIDE = (nodes.Admonition, nodes.table, nodes.figure, nodes.footnote, nodes.citation, nodes.literal_block)
_WRITTEN = re.compile(r'<meta content="([^"]*)" name="description"')
#: docutils writes this line, the theme writes a better one.
_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*/>\s*')


def html(app: Sphinx, page: str, title: str, known: str, doctree: nodes.document | None) -> str:
    """Return the tags of a page, after those that are known of it, and what it says in the words of schema.org."""
    known = _VIEWPORT.sub("", known)
    if page not in app.env.found_docs or doctree is None:  # nobody wrote it
        about = head_metadata.describe((), title or page, app.config.project)
        return known + head_metadata.html([("name", "description", about)])
    cited = citation_context.of_page(app, page)
    written = _WRITTEN.search(known)  # by the author, as MyST's html_meta
    about = unescape(written[1]) if written else description(app, page, doctree)
    tags = head_metadata.tags(cited, about, _pdf(app))
    data = [*_reviews(app, page), schema_org.work(cited, about, argues=_argues(app, page))]
    listed = domain_of(app.env).data["listings"].get(page, ())
    if "tables" in listed:
        data.append(schema_org.dataset(cited.book, described_files(app)))
    if "changes" in listed:
        way = relative_uri(app.builder.get_target_uri(page), f"{exports.FOLDER}/{feed.NAME}")
        changes = _("Changes")
        known += f'<link href="{way}" rel="alternate" title="{changes}" type="application/atom+xml">\n'
    own = head_metadata.html(tag for tag in tags if not (written and tag[1] == "description"))
    return known + own + "".join(map(schema_org.script, data))


def description(app: Sphinx, page: str, doctree: nodes.document) -> str:
    """Describe a page: as its front matter does, else by its first sentences."""
    own = (app.env.metadata.get(page) or {}).get("description", "")
    title = app.env.titles[page].astext()
    return " ".join(own.split()) or head_metadata.describe(_prose(doctree), title, app.config.project)


def _pdf(app: Sphinx) -> str:
    """Give the public address of the book as a PDF, where one was built and the book has an address."""
    return next((citation_context.public(app, one.href) for one in formats.offered(app) if one.name == "pdf"), "")


def _prose(doctree: nodes.document) -> Iterator[str]:
    """Yield the paragraphs of the running text."""
    for block in doctree.findall(nodes.paragraph):
        node: nodes.Node = block
        while node.parent is not None and not isinstance(node, _ASIDE) and "nb_element" not in node.attributes:  # type: ignore[attr-defined]  # what has children is an element
            node = node.parent
        if isinstance(node, nodes.document):
            yield block.astext()


def _argues(app: Sphinx, page: str) -> bool:
    """Tell whether a page shows the card of a claim, or uses a claim in its sentences."""
    domain = domain_of(app.env)
    return bool(domain.page_records.get(page, {}).get("claim") or domain.data["used"].get(page))


def _reviews(app: Sphinx, page: str) -> Iterator[dict[str, object]]:
    """Describe each assertion that this page answers under its own address."""
    domain, path = domain_of(app.env), app.builder.get_target_uri(page)
    public = citation_context.public(app, path)
    for name in domain.page_records.get(page, {}).get("assertion", ()):
        place = domain.place("assertion", name)
        if place and place[0] == page:
            url = f"{public or path}#{place[1]}"
            yield schema_org.review(domain.evidence, name, url, app.config.author, public)
