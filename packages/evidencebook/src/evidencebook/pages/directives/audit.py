"""Let a page answer the text under examination, and show which evidence there is on what."""

from types import ModuleType
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from evidencebook.locale import gettext_noop
from evidencebook.pages import dependencies
from evidencebook.pages.directives.records import EvidenceDirective, Option, TableDirective, read_names
from evidencebook.pages.nodes import assertions as render_audit
from evidencebook.pages.nodes import evidence_map as render_map


class AssertionsDirective(TableDirective):
    """Show the assertions of the text under examination: a table, a short list, or a section for each."""

    kind = "assertion"
    heads = (gettext_noop("What it says"), gettext_noop("Verdict"), gettext_noop("Answer"))
    widths = (35, 15, 50)
    rows: ClassVar[ModuleType] = render_audit
    option_spec: ClassVar[dict[str, Option]] = {
        "ids": read_names,
        "section": directives.unchanged,
        "style": lambda text: directives.choice(text, ("table", "brief", "sections")),
    }

    def run(self) -> list[nodes.Node]:
        """Return a table, a list, or sections."""
        style = self.options.get("style", "table")
        return super().run() if style == "table" else getattr(self, f"_{style}")(self._here())

    def wanted(self, record: Any) -> bool:
        """Keep one section."""
        return self.options.get("section") in (None, record.section)

    def _here(self) -> list[str]:
        """Choose the assertions to show."""
        dependencies.depend_on_all(self.env)
        made = self.domain.evidence.assertions
        return [name for name in self.picked(self.kind, made) if self.wanted(made[name])]

    def _brief(self, names: list[str]) -> list[nodes.Node]:
        made = self.domain.evidence.assertions
        items = [render_audit.assertion_line(self.context, name, made[name]) for name in names]
        return self.place([nodes.bullet_list("", *items, classes=["evidence"])]) if items else []

    def _sections(self, names: list[str]) -> list[nodes.Node]:
        made = self.domain.evidence.assertions
        shown = []
        for name in names:
            self.domain.note_shown(self.kind, name)
            for claim in made[name].claims:
                self.domain.note_used(claim)
            shown.append(render_audit.assertion_section(self.context, name, made[name]))
        for section in shown:
            self.state.document.note_explicit_target(section)
        return self.place(list(shown))


class EvidenceMapDirective(EvidenceDirective):
    """Show which outcome of a group has which kind of evidence, and what is missing; without a group, lead to each."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the table of one group, or a list of all outcomes that leads to their rows."""
        dependencies.depend_on_all(self.env)
        if not self.arguments:
            return self.place([render_map.map_contents(self.context)])
        outcomes = self.domain.evidence.outcomes
        rows = [name for name, outcome in outcomes.items() if outcome.group == self.arguments[0]]
        if not rows:
            raise self.error(f'no outcome in outcomes.yml is of the group "{self.arguments[0]}"')
        for name in rows:
            self.domain.note_shown("outcome", name)
        return self.place([render_map.map_table(self.context, self.arguments[0])])
