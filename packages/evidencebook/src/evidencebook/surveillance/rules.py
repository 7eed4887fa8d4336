"""Check what decisions and checks must keep with the evidence; each rule yields (kind, name, message)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencebook.evidence import number_check as mentions
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.evidence.models import Claim
from evidencebook.surveillance.models import Check

if TYPE_CHECKING:  # the base calls the rules
    from evidencebook.surveillance.base import Living

Complaint = tuple[str, str, str]


def broken(living: Living, evidence: EvidenceBase) -> list[Diagnostic]:
    """Return one problem for each rule that an entry breaks."""
    problems = []
    for rule in (references, stubs, retractions):
        for kind, name, message in rule(living, evidence):
            entry = living.entries.get((kind, name)) or evidence.entry(kind, name)
            problems.append(Diagnostic(relative_path(entry.path), entry.line, f"{kind} {name}: {message}"))
    return problems


def references(living: Living, evidence: EvidenceBase) -> Iterator[Complaint]:
    """Decisions are on records of the queue, checks on sources of the bibliography, each thing checked once."""
    for name, made in living.decisions.items():
        if made.id not in living.candidates:
            yield "decision", name, f'record "{made.id}" is not in queue.yml; remove the line or mend the id'
    twice = Counter((check.source, check.what) for check in living.checks)
    for index, check in enumerate(living.checks):
        if not evidence.knows("source", check.source):
            yield "check", str(index), f'source "{check.source}" is not in sources.bib; remove the line or mend the key'
        if twice[check.source, check.what] > 1:
            yield (
                "check",
                str(index),
                f'the {check.what} of source "{check.source}" is checked twice; keep the later one',
            )


def stubs(living: Living, evidence: EvidenceBase) -> Iterator[Complaint]:
    """Have the stub of an included source go when its entry stands in the bibliography."""
    for name, source in living.waiting.items():
        if evidence.knows("source", source.key):
            yield (
                "waiting",
                name,
                (
                    f'sources.bib has a source "{source.key}" already; if it is this one, remove this file, '
                    "else give this one another key"
                ),
            )


def retractions(living: Living, evidence: EvidenceBase) -> Iterator[Complaint]:
    """No claim rests on a retracted source until a person has weighed the claim again."""
    for check in living.checks:
        if check.what != "notice" or check.outcome != "retracted" or check.source not in evidence.sources:
            continue
        notice = f" (see {', '.join(check.value.split())})" if check.value else ""
        how = "name the notice" if check.value else 'write "retracted"'
        for name in unweighed(evidence, check):
            yield (
                "claim",
                name,
                f"rests on source {check.source}, which was retracted{notice}, seen {check.since}; take its "
                f"findings out, or {how} in the note of the source in sources.bib, weigh the claim again "
                f"and set checked to the day, {check.since} or later",
            )


def unweighed(evidence: EvidenceBase, check: Check) -> list[str]:
    """List the claims on a source that nobody has held against what a check saw of it, and named in its note."""
    if not named(evidence.sources[check.source].note, check):
        return claims_on(evidence, check.source)
    return unweighed_since(evidence, check.source, check.since)


def unweighed_since(evidence: EvidenceBase, source: str, day: dt.date) -> list[str]:
    """List the claims on a source that nobody has held against the evidence since a day."""
    return [name for name in claims_on(evidence, source) if evidence.claims[name].checked < day]


def named(note: str, check: Check) -> bool:
    """Tell whether the note of a source names every notice that a check saw, whole and not as part of another."""
    text = note.lower().replace("–", "--")  # the reader of BibTeX makes one dash of two, in a DOI as well
    if not check.value:
        return re.search(_KINDS.get(check.outcome, r"(?!)"), text) is not None
    return all(re.search(_whole(name), text) for name in check.value.lower().split())


#: What a note says of a notice that has no name.
_KINDS = {"retracted": r"\bretract(ed|ion)\b", "concern": r"\bconcern\b"}


def _whole(name: str) -> str:
    """Find a DOI bare or in an address, a PubMed number with or without its space, neither within another."""
    wanted = re.escape(name).replace("pmid:", r"pmid:?\s*")
    return rf"(?<![\w.]){wanted}(?![\w/]|[.\-]\w)"


def claims_on(evidence: EvidenceBase, source: str) -> list[str]:
    """List the claims for or against which a finding of the source stands, or which quote one in their words."""
    findings = frozenset(evidence.findings_of_source.get(source, ()))
    return sorted(
        name
        for name, claim in evidence.claims.items()
        if not findings.isdisjoint((*claim.findings, *claim.against, *_quoted(claim)))
    )


def _quoted(claim: Claim) -> Iterator[str]:
    """Yield the findings whose numbers stand in the sentence of a claim, in its reasons, argument or caution."""
    notes = (reason.note for reason in claim.because)
    for text in (claim.statement, *notes, claim.argument or "", claim.caution or ""):
        yield from mentions.quoted(text)
