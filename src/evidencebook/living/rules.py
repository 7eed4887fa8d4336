"""Check what decisions and checks must keep with the evidence; each rule yields (kind, name, message)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencebook import mentions
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
        notice = f" (see {', '.join(check.value.split())})" if check.value else ""
        how = "name the notice" if check.value else 'write "retracted"'
        for name in unweighed(ledger, check):
            yield (
                "claim",
                name,
                f"rests on source {check.source}, which was retracted{notice}, seen {check.since}; take its "
                f"findings out, or {how} in the note of the source in sources.bib, weigh the claim again "
                f"and set checked to the day, {check.since} or later",
            )


def unweighed(ledger: Ledger, check: Check) -> list[str]:
    """List the claims on a source that nobody has held against what a check saw of it, and named in its note."""
    if not named(ledger.sources[check.source].note, check):
        return claims_on(ledger, check.source)
    return unweighed_since(ledger, check.source, check.since)


def unweighed_since(ledger: Ledger, source: str, day: dt.date) -> list[str]:
    """List the claims on a source that nobody has held against the evidence since a day."""
    return [name for name in claims_on(ledger, source) if ledger.claims[name].checked < day]


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


def claims_on(ledger: Ledger, source: str) -> list[str]:
    """List the claims for or against which a finding of the source stands, or which quote one in their words."""
    findings = frozenset(ledger.findings_of_source.get(source, ()))
    return sorted(
        name
        for name, claim in ledger.claims.items()
        if not findings.isdisjoint((*claim.findings, *claim.against, *_quoted(claim)))
    )


def _quoted(claim: Claim) -> Iterator[str]:
    """Yield the findings whose numbers stand in the sentence of a claim or in its reasons."""
    for text in (claim.statement, *(reason.note for reason in claim.because)):
        yield from mentions.quoted(text)
