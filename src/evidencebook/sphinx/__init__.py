"""The Sphinx shell of the press; setup() is its table of contents."""

from typing import Any

from sphinx.application import Sphinx

from evidencebook import __version__
from evidencebook.sphinx import (
    ahead,
    citable,
    citations,
    currency,
    data_page,
    dependencies,
    epub,
    execution,
    export,
    formats,
    gate,
    heads,
    history,
    homes,
    lean,
    linkeddata,
    markup,
    pagetools,
    readerdata,
    releases,
    search,
    settings,
    shell,
    siteindex,
    speed,
    tables,
    toc,
    typst_builder,
    untraced,
    uses,
    watching,
)
from evidencebook.sphinx.audit import AssertionsDirective, EvidenceMapDirective
from evidencebook.sphinx.citations import CitationsDirective
from evidencebook.sphinx.data_page import DataColumnsDirective
from evidencebook.sphinx.directives import (
    ClaimDirective,
    ClaimsDirective,
    FindingsDirective,
    SearchesDirective,
    SourcesDirective,
)
from evidencebook.sphinx.domain import EvidenceDomain
from evidencebook.sphinx.frontmatter import FrontPageAsChapter
from evidencebook.sphinx.history import ChangesDirective
from evidencebook.sphinx.lookup import ClaimsByDirective, FindingsByDirective, SourcesByDirective
from evidencebook.sphinx.roles import AssertionRole, ClaimRole, ExportRole, FindingDomain, FindingRole
from evidencebook.sphinx.watching import CheckStatesDirective, QueriesDirective, WatchLogDirective


def setup(app: Sphinx) -> dict[str, Any]:  # noqa: PLR0915  a table of contents has a line for each thing
    """Register the settings, the domain, what authors write, and then each event in the order of the build."""
    app.add_config_value("evidence_folder", "../evidence", "env", str)
    app.add_config_value("evidence_front_title", "The short answer", "env", str)
    app.add_config_value("evidence_repository", "", "html", str)
    app.add_config_value("evidence_doi", "", "html", str)
    app.add_config_value("evidence_keywords", [], "", list)
    app.add_config_value("evidence_contact", "", "", str)  # for commands that ask services; no page shows it
    app.add_config_value("evidence_shell", shell.fingerprint(), "html", str)
    app.add_config_value(currency.SETTING, "", "html", str)
    app.add_domain(EvidenceDomain)
    app.add_builder(typst_builder.TypstBuilder)

    app.add_role("claim", ClaimRole())
    app.add_role("finding", FindingRole())
    app.add_role("assertion", AssertionRole())
    app.add_role("export", ExportRole())
    app.add_domain(FindingDomain)
    app.add_directive("claim", ClaimDirective)
    app.add_directive("claims", ClaimsDirective)
    app.add_directive("findings", FindingsDirective)
    app.add_directive("sources", SourcesDirective)
    app.add_directive("searches", SearchesDirective)
    app.add_directive("assertions", AssertionsDirective)
    app.add_directive("evidence-map", EvidenceMapDirective)
    app.add_directive("claims-by", ClaimsByDirective)
    app.add_directive("findings-by", FindingsByDirective)
    app.add_directive("sources-by", SourcesByDirective)
    app.add_directive("citations", CitationsDirective)
    app.add_directive("changes", ChangesDirective)
    app.add_directive("data-columns", DataColumnsDirective)
    app.add_directive("queries", QueriesDirective)
    app.add_directive("watch-log", WatchLogDirective)
    app.add_directive("check-states", CheckStatesDirective)

    app.add_post_transform(FrontPageAsChapter)
    app.add_post_transform(uses.FillUses)
    app.add_post_transform(citations.FillCitations)
    app.add_post_transform(data_page.FillColumns)

    app.connect("config-inited", settings.check)
    app.connect("config-inited", execution.take_over)
    app.connect("config-inited", speed.remember_plugins)
    app.connect("config-inited", speed.remember_names)
    app.connect("config-inited", shell.add_templates)
    app.connect("config-inited", typst_builder.choose_outputs)
    app.connect("builder-inited", gate.open_ledger)
    app.connect("builder-inited", currency.set_line)
    app.connect("builder-inited", citable.check)
    app.connect("builder-inited", lean.leave_out_search)
    app.connect("builder-inited", shell.add_files)
    app.connect("env-get-outdated", homes.outdated)
    app.connect("env-get-outdated", history.outdated)
    app.connect("env-get-outdated", watching.outdated)
    app.connect("env-before-read-docs", gate.note_pages)
    app.connect("env-before-read-docs", ahead.begin)
    app.connect("doctree-read", dependencies.note)
    app.connect("doctree-read", untraced.check)
    app.connect("env-updated", ahead.end)
    app.connect("env-updated", toc.check)
    app.connect("env-updated", execution.check)
    app.connect("env-updated", tables.check)
    app.connect("env-updated", dependencies.readers_of_results)
    app.connect("env-updated", uses.rewritten)
    app.connect("env-updated", data_page.rewritten)
    app.connect("env-updated", lean.leave_out_empty_index)
    app.connect("env-updated", gate.close, priority=900)  # last: every check has spoken, nothing is written yet
    app.connect("html-page-context", linkeddata.describe)
    app.connect("html-page-context", heads.describe)
    app.connect("html-page-context", pagetools.describe)
    app.connect("html-page-context", currency.describe)
    app.connect("html-page-context", markup.mend, priority=890)
    app.connect("html-page-context", lean.drop, priority=900)  # last: every extension has named its files
    app.connect("html-collect-pages", search.pages)
    app.connect("build-finished", citations.write)
    app.connect("build-finished", siteindex.write)
    app.connect("build-finished", export.write)
    app.connect("build-finished", readerdata.write)
    app.connect("build-finished", releases.mark)
    epub.register(app)
    formats.register(app)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
