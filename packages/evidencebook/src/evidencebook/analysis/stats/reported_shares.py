"""Read a share of people, calls or deaths out of a finding, with its denominator and interval."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.proportions import Interval, wilson
from evidencebook.analysis.values import value_of
from evidencebook.evidence.formatting import punctuated
from evidencebook.locale import _

#: A printed percentage further than this from every whole number of people does not fit its denominator.
TOLERANCE = 1.0
#: Lets the last digit of a printed percentage be rounded either way.
_SLACK = 1e-9

Method = Callable[[int, int], Interval]


@dataclass(frozen=True)
class Share:
    """Hold a count with its denominator, and the share with the ends of its interval in %.

    `printed` says whether the source gives the count; if not, it was worked back from a percentage.
    """

    count: int
    total: int
    share: float
    low: float
    high: float
    printed: bool


def count_behind(share: float, total: int, tolerance: float | None = None) -> int:
    """Give the number of people whose share of `total` is nearest to a printed percentage.

    `share` in per cent as printed, from 0 to 100, `total` in people, above 0. Its last digit tells how it was rounded,
    unless a `tolerance` in percentage points is given, for sources that round loosely or leave some people out.
    Raises ValueError when no whole number of people rounds to it: then count and percentage do not belong together.
    """
    if not (math.isfinite(share) and 0 <= share <= 100 and total > 0):
        raise ValueError(f"{share}% of {total} people is no share")
    decimals = len(f"{share:.12g}".partition(".")[2])
    count = min(total, max(0, round(share / 100 * total)))
    allowed = 0.5 * 10**-decimals if tolerance is None else tolerance
    if abs(100 * count / total - share) > allowed + _SLACK:
        raise ValueError(f"no whole number of people among {total} makes {share:g}%")
    return count


def printed_interval(share: float, total: int) -> Interval:
    """Give a printed percentage its Wilson 95% interval, as shares from 0 to 1.

    Holds for people drawn independently; a weighted or clustered sample is less certain than it says. Raises
    ValueError as count_behind does. Formula: proportions.wilson.
    """
    return wilson(count_behind(share, total), total)


def share_of(
    findings: pd.DataFrame, name: str, use: str = "this page", *, rest: bool = False, method: Method = wilson
) -> Share:
    """Give the share that one finding reports, or with `rest` the share of all others.

    `findings` is indexed by id with the columns value, unit and n. A value in % stays the share, and the nearest whole
    number of n is its count; in any other unit it is a count out of n. `method` gives the interval of the count, by
    default Wilson's. Raises LookupError when the finding, its value or its denominator is missing, ValueError when its
    percentage fits no whole number of people.
    """
    value, total = value_of(findings, name, use), findings["n"].loc[name]
    if pd.isna(total):
        raise LookupError(f"finding {name} has no denominator, and {use} needs one")
    people, as_percent = int(total), findings["unit"].loc[name] == "%"
    count = _counted(name, value, people) if as_percent else round(value)
    share = value if as_percent else 100 * value / people
    if rest:
        count, share = people - count, 100 - share
    interval = method(count, people)
    return Share(count, people, share, 100 * interval.low, 100 * interval.high, not as_percent)


def shares(findings: pd.DataFrame, names: list[str], use: str, *, method: Method = wilson) -> pd.DataFrame:
    """Give one row per finding, indexed by id, with the columns of Share.

    A finding whose exposure is "with others" gives the rest: those with nothing else. Errors as share_of.
    """
    others = findings["exposure"] == "with others"
    rows = {name: share_of(findings, name, use, rest=bool(others.get(name)), method=method) for name in names}
    table = pd.DataFrame([vars(row) for row in rows.values()], index=pd.Index(rows, name="id"))
    if not np.isfinite(table.to_numpy(dtype=float)).all():
        raise ValueError(f"a share that {use} needs is not a number")
    return table


def out_of(row: pd.Series) -> str:
    """Word a count with its denominator, as "7 of 91", or "about 42 of 53" where only a percentage was printed."""
    told = _("%(part)s of %(whole)s") if row["printed"] else _("about %(part)s of %(whole)s")
    return told % {"part": punctuated(f"{row['count']:,}"), "whole": punctuated(f"{row['total']:,}")}


def percent(row: pd.Series) -> str:
    """Word a share with its interval, as "64.8% (61.1 to 68.4)"."""
    share, low, high = (punctuated(f"{row[name]:.1f}") for name in ("share", "low", "high"))
    interval = _("%(low)s to %(high)s") % {"low": low, "high": high}
    return f"{share}% ({interval})"


def _counted(name: str, printed: float, people: int) -> int:
    """Give the count behind a printed percentage, or say which finding does not fit."""
    try:
        return count_behind(printed, people, TOLERANCE)
    except ValueError as unfit:
        raise ValueError(
            f"finding {name} prints {printed:g}% of {people}, which no whole number of people gives"
        ) from unfit
