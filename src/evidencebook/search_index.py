"""Say which words find which record or section; the browser makes its index of these rows."""

from collections.abc import Iterable

from evidencebook import certainty, mentions, wording
from evidencebook.citing import cited
from evidencebook.exports import Page
from evidencebook.ledger import Ledger

#: Kind (c claim, f finding, s source, p section of a page), title, text, address, further words that find it.
Row = tuple[str, str, str, str, str]


def rows(ledger: Ledger, page: Page, sections: Iterable[tuple[str, str, str]]) -> list[Row]:
    """Return a row for each record that is shown somewhere, and for each section as title, text and address."""
    made = [
        *_claims(ledger, page),
        *_findings(ledger, page),
        *_sources(ledger, page),
        *(("p", title, text, address, "") for title, text, address in sections),
    ]
    return [row for row in made if row[3]]


def _claims(ledger: Ledger, page: Page) -> Iterable[Row]:
    """Find a claim by its sentence, its reasons and its name."""
    for name, claim in ledger.claims.items():
        reasons = (mentions.plain(reason.note, ledger) for reason in claim.because)
        text = ". ".join([certainty.in_words(claim.certainty).capitalize(), *reasons])
        yield "c", mentions.plain(claim.statement, ledger), text, page("claim", name) or "", name


def _findings(ledger: Ledger, page: Page) -> Iterable[Row]:
    """Find a finding by what it is about, in whom, and by its name and source."""
    for name, found in ledger.findings.items():
        source = ledger.sources.get(found.source)
        text = ". ".join(part for part in (wording.full(found), found.population, found.caution) if part)
        yield "f", found.about, text, page("finding", name) or "", f"{name} {cited(source) if source else ''}".strip()


def _sources(ledger: Ledger, page: Page) -> Iterable[Row]:
    """Find a source by its title, authors, year and design."""
    for key, source in ledger.sources.items():
        text = f"{'; '.join(source.authors)}. {source.design.replace('-', ' ')}"
        yield "s", f"{cited(source)}. {source.title}", text, page("source", key) or "", key
