"""Show how the book keeps current: the queries, what they and the checks brought, how the sources stand."""

import datetime as dt

from docutils import nodes
from sphinx.environment import BuildEnvironment

from evidencebook.evidence.short_citation import cited
from evidencebook.locale import _, gettext_noop
from evidencebook.pages import dependencies
from evidencebook.pages.directives.records import EvidenceDirective
from evidencebook.pages.domain import counting_day, domain_of
from evidencebook.pages.nodes import records as render
from evidencebook.pages.nodes.records import sentence
from evidencebook.pages.roles import link
from evidencebook.surveillance.models import SERVICES, Query
from evidencebook.surveillance.report import event_log
from evidencebook.surveillance.report.check_states import CheckStates, check_states
from evidencebook.surveillance.report.event_log import Event


class QueriesDirective(EvidenceDirective):
    """Show what is asked again and again, of whom, and when it was last asked."""

    def run(self) -> list[nodes.Node]:
        """Return a table, or one sentence where no query is kept."""
        dependencies.depend_on_all(self.env)
        surveillance = self.domain.living
        if not surveillance.queries:
            return [_sentence(_("No query is kept yet."))]
        heads = (gettext_noop("Where"), gettext_noop("Terms"), gettext_noop("What it is meant to find"))
        rows = [(None, _row(query, surveillance.last_run(name))) for name, query in surveillance.queries.items()]
        return self.place([render.table((*heads, gettext_noop("Last run")), (19, 38, 28, 15), rows, "queries")])


class WatchLogDirective(EvidenceDirective):
    """List by day what the watch found, what was decided on it, and what the checks of sources saw."""

    def run(self) -> list[nodes.Node]:
        """Return a sentence on what was never done, and a definition list of the days, the latest first."""
        dependencies.depend_on_all(self.env)
        never = event_log.never_done(self.domain.living)
        made: list[nodes.Node] = [_sentence(never)] if never else []
        if days := event_log.by_day(self.domain.evidence, self.domain.living):
            items = [self._day(day, events) for day, events in days.items()]
            made.append(nodes.definition_list("", *items, classes=["evidence", "changes"]))
        return self.place(made)

    def _day(self, day: dt.date, events: list[Event]) -> nodes.definition_list_item:
        """Write one day."""
        told = nodes.bullet_list("", *(nodes.list_item("", self._event(event)) for event in events))
        return nodes.definition_list_item("", nodes.term("", day.isoformat()), nodes.definition("", told))

    def _event(self, event: Event) -> nodes.paragraph:
        """Write what came about, the source that it is about, and the claims that rest on it."""
        if event.source is None:
            return nodes.paragraph("", event.words)
        source = self.domain.evidence.sources[event.source]
        told = nodes.paragraph("", "", link("source", event.source, cited(source)))
        told += nodes.Text(f": {event.words}.")
        if event.claims:
            told += [nodes.Text(_(" Claims on it: ")), *render.links("claim", event.claims), nodes.Text(".")]
        return told


class CheckStatesDirective(EvidenceDirective):
    """Say how many sources stand how, once, so that each row need not."""

    def run(self) -> list[nodes.Node]:
        """Return one sentence or two."""
        dependencies.depend_on_all(self.env)
        summary = notes(self.env).summary
        return [_sentence(summary)] if summary else []


def notes(env: BuildEnvironment) -> CheckStates:
    """Look at every source as it stands on the day of this build."""
    domain = domain_of(env)
    return check_states(domain.evidence, domain.living, counting_day(env))


def _row(query: Query, last_run: dt.date | None) -> list[list[nodes.Node]]:
    """Make the cells of a query."""
    since = _(" From %s on.") % query.since.isoformat() if query.since else ""
    last = last_run.isoformat() if last_run else _("never run")
    # Literal: a search is done again with the very signs, and a curly quotation mark finds something else.
    terms = [nodes.literal(query.terms, query.terms), nodes.Text(since)]
    return [[nodes.Text(SERVICES[query.service])], terms, [nodes.Text(sentence(query.why))], [nodes.Text(last)]]


def _sentence(words: str) -> nodes.container:
    """Write a sentence whose numbers were counted, not typed."""
    return nodes.container("", nodes.paragraph("", words), classes=["evidence", "evidence-said"])
