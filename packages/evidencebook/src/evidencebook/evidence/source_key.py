"""Name a source (surname + year + word) or a file, in small letters."""

import re
import unicodedata
from collections.abc import Container
from itertools import chain, count

KEY = re.compile(r"^[a-z]+(?P<year>[0-9]{4}|nd)[a-z0-9]+$")
#: Words that say nothing of a title's subject.
_EMPTY = re.compile(
    r"an?|about|after|among|and|are|as|at|before|between|but|by|can|do|does|for|from|how|in|into|is|it|its|not|of|on|or"
    r"|over|that|the|their|to|under|use|using|was|were|what|when|which|who|why|with|without"
)
#: Letters that are not a Latin letter and an accent.
_SPELLED = {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"}


def key_of(author: str, year: int | None, title: str, taken: Container[str] = ()) -> str:
    """Return the key of a source that is free: surname of the first author, year, first telling word of the title.

    When that key is taken the next word is tried. Raises LookupError when author or title give no letters, or when
    every word is taken.
    """
    found = keys_of(author, year, title)
    if not found:
        raise LookupError("author and title are needed to make the key")
    for key in found:
        if key not in taken:
            return key
    raise LookupError(f"every key that begins with {stem_of(author, year)} is taken")


def free_key(author: str, year: int | None, title: str, taken: Container[str]) -> str:
    """Return a key as key_of does, for whatever author and title: with "anon", "work" and a number where it must."""
    stem = stem_of(author, year) or stem_of("anon", year)
    found = keys_of(author, year, title) or keys_of("anon", year, title) or [f"{stem}work"]
    numbered = (f"{found[0]}{number}" for number in count(2))
    return next(key for key in chain(found, numbered) if key not in taken)


def keys_of(author: str, year: int | None, title: str) -> list[str]:
    """List the keys that a source may have, the best first; none when author or title give no letters."""
    words = [word for word in (_letters(part) for part in re.split(r"[\s\-–—/]+", title)) if word]
    telling = [word for word in words if not _EMPTY.fullmatch(word)] or words
    stem = stem_of(author, year)
    return [f"{stem}{word}" for word in dict.fromkeys(telling)] if stem else []


def stem_of(author: str, year: int | None) -> str:
    """Return what all keys of an author and a year begin with; "" when the author gives no letters."""
    surname = _letters(author.strip("{}").split(",")[0])
    return f"{surname}{year or 'nd'}" if surname else ""


def year_of(key: str) -> str:
    """Return the year in a key; "" when it has none."""
    found = KEY.match(key)
    return found["year"].replace("nd", "") if found else ""


def slug(text: str) -> str:
    """Write a text as the name of a file: small letters, digits and hyphens; "" when nothing of it is left."""
    return re.sub(r"[^a-z0-9]+", "-", _ascii(text)).strip("-")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()


def _letters(text: str) -> str:
    """Keep the letters of a word, small and without accents."""
    spelled = "".join(_SPELLED.get(letter, letter) for letter in text.lower())
    return re.sub(r"[^a-z]", "", _ascii(spelled))
