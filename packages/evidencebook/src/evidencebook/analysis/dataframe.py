"""Lay the findings out as a table, for the analyses."""

from pathlib import Path

import pandas as pd

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load
from evidencebook.evidence.models import Finding, Source
from evidencebook.evidence.paths import evidence_folder
from evidencebook.evidence.short_citation import cited


def findings(*topics: str, folder: Path | None = None) -> pd.DataFrame:
    """Load the evidence base and return one row per finding, indexed by id.

    With topics, only the findings of these files: an executed page that names them is run again when one of them
    changes, and a page that names none whenever anything changes. Raises LookupError when there is no such topic.
    """
    return dataframe(load(folder or evidence_folder()), *topics)


def dataframe(evidence: EvidenceBase, *topics: str) -> pd.DataFrame:
    """Return one row per finding, of all topics or of those named; each key under `where` is a column."""
    known = {name: evidence.topic("finding", name) for name in evidence.findings}
    if strange := sorted(set(topics) - set(known.values())):
        raise LookupError(f"no file findings/{strange[0]}.yml; there are {', '.join(sorted(set(known.values())))}")
    wanted = [name for name, topic in known.items() if not topics or topic in topics]
    rows = [_row(evidence.findings[name], evidence.source_of(name)) for name in wanted]
    return pd.DataFrame(rows).set_index("id")


def _row(found: Finding, source: Source) -> dict[str, object]:
    spread = found.spread
    row: dict[str, object] = found.model_dump(exclude={"spread", "where"})
    row |= {
        "spread_kind": spread.kind if spread else None,
        "spread": spread.value if spread else None,
        "low": spread.low if spread else None,
        "high": spread.high if spread else None,
        "design": source.design,
        "published": source.year,  # `year` may stand under where: the year that a finding is about
        "citation": cited(source),
    }
    taken = set(row)
    return row | {key: value for key, value in found.where.items() if key not in taken}
