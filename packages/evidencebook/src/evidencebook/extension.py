"""The Sphinx shell of the press; setup() is its table of contents."""

from typing import Any

from sphinx.application import Sphinx

from evidencebook import __version__
from evidencebook.outputs.data import citation_context as citable
from evidencebook.outputs.data import citations
from evidencebook.outputs.data import data_columns as data_page
from evidencebook.outputs.data import export_files as export
from evidencebook.outputs.data.citations import CitationsDirective
from evidencebook.outputs.data.data_columns import DataColumnsDirective
from evidencebook.outputs.epub import builder as epub
from evidencebook.outputs.html import assets as lean
from evidencebook.outputs.html import cache_busting as releases
from evidencebook.outputs.html import fixes as markup
from evidencebook.outputs.html import formats
from evidencebook.outputs.html import head as heads
from evidencebook.outputs.html import json_ld as linkeddata
from evidencebook.outputs.html import page_footer as pagetools
from evidencebook.outputs.html import reader_data as readerdata
from evidencebook.outputs.html import search_page as search
from evidencebook.outputs.html import sitemap as siteindex
from evidencebook.outputs.html import theme as shell
from evidencebook.outputs.pdf import builder as typst_builder
from evidencebook.outputs.pdf.front_page import FrontPageAsChapter
from evidencebook.pages import as_of as currency
from evidencebook.pages import backlinks as uses
from evidencebook.pages import claim_locations as homes
from evidencebook.pages import dependencies, fingerprints, notebooks, staging
from evidencebook.pages import executed_tables as tables
from evidencebook.pages import execution as ahead
from evidencebook.pages import pybtex_cache as speed
from evidencebook.pages.checks import build_guard as gate
from evidencebook.pages.checks import failed_cells as execution
from evidencebook.pages.checks import orphan_pages as toc
from evidencebook.pages.checks import settings
from evidencebook.pages.checks import untraced_numbers as untraced
from evidencebook.pages.directives.audit import AssertionsDirective, EvidenceMapDirective
from evidencebook.pages.directives.changes import ChangesDirective
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
from evidencebook.pages.roles import AssertionRole, ClaimRole, ExportRole, FindingDomain, FindingRole


def setup(app: Sphinx) -> dict[str, Any]:  # noqa: PLR0915  a table of contents has a line for each thing
    """Register the settings, the domain, what authors write, and then each event in the order of the build."""
    app.add_config_value("evidence_folder", "../evidence", "env", str)
    app.add_config_value("evidence_front_title", "The short answer", "env", str)
    app.add_config_value("evidence_repository", "", "html", str)
    app.add_config_value("evidence_doi", "", "html", str)
    app.add_config_value("evidence_keywords", [], "", list)
    app.add_config_value("evidence_contact", "", "", str)  # for commands that ask services; no page shows it
    app.add_config_value("evidence_software", fingerprints.software(), "env", str)
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
    app.connect("builder-inited", gate.load_evidence)
    app.connect("builder-inited", currency.set_line)
    app.connect("builder-inited", citable.check)
    app.connect("builder-inited", lean.leave_out_search)
    app.connect("builder-inited", shell.add_files)
    app.connect("env-get-outdated", homes.look_up)
    app.connect("env-before-read-docs", gate.note_pages)
    app.connect("env-before-read-docs", notebooks.drop_broken_figures)
    app.connect("env-before-read-docs", ahead.begin)
    app.connect("doctree-read", dependencies.note)
    app.connect("doctree-read", untraced.check)
    app.connect("env-updated", ahead.end)
    app.connect("env-updated", toc.check)
    app.connect("env-updated", execution.check)
    app.connect("env-updated", tables.check)
    app.connect("env-updated", lean.leave_out_empty_index)
    app.connect("env-updated", gate.close, priority=900)  # last: every check has spoken, nothing is written yet
    app.connect("write-started", shell.write_files)
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
    staging.register(app)
    epub.register(app)
    formats.register(app)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
