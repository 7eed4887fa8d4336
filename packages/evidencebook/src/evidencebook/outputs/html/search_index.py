"""Say which words find which record or section; the browser makes its index of these rows."""

from collections.abc import Iterable

from evidencebook.evidence import formatting, grade, number_check
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.short_citation import cited, listed
from evidencebook.locale import _
from evidencebook.outputs.data.exports import Address

#: Kind, title, text, address, further words that find it. The kinds: c claim, f finding, s source, p section of a page,
#: h section of a page that answers a reader first.
Row = tuple[str, str, str, str, str]


def rows(evidence: EvidenceBase, page: Address, sections: Iterable[Row]) -> list[Row]:
    """Return a row for each record that is shown somewhere, and those of sections; an excluded source has none."""
    made = [*_claims(evidence, page), *_findings(evidence, page), *_sources(evidence, page), *sections]
    return [row for row in made if row[3]]


def _claims(evidence: EvidenceBase, page: Address) -> Iterable[Row]:
    """Find a claim by its sentence, its reasons and its name."""
    for name, claim in evidence.claims.items():
        notes = (*(reason.note for reason in claim.because), claim.caution or "")
        reasons = (number_check.plain(note, evidence) for note in notes if note)
        text = ". ".join([grade.begins(claim.certainty), *reasons])
        yield "c", number_check.plain(claim.statement, evidence), text, page("claim", name) or "", name


def _findings(evidence: EvidenceBase, page: Address) -> Iterable[Row]:
    """Find a finding by what it is about, in whom, and by its name and source."""
    for name, found in evidence.findings.items():
        source = evidence.sources.get(found.source)
        text = ". ".join(part for part in (formatting.full(found), found.population, found.caution) if part)
        yield "f", found.about, text, page("finding", name) or "", f"{name} {cited(source) if source else ''}".strip()


def _sources(evidence: EvidenceBase, page: Address) -> Iterable[Row]:
    """Find a source by its title, authors, year and design."""
    for key, source in evidence.sources.items():
        if key in evidence.excluded_sources:
            continue
        text = f"{listed(source)}. {_(source.design).replace('-', ' ')}"
        yield "s", f"{cited(source)}. {source.title}", text, page("source", key) or "", key
