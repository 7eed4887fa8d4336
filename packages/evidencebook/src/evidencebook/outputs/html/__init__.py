"""The site: Furo with templates, styles, scripts and a search of our own."""

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidencebook.evidence import memo
from evidencebook.outputs.data import citations
from evidencebook.outputs.html import (
    cache_busting,
    citation_numbers,
    details,
    formats,
    hover_cards,
    keep,
    maths,
    page_context,
    search_page,
    search_words,
    sitemap,
    theme,
)
from evidencebook.pages import staging
from evidencebook.pages.directives import surveillance
from evidencebook.pages.domain import domain_of


def setup_html(app: Sphinx) -> None:
    """Register what makes a site, in the order of the build."""
    details.setup_details(app)
    maths.setup_maths(app)
    app.add_post_transform(citation_numbers.NumberCitations)
    app.connect("config-inited", theme.add_templates)
    app.connect("builder-inited", theme.add_files)
    app.connect("env-updated", search_words.check)
    formats.setup_formats(app)
    app.connect("write-started", theme.write_files)
    app.connect("html-collect-pages", search_page.pages)
    app.connect("html-page-context", page_context.describe, priority=900)  # last: every extension has named its files
    app.connect("build-finished", finish)


def finish(app: Sphinx, failure: Exception | None) -> None:
    """Lay beside the pages what they and search engines ask for; for build-finished, after the exports."""
    if failure is not None or not staging.writes_site(app):
        return
    out = Path(app.outdir)
    staging.drop_unlinked(out)
    citations.write_all(out, sitemap.files(app))
    if not theme.is_ours(app):
        return
    formats.copy(app)
    scripts = {}
    if staging.writes_data(app):
        checked = {key: state.text for key, state in surveillance.notes(app.env).states.items()}
        parts = hover_cards.parts(domain_of(app.env).evidence, checked)
        scripts = {f"evidence/cards/{number}.js": _script("evidenceCards", part) for number, part in enumerate(parts)}
    with memo.kept_in(memo.file(Path(app.srcdir), f"sections-{app.builder.name}")):
        scripts["evidence/search-index.js"] = _script("evidenceIndex", search_page.rows(app))
    citations.write_all(out, scripts)
    theme.drop_unused(out)
    cache_busting.mark(out)
    keep.write(app)


def _script(name: str, data: Any) -> str:
    """Write data as a script that does nothing but name it: a page opened from disk may load one, but may not fetch."""
    return f"window.{name} = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"
