"""Say on every page to which day the evidence was checked, and write every page again when that day has changed."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from evidencebook.outputs.html.theme import is_ours
from evidencebook.pages.domain import domain_of
from evidencebook.surveillance.report import currency

SETTING = "evidence_currency"


def set_line(app: Sphinx) -> None:
    """Keep the line as a setting; for builder-inited, once the evidence base is open.

    A site compares its settings with those it was written with and writes every page again when they differ: each site
    by itself, while what the domain keeps is shared by all builders.
    """
    domain = domain_of(app.env)
    app.config[SETTING] = currency.line(domain.evidence, domain.living)
    if hasattr(app.builder, "create_build_info"):  # its record of the settings was made before
        app.builder.build_info = app.builder.create_build_info()  # type: ignore[attr-defined]
    if app.builder.name == "latex":  # the line below the day of the edition on the title page
        context = app.builder.context  # type: ignore[attr-defined]
        context["date"] = rf"{context['date']}\\[1ex]\normalsize {app.config[SETTING]}"


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Hand the line to the templates; for html-page-context."""
    if is_ours(app):
        context["currency"] = app.config[SETTING]
