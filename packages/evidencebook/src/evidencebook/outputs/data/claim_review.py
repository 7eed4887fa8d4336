"""Describe each answered statement as a schema.org ClaimReview; the rating is its truth, never the certainty."""

import json
from collections.abc import Callable
from typing import Any

from evidencebook.evidence import number_check as mentions
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.verdicts import TRUTH


def reviews(
    evidence: EvidenceBase, names: list[str], address: Callable[[str], str], author: str
) -> list[dict[str, Any]]:
    """Return one ClaimReview for each named assertion; `address` gives where its answer stands."""
    return [_review(evidence, name, address(name), author) for name in names]


def script(made: list[dict[str, Any]]) -> str:
    """Write data as a script element that no browser executes and no text in it can end."""
    text = json.dumps(made, ensure_ascii=False, indent=1).replace("<", "\\u003c").replace(">", "\\u003e")
    return f'<script type="application/ld+json">\n{text}\n</script>'


def _review(evidence: EvidenceBase, name: str, url: str, author: str) -> dict[str, Any]:
    """Describe one answer."""
    made = evidence.assertions[name]
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": made.verdict}
    if made.verdict in TRUTH:  # what is not known is neither true nor false: it gets its word and no number
        rating |= {"ratingValue": TRUTH[made.verdict], "bestRating": 5, "worstRating": 1}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": url,
        "url": url,
        "claimReviewed": mentions.plain(made.statement, evidence),
        "itemReviewed": {"@type": "Claim", "text": mentions.plain(made.statement, evidence)},
        "reviewRating": rating,
        "reviewBody": mentions.plain(made.answer, evidence),
        "author": {"@type": "Organization", "name": author},
    }
