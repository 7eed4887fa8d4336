"""Tell, on the card of a claim and under a reference, where it is used: known only when every page has been read."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from evidencebook.locale import _
from evidencebook.pages.domain import EvidenceDomain, domain_of
from evidencebook.pages.roles import link

#: The attribute of a paragraph that waits to be filled, holding kind and name.
_WAITS = "evidence-uses"


def placeholder(kind: str, name: str) -> nodes.paragraph:
    """Make the paragraph that will say where a record is used."""
    return nodes.paragraph("", "", classes=["claim-meta"], **{_WAITS: (kind, name)})


class FillUses(SphinxPostTransform):
    """Write where each claim is used, and which findings were taken from each reference."""

    default_priority = 6  # after the references are written (5), before links are resolved (10)

    def run(self, **kwargs: Any) -> None:
        """Fill what waits."""
        domain = domain_of(self.env)
        for node in list(self.document.findall(nodes.paragraph)):
            if _WAITS in node:
                _fill(node, domain, self.env)
        for entry in list(self.document.findall(nodes.citation)):
            _add_findings(entry, domain, self.config.bibtex_cite_id.partition("{key}")[0])


def _places(domain: EvidenceDomain, claim: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the pages that link to a claim, its home aside, and the assertions that it answers."""
    home = domain.place("claim", claim)
    pages = tuple(page for page in domain.pages_using(claim) if home is None or page != home[0])
    return pages, domain.evidence.assertions_of_claim.get(claim, ())


def _fill(node: nodes.paragraph, domain: EvidenceDomain, env: BuildEnvironment) -> None:
    """Write pages and assertions, or take the paragraph away where there are none."""
    pages, assertions = _places(domain, node[_WAITS][1])
    del node[_WAITS]
    parts = [_listed(_("Used on: "), [page_link(page, env) for page in pages])] if pages else []
    if assertions:
        parts.append(_listed(_("Answers: "), [link("assertion", name, name) for name in assertions]))
    if not parts:
        node.parent.remove(node)
    for part in parts:
        node.extend(part)


def _listed(lead: str, links: list[nodes.Node]) -> list[nodes.Node]:
    """Write links with commas between and a full stop behind."""
    made: list[nodes.Node] = [nodes.Text(lead)]
    for one in links:
        made.extend((one, nodes.Text(", ")))
    return [*made[:-1], nodes.Text(". ")]


def page_link(page: str, env: BuildEnvironment) -> nodes.Node:
    """Link to a page by its title."""
    title = env.titles[page].astext() if page in env.titles else page
    return addnodes.pending_xref(
        "",
        nodes.inline(title, title),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{page}",
        refdoc=env.docname,
        refexplicit=True,
        refwarn=True,
    )


def _add_findings(entry: nodes.citation, domain: EvidenceDomain, prefix: str) -> None:
    """Add the findings taken from a source to its entry in the list of references."""
    for key in (one.removeprefix(prefix) for one in entry["ids"]):
        if names := domain.evidence.findings_of_source.get(key):
            told = _listed(_("Findings: "), [link("finding", name, name) for name in names])
            line = nodes.inline("", " ", *told, classes=["reference-findings"])
            next(iter(entry.findall(nodes.paragraph))).append(line)
