"""Count what can be counted of a text under examination."""

import hashlib
import re
from dataclasses import dataclass

from evidencebook import mentions

#: What leads a reader to a source: an address, a DOI, a year, a bracketed number, "and others".
_REFERENCE = re.compile(r"https?://\S+|\bdoi\b|\b10\.\d{4,9}/\S+|\b(?:1[89]|20)\d\d\b|\[\d+\]|\bet al\b", re.IGNORECASE)
_SPELLED = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|percent|half)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Portrait:
    """Hold the counts, and the fingerprint by which another reader knows that the text is the same."""

    words: int
    phrase: int
    numbers: int
    references: int
    sha256: str


def portrait(text: str, phrase: str) -> Portrait:
    """Count words (what stands between spaces), a phrase, numbers (in digits or spelled out) and references."""
    return Portrait(
        words=len(text.split()),
        phrase=len(re.findall(re.escape(phrase), text, re.IGNORECASE)),
        numbers=len(list(mentions.typed_numbers(text))) + len(_SPELLED.findall(text)),
        references=len(_REFERENCE.findall(text)),
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )
