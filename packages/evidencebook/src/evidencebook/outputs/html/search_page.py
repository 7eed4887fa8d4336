"""Replace Sphinx's search by one that knows claims, findings and sources and forgives a slip of the finger."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidencebook.outputs.data import exports
from evidencebook.outputs.html import page_text as pagetext
from evidencebook.outputs.html import search_index
from evidencebook.outputs.html.theme import is_ours
from evidencebook.pages.domain import domain_of


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the page of results; for html-collect-pages."""
    if is_ours(app):
        yield "search", {"title": "Search", "search_lists": _lists(app)}, "search.html"


def sections(app: Sphinx) -> Iterator[tuple[str, str, str]]:
    """Yield title, text and address of each section of each page; the first section of a page stands for the page."""
    for page in sorted(app.env.found_docs):
        built = Path(app.builder.get_outfilename(page))  # type: ignore[attr-defined]  # HTML builders have it
        address = app.builder.get_target_uri(page)
        for index, (anchor, head, text) in enumerate(pagetext.sections(built.read_text(encoding="utf-8"))):
            title = head if index == 0 else f"{head} ({app.env.titles[page].astext()})"
            if index == 0 or text:
                yield title, text, address if index == 0 else f"{address}#{anchor}"


def rows(app: Sphinx, page: exports.Page) -> list[search_index.Row]:
    """Return all that search knows."""
    return search_index.rows(domain_of(app.env).evidence, page, sections(app))


def _lists(app: Sphinx) -> list[tuple[str, str]]:
    """Name the pages where claims, findings and sources can be looked up without search."""
    return [
        (app.env.titles[page].astext(), app.builder.get_relative_uri("search", page))
        for page in ("claims", "findings", "sources")
        if page in app.env.found_docs
    ]
