"""Let a page show claims, findings, sources, searches and assertions."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from evidencebook.evidence.vocabulary import Certainty
from evidencebook.locale import gettext_noop
from evidencebook.pages import dependencies, roles
from evidencebook.pages.domain import EvidenceDomain, counting_day, domain_of
from evidencebook.pages.nodes import record_text
from evidencebook.pages.nodes import records as render
from evidencebook.pages.nodes.claim_card import claim_card
from evidencebook.pages.warnings import report
from evidencebook.surveillance.report.check_states import check_states

Option = Callable[[str], Any]
_CLAIM_HEADS = (
    *(gettext_noop("Claim"), gettext_noop("Certainty")),
    *(gettext_noop("Applies to"), gettext_noop("Rests on")),
)


def read_names(text: str) -> list[str]:
    """Read names separated by spaces, commas or lines."""
    return text.replace(",", " ").split()


def _one_of(choices: Any) -> Option:
    """Read one word of a closed list."""
    return lambda text: directives.choice(text, choices.__args__)


class EvidenceDirective(SphinxDirective):
    """Share what every directive of the press needs."""

    has_content = False

    @property
    def domain(self) -> EvidenceDomain:
        """Give the evidence domain."""
        return domain_of(self.env)

    @property
    def context(self) -> render.RenderContext:
        """Give the context that renders texts of records by their own grammar."""
        smart = "smartquotes" in self.config.myst_enable_extensions
        day = counting_day(self.env)
        return render.RenderContext(
            self.domain.evidence, lambda text: record_text.parse(text, self.role, smart=smart), self.role, day
        )

    def role(self, name: str, text: str) -> list[nodes.Node]:
        """Run a role as if it stood on the page, at the line of this directive."""
        made, _messages = roles.run(name, text, self.lineno, self.state.inliner, self.env)
        return made

    def known(self, kind: str, records: Mapping[str, Any], names: list[str]) -> list[str]:
        """Keep the names that exist; warn of the others at the author's line."""
        for name in names:
            if name not in records and (kind, name) not in self.domain.evidence.unreadable:
                folder = {"claim": "claims/", "finding": "findings/"}.get(kind, "the evidence base")
                report(
                    self.env,
                    "unknown",
                    f'this page names {kind} "{name}", which is not in {folder}',
                    self.get_location(),
                )
        return [name for name in names if name in records]

    def place(self, made: list[nodes.Node]) -> list[nodes.Node]:
        """Give every node its source line, and register the anchors."""
        for top in made:
            for node in [top, *top.findall(nodes.target), *top.findall(nodes.paragraph)]:
                self.set_source_info(node)
            for target in [top] if isinstance(top, nodes.target) else list(top.findall(nodes.target)):
                self.state.document.note_explicit_target(target)
        return made

    def picked(self, kind: str, records: Mapping[str, Any]) -> list[str]:
        """Choose records by the options `ids` and `topic`."""
        names = self.known(kind, records, self.options["ids"]) if "ids" in self.options else list(records)
        topic = self.options.get("topic")
        return [name for name in names if topic in (None, self.domain.evidence.topic(kind, name))]


class ClaimDirective(EvidenceDirective):
    """Show the card of one claim."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return an anchor and a box."""
        evidence = self.domain.evidence
        made: list[nodes.Node] = []
        for name in self.known("claim", evidence.claims, [self.arguments[0]]):
            self.domain.note_shown("claim", name)
            dependencies.depend(self.env, "claim", name)
            made += claim_card(self.context, name, evidence.claims[name])
        return self.place(made)


class ClaimsDirective(EvidenceDirective):
    """Show several claims: a short list, a table, or the cards that no other page shows."""

    option_spec: ClassVar[dict[str, Option]] = {
        "ids": read_names,
        "topic": directives.unchanged,
        "certainty": _one_of(Certainty),
        "applies-to": directives.unchanged,
        "style": lambda text: directives.choice(text, ("brief", "table", "unplaced")),
    }

    def run(self) -> list[nodes.Node]:
        """Return a list, a table, or cards."""
        claims, style = self.domain.evidence.claims, self.options.get("style", "table")
        names = [name for name in self.picked("claim", claims) if self._wanted(name)]
        if "ids" not in self.options or style == "table":  # a table uses no claim, and says whether one is stale
            dependencies.depend_on_all(self.env)
        for name in names:
            dependencies.depend(self.env, "claim", name)
        return self.place(getattr(self, f"_{style}")(names))

    def _wanted(self, name: str) -> bool:
        """Tell whether a claim passes the filters."""
        claim = self.domain.evidence.claims[name]
        certainty, applies = self.options.get("certainty"), self.options.get("applies-to")
        return certainty in (None, claim.certainty) and applies in (None, claim.applies_to)

    def _brief(self, names: list[str]) -> list[nodes.Node]:
        for name in names:
            self.domain.note_used(name)
        items = [render.claim_line(self.context, name, self.domain.evidence.claims[name]) for name in names]
        return [nodes.bullet_list("", *items, classes=["evidence", "claims-brief"])] if items else []

    def _table(self, names: list[str]) -> list[nodes.Node]:
        rows = [(None, render.claim_row(self.context, name, self.domain.evidence.claims[name])) for name in names]
        return [render.table(_CLAIM_HEADS, (52, 18, 12, 18), rows, "claims")] if rows else []

    def _unplaced(self, names: list[str]) -> list[nodes.Node]:
        self.domain.note_listing("unplaced")
        here = [name for name in names if self.domain.claim_pages.get(name, self.env.docname) == self.env.docname]
        made: list[nodes.Node] = []
        for name in here:
            self.domain.note_shown("claim", name)
            made += claim_card(self.context, name, self.domain.evidence.claims[name])
        return made


class TableDirective(EvidenceDirective):
    """Show records of one kind as a table with an anchor for each row."""

    kind: ClassVar[str]
    heads: ClassVar[tuple[str, ...]]
    widths: ClassVar[tuple[int, ...]]
    rows: ClassVar[ModuleType] = render
    option_spec: ClassVar[dict[str, Option]] = {"ids": read_names, "topic": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the table, or nothing where no record passes the filters."""
        dependencies.depend_on_all(self.env)
        records = self.domain.evidence.records(self.kind)
        rows = []
        for name in self.picked(self.kind, records):
            if not self.wanted(records[name]):
                continue
            self.domain.note_shown(self.kind, name)
            row = getattr(self.rows, f"{self.kind}_row")(self.context, name, records[name])
            rows.append((render.target(self.kind, name), row))
        return self.place([render.table(self.heads, self.widths, rows, f"{self.kind}s")]) if rows else []

    def wanted(self, record: Any) -> bool:
        """Tell whether a record passes the filters of its kind."""
        return True


class FindingsDirective(TableDirective):
    """Show findings by id, topic or source."""

    kind = "finding"
    heads = (gettext_noop("Id"), gettext_noop("What was found"), gettext_noop("Source"))
    widths = (14, 56, 30)
    option_spec: ClassVar[dict[str, Option]] = TableDirective.option_spec | {"source": directives.unchanged}

    def wanted(self, record: Any) -> bool:
        """Keep the findings of one source."""
        return self.options.get("source") in (None, record.source)


class SourcesDirective(TableDirective):
    """Show sources by key or design."""

    kind = "source"
    heads = (gettext_noop("Source"), gettext_noop("Design"), gettext_noop("Findings, or why there are none"))
    widths = (40, 25, 35)
    option_spec: ClassVar[dict[str, Option]] = {
        "ids": read_names,
        "design": directives.unchanged,
        "used": directives.flag,
        "excluded": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the table; look at the checks once for all rows."""
        self._notes = check_states(self.domain.evidence, self.domain.living, super().context.day).notes
        return super().run()

    @property
    def context(self) -> render.RenderContext:
        """Give a context that knows which source stands otherwise than most."""
        return replace(super().context, checks=self._notes)

    def wanted(self, record: Any) -> bool:
        """Keep one design; with `used` or `excluded`, only sources that are."""
        excluded = record.key in self.domain.evidence.excluded_sources
        if ("used" in self.options and excluded) or ("excluded" in self.options and not excluded):
            return False
        return self.options.get("design") in (None, record.design)


class SearchesDirective(TableDirective):
    """Show the searches that found nothing."""

    kind = "search"
    heads = (gettext_noop("Looked for"), gettext_noop("How"), gettext_noop("What came of it"))
    widths = (30, 35, 35)
