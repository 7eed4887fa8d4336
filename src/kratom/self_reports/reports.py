"""Lay out what people who use kratom said of opioid withdrawal, side by side by how they were asked.

Nothing here is pooled: the questions differ, the people chose to answer or were met where they were, and an average of
such shares would be read as a success rate.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.proportions import wilson

#: Each question, in few words, with the findings that answer it. People who gave up kratom are hardly among them.
QUESTIONS = {
    "called it helpful": ("GAP-061", "WD-029"),
    "no withdrawal pain left": ("WD-918",),
    "took it to ease withdrawal": ("WD-923",),
    "took it to use fewer opioids": ("WD-017", "WD-922", "WD-027"),
    "main reason: opioids": ("GAP-060", "WD-143"),
}
#: How the people were reached, by the finding's `recruitment`, in words for figure and table.
RECRUITED = {
    "trade-association": "trade group",
    "self-selected": "chose to answer",
    "treatment": "in treatment",
    "prison": "in prison",
}
_CITED = re.compile(r"^(?P<who>.+?)(?: and .+)? (?P<year>\d{4}|n\.d\.)$")


@dataclass(frozen=True)
class Spread:
    """Hold how far shares lie apart: lowest and highest (from 0 to 1), Cochran's Q, its freedom, and I² (0 to 1)."""

    low: float
    high: float
    q: float
    freedom: int
    i_squared: float


def share_of(findings: pd.DataFrame, name: str) -> tuple[float, bool]:
    """Give the share that a finding reports, from 0 to 1, and whether it is only a lower bound.

    `findings` is indexed by id with the columns value, unit, n, low and about. A count is divided by n, a percentage
    by 100; a finding without value gives its low end, or the fraction that its `about` prints in words. Raises
    LookupError, naming the finding, when it is missing or holds no share; ValueError when the share is impossible.
    """
    row = _row(findings, name)
    share, more = _share(row)
    if not np.isfinite(share):
        raise LookupError(f"finding {name} holds no share, and the page on self-reports needs one")
    if not 0 <= share <= 1:
        raise ValueError(f"finding {name} gives a share of {share:.3g}, which must lie between 0 and 1")
    return share, more


def counted(findings: pd.DataFrame, name: str) -> tuple[int, int]:
    """Give how many of how many; a percentage becomes the nearest whole number of people.

    Raises LookupError when the finding is missing or does not say how many were asked.
    """
    share, _ = share_of(findings, name)
    total = float(_row(findings, name)["n"])
    if not np.isfinite(total):
        raise LookupError(f"finding {name} does not say how many were asked, and an interval needs it")
    return round(share * total), int(total)


def reports(findings: pd.DataFrame) -> pd.DataFrame:
    """Give one row per report, in the order of QUESTIONS, indexed by id.

    `findings` needs the columns value, unit, n, low, about, citation and recruitment. Columns of the result: question,
    study, recruited, n, share, low, high (%; the 95% Wilson interval) and at_least. Where only a lower bound was
    printed (at_least), or the number of people asked was not, there is no interval and low and high are missing. Raises
    LookupError naming a missing finding, ValueError for a recruitment that has no words.
    """
    rows = [
        {"id": name, "question": question} | _report(findings, name)
        for question, names in QUESTIONS.items()
        for name in names
    ]
    return pd.DataFrame(rows).set_index("id")


def heterogeneity(counts: Sequence[int], totals: Sequence[int]) -> Spread:
    """Say how far shares lie apart beyond chance: their range, Cochran's Q and I², on the scale of log odds.

    `counts` of `totals` people, one pair per survey, no count 0 or total. Each log odds weighs as the inverse of its
    variance 1/count + 1/(total - count); I² is the part of the variation that chance does not explain (Higgins and
    Thompson, Stat Med 2002;21:1539). No average is given. Raises ValueError for one survey or an empty cell.
    """
    yes, no = np.asarray(counts, float), np.asarray(totals, float) - np.asarray(counts, float)
    if len(yes) < 2 or (yes <= 0).any() or (no <= 0).any():
        raise ValueError("heterogeneity needs two surveys or more, each with some who said yes and some who did not")
    log_odds, weights = np.log(yes / no), 1 / (1 / yes + 1 / no)
    middle = float((weights * log_odds).sum() / weights.sum())
    q, freedom = float((weights * (log_odds - middle) ** 2).sum()), len(yes) - 1
    shares = yes / (yes + no)
    return Spread(float(shares.min()), float(shares.max()), q, freedom, max(0.0, 1 - freedom / q) if q > 0 else 0.0)


def heterogeneity_of(findings: pd.DataFrame, question: str) -> Spread:
    """Give the heterogeneity of one question, over its reports that say how many of how many.

    Raises LookupError naming a missing finding, ValueError when fewer than two reports can be used.
    """
    usable = [name for name in QUESTIONS[question] if not share_of(findings, name)[1]]
    pairs = [counted(findings, name) for name in usable if np.isfinite(float(_row(findings, name)["n"]))]
    return heterogeneity([count for count, _ in pairs], [total for _, total in pairs])


def reports_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word the reports for the page, one row per report, indexed by question."""
    table = reports(findings)
    worded = {
        "Question": table["question"],
        "People": table["recruited"] + table["n"].map(lambda n: "" if math.isnan(n) else f", {n:,.0f}"),
        "Share (95% interval)": [_worded(row) for _, row in table.iterrows()],
        "Study": table["study"],
    }
    return pd.DataFrame(worded).set_index("Question")


def _report(findings: pd.DataFrame, name: str) -> dict[str, object]:
    """Put one report into a row."""
    row, (share, more) = _row(findings, name), share_of(findings, name)
    asked = float(row["n"])
    recruited = RECRUITED.get(str(row["recruitment"]))
    if recruited is None:
        raise ValueError(f"finding {name} was recruited by {row['recruitment']}, for which the figure has no words")
    low = high = np.nan
    if np.isfinite(asked) and not more:
        ends = wilson(*counted(findings, name))
        low, high = 100 * ends.low, 100 * ends.high
    shown = {"study": _study(str(row["citation"])), "recruited": recruited, "n": asked, "share": 100 * share}
    return shown | {"low": low, "high": high, "at_least": more}


def _worded(row: pd.Series) -> str:
    """Write a share with its interval, or that it is only a lower bound."""
    span = f" ({row['low']:.0f} to {row['high']:.0f}%)" if np.isfinite(row["low"]) else ""
    return f"{'at least ' if row['at_least'] else ''}{row['share']:.0f}%{span}"


def _share(row: pd.Series) -> tuple[float, bool]:
    """Read a share and whether it is a lower bound; nan when there is none.

    Where a source prints a fraction in words, as "over two thirds", the finding has the keys `fraction` and `at_least`.
    """
    value, low = float(row["value"]), float(row["low"])
    if np.isfinite(value):
        return (value / 100 if row["unit"] == "%" else value / float(row["n"])), False
    if np.isfinite(low):
        return low / 100, True
    fraction = row.get("fraction")
    return (float(Fraction(fraction)) if isinstance(fraction, str) else np.nan), row.get("at_least") is True


def _study(citation: str) -> str:
    """Shorten "Coe and others 2019" to "Coe 2019"."""
    found = _CITED.match(citation)
    return f"{found['who']} {found['year']}" if found else citation


def _row(findings: pd.DataFrame, name: str) -> pd.Series:
    """Give the row of a finding or say that it is missing."""
    if name not in findings.index:
        raise LookupError(f"finding {name} is missing from the evidence, and the page on self-reports needs it")
    return findings.loc[[name]].iloc[0]
