"""Show what changed in the claims and why; notice when a claim grows stale from one build to the next."""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.analysis import changes
from evidencebook.evidence import dates as days
from evidencebook.evidence import number_check as mentions
from evidencebook.outputs.data import citation_context as citable
from evidencebook.pages import dependencies
from evidencebook.pages.directives.records import EvidenceDirective
from evidencebook.pages.domain import domain_of
from evidencebook.pages.nodes.records import sentence
from evidencebook.pages.roles import link


class ChangesDirective(EvidenceDirective):
    """List the changes of claims by day, the latest first."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list: the day, then each claim and what was changed."""
        dependencies.depend_on_all(self.env)
        evidence = self.domain.evidence
        listed = nodes.definition_list(classes=["evidence", "changes"])
        for day, changed in changes.by_day(evidence).items():
            items = [self._item(name, what) for name, what in changed]
            words = day.isoformat()
            body = nodes.definition("", nodes.bullet_list("", *items))
            listed += nodes.definition_list_item("", nodes.term(words, words), body)
        return self.place([listed]) if len(listed) else []

    def _item(self, name: str, what: str) -> nodes.list_item:
        """Write one change: what was changed and why, then the claim as it stands now."""
        statement = mentions.plain(self.domain.evidence.claims[name].statement, self.domain.evidence)
        said = nodes.Text(f"{sentence(what)} The claim now: ")
        return nodes.list_item("", nodes.paragraph("", "", said, link("claim", name, statement)))


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Read again the pages that show a claim which is stale now and was not, or the other way; for env-get-outdated."""
    domain, day = domain_of(env), citable.counting_day(env)
    now = tuple(sorted(name for name, claim in domain.evidence.claims.items() if days.is_stale(claim.checked, day)))
    before, domain.data["stale"] = domain.data["stale"], now
    moved = set(before) ^ set(now)
    again = {page for name in moved for page in domain.pages_using(name)}
    again |= {page for page in env.found_docs if moved and _lists_claims(Path(env.doc2path(page)))}
    return sorted(again & set(env.found_docs))


def _lists_claims(page: Path) -> bool:
    """Tell whether a page holds a table of claims: it links to them without using any."""
    return page.is_file() and "{claims}" in page.read_text(encoding="utf-8")
