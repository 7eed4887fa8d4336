"""Make the card of a claim: what is said, how sure it is, and all that stands behind it."""

from collections.abc import Sequence

from docutils import nodes

from evidencebook.evidence import formatting as wording
from evidencebook.evidence import grade as certainty
from evidencebook.evidence.formatting import SEEN
from evidencebook.evidence.models import Claim
from evidencebook.locale import _
from evidencebook.pages import backlinks as uses
from evidencebook.pages.nodes.records import RenderContext, rests_on, sentence, target
from evidencebook.pages.roles import link

#: The attribute of a node that waits for links to citation files, which citations.py fills in.
CITES = "evidence-cites"


def claim_card(context: RenderContext, name: str, claim: Claim) -> list[nodes.Node]:
    """Make the card of a claim: statement, certainty, why in short; all else in one container that a site folds.

    target
    admonition.claim       title.claim-statement, paragraph.claim-certainty
      container.evidence-basis   "More", reasons, what it rests on, where it is used, dates, citation
        paragraph.claim-note     the sources alone: what print shows in place of the container
    """
    title = nodes.title("", "", *context.parse(claim.statement), classes=["claim-statement"])
    box = nodes.admonition("", title, classes=["evidence", "claim", f"certainty-{claim.certainty.replace(' ', '-')}"])
    short = certainty.short_reasons(context.evidence, claim)
    sure = nodes.strong("", certainty.with_symbol(claim.certainty))
    box += nodes.paragraph(
        "", "", sure, nodes.Text(_(". Why: %s.") % short if short else "."), classes=["claim-certainty"]
    )
    more = nodes.container("", nodes.paragraph("", _("More: %s") % rests_on(claim)), classes=["evidence-basis"])
    if claim.because:
        reasons = [node for reason in claim.because for node in _reason(context, reason.domain, reason.note)]
        line = [nodes.Text(f"{certainty.arithmetic(context.evidence, claim)}: {_(claim.certainty)}.")]
        more += [context.paragraph(_("The sum:"), line), context.paragraph(_("Why this certainty:"), reasons)]
    for lead, text in ((_("Why it may be raised:"), claim.argument), (_("Beware:"), claim.caution)):
        if text:
            more += context.paragraph(lead, f"{text.rstrip('.')}.")
    more += context.paragraph(_("What would change it:"), claim.would_change)
    more += _basis(context, claim)
    more += nodes.paragraph("", "", *_dates(context, claim), classes=["claim-meta"])
    more += uses.placeholder("claim", name)
    more += nodes.paragraph("", "", classes=["claim-meta", "on-site"], **{CITES: ("claim", name)})
    more += nodes.paragraph("", "", *_note(context, claim), classes=["claim-note", "claim-meta"])
    box += more
    return [target("claim", name), box]


def _dates(context: RenderContext, claim: Claim) -> list[nodes.Node]:
    """Say whom a claim applies to, when it was first stated, last changed and last checked."""
    told = [_("Applies to %s.") % _(claim.applies_to), _("First stated %s.") % claim.stated.isoformat()]
    told.append(_("Last changed %s.") % claim.changed.isoformat() if claim.changed else _("Unchanged since."))
    told.append(_("Last checked %s.") % claim.checked.isoformat())
    stale = [nodes.Text(" "), nodes.strong("", f"{context.stale(claim)}.")] if context.stale(claim) else []
    return [nodes.Text(" ".join(told)), *stale]


def _reason(context: RenderContext, domain: str, note: str) -> list[nodes.Node]:
    """Write one reason as a sentence."""
    return [nodes.emphasis("", _(domain)), nodes.Text(": "), *context.parse(note.rstrip(".")), nodes.Text(". ")]


def _basis(context: RenderContext, claim: Claim) -> list[nodes.Node]:
    """List what a claim rests on and what speaks against it."""
    items = [
        *_finding_items(context, claim.findings),
        *_search_items(context, claim.searches),
        *_analyses(context, claim.analyses),
    ]
    made: list[nodes.Node] = [
        context.paragraph(_("Rests on:"), []),
        nodes.bullet_list("", *items, classes=["claim-rests"]),
    ]
    if claim.against:
        against = nodes.bullet_list("", *_finding_items(context, claim.against), classes=["claim-rests"])
        made += [context.paragraph(_("Against:"), []), against]
    return made


def _note(context: RenderContext, claim: Claim) -> list[nodes.Node]:
    """Name the sources of a claim, its searches by number, its analyses, and the sources against it."""
    parts = [_sources(context, claim.findings)]
    if claim.searches:
        parts.append([nodes.Text(wording.count(len(claim.searches), "search"))])
    parts += [context.role("doc", f"/analyses/{name}") for name in claim.analyses]
    if against := _sources(context, claim.against):
        parts.append([nodes.Text(_("against it ")), *against])
    named = [node for part in parts if part for node in (nodes.Text("; "), *part)]
    return [nodes.Text(_("Rests on ")), *named[1:], nodes.Text(".")]


def _sources(context: RenderContext, names: Sequence[str]) -> list[nodes.Node]:
    """Cite the sources of findings, each once."""
    found = [context.evidence.findings[name].source for name in names if name in context.evidence.findings]
    return context.cite(",".join(dict.fromkeys(found))) if found else []


def _finding_items(context: RenderContext, names: Sequence[str]) -> list[nodes.list_item]:
    """Make one list item for each finding: what it says, its number, its source."""
    items = []
    for name in names:
        if (found := context.evidence.findings.get(name)) is None:
            continue
        words = wording.full(found)
        told = [nodes.Text(f": {words}")] if words else []
        cited = [nodes.Text(" "), *context.cite(found.source), nodes.Text(f", {_(SEEN[found.seen])}.")]
        about = nodes.Text(" " + found.about.rstrip("."))
        items.append(nodes.list_item("", nodes.paragraph("", "", link("finding", name, name), about, *told, *cited)))
    return items


def _search_items(context: RenderContext, names: Sequence[str]) -> list[nodes.list_item]:
    """Make one list item for each search: what was looked for, when, and what came of it."""
    items = []
    for name in names:
        if (search := context.evidence.searches.get(name)) is None:
            continue
        linked = link("search", name, _("Search of %s") % search.date)
        words = nodes.Text(f": {sentence(search.question)} {sentence(search.result)}")
        items.append(nodes.list_item("", nodes.paragraph("", "", linked, words)))
    return items


def _analyses(context: RenderContext, names: Sequence[str]) -> list[nodes.list_item]:
    """Make one list item for each analysis page."""
    return [
        nodes.list_item(
            "", nodes.paragraph("", "", nodes.Text(_("Analysis: ")), *context.role("doc", f"/analyses/{name}"))
        )
        for name in names
    ]
