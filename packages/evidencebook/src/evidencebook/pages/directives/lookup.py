"""Show lists by which a claim, a finding or a source can be found; they are text and need no script."""

from typing import ClassVar

from docutils import nodes

from evidencebook.analysis import grouping
from evidencebook.evidence.short_citation import cited
from evidencebook.locale import _
from evidencebook.pages import dependencies
from evidencebook.pages.directives.records import EvidenceDirective
from evidencebook.pages.nodes.records import links, sentence
from evidencebook.pages.roles import link


class LookupDirective(EvidenceDirective):
    """List all records of a kind under headings."""

    required_arguments = 1
    kind: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """Return a definition list: heading and number, then the records."""
        evidence, by = self.domain.evidence, self.arguments[0]
        if by not in grouping.BY[self.kind]:
            raise self.error(f'"{by}" is no way to look up a {self.kind}; write {", ".join(grouping.BY[self.kind])}')
        dependencies.depend_on_all(self.env)
        listed = nodes.definition_list(classes=["evidence", "lookup"])
        for head, names in grouping.index(evidence, self.kind, by).items():
            words = f"{sentence(_(head).replace('-', ' ')).rstrip('.')} ({len(names)})"
            entry = nodes.paragraph("", "", *self.entries(names))
            listed += nodes.definition_list_item("", nodes.term(words, words), nodes.definition("", entry))
        return self.place([listed])

    def entries(self, names: list[str]) -> list[nodes.Node]:
        """Link to records with commas between."""
        return links(self.kind, names)


class ClaimsByDirective(LookupDirective):
    """List the claims by topic, certainty, or what they apply to."""

    kind = "claim"


class FindingsByDirective(LookupDirective):
    """List the findings by topic, design or year."""

    kind = "finding"


class SourcesByDirective(LookupDirective):
    """List the sources by topic, design or year."""

    kind = "source"

    def entries(self, names: list[str]) -> list[nodes.Node]:
        """Name each source as it is cited."""
        made: list[nodes.Node] = []
        for key in names:
            made += [link("source", key, cited(self.domain.evidence.sources[key])), nodes.Text("; ")]
        return made[:-1]
