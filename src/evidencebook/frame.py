"""Lay the findings out as a table, for the analyses."""

from pathlib import Path

import pandas as pd

from evidencebook.citing import cited
from evidencebook.ledger import Ledger
from evidencebook.load import load
from evidencebook.paths import evidence_folder
from evidencebook.records import Finding, Source


def findings(folder: Path | None = None) -> pd.DataFrame:
    """Load the evidence base and return one row per finding, indexed by id."""
    return frame(load(folder or evidence_folder()))


def frame(ledger: Ledger) -> pd.DataFrame:
    """Return one row per finding; each key under `where` is a column."""
    rows = [_row(found, ledger.sources[found.source]) for found in ledger.findings.values()]
    return pd.DataFrame(rows).set_index("id")


def _row(found: Finding, source: Source) -> dict[str, object]:
    """Flatten a finding and what matters of its source."""
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
