"""Tell of a record found, on lines that a terminal can show."""

import textwrap
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate, Decision
from evidencebook.surveillance.screen.oneline import one_line
from evidencebook.surveillance.screen.screening import state

#: How a line is meant, and what it says; the terminal decides how that looks.
Line = tuple[str, str]
_SERVICES: Mapping[str, str] = {
    "pubmed": "PubMed",
    "europe-pmc": "Europe PMC",
    "crossref": "Crossref",
    "clinicaltrials": "ClinicalTrials.gov",
    "federal-register": "Federal Register",
}
_DONE: Mapping[str, str] = {"include": "included", "exclude": "excluded", "later": "put off"}
_LABEL = 10
_MOST_AUTHORS = 6


def told(living: Living, candidate: Candidate, width: int, place: str = "") -> Iterator[Line]:
    """Yield a record: what it is, where it stands, where it was found, what was decided, what it says of itself."""
    is_in = state(living, candidate.id)
    yield "rule", _rule(place, is_in, width)
    yield from (("title", line) for line in wrapped(candidate.title, width))
    yield from (("", line) for line in wrapped(_people(candidate), width))
    about = (str(candidate.year or "no year"), candidate.venue, candidate.kind, candidate.status)
    yield from (("", line) for line in wrapped(" · ".join(one for one in about if one), width))
    yield "", ""
    for label, text in _facts(candidate):
        yield from (("", line) for line in _labelled(label, text, width))
    for person, made in living.decided.get(candidate.id, {}).items():
        words = f"{person} {said(made)}"
        yield from (("warn" if is_in == "disputed" else "", line) for line in _labelled("Decided", words, width))
    if is_in == "disputed":
        yield from (("warn", line) for line in _labelled("", "They disagree: talk, then one decides again.", width))
    yield "", ""
    yield from (("", line) for line in wrapped(candidate.abstract or "No abstract is known.", width))
    yield "", ""


def said(made: Decision) -> str:
    """Say what one person decided, when and why."""
    why = f": {one_line(made.reason)}" if made.reason else ""
    return f"{_DONE[made.decision]} it on {made.date}{why}"


def in_short(candidate: Candidate, width: int) -> str:
    """Name a record on one line."""
    line = f"{candidate.id}  {candidate.year or '    '}  {one_line(candidate.title)}"
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def link(candidate: Candidate) -> str | None:
    """Give the address at which the record can be read, the surest first."""
    return next((text for label, text in _facts(candidate) if text.startswith("http")), None)


def _facts(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """Yield what identifies the record, with its address, and where it was seen."""
    if candidate.doi:
        yield "DOI", f"https://doi.org/{quote(candidate.doi, safe='/:;()._-')}"
    if candidate.pmid:
        yield "PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{candidate.pmid}/"
    if candidate.registry:
        yield "Register", candidate.registry
    if candidate.url:
        yield "Page", candidate.url
    for seen in candidate.found:
        yield "Found", f"{seen.date} in {_SERVICES[seen.service]}, by the query {seen.query}"
    yield "Record", candidate.id


def _people(candidate: Candidate) -> str:
    """Name the first authors, and count the rest."""
    names = [*candidate.authors[:_MOST_AUTHORS]]
    more = len(candidate.authors) - len(names)
    return "; ".join([*names, *([f"and {more} more"] if more else [])]) or "no authors named"


def _rule(place: str, is_in: str, width: int) -> str:
    """Draw the line between records."""
    left, right = f"── {place} " if place else "──", f" {is_in} ──"
    return left + "─" * max(width - len(left) - len(right), 2) + right


def _labelled(label: str, text: str, width: int) -> list[str]:
    """Put a label before a text; an address that would be broken gets a line of its own, so that it can be opened."""
    if text.startswith("http") and _LABEL + len(text) > width:
        return [label, text]
    return wrapped(text, width, f"{label:<{_LABEL}}", " " * _LABEL)


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Break a text into lines at its spaces."""
    return textwrap.wrap(
        one_line(text),
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
