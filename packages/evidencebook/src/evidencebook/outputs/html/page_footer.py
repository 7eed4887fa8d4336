"""Tell at the foot of each page how to cite it, where its data and source are, and how to report an error."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from evidencebook.outputs.data import citation_context as citable
from evidencebook.outputs.data import citation_forms, exports
from evidencebook.outputs.html.theme import is_ours
from evidencebook.pages import executed_tables as tables

#: What most readers of data want; the data package names the rest.
_DATA = ("claims.csv", "findings.csv", "sources.bib", "evidence.json")


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Hand the template what it prints; pages that no author wrote get nothing. For html-page-context."""
    if not is_ours(app) or page not in app.env.found_docs:
        return
    cited = citable.of_page(app, page)
    own = sorted(name for name, home in tables.homes(app.env).items() if home == page)
    context["page_tools"] = {
        "citation": citation_forms.plain(cited),
        "citation_files": [(label, f"{citable.FOLDER}/{page}.{end}") for end, label, _ in citation_forms.FORMS],
        "data": [
            *((name, f"evidence/{tables.FOLDER}/{name}") for name in own),
            *((name, f"evidence/{name}") for name in _DATA if name in exports.NAMES),
        ],
        "source": f"_sources/{context['sourcename']}" if context.get("sourcename") else "",
        "file": page + (context.get("page_source_suffix") or ""),
        "version": version(app),
        "errors": errors_to(app.config.evidence_errors_to, app.config.evidence_repository),
    }


def errors_to(address: str, repository: str) -> dict[str, str] | None:
    """Give link and words of the address for errors: the one that is set, else the repository, else none."""
    if address:
        return {"href": address if "://" in address else f"mailto:{address}", "words": address}
    return {"href": repository, "words": "the repository of this book"} if repository else None


def version(app: Sphinx) -> str:
    """Write the version of the book where it has one, to go on a sentence."""
    known = app.config.release or app.config.version
    return f", version {known}" if known else ""
