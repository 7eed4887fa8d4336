"""Tie the verb to the certainty (GRADE guidelines 26)."""

import re

from evidencebook.evidence.vocabulary import SYMBOLS, Certainty

_MODERATE = re.compile(r"\b(probably|likely)\b", re.IGNORECASE)
_LOW = re.compile(r"\b(may|might)\b", re.IGNORECASE)
_VERY_LOW = re.compile(r"\bvery uncertain\b", re.IGNORECASE)

#: For each certainty: the words it needs (or none), and what to write.
_ADVICE: dict[str, str] = {
    "high": "state it plainly, without probably, likely, may or very uncertain",
    "moderate": 'say "probably" or "likely", and neither "may" nor "very uncertain"',
    "low": 'say "may", and neither "probably", "likely" nor "very uncertain"',
    "very low": 'say that it is "very uncertain"',
}


def check_wording(statement: str, certainty: Certainty) -> str | None:
    """Say what to write when the verb claims more or less than the certainty, else nothing."""
    # "more likely to" compares frequencies; it does not hedge.
    text = re.sub(r"\b(more|less|as|twice as|times as) likely\b", "", statement, flags=re.IGNORECASE)
    moderate, low, very_low = (bool(words.search(text)) for words in (_MODERATE, _LOW, _VERY_LOW))
    fits = {
        "high": not (moderate or low or very_low),
        "moderate": moderate and not (low or very_low),
        "low": low and not (moderate or very_low),
        "very low": very_low and not moderate,
    }
    if certainty == "not graded" or fits[certainty]:
        return None
    return f"the verb does not say {certainty} certainty; {_ADVICE[certainty]}"


def in_words(certainty: Certainty) -> str:
    """Name the certainty as a reader meets it."""
    return "not graded" if certainty == "not graded" else f"{certainty} certainty"


def symbol(certainty: Certainty) -> str:
    """Draw the certainty; the drawing only repeats the word."""
    return SYMBOLS.get(certainty, "")
