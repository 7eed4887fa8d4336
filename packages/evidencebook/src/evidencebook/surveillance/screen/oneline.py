"""Make text from elsewhere fit for a terminal and for one line of a file."""

import unicodedata

#: Marks that turn the direction of what follows: with them a text can show something else than it says.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """Return the text on one line, without control characters, turning marks and halves of characters."""
    spaced = " ".join(text.split())
    return "".join(one for one in spaced if unicodedata.category(one) not in {"Cc", "Cs"} and one not in _TURNING)
