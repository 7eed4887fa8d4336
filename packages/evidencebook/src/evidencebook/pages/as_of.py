"""Say on every page to which day the evidence was checked, and write every page again when that day has changed."""

from sphinx.application import Sphinx

from evidencebook.pages.domain import domain_of
from evidencebook.surveillance.report import checked_to

SETTING = "evidence_currency"


def set_line(app: Sphinx) -> None:
    """Keep the line as a setting; for builder-inited, once the evidence base is open.

    A site compares its settings with those it was written with and writes every page again when they differ: each site
    by itself, while what the domain keeps is shared by all builders.
    """
    domain = domain_of(app.env)
    app.config[SETTING] = checked_to.line(domain.evidence, domain.living)
    if app.builder.name == "latex":  # the line below the day of the edition on the title page
        context = app.builder.context  # type: ignore[attr-defined]
        context["date"] = rf"{context['date']}\\[1ex]\normalsize {app.config[SETTING]}"
