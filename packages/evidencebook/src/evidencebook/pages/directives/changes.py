"""Show what changed in the claims and why; notice when a claim grows stale from one build to the next."""

from docutils import nodes

from evidencebook.analysis import changes
from evidencebook.evidence import number_check
from evidencebook.locale import _
from evidencebook.pages import dependencies
from evidencebook.pages.directives.records import EvidenceDirective
from evidencebook.pages.nodes.records import sentence
from evidencebook.pages.roles import link


class ChangesDirective(EvidenceDirective):
    """List the changes of claims by day, the latest first."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list: the day, then each claim and what was changed."""
        dependencies.depend_on_all(self.env)
        self.domain.note_listing("changes")  # its head leads to the feed
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
        statement = number_check.plain(self.domain.evidence.claims[name].statement, self.domain.evidence)
        said = nodes.Text(" ".join((sentence(what), _("The claim now:"), "")))
        return nodes.list_item("", nodes.paragraph("", "", said, link("claim", name, statement)))
