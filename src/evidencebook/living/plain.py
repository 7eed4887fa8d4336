"""Take words from strangers: no markup, no line breaks, nothing that steers a terminal or turns the line around."""

import html
import re
import unicodedata
from typing import Any

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
#: Controls, formats (which turn the direction of a line), surrogates, private signs, and those of no meaning.
_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def plain(text: object, most: int = 2000) -> str:
    """Return a text on one line and of bounded length; what is no text is none."""
    if not isinstance(text, str):
        return ""
    return tidy(html.unescape(_TAG.sub("", html.unescape(text[: 4 * most]))), most)


def tidy(text: str, most: int) -> str:
    """Return words of ours in which a stranger's may stand: on one line, of bounded length, addresses left in."""
    kept = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _wanted(sign))
    words = " ".join(kept.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def items(value: Any) -> list[Any]:
    """Return a list where a list was meant to be."""
    return value if isinstance(value, list) else []


def fields(value: Any) -> dict[str, Any]:
    """Return a mapping where a mapping was meant to be."""
    return value if isinstance(value, dict) else {}


def _wanted(sign: str) -> bool:
    return unicodedata.category(sign) not in _UNWANTED
