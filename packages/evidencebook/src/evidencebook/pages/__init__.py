"""From claims to pages: domain, roles, directives, nodes and checks."""

from sphinx.application import Sphinx

from evidencebook.compat import pybtex
from evidencebook.pages import (
    as_of,
    backlinks,
    card_forms,
    claim_locations,
    dependencies,
    executed_tables,
    execution,
    fingerprints,
    notebooks,
    reference_style,
    staging,
)
from evidencebook.pages.checks import (
    build_guard,
    cells,
    claim_wording,
    foreign,
    page_files,
    pictures,
    results,
    settings,
    table_rows,
    untraced_numbers,
)
from evidencebook.pages.directives.audit import AssertionsDirective, EvidenceMapDirective
from evidencebook.pages.directives.changes import ChangesDirective
from evidencebook.pages.directives.grades import GradesDirective, SummaryOfFindingsDirective
from evidencebook.pages.directives.lookup import ClaimsByDirective, FindingsByDirective, SourcesByDirective
from evidencebook.pages.directives.records import (
    ClaimDirective,
    ClaimsDirective,
    FindingsDirective,
    SearchesDirective,
    SourcesDirective,
)
from evidencebook.pages.directives.surveillance import CheckStatesDirective, QueriesDirective, WatchLogDirective
from evidencebook.pages.domain import EvidenceDomain
from evidencebook.pages.roles import (
    AssertionRole,
    ClaimRole,
    FindingDomain,
    FindingRole,
    PlainCountRole,
    PlainRole,
    ResultRole,
)


def setup_pages(app: Sphinx) -> None:
    """Register the domain, what authors write, and then each event in the order of the build."""
    app.add_config_value("evidence_software", fingerprints.software(), "env", str)
    app.add_config_value(as_of.SETTING, "", "html", str)
    app.add_domain(EvidenceDomain)
    app.add_role("claim", ClaimRole())
    app.add_role("finding", FindingRole())
    app.add_role("assertion", AssertionRole())
    app.add_role("result", ResultRole())
    app.add_role("plain", PlainRole())
    app.add_role("plain-count", PlainCountRole())
    app.add_domain(FindingDomain)
    app.add_directive("claim", ClaimDirective)
    app.add_directive("claims", ClaimsDirective)
    app.add_directive("findings", FindingsDirective)
    app.add_directive("sources", SourcesDirective)
    app.add_directive("searches", SearchesDirective)
    app.add_directive("assertions", AssertionsDirective)
    app.add_directive("evidence-map", EvidenceMapDirective)
    app.add_directive("grades", GradesDirective)
    app.add_directive("summary-of-findings", SummaryOfFindingsDirective)
    app.add_directive("claims-by", ClaimsByDirective)
    app.add_directive("findings-by", FindingsByDirective)
    app.add_directive("sources-by", SourcesByDirective)
    app.add_directive("changes", ChangesDirective)
    app.add_directive("queries", QueriesDirective)
    app.add_directive("watch-log", WatchLogDirective)
    app.add_directive("check-states", CheckStatesDirective)
    app.add_post_transform(backlinks.FillUses)
    app.add_post_transform(card_forms.ChooseCardForm)

    app.connect("config-inited", settings.check)
    app.connect("config-inited", settings.keep_texts, priority=100)  # before Sphinx looks at their types
    for change in (cells.take_over, foreign.allow_links):
        app.connect("config-inited", change)
    app.connect("config-inited", lambda *_: pybtex.look_up_once())
    app.connect("builder-inited", build_guard.load_evidence)
    app.connect("builder-inited", as_of.set_line)
    app.connect("builder-inited", reference_style.put_letters, priority=600)  # the entries are read at 500
    app.connect("env-get-outdated", page_files.check, priority=100)  # first: others read the files
    app.connect("env-get-outdated", claim_locations.look_up)
    app.connect("env-before-read-docs", build_guard.note_pages)
    app.connect("env-before-read-docs", notebooks.drop_half_written_figures)
    app.connect("env-before-read-docs", execution.begin)
    for one in (untraced_numbers, pictures, cells, table_rows, foreign, claim_wording):
        app.connect("doctree-read", one.check)
    app.connect("doctree-read", dependencies.note)  # after foreign, which asks what the page itself reads
    app.connect("env-updated", execution.end)
    app.connect("env-updated", page_files.check_toc)
    app.connect("env-updated", cells.check_runs)
    app.connect("env-updated", executed_tables.check)
    app.connect("env-updated", results.check)
    app.connect("env-updated", build_guard.close, priority=900)  # last: every check has spoken, nothing is written yet
    staging.register(app)
