"""Check what decisions and checks must keep with the evidence; each rule yields (kind, name, message)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencebook.ledger import Ledger
from evidencebook.living.records import Check
from evidencebook.problems import Problem, shown
from evidencebook.records import Claim

if TYPE_CHECKING:  # the base calls the rules
    from evidencebook.living.base import Living

Complaint = tuple[str, str, str]


def broken(living: Living, ledger: Ledger) -> list[Problem]:
    """Return one problem for each rule that an entry breaks."""
    problems = []
    for rule in (references, stubs, retractions):
        for kind, name, message in rule(living, ledger):
            entry = living.entries.get((kind, name)) or ledger.entry(kind, name)
            problems.append(Problem(shown(entry.path), entry.line, f"{kind} {name}: {message}"))
    return problems


def references(living: Living, ledger: Ledger) -> Iterator[Complaint]:
    """Decisions are on records of the queue, checks on sources of the bibliography, each thing checked once."""
    for name, made in living.decisions.items():
        if made.id not in living.candidates:
            yield "decision", name, f'record "{made.id}" is not in queue.yml; remove the line or mend the id'
    twice = Counter((check.source, check.what) for check in living.checks)
    for index, check in enumerate(living.checks):
        if not ledger.knows("source", check.source):
            yield "check", str(index), f'source "{check.source}" is not in sources.bib; remove the line or mend the key'
        if twice[check.source, check.what] > 1:
            yield (
                "check",
                str(index),
                f'the {check.what} of source "{check.source}" is checked twice; keep the later one',
            )


def stubs(living: Living, ledger: Ledger) -> Iterator[Complaint]:
    """Have the stub of an included source go when its entry stands in the bibliography."""
    for name, source in living.waiting.items():
        if ledger.knows("source", source.key):
            yield (
                "waiting",
                name,
                (
                    f'sources.bib has a source "{source.key}" already; if it is this one, remove this file, '
                    "else give this one another key"
                ),
            )


def retractions(living: Living, ledger: Ledger) -> Iterator[Complaint]:
    """No claim rests on a retracted source until a person has weighed the claim again."""
    for check in living.checks:
        if check.what != "notice" or check.outcome != "retracted" or check.source not in ledger.sources:
            continue
        for name in _claims_on(ledger, check.source):
            if not _dealt_with(ledger, check, ledger.claims[name]):
                notice = f" (see {check.value})" if check.value else ""
                yield (
                    "claim",
                    name,
                    f"rests on source {check.source}, which was retracted{notice}, seen {check.since}; take its "
                    "findings out, or name the notice in the note of the source in sources.bib, weigh the claim again "
                    "and set checked to the day",
                )


def _claims_on(ledger: Ledger, source: str) -> list[str]:
    """List the claims for or against which a finding of the source stands."""
    findings = ledger.findings_of_source.get(source, ())
    return sorted({claim for found in findings for claim in ledger.claims_of_finding.get(found, ())})


def _dealt_with(ledger: Ledger, check: Check, claim: Claim) -> bool:
    """Tell whether a person named every notice at the source, and held the claim against it since."""
    note = ledger.sources[check.source].note.lower()
    named = all(notice.lower() in note for notice in (check.value or "").split()) if check.value else "retract" in note
    return named and claim.checked >= check.since
