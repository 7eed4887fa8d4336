"""Find the tables that executed pages keep."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.compat.myst_nb import NbMetadataCollector
from evidencebook.evidence.paths import TABLE
from evidencebook.locale import _
from evidencebook.pages.domain import domain_of
from evidencebook.pages.warnings import report

#: Below the folder of the evidence beside the book.
FOLDER = "tables"


@dataclass(frozen=True)
class PageTable:
    """Hold a table that an executed page keeps: its path below the folder of the evidence, what it holds, its text."""

    path: str
    holds: str
    text: str


def pages_of_tables(env: BuildEnvironment) -> dict[str, str]:
    """Map the name of each kept table to the page that keeps it."""
    kept = NbMetadataCollector.get_doc_data(env)
    return {
        key.removeprefix(TABLE): page
        for page in sorted(env.found_docs)
        for key in kept[page].get("glue", ())
        if key.startswith(TABLE)
    }


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each page that offers a table which no page keeps, and of a name that two pages give."""
    known = pages_of_tables(env)
    for page, offered in sorted(domain_of(env).data["offered"].items()):
        for name, line in offered:
            if name not in known:
                report(env, "unknown", f'this page offers the table "{name}", which no page keeps', (page, line))


def results(env: Any, page: str) -> Path:
    """Name the file in which MyST-NB keeps what a page glued."""
    return Path(env.mystnb_config.output_folder) / f"{page}.glue.json"


def page_tables(app: Sphinx) -> list[PageTable]:
    """Return every kept table with its path below the folder of the evidence."""
    found = []
    for name, page in sorted(pages_of_tables(app.env).items()):
        glued = json.loads(results(app.env, page).read_text(encoding="utf-8"))
        holds = _("a table behind the page “%s”") % app.env.titles[page].astext()
        found.append(PageTable(f"{FOLDER}/{name}", holds, glued[TABLE + name]["data"]["text/csv"]))
    return found
