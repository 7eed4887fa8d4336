"""Say which words find which record or section; the browser makes its index of these rows."""

from collections.abc import Iterable

from evidencebook.evidence import formatting as wording
from evidencebook.evidence import grade as certainty
from evidencebook.evidence import number_check as mentions
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.short_citation import cited
from evidencebook.outputs.data.exports import Page

#: Kind (c claim, f finding, s source, p section of a page), title, text, address, further words that find it.
Row = tuple[str, str, str, str, str]


def rows(evidence: EvidenceBase, page: Page, sections: Iterable[tuple[str, str, str]]) -> list[Row]:
    """Return a row for each record that is shown somewhere, and for each section as title, text and address."""
    made = [
        *_claims(evidence, page),
        *_findings(evidence, page),
        *_sources(evidence, page),
        *(("p", title, text, address, "") for title, text, address in sections),
    ]
    return [row for row in made if row[3]]


def _claims(evidence: EvidenceBase, page: Page) -> Iterable[Row]:
    """Find a claim by its sentence, its reasons and its name."""
    for name, claim in evidence.claims.items():
        notes = (*(reason.note for reason in claim.because), claim.caution or "")
        reasons = (mentions.plain(note, evidence) for note in notes if note)
        text = ". ".join([certainty.in_words(claim.certainty).capitalize(), *reasons])
        yield "c", mentions.plain(claim.statement, evidence), text, page("claim", name) or "", name


def _findings(evidence: EvidenceBase, page: Page) -> Iterable[Row]:
    """Find a finding by what it is about, in whom, and by its name and source."""
    for name, found in evidence.findings.items():
        source = evidence.sources.get(found.source)
        text = ". ".join(part for part in (wording.full(found), found.population, found.caution) if part)
        yield "f", found.about, text, page("finding", name) or "", f"{name} {cited(source) if source else ''}".strip()


def _sources(evidence: EvidenceBase, page: Page) -> Iterable[Row]:
    """Find a source by its title, authors, year and design."""
    for key, source in evidence.sources.items():
        text = f"{'; '.join(source.authors)}. {source.design.replace('-', ' ')}"
        yield "s", f"{cited(source)}. {source.title}", text, page("source", key) or "", key
