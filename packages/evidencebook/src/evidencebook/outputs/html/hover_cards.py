"""Write what a reader wants to know of a claim, a finding or a source without leaving the sentence."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from evidencebook.evidence import formatting, grade, number_check
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.formatting import SEEN
from evidencebook.evidence.models import Claim, Finding, Source
from evidencebook.locale import _

_SHOWN = 3  # authors before "and others"
_PARTS = 64  # cards.js knows this number, and how a name finds its part


def parts(evidence: EvidenceBase, checked: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Return the cards in parts, of which a reader's first tap fetches one, by kind and name in small letters.

    A part holds the sources of its findings too. `checked` says of sources how their checks stand: what most of them
    say stands in each part once, under "checked", and on the cards of the others.
    """
    checks = checked or {}
    [(common, _)] = Counter(checks.values()).most_common(1) or [("", 0)]
    made: list[dict[str, Any]] = [{"checked": common, "claim": {}, "finding": {}, "source": {}} for _ in range(_PARTS)]

    def add_source(part: dict[str, Any], key: str) -> None:
        state = checks.get(key)
        about = _source(evidence.sources[key]) | {"checked": state if state != common else None}
        part["source"][key] = _filled(about)

    for name, claim in sorted(evidence.claims.items()):
        made[_part(name)]["claim"][name] = _filled(_claim(evidence, claim))
    for name, found in sorted(evidence.findings.items()):
        made[_part(name)]["finding"][name.lower()] = _filled(_finding(found))
        add_source(made[_part(name)], found.source)
    for key in sorted(evidence.sources):
        add_source(made[_part(key)], key)
    return made


def _part(name: str) -> int:
    """Choose the part of a record by its name."""
    return sum(map(ord, name.lower())) % _PARTS


def _claim(evidence: EvidenceBase, claim: Claim) -> dict[str, Any]:
    """Describe a claim: what is said, how sure it is, and why."""
    return {
        "statement": number_check.plain(claim.statement, evidence),
        "certainty": grade.with_symbol(claim.certainty),
        "why": grade.short_reasons(evidence, claim),
    }


def _finding(found: Finding) -> dict[str, Any]:
    """Describe a finding: what was found, in whom, and what to beware of."""
    people = f"n = {formatting.number(found.n)}" if found.n is not None else ""
    return {
        "id": found.id,
        "about": found.about,
        "words": formatting.full(found),
        "population": ", ".join(part for part in (found.population, people) if part),
        "caution": found.caution,
        "seen": _(SEEN[found.seen]),
        "source": found.source,
    }


def _source(source: Source) -> dict[str, Any]:
    """Describe a source: who, when, what, which design, how much of it was seen, and its address."""
    names = [name for name in source.authors if name != "others"]
    more = len(names) > _SHOWN or len(names) < len(source.authors)
    return {
        "authors": "; ".join(names[:_SHOWN]) + (_(" and others") if more else ""),
        "year": source.dated if source.year else None,
        "title": source.title,
        "design": _(source.design),
        "flags": ", ".join(map(_, source.flags)),
        "seen": _(SEEN[source.seen]),
        "doi": source.doi,
        "href": None if source.doi else source.href,
    }


def _filled(card: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty."""
    return {name: value for name, value in card.items() if value not in (None, "")}
