"""Turn records into standard docutils nodes: every writer knows them, no format needs its own code."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docutils import nodes

from evidencebook.evidence import dates as days
from evidencebook.evidence import formatting as wording
from evidencebook.evidence import grade as certainty
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.formatting import SEEN
from evidencebook.evidence.models import Claim, Finding, Search, Source
from evidencebook.evidence.short_citation import cited
from evidencebook.locale import _, gettext_noop
from evidencebook.pages.domain import anchor
from evidencebook.pages.nodes.record_text import Role
from evidencebook.pages.roles import link

Parse = Callable[[str], list[nodes.Node]]
#: What stands beside a claim that nobody has held against the evidence for long.
_STALE = (gettext_noop("Not checked for over %s months"), gettext_noop("not checked for over %s months"))


@dataclass(frozen=True)
class RenderContext:
    """Hold what rendering needs: the evidence base, the parser of its texts, the day on which age is counted."""

    evidence: EvidenceBase
    parse: Parse
    #: Run a role of the page, as cite:p.
    role: Role
    day: dt.date | None = None
    #: What is said of the checks of a source, where it stands otherwise than most.
    checks: Mapping[str, str] = field(default_factory=dict)

    def paragraph(self, lead: str, text: str | Sequence[nodes.Node]) -> nodes.paragraph:
        """Write a paragraph that begins with a bold lead-in."""
        body = self.parse(text) if isinstance(text, str) else text
        return nodes.paragraph("", "", nodes.strong(lead, lead), nodes.Text(" "), *body)

    def stale(self, claim: Claim, *, begins: bool = True) -> str:
        """Say that a claim was not checked for long, or nothing; `begins` tells whether a sentence begins with it."""
        return _(_STALE[not begins]) % days.MONTHS if days.is_stale(claim.checked, self.day) else ""

    def cite(self, key: str) -> list[nodes.Node]:
        """Cite a source through the bibliography extension."""
        return self.role("cite:p", key)


def target(kind: str, name: str) -> nodes.target:
    """Make an anchor of its own: an id on the box itself is lost in LaTeX."""
    place = anchor(kind, name)
    return nodes.target("", "", ids=[place], names=[place])


def claim_line(context: RenderContext, name: str, claim: Claim) -> nodes.list_item:
    """Make one line of a short list: the statement, then its certainty as a link to the card."""
    told = link("claim", name, certainty.in_words(claim.certainty))
    drawn = certainty.symbol(claim.certainty)
    stale = f"; {context.stale(claim, begins=False)}" if context.stale(claim) else ""
    tail = [nodes.Text(" ("), told, nodes.Text(f"{f' {drawn}' if drawn else ''}{stale})")]
    return nodes.list_item("", nodes.paragraph("", "", *context.parse(claim.statement), *tail))


def claim_row(context: RenderContext, name: str, claim: Claim) -> list[list[nodes.Node]]:
    """Make the cells of a claim: statement, certainty, whom it applies to, what it rests on."""
    stale = f". {context.stale(claim)}." if context.stale(claim) else ""
    drawn = f" {certainty.symbol(claim.certainty)}{stale}"
    return [
        [*context.parse(claim.statement)],
        [link("claim", name, certainty.in_words(claim.certainty)), nodes.Text(drawn)],
        [nodes.Text(_(claim.applies_to))],
        [nodes.Text(rests_on(claim))],
    ]


def finding_row(context: RenderContext, name: str, found: Finding) -> list[list[nodes.Node]]:
    """Make the cells of a finding: its id, what was found and in whom, and where it stands."""
    words = wording.full(found)
    said: list[nodes.Node] = [nodes.Text(found.about + " ")]
    if words:
        said += [
            nodes.strong(words, words),
            nodes.Text(". " if found.n is None else f", n = {wording.number(found.n)}. "),
        ]
    said.append(nodes.Text(f"{sentence(found.population)} {sentence(found.caution or '')}".strip()))
    used = links("claim", context.evidence.claims_of_finding.get(name, ()))
    where: list[nodes.Node] = [*context.cite(found.source), nodes.Text(f", {_(SEEN[found.seen])}")]
    return [[nodes.Text(name)], said, [*where, nodes.Text(_(". Used in: ") if used else "."), *used]]


def source_row(context: RenderContext, key: str, source: Source) -> list[list[nodes.Node]]:
    """Make the cells of a source: citation, design, and the findings taken from it or the reason why there are none."""
    flags = "".join(f", {_(flag)}" for flag in source.flags)
    checked = f". {context.checks[key]}" if key in context.checks else ""
    design: list[nodes.Node] = [nodes.Text(f"{_(source.design)}{flags}; {_(SEEN[source.seen])}{checked}")]
    if reason := context.evidence.excluded_sources.get(key):
        return [_reference(source), design, [nodes.Text(sentence(reason))]]
    return [context.cite(key), design, links("finding", context.evidence.findings_of_source.get(key, ()))]


def _reference(source: Source) -> list[nodes.Node]:
    """Write a source that the bibliography does not hold, linked to its DOI, PubMed or page."""
    words = f"{cited(source)}. {source.title}"
    if source.href is None:
        return [nodes.Text(words)]
    return [nodes.reference("", "", nodes.Text(words), refuri=source.href, internal=False)]


def search_row(context: RenderContext, name: str, search: Search) -> list[list[nodes.Node]]:
    """Make the cells of a search: what was asked, how, and what came of it."""
    used = links("claim", context.evidence.claims_of_search.get(name, ()))
    how = " ".join((sentence(search.where), _("Terms:"), sentence(search.terms), f"{search.date}."))
    return [
        [nodes.Text(search.question)],
        [nodes.Text(how)],
        [nodes.Text(sentence(search.result) + (_(" Used in: ") if used else "")), *used],
    ]


def table(
    heads: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[tuple[nodes.target | None, list[list[nodes.Node]]]],
    kind: str,
) -> nodes.table:
    """Make a table with a header row; a row's anchor stands in its first cell."""
    made = nodes.table(classes=["evidence", f"evidence-{kind}", "colwidths-given", "longtable"])
    group = nodes.tgroup(cols=len(heads))
    made += group
    group += [nodes.colspec(colwidth=width) for width in widths]
    group += nodes.thead("", _row([[nodes.Text(_(head))] for head in heads], None))
    group += nodes.tbody("", *(_row(cells, place) for place, cells in rows))
    return made


def _row(cells: list[list[nodes.Node]], place: nodes.target | None) -> nodes.row:
    """Make a row of the cells."""
    entries = [nodes.entry("", *_blocks(cell)) for cell in cells]
    if place is not None:
        entries[0].insert(0, place)
    return nodes.row("", *entries)


def _blocks(cell: list[nodes.Node]) -> list[nodes.Node]:
    """Give the paragraphs of a cell; words that stand in none get one of their own."""
    return cell if cell and isinstance(cell[0], nodes.paragraph) else [nodes.paragraph("", "", *cell)]


def rests_on(claim: Claim) -> str:
    """Count what a claim rests on, as "3 findings, 1 search"."""
    named = ((claim.findings, "finding"), (claim.searches, "search"), (claim.analyses, "analysis"))
    counts = [wording.count(len(names), word) for names, word in named if names]
    if claim.against:
        counts.append(_("%s against") % wording.count(len(claim.against), "finding"))
    return ", ".join(counts)


def links(kind: str, names: Sequence[str]) -> list[nodes.Node]:
    """Link to records, with commas between; a claim is named in words, a finding by its id."""
    linked: list[nodes.Node] = []
    for name in names:
        linked += [link(kind, name, name if kind == "finding" else name.replace("-", " ")), nodes.Text(", ")]
    return linked[:-1]


def sentence(text: str) -> str:
    """End a text with a full stop and begin it with a capital letter."""
    text = text.strip()
    return "" if not text else text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
