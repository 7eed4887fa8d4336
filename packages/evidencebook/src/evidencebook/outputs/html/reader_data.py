"""Lay beside the book what its own scripts ask for: the cards and the search index."""

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidencebook.outputs.data.export_files import address
from evidencebook.outputs.html import hover_cards as cards
from evidencebook.outputs.html import search_page as search
from evidencebook.outputs.html.theme import is_ours
from evidencebook.pages.directives import surveillance as watching
from evidencebook.pages.domain import domain_of


def write(app: Sphinx, failure: Exception | None) -> None:
    """Write both files into evidence/; for build-finished, after the exports."""
    if failure is not None or not is_ours(app):
        return
    folder = Path(app.outdir) / "evidence"
    checked = {key: state.text for key, state in watching.notes(app.env).states.items()}
    made = cards.cards(domain_of(app.env).evidence, checked)
    (folder / "cards.js").write_text(_script("evidenceCards", made), encoding="utf-8")
    found = search.rows(app, address(app))
    (folder / "search-index.js").write_text(_script("evidenceIndex", found), encoding="utf-8")


def _script(name: str, data: Any) -> str:
    """Write data as a script that does nothing but name it: a page opened from disk may load one, but may not fetch."""
    return f"window.{name} = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"
