"""Check what decisions and checks must keep with the evidence; each rule yields (kind, id, message)."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from evidencebook.evidence import number_check
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.surveillance.models import Check, Surveillance

Complaint = tuple[str, str, str, *tuple[str | int, ...]]
_RETRACTED_TITLE = re.compile(
    r"^\W*(?:retracted|retraction|withdrawn|expression of concern)\b.*?:|\bRETRACTED\b"
    r"|\[(?:article )?(?:retracted|withdrawn)\]",
    re.IGNORECASE,
)
_RETRACTED_NOTE = re.compile(
    r"(?<!not )(?<!never )(?<!no )\b(?:retracted|retraction|withdrawn by|expression of concern)\b", re.IGNORECASE
)
#: What a note says of a notice that has no DOI and no number.
_KINDS: Mapping[str, str] = {"retracted": r"\bretract(ed|ion)\b", "concern": r"\bconcern\b"}


def check_all(surveillance: Surveillance, evidence: EvidenceBase) -> list[Diagnostic]:
    """Return one diagnostic for each rule that an entry breaks."""
    diagnostics = []
    for rule in (references, retractions, unchecked_retractions):
        for kind, name, message, *place in rule(surveillance, evidence):
            entry = surveillance.entries.get((kind, name)) or evidence.entry(kind, name)
            line = entry.at(tuple(place))
            diagnostics.append(Diagnostic(relative_path(entry.path), line, f"{kind} {name}: {message}"))
    return diagnostics


def references(surveillance: Surveillance, evidence: EvidenceBase) -> Iterator[Complaint]:
    """Decisions are on records of the queue, checks on sources of the bibliography, each thing checked once."""
    for name, made in surveillance.decisions.items():
        if made.id not in surveillance.candidates:
            yield "decision", name, f'record "{made.id}" is not in queue.yml; remove the line or fix the id'
    counts = Counter((check.source, check.what) for check in surveillance.checks)
    for index, check in enumerate(surveillance.checks):
        name = str(index)
        if not evidence.knows("source", check.source):
            yield "check", name, f'source "{check.source}" is not in sources.bib; remove the line or fix the key'
        if counts[check.source, check.what] > 1:
            yield "check", name, f'the {check.what} of source "{check.source}" is checked twice; keep the later line'


def retractions(surveillance: Surveillance, evidence: EvidenceBase) -> Iterator[Complaint]:
    """No claim rests on a retracted source until a person has weighed the claim again."""
    for check in surveillance.checks:
        if check.what != "notice" or check.outcome != "retracted" or check.source not in evidence.sources:
            continue
        notice = f" (see {', '.join(check.value.split())})" if check.value else ""
        how = "name the notice" if check.value else 'write "retracted"'
        message = (
            f"rests on source {check.source}, which was retracted{notice}, seen {check.since}; take its "
            f"findings out, or {how} in the note of the source in sources.bib, weigh the claim again "
            f"and set checked to the day, {check.since} or later"
        )
        for name in unweighed(evidence, check):
            yield "claim", name, message


def unchecked_retractions(surveillance: Surveillance, evidence: EvidenceBase) -> Iterator[Complaint]:
    """Refuse an entry that calls itself retracted where no check saw it: nothing on it would be weighed again."""
    seen = {check.source for check in surveillance.checks if check.outcome in ("retracted", "concern")}
    for key, source in evidence.sources.items():
        for name, text, words in (("title", source.title, _RETRACTED_TITLE), ("note", source.note, _RETRACTED_NOTE)):
            if key not in seen and words.search(text):
                yield (
                    "source",
                    key,
                    f"its {name} calls it retracted, and no check saw that; run evidencebook verify",
                    name,
                )


def unweighed(evidence: EvidenceBase, check: Check) -> list[str]:
    """List the claims on a source that nobody has weighed against what a check saw of it, and named in its note."""
    if not names_notices(evidence.sources[check.source].note, check):
        return claims_on(evidence, check.source)
    return unweighed_since(evidence, check.source, check.since)


def unweighed_since(evidence: EvidenceBase, source: str, day: dt.date) -> list[str]:
    """List the claims on a source that nobody has held against the evidence since a day."""
    return [name for name in claims_on(evidence, source) if evidence.claims[name].checked < day]


def names_notices(note: str, check: Check) -> bool:
    """Tell whether the note of a source names every notice that a check saw, whole and not as part of another."""
    text = note.lower().replace("–", "--")  # the reader of BibTeX makes one dash of two, in a DOI as well
    if not check.value:
        return re.search(_KINDS.get(check.outcome, r"(?!)"), text) is not None
    return all(re.search(_whole(name), text) for name in check.value.lower().split())


def _whole(name: str) -> str:
    """Match a DOI bare or in an address, a PubMed number with or without its space, neither within another."""
    wanted = re.escape(name).replace("pmid:", r"pmid:?\s*")
    return rf"(?<![\w.]){wanted}(?![\w/]|[.\-]\w)"


def claims_on(evidence: EvidenceBase, source: str) -> list[str]:
    """List the claims for or against which a finding of the source is named, or which quote one in their words."""
    findings = frozenset(evidence.findings_of_source.get(source, ()))
    return sorted(
        name
        for name, claim in evidence.claims.items()
        if not findings.isdisjoint((*claim.findings, *claim.against, *number_check.quoted_by(claim)))
    )
