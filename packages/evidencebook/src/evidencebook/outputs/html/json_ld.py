"""Put into the head of a page what other machines read there."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from evidencebook.outputs.data import claim_review as claimreview
from evidencebook.pages.domain import domain_of


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Add a ClaimReview for each assertion that this page answers under its own address."""
    domain = domain_of(app.env)
    places = {name: domain.place("assertion", name) for name in domain.shown.get(page, {}).get("assertion", ())}
    here = {name: place[1] for name, place in places.items() if place and place[0] == page}
    if not here:
        return
    base = context.get("pageurl") or app.builder.get_target_uri(page)
    made = claimreview.reviews(domain.evidence, list(here), lambda name: f"{base}#{here[name]}", app.config.author)
    if page_address := context.get("pageurl"):  # the name under which heads.py describes the page itself
        made = [one | {"isPartOf": {"@id": page_address}} for one in made]
    context["metatags"] = context.get("metatags", "") + claimreview.script(made)
