"""Count what the evidence base holds, for the page on methods."""

from collections import Counter

import pandas as pd

from evidencebook.analysis.evidence_map import cells
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.vocabulary import CERTAINTIES, KINDS, VERDICTS, Seen
from evidencebook.locale import _, gettext_noop

_SEEN: dict[Seen, str] = {
    "full-text": gettext_noop("the full text"),
    "abstract": gettext_noop("the abstract"),
    "dataset": gettext_noop("a published data set"),
    "secondary": gettext_noop("another page that reports it"),
}


def counts(evidence: EvidenceBase) -> dict[str, int]:
    """Return how many records of each kind there are, by name."""
    return {
        "sources_used": len(evidence.findings_of_source),
        "sources_excluded": len(evidence.excluded_sources),
        "findings": len(evidence.findings),
        "findings_excluded": len(evidence.excluded_findings),
        "searches": len(evidence.searches),
        "claims": len(evidence.claims),
        "assertions": len(evidence.assertions),
    } | {
        verdict.replace(" ", "_"): sum(made.verdict == verdict for made in evidence.assertions.values())
        for verdict in VERDICTS
    }


def map_counts(evidence: EvidenceBase) -> dict[str, int]:
    """Return, for each group of outcomes by its place, how many outcomes it has and how many have each kind."""
    groups = list(dict.fromkeys(outcome.group for outcome in evidence.outcomes.values()))
    full = [cell for cell in cells(evidence) if cell.studies]
    told = {}
    for place, group in enumerate(groups, start=1):
        names = {name for name, outcome in evidence.outcomes.items() if outcome.group == group}
        told[f"group_{place}"] = len(names)
        for kind in KINDS:
            told[f"group_{place}_{kind}"] = sum(cell.outcome in names and cell.kind == kind for cell in full)
    return told


def certainty_table(evidence: EvidenceBase) -> pd.DataFrame:
    """Return one row per certainty, with the number of claims and of claims about people."""
    rows = [(_(word), *_claims(evidence, word)) for word in CERTAINTIES]
    heads = [_("Certainty"), _("Claims"), _("of these about people")]
    return pd.DataFrame(rows, columns=heads).set_index(heads[0])


def seen_table(evidence: EvidenceBase) -> pd.DataFrame:
    """Return one row per thing that may have been seen of a source, with the number of findings."""
    seen = Counter(found.seen for found in evidence.findings.values())
    rows = [(_(words), seen[kind]) for kind, words in _SEEN.items() if seen[kind]]
    heads = [_("What was seen of the source"), _("Findings")]
    return pd.DataFrame(rows, columns=heads).set_index(heads[0])


def _claims(evidence: EvidenceBase, certainty: str) -> tuple[int, int]:
    claims = [claim for claim in evidence.claims.values() if claim.certainty == certainty]
    return len(claims), sum(evidence.subject.made_of(claim.applies_to) == "people" for claim in claims)
