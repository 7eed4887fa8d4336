"""Count what the evidence base holds, for the page on methods."""

from collections import Counter

import pandas as pd

from evidencebook.ledger import Ledger
from evidencebook.vocabulary import Seen

_CERTAINTIES = ("high", "moderate", "low", "very low", "not graded")
_SEEN: dict[Seen, str] = {
    "full-text": "the full text",
    "abstract": "the abstract",
    "secondary": "another page that reports it",
}


def counts(ledger: Ledger) -> dict[str, int]:
    """Return how many records of each kind there are, by name."""
    return {
        "sources_used": len(ledger.findings_of_source),
        "sources_excluded": len(ledger.excluded_sources),
        "findings": len(ledger.findings),
        "findings_excluded": len(ledger.excluded_findings),
        "searches": len(ledger.searches),
        "claims": len(ledger.claims),
    }


def certainty_table(ledger: Ledger) -> pd.DataFrame:
    """Return one row per certainty, with the number of claims and of claims about people."""
    rows = [(word, *_claims(ledger, word)) for word in _CERTAINTIES]
    return pd.DataFrame(rows, columns=["Certainty", "Claims", "of these about people"]).set_index("Certainty")


def seen_table(ledger: Ledger) -> pd.DataFrame:
    """Return one row per thing that may have been seen of a source, with the number of findings."""
    seen = Counter(found.seen for found in ledger.findings.values())
    rows = [(words, seen[kind]) for kind, words in _SEEN.items()]
    return pd.DataFrame(rows, columns=["What was seen of the source", "Findings"]).set_index(
        "What was seen of the source"
    )


def _claims(ledger: Ledger, certainty: str) -> tuple[int, int]:
    """Count the claims of one certainty, and those about people."""
    claims = [claim for claim in ledger.claims.values() if claim.certainty == certainty]
    return len(claims), sum(claim.applies_to == "humans" for claim in claims)
