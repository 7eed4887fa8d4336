"""Tie a verdict on a statement to the claims that it rests on, without mixing the two up."""

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import Assertion
from evidencebook.evidence.vocabulary import Certainty, Verdict

#: How true a statement is, from 1 (false) to 5 (true); what is not known has no such number.
TRUTH: dict[Verdict, int] = {"supported": 5, "partly supported": 3, "contradicted": 1}

#: Certainties that carry no verdict but "unproven".
_WEAK: frozenset[Certainty] = frozenset({"very low", "no evidence"})


def nearest(evidence: EvidenceBase, made: Assertion) -> Certainty:
    """Give the certainty of the claim that answers a statement most directly: the first that it names."""
    return evidence.claims[made.claims[0]].certainty


def _nearest_is_against(made: Assertion) -> bool:
    return made.claims[0] in made.against


def check_verdict(evidence: EvidenceBase, made: Assertion) -> str | None:
    """Say why the claims do not allow a verdict, or nothing; a claim that does not exist is told elsewhere."""
    if any(one not in evidence.claims for one in made.claims):
        return None
    held = {one: evidence.claims[one].certainty for one in made.claims}
    speaks_for = {certainty for one, certainty in held.items() if one not in made.against}
    speaks_against = {held[one] for one in made.against if one in held}
    if made.verdict in ("supported", "partly supported") and speaks_for <= _WEAK:
        told = "very low claims only" if speaks_for else "claims against it only"
        return f'the verdict "{made.verdict}" rests on {told}; name a surer claim for it, or write verdict: unproven'
    if made.verdict == "contradicted" and not made.against:
        return 'the verdict "contradicted" has no claim against it; name one under against, or write verdict: unproven'
    if made.verdict in TRUTH and _nearest_is_against(made) != (made.verdict == "contradicted"):
        return f'the verdict "{made.verdict}" does not fit its nearest claim, {made.claims[0]}; name first what decides'
    if made.verdict == "contradicted" and speaks_against <= _WEAK:
        return 'the verdict "contradicted" has very low claims against it only; name a surer one, or write unproven'
    return None
