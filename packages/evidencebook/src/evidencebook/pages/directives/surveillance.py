"""Show how the book keeps current: the queries, what they and the checks brought, how the sources stand."""

import datetime as dt

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.evidence.short_citation import cited
from evidencebook.outputs.data import citation_context as citable
from evidencebook.pages import dependencies
from evidencebook.pages.directives.records import EvidenceDirective
from evidencebook.pages.domain import domain_of
from evidencebook.pages.nodes import records as render
from evidencebook.pages.nodes.records import sentence
from evidencebook.pages.roles import link
from evidencebook.surveillance.models import Query
from evidencebook.surveillance.report import check_notes, log
from evidencebook.surveillance.report.log import Event
from evidencebook.surveillance.report.prisma import NEVER_RUN, SERVICES


class QueriesDirective(EvidenceDirective):
    """Show what is asked again and again, of whom, and when it was last asked."""

    def run(self) -> list[nodes.Node]:
        """Return a table, or one sentence where no query is kept."""
        dependencies.depend_on_all(self.env)
        queries = self.domain.living.queries.values()
        if not queries:
            return [_said("No query is kept yet.")]
        heads, widths = ("Where", "Terms", "What it is meant to find", "Last run"), (19, 30, 34, 17)
        return self.place([render.table(heads, widths, [(None, _row(query)) for query in queries], "queries")])


class WatchLogDirective(EvidenceDirective):
    """List by day what the watch found, what was decided on it, and what the checks of sources saw."""

    def run(self) -> list[nodes.Node]:
        """Return a sentence on what was never done, and a definition list of the days, the latest first."""
        dependencies.depend_on_all(self.env)
        silence = log.silence(self.domain.living)
        made: list[nodes.Node] = [_said(silence)] if silence else []
        if days := log.by_day(self.domain.evidence, self.domain.living):
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
            told += [nodes.Text(" Claims on it: "), *render.links("claim", event.claims), nodes.Text(".")]
        return told


class CheckStatesDirective(EvidenceDirective):
    """Say how many sources stand how, once, so that each row need not."""

    def run(self) -> list[nodes.Node]:
        """Return one sentence or two."""
        dependencies.depend_on_all(self.env)
        summary = notes(self.env).summary
        return [_said(summary)] if summary else []


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Read again the pages that depend on everything, when a file came or went, or a check grew old by itself.

    A new file was no page's dependency. For env-get-outdated.
    """
    domain = domain_of(env)
    files = sorted(str(path) for path in (*domain.evidence.files, *domain.living.files))
    now = (*files, *(f"{key} {text}" for key, text in sorted(notes(env).told.items())))
    before, domain.data["kept"] = domain.data["kept"], now
    return [] if now == before else sorted(domain.data["whole"].keys() & env.found_docs)


def notes(env: BuildEnvironment) -> check_notes.Notes:
    """Look at every source as it stands on the day of this build."""
    domain = domain_of(env)
    return check_notes.notes(domain.evidence, domain.living, citable.counting_day(env))


def _row(query: Query) -> list[list[nodes.Node]]:
    """Make the cells of a query."""
    kept = f" Of these only records that have one of: {', '.join(query.require)}." if query.require else ""
    since = f" From {query.since.isoformat()} on." if query.since else ""
    last = query.last_run.isoformat() if query.last_run else NEVER_RUN
    # Literal: a search is done again with the very signs, and a curly quotation mark finds something else.
    terms = [nodes.literal(query.terms, query.terms), nodes.Text(f"{kept}{since}")]
    return [[nodes.Text(SERVICES[query.service])], terms, [nodes.Text(sentence(query.why))], [nodes.Text(last)]]


def _said(words: str) -> nodes.container:
    """Write a sentence of the press's own: its numbers were counted, not typed."""
    return nodes.container("", nodes.paragraph("", words), classes=["evidence", "evidence-said"])
