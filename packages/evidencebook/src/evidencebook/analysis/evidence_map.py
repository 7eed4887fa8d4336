"""Lay out which outcome has which kind of evidence: what was studied, in how many, and what nobody has looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import Claim
from evidencebook.evidence.vocabulary import CERTAINTIES, KINDS
from evidencebook.locale import gettext_noop

#: What a reader calls each kind, and whether it counts people.
LABELS: dict[str, str] = {
    "review": gettext_noop("systematic review"),
    "trial": gettext_noop("trial"),
    "dosing": gettext_noop("dosing study"),
    "cohort": gettext_noop("cohort"),
    "survey": gettext_noop("survey"),
    "records": gettext_noop("records"),
    "cases": gettext_noop("case reports"),
    "animal": gettext_noop("animals"),
    "laboratory": gettext_noop("laboratory"),
}
#: Kinds whose numbers are people: a review counts studies of others, records count reports.
OF_PEOPLE = frozenset({"trial", "dosing", "cohort", "survey", "cases"})


@dataclass(frozen=True)
class Cell:
    """Hold the studies of one kind on one outcome, by source key, the people in them, and the claims that use them."""

    outcome: str
    kind: str
    studies: tuple[str, ...]
    people: int
    claims: tuple[str, ...]


def cells(evidence: EvidenceBase) -> list[Cell]:
    """Return a cell for each outcome and kind, row by row, the empty ones included."""
    return [_cell(evidence, outcome, kind) for outcome in evidence.outcomes for kind in KINDS]


def about_people(evidence: EvidenceBase, outcome: str) -> Claim | None:
    """Return the surest claim about people on an outcome, the first of several; None where there is none."""
    claims = [evidence.claims[name] for name in evidence.claims_of_outcome.get(outcome, ())]
    of_people = [claim for claim in claims if evidence.subject.made_of(claim.applies_to) == "people"]
    return min(of_people, key=lambda claim: CERTAINTIES.index(claim.certainty), default=None)


def rows(evidence: EvidenceBase) -> list[dict[str, Any]]:
    """Return one row of plain values for each outcome and kind, as evidence-map.csv holds them."""
    return [
        {
            "group": evidence.outcomes[cell.outcome].group,
            "outcome": evidence.outcomes[cell.outcome].name,
            "kind": LABELS[cell.kind],
            "studies": len(cell.studies),
            "people": cell.people,
            "claims": list(cell.claims),
            "surest_claim_about_people": sure.certainty if (sure := about_people(evidence, cell.outcome)) else "",
        }
        for cell in cells(evidence)
    ]


def kinds(made: list[Cell]) -> list[str]:
    """Return the kinds that any outcome has: a column that is empty throughout says nothing about an outcome."""
    found = {cell.kind for cell in made if cell.studies}
    return [kind for kind in KINDS if kind in found]


def _cell(evidence: EvidenceBase, outcome: str, kind: str) -> Cell:
    studies: dict[str, int] = {}
    claims: dict[str, None] = {}
    for claim, finding in _used(evidence, outcome):
        found = evidence.findings[finding]
        if evidence.subject.kind_of(evidence.sources[found.source].design) != kind:
            continue
        # One study gives many findings; its people are counted once, as the most that any of them speaks of.
        # `where: {counted: posts}` says that n counts something else.
        people = 0 if "counted" in found.where else found.n or 0
        studies[found.source] = max(studies.get(found.source, 0), people)
        claims[claim] = None
    total = sum(studies.values()) if kind in OF_PEOPLE else 0
    return Cell(outcome, kind, tuple(studies), total, tuple(claims))


def _used(evidence: EvidenceBase, outcome: str) -> Iterator[tuple[str, str]]:
    """Yield each finding for or against a claim on an outcome, with the claim."""
    for claim in evidence.claims_of_outcome.get(outcome, ()):
        record = evidence.claims[claim]
        yield from ((claim, finding) for finding in (*record.findings, *record.against) if finding in evidence.findings)
