"""Give intervals for a share of people."""

import math
from dataclasses import dataclass

#: The two-sided 95% point of the normal distribution.
Z95 = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """Hold a share and the ends of its interval, all from 0 to 1."""

    share: float
    low: float
    high: float


def wilson(count: int, total: int, z: float = Z95) -> Interval:
    """Give a share with its Wilson score interval.

    `count` of `total` people, 0 ≤ count ≤ total, total > 0; `z` is the normal point, by default for 95%. Formula:
    Wilson, J Am Stat Assoc 1927;22:209. Raises ValueError when the counts are impossible.
    """
    _checked(count, total)
    share, square = count / total, z * z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = z / (1 + square / total) * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return Interval(share, 0.0 if count == 0 else middle - half, 1.0 if count == total else middle + half)


def exact(count: int, total: int, level: float = 0.95) -> Interval:
    """Give a share with its exact binomial interval (Clopper and Pearson, Biometrika 1934;26:404).

    `count` of `total` people; `level` between 0 and 1. Raises ValueError when the counts are impossible.
    """
    from scipy.special import betaincinv  # noqa: PLC0415  pages that need no exact interval are spared the import

    _checked(count, total)
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, total - count + 1, tail))
    high = 1.0 if count == total else float(betaincinv(count + 1, total - count, 1 - tail))
    return Interval(count / total, low, high)


def rule_of_three(total: int) -> float:
    """Give the upper 95% bound of a share of which none was seen among `total` people: three over their number.

    From 0 to 1. Hanley and Lippman-Hand, JAMA 1983;249:1743. Raises ValueError when nobody was looked at.
    """
    _checked(0, total)
    return min(1.0, 3 / total)


def _checked(count: int, total: int) -> None:
    if total <= 0 or not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is no share; the count must lie between 0 and the total, above 0")
