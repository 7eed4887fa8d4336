"""Sort records under headings by which a reader may look for them."""

from collections.abc import Callable, Mapping

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.vocabulary import CERTAINTIES
from evidencebook.locale import gettext_noop

Order = Callable[[EvidenceBase, str], str]


def _year(evidence: EvidenceBase, key: str) -> str:
    return str(evidence.sources[key].year or gettext_noop("undated"))


def _topic_of_source(evidence: EvidenceBase, key: str) -> str:
    topics = [evidence.topic("finding", name) for name in evidence.findings_of_source[key]]
    return max(topics, key=topics.count)


#: Kind of record, and the headings it may be looked up under: how to find the heading of one record.
BY: dict[str, dict[str, Order]] = {
    "claim": {
        "topic": lambda evidence, name: evidence.topic("claim", name),
        "certainty": lambda evidence, name: evidence.claims[name].certainty,
        "applies-to": lambda evidence, name: evidence.claims[name].applies_to,
    },
    "finding": {
        "topic": lambda evidence, name: evidence.topic("finding", name),
        "design": lambda evidence, name: evidence.source_of(name).design,
        "year": lambda evidence, name: _year(evidence, evidence.findings[name].source),
    },
    "source": {
        "topic": _topic_of_source,
        "design": lambda evidence, name: evidence.sources[name].design,
        "year": _year,
    },
}


def index(evidence: EvidenceBase, kind: str, by: str) -> Mapping[str, list[str]]:
    """Return the records of a kind under their headings; closed lists keep their order, years run backwards."""
    names = {"claim": evidence.claims, "finding": evidence.findings, "source": evidence.findings_of_source}[kind]
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(BY[kind][by](evidence, name), []).append(name)
    if by == "year":
        heads = sorted(groups, key=lambda year: (year.isdigit(), year), reverse=True)
    else:
        ranks = (*CERTAINTIES, *evidence.subject.designs, *evidence.subject.groups)
        heads = sorted(groups, key=ranks.index if set(groups) <= set(ranks) else str)
    return {head: groups[head] for head in heads}
