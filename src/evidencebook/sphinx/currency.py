"""Say on every page to which day the evidence was checked, and write every page again when that day has changed."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from evidencebook.living.shown import currency
from evidencebook.sphinx.domain import domain_of
from evidencebook.sphinx.shell import is_ours

SETTING = "evidence_currency"


def set_line(app: Sphinx) -> None:
    """Keep the line as a setting; for builder-inited, once the ledger is open.

    A site compares its settings with those it was written with and writes every page again when they differ: each site
    by itself, while what the domain keeps is shared by all builders.
    """
    domain = domain_of(app.env)
    app.config[SETTING] = currency.line(domain.ledger, domain.living)
    if hasattr(app.builder, "create_build_info"):  # its record of the settings was made before
        app.builder.build_info = app.builder.create_build_info()  # type: ignore[attr-defined]
    if app.builder.name == "latex":  # the line below the day of the edition on the title page
        context = app.builder.context  # type: ignore[attr-defined]
        context["date"] = rf"{context['date']}\\[1ex]\normalsize {app.config[SETTING]}"


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Hand the line to the templates; for html-page-context."""
    if is_ours(app):
        context["currency"] = app.config[SETTING]
