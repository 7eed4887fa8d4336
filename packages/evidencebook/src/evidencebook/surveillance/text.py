"""Take words from services: no markup, no line breaks, nothing that steers a terminal or turns a line around."""

import html
import re
import unicodedata
from typing import Any

_INLINE_TAG = re.compile(r"</?(?:jats:)?(?:i|b|u|em|strong|sub|sup|sc|italic|bold|span)(?:\s[^<>]*)?/?>", re.I)
_TAG = re.compile(r"</?[a-z][\w:.-]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.I | re.S)
#: Controls, formats (which turn the direction of a line), surrogates, private characters, and unassigned ones.
_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
#: Joiners within words of some scripts; every other invisible character can hide what stands beside it.
_JOINERS = "\u200c\u200d"


def plain(text: Any, limit: int = 2000) -> str:
    """Return a text without markup, on one line and of at most `limit` characters; "" for what is no text."""
    if not isinstance(text, (str, int)) or isinstance(text, bool):
        return ""
    words = str(text)[: 4 * limit]  # enough, whatever markup stands in it
    for _ in range(3):  # some services escape what was escaped already
        words = html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", words)))
    return one_line(unicodedata.normalize("NFC", words), limit)


def one_line(text: str, limit: int = 10_000) -> str:
    """Return a text on one line, without invisible characters; what is too long ends with an ellipsis."""
    words = " ".join("".join(map(_visible, text)).split())
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + "…"


def letters(text: str) -> str:
    """Reduce a text to small letters and digits without accents, Greek ones by name, all else to single spaces."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    kept = (_spelt(char) if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def part(value: Any, *path: str | int) -> Any:
    """Return what stands at a path in an answer that may have any shape; None when nothing does."""
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def parts(value: Any, *path: str | int) -> list[Any]:
    """Return the list at a path; an empty one when there is none."""
    found = part(value, *path)
    return found if isinstance(found, list) else []


def _spelt(char: str) -> str:
    """Write beta for β, as half of all titles do."""
    _, greek, name = unicodedata.name(char, "").partition("GREEK SMALL LETTER ")
    return name.removeprefix("FINAL ").lower() if greek else char


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in _UNWANTED and char not in _JOINERS else char
