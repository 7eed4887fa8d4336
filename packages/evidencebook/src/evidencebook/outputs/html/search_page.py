"""Replace Sphinx's search by one that knows claims, findings and sources and forgives a slip of the finger."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx

from evidencebook.locale import _
from evidencebook.outputs.data import citation_context
from evidencebook.outputs.html import page_text, search_index, search_words
from evidencebook.outputs.html.theme import is_ours
from evidencebook.pages.domain import domain_of

NAME = "search"


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the page of results; for html-collect-pages."""
    if is_ours(app):
        yield NAME, {"title": _("Search")}, "search.html"


def lists(app: Sphinx) -> list[tuple[str, str]]:
    """Name the pages where claims, findings and sources can be looked up without search."""
    pages = [page for page in ("claims", "findings", "sources") if page in app.env.found_docs]
    return [(app.env.titles[page].astext(), app.builder.get_relative_uri(NAME, page)) for page in pages]


def rows(app: Sphinx) -> list[search_index.Row]:
    """Return all that search knows; for build-finished, when every page is written."""
    evidence = domain_of(app.env).evidence
    return search_index.rows(evidence, partial(citation_context.address, app), _sections(app))


def _sections(app: Sphinx) -> Iterator[search_index.Row]:
    """Yield a row for each section of each page, and one for each other place to which readers' words lead.

    The first section of a page stands for the page.
    """
    words, start = search_words.read(app), _start_pages(app)
    for page in sorted(app.env.found_docs):
        built = Path(app.builder.get_outfilename(page))  # type: ignore[attr-defined]  # HTML builders have it
        address, name = app.builder.get_target_uri(page), app.env.titles[page].astext()
        kind = "h" if page in start else "p"
        for index, (anchor, head, text) in enumerate(page_text.sections(built.read_text(encoding="utf-8"))):
            found = words.pop(f"{page}#{anchor}" if index else page, "")
            if index == 0:
                yield kind, head, text, address, found
            elif text or found:
                yield kind, f"{head} ({name})", text, f"{address}#{anchor}", found
        for place in [place for place in words if place.startswith(f"{page}#")]:
            yield kind, name, "", f"{address}#{place.partition('#')[2]}", words[place]


def _start_pages(app: Sphinx) -> set[str]:
    """Name the pages that answer a reader first: the landing page, and the first part of the table of contents."""
    root = app.config.root_doc
    parts = [tree["entries"] for tree in app.env.get_doctree(root).findall(addnodes.toctree)]
    return {root, *(page for _, page in parts[0])} if len(parts) > 1 else {root}
