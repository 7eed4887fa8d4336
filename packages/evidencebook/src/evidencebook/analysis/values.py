"""Take numbers out of the table of findings; say which one is missing, never guess it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Estimate:
    """Hold a number with the ends of its reported range, all in the unit of the finding."""

    low: float
    middle: float
    high: float

    def values(self) -> tuple[float, float, float]:
        """Give low, middle and high in this order."""
        return self.low, self.middle, self.high


def value_of(findings: pd.DataFrame, name: str, use: str = "this page") -> float:
    """Give the value of one finding.

    `findings` has one row per finding, indexed by id, with the columns value and unit; the result is a number in the
    finding's own unit. Raises LookupError, naming the finding and `use`, when it is absent or has no finite value.
    """
    value = float(_row(findings, name, use)["value"])
    if not np.isfinite(value):
        raise LookupError(f"finding {name} has no value, and {use} needs it")
    return value


def estimate_of(findings: pd.DataFrame, name: str, use: str = "this page") -> Estimate:
    """Give the value of one finding with the low and high ends of its spread.

    Needs the columns value, low and high. Raises LookupError when the finding, its value or an end is missing.
    """
    row = _row(findings, name, use)
    low, middle, high = (float(row[column]) for column in ("low", "value", "high"))
    if not np.isfinite([low, middle, high]).all():
        raise LookupError(f"finding {name} lacks a value or an end of its range, and {use} needs all three")
    return Estimate(low, middle, high)


def range_of(findings: pd.DataFrame, name: str, use: str = "this page") -> tuple[float, float]:
    """Give the low and high ends of one finding's spread; raise LookupError when one is missing."""
    row = _row(findings, name, use)
    low, high = float(row["low"]), float(row["high"])
    if not np.isfinite([low, high]).all():
        raise LookupError(f"finding {name} lacks an end of its range, and {use} needs both")
    return low, high


def _row(findings: pd.DataFrame, name: str, use: str) -> pd.Series:
    if name not in findings.index:
        raise LookupError(f"finding {name} is missing from the evidence, and {use} needs it")
    return findings.loc[[name]].iloc[0]
