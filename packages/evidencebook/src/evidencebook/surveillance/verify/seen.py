"""Hold what a registry says of a work: what the entry is compared with, and the notices about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

#: Graver first.
Notices = Literal["retracted", "concern", "corrected"]
GRAVITY: tuple[Notices, ...] = ("retracted", "concern", "corrected")

#: What publishers write before the title of a work that they took back.
_TAKEN_BACK = re.compile(
    r"^\W*(?:retracted|withdrawn|removed)(?:[ -](?:article|paper|chapter|publication|manuscript))?\s*[:\])}–—-]+\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Notice:
    """Name one notice: what it says of the work, and its DOI or its number in PubMed, where one is known."""

    kind: Notices
    name: str = ""
    words: str = ""


@dataclass(frozen=True)
class Seen:
    """Describe a work as one registry does; what it does not say is empty."""

    registry: str
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    doi: str | None = None
    notices: tuple[Notice, ...] = ()
    remarks: tuple[str, ...] = ()


def without_mark(title: str) -> str:
    """Take the mark of a retraction off a title."""
    return _TAKEN_BACK.sub("", title)


def marked(titles: Iterable[str]) -> tuple[Notice, ...]:
    """Take a title that says so for a notice: some publishers file no other."""
    if any(_TAKEN_BACK.match(title) for title in titles):
        return (Notice("retracted", "", "its title says that it was taken back"),)
    return ()
