"""Take words from strangers: no markup, no line breaks, nothing that steers a terminal or turns the line around."""

import html
import re
import unicodedata
from typing import Any

_WITHIN_A_LINE = re.compile(r"</?(?:jats:)?(?:i|b|u|em|strong|sub|sup|sc|italic|bold|span)(?:\s[^<>]*)?/?>", re.I)
_TAG = re.compile(r"</?[a-z][\w:.-]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.I | re.S)
#: Controls, formats (which turn the direction of a line), surrogates, private signs, and those of no meaning.
_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
#: Joiners within words of some scripts; every other invisible sign can turn or hide what stands beside it.
_JOINERS = "\u200c\u200d"


def plain(text: Any, most: int = 2000) -> str:
    """Return a text without markup, on one line and of bounded length; what is no text is none."""
    if not isinstance(text, (str, int)) or isinstance(text, bool):
        return ""
    said = str(text)[: 4 * most]  # enough, whatever markup stands in it
    for _ in range(3):  # some services escape what was escaped already
        said = html.unescape(_TAG.sub(" ", _WITHIN_A_LINE.sub("", said)))
    return tidy(unicodedata.normalize("NFC", said), most)


def tidy(text: str, most: int) -> str:
    """Return words of ours in which a stranger's may stand: on one line, of bounded length, addresses left in."""
    words = " ".join("".join(map(_visible, text)).split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def items(value: Any) -> list[Any]:
    """Return a list where a list was meant to be."""
    return value if isinstance(value, list) else []


def fields(value: Any) -> dict[str, Any]:
    """Return a mapping where a mapping was meant to be."""
    return value if isinstance(value, dict) else {}


def _visible(sign: str) -> str:
    """Give a sign that can be shown; a line break is a space."""
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign) in _UNWANTED and sign not in _JOINERS else sign
