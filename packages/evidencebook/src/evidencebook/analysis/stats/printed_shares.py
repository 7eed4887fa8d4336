"""Find the number of people behind a printed percentage, and the interval that goes with it."""

import math

from evidencebook.analysis.stats.proportions import Interval, wilson

#: Lets the last digit of a printed percentage be rounded either way.
_SLACK = 1e-9


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
