"""Follow a record along the chain: claim, findings, sources; told as lines of text."""

import difflib
import textwrap
from collections.abc import Iterator

from evidencebook.evidence import formatting, grade, number_check
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import relative_path
from evidencebook.evidence.formatting import SEEN
from evidencebook.evidence.short_citation import cited, listed

_KINDS = ("claim", "finding", "source", "assertion", "search", "outcome")
#: Lines with the depth at which each stands.
Lines = Iterator[tuple[int, str]]


def lines_of(evidence: EvidenceBase, name: str, width: int = 100) -> list[str]:
    """Return the lines that tell of every record with this id, with what it rests on and what rests on it.

    Raises LookupError, with the ids nearest in spelling, when there is none.
    """
    lines: list[str] = []
    for kind, tell in zip(_KINDS, (_claim, _finding, _source, _assertion, _search, _outcome), strict=True):
        if name in evidence.records(kind):
            entry = evidence.entry(kind, name)
            lines += ["", f"{kind} {name}  ({relative_path(entry.path)}:{entry.line})"]
            lines += [line for depth, text in tell(evidence, name) for line in _wrapped(text, depth, width)]
    if not lines:
        near = difflib.get_close_matches(name, [one for kind in _KINDS for one in evidence.records(kind)], n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise LookupError(f'no claim, finding, source, assertion, search or outcome has the id "{name}"{hint}')
    return lines[1:]


def _claim(evidence: EvidenceBase, name: str) -> Lines:
    claim = evidence.claims[name]
    sure = " ".join(filter(None, (grade.in_words(claim.certainty), grade.symbol(claim.certainty))))
    yield 1, number_check.plain(claim.statement, evidence)
    yield 1, f"{sure}; applies to {claim.applies_to}; checked {claim.checked.isoformat()}"
    if line := grade.arithmetic(evidence, claim):
        yield 2, line
    yield from ((2, f"because of {one.domain}: {number_check.plain(one.note, evidence)}") for one in claim.because)
    for lead, text in (("raised because", claim.argument), ("beware", claim.caution)):
        if text:
            yield 2, f"{lead}: {number_check.plain(text, evidence)}"
    yield 2, f"would change it: {claim.would_change}"
    for heading, names in (("rests on", claim.findings), ("against it", claim.against)):
        if names:
            yield 1, heading
        for one in names:
            if one in evidence.findings:
                yield 2, f"{one}: {_result(evidence, one)}"
                yield 3, _origin(evidence, one)
            else:
                yield 2, f"{one} is in no file under findings/"
    found = [evidence.searches[one] for one in claim.searches if one in evidence.searches]
    if claim.searches:
        yield 1, "looked for and not found"
    yield from ((2, f"{search.id}: {search.question}") for search in found)
    if claim.analyses:
        yield 1, f"computed on {', '.join(claim.analyses)}"
    yield from ((1, f"{one.date.isoformat()}: {one.what}") for one in claim.history)
    answered = evidence.assertions_of_claim.get(name, ())
    if answered:
        yield 1, "answers"
    yield from ((2, f"{one}: {_verdict(evidence, one)}") for one in answered)


def _finding(evidence: EvidenceBase, name: str) -> Lines:
    found = evidence.findings[name]
    yield 1, _result(evidence, name)
    people = f", n = {formatting.number(found.n)}" if found.n is not None else ""
    yield 1, f"measure: {found.measure}; in {found.population}{people}"
    if found.comparator:
        yield 1, f"compared with {found.comparator}"
    if found.where:
        yield 1, "; ".join(f"{key}: {value}" for key, value in found.where.items())
    yield 1, f"stands in: {found.locator} ({SEEN[found.seen]})"
    if found.caution:
        yield 1, f"caution: {found.caution}"
    yield 1, _origin(evidence, name)
    users = evidence.claims_of_finding.get(name, ())
    yield 1, "used by" if users else "used by no claim"
    for one in users:
        way = "against " if name in evidence.claims[one].against else ""
        yield 2, f"{way}{one}: {number_check.plain(evidence.claims[one].statement, evidence)}"


def _source(evidence: EvidenceBase, key: str) -> Lines:
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
    made = evidence.assertions[name]
    yield 1, _verdict(evidence, name)
    yield 1, f"answer: {number_check.plain(made.answer, evidence)}"
    if made.fair:
        yield 1, f"fair: {number_check.plain(made.fair, evidence)}"
    for claim in (evidence.claims[one] for one in made.claims if one in evidence.claims):
        way, sure = "against" if claim.id in made.against else "rests on", grade.in_words(claim.certainty)
        yield 1, f"{way} {claim.id} ({sure}): {number_check.plain(claim.statement, evidence)}"


def _search(evidence: EvidenceBase, name: str) -> Lines:
    search = evidence.searches[name]
    yield 1, search.question
    yield 1, f"looked in: {search.where}; on {search.date}; with: {search.terms}"
    yield 1, f"result: {search.result}"
    yield from ((1, f"used by {one}") for one in evidence.claims_of_search.get(name, ()))


def _outcome(evidence: EvidenceBase, name: str) -> Lines:
    yield 1, f"{evidence.outcomes[name].name} ({evidence.outcomes[name].group})"
    yield from ((1, f"claim {one}") for one in evidence.claims_of_outcome.get(name, ()))


def _origin(evidence: EvidenceBase, finding: str) -> str:
    key = evidence.findings[finding].source
    return f"from {_cited(evidence, key)}" if key in evidence.sources else f'from "{key}", which is not in sources.bib'


def _result(evidence: EvidenceBase, name: str) -> str:
    found = evidence.findings[name]
    return " | ".join(filter(None, (formatting.full(found), found.about)))


def _verdict(evidence: EvidenceBase, name: str) -> str:
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
