"""Put what a text says of findings into words, and find what it says of none."""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from evidencebook.evidence import formatting as wording
from evidencebook.evidence.base import ANY, EvidenceBase
from evidencebook.evidence.models import Claim, Finding

#: The parts of a finding that a sentence may quote: role name after "finding:" to the words it gives.
PARTS: dict[str, Callable[[Finding, str], str]] = {
    "value": wording.value,
    "number": wording.bare,
    "spread": wording.spread,
    "of": lambda finding, _: wording.of(finding),
    "n": lambda finding, _: "" if finding.n is None else wording.number(finding.n),
    "low": lambda finding, spec: _end(finding, "low", spec),
    "high": lambda finding, spec: _end(finding, "high", spec),
    "where": lambda finding, key: str(finding.where.get(key, "")),
    "call": lambda finding, key: str(finding.where.get(key or "phone", "")),
}

_ROLE = re.compile(r"\{(?P<role>[a-z:]+)\}`(?P<text>[^`]*)`")


def quote(evidence: EvidenceBase, part: str, text: str) -> str:
    """Give the words for a role such as finding:value with the text "PK-001:.1f"; raise LookupError with advice."""
    name, _, spec = text.strip().partition(":")
    if name not in evidence.findings:
        raise LookupError(f'finding "{name}", which is in no file under findings/')
    if part not in PARTS:
        raise LookupError(f'the part "{part}"; a finding has {", ".join(PARTS)}')
    try:
        words = PARTS[part](evidence.findings[name], spec)
    except ValueError as broken:
        raise LookupError(f'the format "{spec}" for {name}: {broken}') from broken
    if not words:
        raise LookupError(f"the {part}{f' {spec}' if spec else ''} of finding {name}, which has none")
    return words


def result(evidence: EvidenceBase, text: str) -> str:
    """Give the words for {result}`page:name:.2f`, what an analysis computed; raise LookupError with advice."""
    page, _, rest = text.strip().partition(":")
    name, _, spec = rest.partition(":")
    if page not in evidence.results or name not in evidence.results[page].numbers:
        raise LookupError(f'result "{page}:{name}", which is not in results.yml; build, then run: evidencebook results')
    try:
        return wording.number(evidence.results[page].numbers[name], spec)
    except ValueError as broken:
        raise LookupError(f'the format "{spec}" for result {page}:{name}: {broken}') from broken


def stated_results(text: str) -> Iterator[tuple[str, str]]:
    """Yield page and name of each result of an analysis in a text."""
    for found in _ROLE.finditer(text):
        if found["role"] == "result":
            page, _, rest = found["text"].strip().partition(":")
            yield page, rest.partition(":")[0]


def sentences(claim: Claim) -> Iterator[str]:
    """Yield the texts of a claim in which numbers may stand."""
    yield from (claim.statement, *(reason.note for reason in claim.because), claim.argument or "", claim.caution or "")


def unresolved(text: str, evidence: EvidenceBase) -> Iterator[str]:
    """Yield what is wrong with each role in a text of the evidence base."""
    for found in _ROLE.finditer(text):
        role, _, part = found["role"].partition(":")
        if role == "finding" and part:
            name = found["text"].partition(":")[0]
            if name not in evidence.findings and evidence.knows("finding", name):
                continue  # it stands in a file but could not be read, which is told there
            try:
                quote(evidence, part, found["text"])
            except LookupError as wrong:
                yield str(wrong.args[0])
        elif role == "result" and not evidence.unreadable & {("result", ANY)}:
            try:
                result(evidence, found["text"])
            except LookupError as wrong:
                yield str(wrong.args[0])
        elif role == "claim" and found["text"] not in evidence.claims:
            yield f'claim "{found["text"]}", which is in no file under claims/'


def quoted(text: str) -> Iterator[str]:
    """Yield the findings that a text of the evidence base quotes."""
    for found in _ROLE.finditer(text):
        if found["role"].startswith("finding"):
            yield found["text"].strip().partition(":")[0]


def quoted_by(claim: Claim) -> Iterator[str]:
    """Yield the findings whose numbers the texts of a claim quote."""
    return chain.from_iterable(map(quoted, sentences(claim)))


def plain(text: str, evidence: EvidenceBase) -> str:
    """Write a text of the evidence base with its roles put into words; what cannot be had, told elsewhere, stays."""

    def words(found: re.Match[str]) -> str:
        role, _, part = found["role"].partition(":")
        try:
            if role == "finding" and part:
                return quote(evidence, part, found["text"])
            return result(evidence, found["text"]) if role == "result" else found["text"]
        except LookupError:
            return found[0]

    return _ROLE.sub(words, text)


def _end(finding: Finding, end: str, spec: str) -> str:
    known = getattr(finding.spread, end, None)
    return "" if known is None else wording.number(known, spec)
