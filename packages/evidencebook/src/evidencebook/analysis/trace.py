"""Follow a record along the chain: claim, findings, sources; told as lines of text."""

import difflib
import textwrap
from collections.abc import Iterator

from evidencebook.evidence import formatting as wording
from evidencebook.evidence import grade as certainty
from evidencebook.evidence import number_check as mentions
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import relative_path
from evidencebook.evidence.formatting import SEEN
from evidencebook.evidence.short_citation import cited, listed

_SHELVES = {
    "claim": "claims",
    "finding": "findings",
    "source": "sources",
    "assertion": "assertions",
    "search": "searches",
    "outcome": "outcomes",
}


def lines_of(evidence: EvidenceBase, name: str, width: int = 100) -> list[str]:
    """Return the lines that tell of every record with this id, with what it rests on and what rests on it.

    Raises LookupError, with the ids nearest in spelling, when there is none.
    """
    kinds = [kind for kind, shelf in _SHELVES.items() if name in getattr(evidence, shelf)]
    if not kinds:
        known = [one for shelf in _SHELVES.values() for one in getattr(evidence, shelf)]
        near = difflib.get_close_matches(name, known, n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise LookupError(f'no claim, finding, source, assertion, search or outcome has the id "{name}"{hint}')
    lines: list[str] = []
    for kind in kinds:
        entry = evidence.entry(kind, name)
        lines += [f"{kind} {name}  ({relative_path(entry.path)}:{entry.line})"]
        for depth, text in _TOLD[kind](evidence, name):
            lines += _wrapped(text, depth, width)
        lines.append("")
    return lines[:-1]


Lines = Iterator[tuple[int, str]]


def _claim(evidence: EvidenceBase, name: str) -> Lines:
    """Tell a claim: statement, certainty, reasons, what it rests on down to the sources."""
    claim = evidence.claims[name]
    grade = " ".join(filter(None, (certainty.in_words(claim.certainty), certainty.symbol(claim.certainty))))
    yield 1, mentions.plain(claim.statement, evidence)
    yield 1, f"{grade}; applies to {claim.applies_to}; checked {claim.checked.isoformat()}"
    if line := certainty.arithmetic(evidence, claim):
        yield 2, line
    yield from ((2, f"because of {one.domain}: {mentions.plain(one.note, evidence)}") for one in claim.because)
    for lead, text in (("raised because", claim.argument), ("beware", claim.caution)):
        if text:
            yield 2, f"{lead}: {mentions.plain(text, evidence)}"
    yield 2, f"would change it: {claim.would_change}"
    yield from _named(evidence, "rests on", claim.findings)
    yield from _named(evidence, "against it", claim.against)
    if claim.searches:
        yield 1, "looked for and not found"
        yield from (
            (2, f"{one}: {evidence.searches[one].question}") for one in claim.searches if one in evidence.searches
        )
    if claim.analyses:
        yield 1, f"computed on {', '.join(claim.analyses)}"
    yield from ((1, f"{one.date.isoformat()}: {one.what}") for one in claim.history)
    yield from _answers(evidence, name)


def _named(evidence: EvidenceBase, heading: str, names: tuple[str, ...]) -> Lines:
    """Tell each finding with its source below it."""
    if names:
        yield 1, heading
    for name in names:
        if name not in evidence.findings:
            yield 2, f"{name} is in no file under findings/"
            continue
        yield 2, f"{name}: {_result(evidence, name)}"
        yield from ((3, text) for _, text in _from(evidence, name))


def _answers(evidence: EvidenceBase, claim: str) -> Lines:
    """Tell the assertions that a claim answers."""
    if names := evidence.assertions_of_claim.get(claim):
        yield 1, "answers"
        yield from ((2, f"{one}: {_verdict(evidence, one)}") for one in names)


def _finding(evidence: EvidenceBase, name: str) -> Lines:
    """Tell a finding: the result, in whom, how it was seen, its source, and the claims that use it."""
    found = evidence.findings[name]
    yield 1, _result(evidence, name)
    people = f", n = {wording.number(found.n)}" if found.n is not None else ""
    yield 1, f"measure: {found.measure}; in {found.population}{people}"
    if found.comparator:
        yield 1, f"compared with {found.comparator}"
    if found.where:
        yield 1, "; ".join(f"{key}: {value}" for key, value in found.where.items())
    yield 1, f"stands in: {found.locator} ({SEEN[found.seen]})"
    if found.caution:
        yield 1, f"caution: {found.caution}"
    yield from _from(evidence, name)
    yield from _users(evidence, name)


def _from(evidence: EvidenceBase, finding: str) -> Lines:
    """Tell the source of a finding."""
    key = evidence.findings[finding].source
    yield (
        1,
        f"from {_cited(evidence, key)}" if key in evidence.sources else f'from "{key}", which is not in sources.bib',
    )


def _users(evidence: EvidenceBase, finding: str) -> Lines:
    """Tell the claims that use a finding."""
    names = evidence.claims_of_finding.get(finding, ())
    yield 1, "used by" if names else "used by no claim"
    for name in names:
        way = "against " if finding in evidence.claims[name].against else ""
        yield 2, f"{way}{name}: {mentions.plain(evidence.claims[name].statement, evidence)}"


def _source(evidence: EvidenceBase, key: str) -> Lines:
    """Tell a source, and what was taken from it."""
    source = evidence.sources[key]
    yield 1, _cited(evidence, key)
    if source.authors:
        yield 1, f"by {listed(source)}"
    if source.note:
        yield 1, f"note: {source.note}"
    if key in evidence.excluded_sources:
        yield 1, f"not used: {evidence.excluded_sources[key]}"
    for name in evidence.findings_of_source.get(key, ()):
        yield 1, f"{name}: {_result(evidence, name)}"
        yield from ((2, f"used by {one}") for one in evidence.claims_of_finding.get(name, ()))


def _assertion(evidence: EvidenceBase, name: str) -> Lines:
    """Tell a statement of the examined text, the verdict, and the claims that it rests on."""
    made = evidence.assertions[name]
    yield 1, _verdict(evidence, name)
    yield 1, f"answer: {mentions.plain(made.answer, evidence)}"
    if made.fair:
        yield 1, f"fair: {mentions.plain(made.fair, evidence)}"
    for one in made.claims:
        if one in evidence.claims:
            way = "against" if one in made.against else "rests on"
            claim = evidence.claims[one]
            yield 1, f"{way} {one} ({certainty.in_words(claim.certainty)}): {mentions.plain(claim.statement, evidence)}"


def _search(evidence: EvidenceBase, name: str) -> Lines:
    """Tell what was looked for, and the claims that rest on it."""
    search = evidence.searches[name]
    yield 1, search.question
    yield 1, f"looked in: {search.where}; on {search.date}; with: {search.terms}"
    yield 1, f"result: {search.result}"
    yield from ((1, f"used by {one}") for one in evidence.claims_of_search.get(name, ()))


def _outcome(evidence: EvidenceBase, name: str) -> Lines:
    """Tell a row of the evidence map, and the claims that speak to it."""
    yield 1, f"{evidence.outcomes[name].name} ({evidence.outcomes[name].group})"
    yield from ((1, f"claim {one}") for one in evidence.claims_of_outcome.get(name, ()))


_TOLD = {
    "claim": _claim,
    "finding": _finding,
    "source": _source,
    "assertion": _assertion,
    "search": _search,
    "outcome": _outcome,
}


def _result(evidence: EvidenceBase, name: str) -> str:
    """Write a finding's number, where it has one, and what it is about."""
    found = evidence.findings[name]
    return " | ".join(filter(None, (wording.full(found), found.about)))


def _verdict(evidence: EvidenceBase, name: str) -> str:
    """Write a statement and its verdict."""
    return f'"{evidence.assertions[name].statement}" is {evidence.assertions[name].verdict}'


def _cited(evidence: EvidenceBase, key: str) -> str:
    """Write a source in one line: who, what, which design, how much of it was seen, where it is."""
    source = evidence.sources[key]
    kind = "; ".join((source.design, *source.flags, SEEN[source.seen]))
    return " ".join(filter(None, (f"{cited(source)} [{key}]. {source.title.rstrip('.')}. ({kind})", source.href)))


def _wrapped(text: str, depth: int, width: int) -> list[str]:
    """Indent a text and break it into lines; an address is never broken."""
    return textwrap.wrap(
        text,
        width,
        initial_indent="  " * depth,
        subsequent_indent="  " * (depth + 1),
        break_long_words=False,
        break_on_hyphens=False,
    )
