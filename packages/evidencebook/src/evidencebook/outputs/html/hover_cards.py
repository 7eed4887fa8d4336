"""Write what a reader wants to know of a source or a finding without leaving the sentence."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from evidencebook.evidence import formatting as wording
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import Finding, Source

#: How much of a source was seen, in words.
SEEN = {
    "full-text": "full text seen",
    "abstract": "abstract seen",
    "secondary": "seen second-hand",
    None: "not seen",
}
_SHOWN = 3  # authors before "and others"


def cards(evidence: EvidenceBase, checked: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the cards by kind and by name in small letters, as anchors are; what is empty is left out.

    `checked` says of sources how their checks stand. What most of them say stands once, under "checked", and on the
    cards of the others.
    """
    said = checked or {}
    [(common, _)] = Counter(said.values()).most_common(1) or [("", 0)]
    return {
        "checked": common,
        "finding": {name.lower(): _full(_finding(found)) for name, found in sorted(evidence.findings.items())},
        "source": {
            key: _full(_source(source) | {"checked": said.get(key) if said.get(key) != common else None})
            for key, source in sorted(evidence.sources.items())
        },
    }


def _finding(found: Finding) -> dict[str, Any]:
    """Describe a finding: what was found, in whom, and what to beware of."""
    people = f"n = {wording.number(found.n)}" if found.n is not None else ""
    return {
        "id": found.id,
        "about": found.about,
        "words": wording.full(found),
        "population": ", ".join(part for part in (found.population, people) if part),
        "caution": found.caution,
        "seen": SEEN[found.seen],
        "source": found.source,
    }


def _source(source: Source) -> dict[str, Any]:
    """Describe a source: who, when, what, which design, how much of it was seen, and its address."""
    names = [name for name in source.authors if name != "others"]
    more = len(names) > _SHOWN or len(names) < len(source.authors)
    return {
        "authors": "; ".join(names[:_SHOWN]) + (" and others" if more else ""),
        "year": source.dated if source.year else None,
        "title": source.title,
        "design": source.design,
        "flags": ", ".join(source.flags),
        "seen": SEEN[source.seen],
        "doi": source.doi,
        "href": None if source.doi else source.href,
    }


def _full(card: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty."""
    return {name: value for name, value in card.items() if value not in (None, "")}
