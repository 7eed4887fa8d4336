"""Sort records under headings by which a reader may look for them."""

from collections.abc import Callable, Mapping

from evidencebook.ledger import Ledger
from evidencebook.vocabulary import CERTAINTIES, AppliesTo, Design

Order = Callable[[Ledger, str], str]


def _year(ledger: Ledger, key: str) -> str:
    """Give the year of a source."""
    return str(ledger.sources[key].year or "undated")


def _topic_of_source(ledger: Ledger, key: str) -> str:
    """Give the topic that most findings of a source belong to."""
    topics = [ledger.topic("finding", name) for name in ledger.findings_of_source[key]]
    return max(topics, key=topics.count)


#: Kind of record, and the headings it may be looked up under: how to find the heading of one record.
BY: dict[str, dict[str, Order]] = {
    "claim": {
        "topic": lambda ledger, name: ledger.topic("claim", name),
        "certainty": lambda ledger, name: ledger.claims[name].certainty,
        "applies-to": lambda ledger, name: ledger.claims[name].applies_to,
    },
    "finding": {
        "topic": lambda ledger, name: ledger.topic("finding", name),
        "design": lambda ledger, name: ledger.source_of(name).design,
        "year": lambda ledger, name: _year(ledger, ledger.findings[name].source),
    },
    "source": {
        "topic": _topic_of_source,
        "design": lambda ledger, name: ledger.sources[name].design,
        "year": _year,
    },
}
_RANK = {word: place for place, word in enumerate((*CERTAINTIES, *Design.__args__, *AppliesTo.__args__))}  # type: ignore[attr-defined]


def index(ledger: Ledger, kind: str, by: str) -> Mapping[str, list[str]]:
    """Return the records of a kind under their headings; closed lists keep their order, years run backwards."""
    names = {"claim": ledger.claims, "finding": ledger.findings, "source": ledger.findings_of_source}[kind]
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(BY[kind][by](ledger, name), []).append(name)
    if by == "year":
        heads = sorted(groups, key=lambda year: (year.isdigit(), year), reverse=True)
    else:
        heads = sorted(groups, key=_RANK.__getitem__ if set(groups) <= set(_RANK) else str)
    return {head: groups[head] for head in heads}
