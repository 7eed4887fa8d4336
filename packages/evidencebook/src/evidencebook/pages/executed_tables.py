"""Find the tables that executed pages keep."""

import json
from pathlib import Path

from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.evidence.paths import TABLE
from evidencebook.outputs.data.columns import Kept
from evidencebook.pages.domain import domain_of
from evidencebook.pages.warnings import report

FOLDER = "tables"


def homes(env: BuildEnvironment) -> dict[str, str]:
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
    known = homes(env)
    for page, offered in sorted(domain_of(env).data["offered"].items()):
        for name, line in offered:
            if name not in known:
                report(env, "unknown", f'this page offers the table "{name}", which no page keeps', (page, line))


def kept(app: Sphinx) -> list[Kept]:
    """Return every kept table with its path below the folder of the evidence."""
    cache = Path(app.env.mystnb_config.output_folder)  # type: ignore[attr-defined]  # MyST-NB sets it
    found = []
    for name, page in sorted(homes(app.env).items()):
        glued = json.loads((cache / f"{page}.glue.json").read_text(encoding="utf-8"))
        holds = f"a table behind the page “{app.env.titles[page].astext()}”"
        found.append(Kept(f"{FOLDER}/{name}", holds, glued[TABLE + name]["data"]["text/csv"]))
    return found
