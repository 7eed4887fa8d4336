"""Let a page show the grades of all claims, and a summary of findings in GRADE's seven columns."""

from typing import ClassVar

from docutils import nodes

from evidencebook.evidence import grade
from evidencebook.pages import dependencies
from evidencebook.pages.directives.records import EvidenceDirective, Option, read_names
from evidencebook.pages.nodes import grades as render
from evidencebook.pages.nodes.records import table
from evidencebook.pages.warnings import report


class GradesDirective(EvidenceDirective):
    """Show each graded claim with its start, its steps and the level that they add up to."""

    def run(self) -> list[nodes.Node]:
        """Return a table with a row for each graded claim, the surest first."""
        dependencies.depend_on_all(self.env)
        claims = {name: one for name, one in self.domain.evidence.claims.items() if one.certainty in grade.LEVELS}
        names = sorted(claims, key=lambda name: (-grade.LEVELS.index(claims[name].certainty), name))
        rows = [(None, render.grade_row(self.context, name, claims[name])) for name in names]
        return self.place([table(render.GRADES, render.GRADES_WIDTHS, rows, "grades")])


class SummaryOfFindingsDirective(EvidenceDirective):
    """Show claims in the seven columns of a summary of findings, from the findings that each names under effect."""

    option_spec: ClassVar[dict[str, Option]] = {"ids": read_names}

    def run(self) -> list[nodes.Node]:
        """Return a table with a row for each claim named under `ids`."""
        claims = self.domain.evidence.claims
        rows = []
        for name in self.known("claim", claims, self.options.get("ids", [])):
            dependencies.depend(self.env, "claim", name)
            if (effect := claims[name].effect) is None:
                told = f"claim {name} has no row of a summary of findings; write effect: {{outcome: …}} with the claim"
                report(self.env, "unknown", told, self.get_location())
            else:
                rows.append((None, render.summary_row(self.context, name, claims[name], effect)))
        return self.place([table(render.SUMMARY, render.SUMMARY_WIDTHS, rows, "summary")]) if rows else []
