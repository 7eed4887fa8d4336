"""Lay out what was reported to poison centres: calls by year, how many name kratom alone, and what they mention."""

import math

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.proportions import rule_of_three
from evidencebook.analysis.stats.reported_shares import out_of, percent, share_of, shares
from evidencebook.analysis.values import value_of

_USE = "the page on poison centres"
_EFFECTS = ["SAF-118", "SAF-119", "SAF-120", "SAF-121", "SAF-122", "SAF-123"]


def annual(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the yearly counts of reports, one row per finding, indexed by id.

    `findings` needs the columns measure, series, country, region, year, part and value. Columns of the result: series,
    region, year, reports (per year) and part (True where the year had not ended). Raises LookupError when there is
    none, or when a count does not say its year.
    """
    rows = findings[(findings["measure"] == "poison-centre reports, annual") & findings["value"].notna()]
    if rows.empty:
        raise LookupError(
            "no finding counts poison-centre reports in one year, and the figure of calls by year needs it"
        )
    if undated := list(rows.index[pd.to_numeric(rows["year"], errors="coerce").isna()]):
        raise LookupError(f"finding {undated[0]} does not say its year, and the figure of calls by year needs it")
    table = pd.DataFrame({"series": rows["series"], "region": rows["region"], "reports": rows["value"]})
    table["year"] = rows["year"].astype(int)
    table["part"] = rows["part"].eq(True)
    return table.sort_values(["series", "year"])


def course(findings: pd.DataFrame) -> pd.DataFrame:
    """Give all that is known of the course by year: the yearly counts, and means over years that were not printed.

    Columns: series, region, first, last (the years a row stands for), reports (per year) and basis: "printed", "part of
    a year", or "worked out" where a total less the printed years is spread evenly over the years left. No row rests on
    two sources. Raises LookupError when a finding is missing.
    """
    counts = annual(findings)
    rows = counts[["series", "region", "reports"]].assign(first=counts["year"], last=counts["year"])
    rows["basis"] = np.where(counts["part"], "part of a year", "printed")
    whole = (
        value_of(findings, "SAF-001", _USE) - value_of(findings, "SAF-002", _USE) - value_of(findings, "SAF-003", _USE)
    )
    total = value_of(findings, "SAF-007", _USE)
    late = total * value_of(findings, "SAF-010", _USE) / 100
    means = [
        ("CDC note 2016", 2011, 2014, whole),
        ("Post 2019", 2012, 2015, total - late - value_of(findings, "SAF-008", _USE)),
        ("Post 2019", 2016, 2016, late - value_of(findings, "SAF-009", _USE)),
        ("Addiction 2026", *_period(findings, "SAF-023"), value_of(findings, "SAF-023", _USE)),
    ]
    left = [
        {"series": series, "first": first, "last": last, "reports": sum_ / (last - first + 1), "basis": "worked out"}
        for series, first, last, sum_ in means
    ]
    return pd.concat([rows, pd.DataFrame(left)], ignore_index=True).sort_values(["series", "first"], ignore_index=True)


def overlap(findings: pd.DataFrame) -> dict[str, float]:
    """Compare two readings of the same national system over the years that both cover, 2011 to 2015, in calls.

    The first is its total less its first year; the second its total less the printed share of its last two years.
    Also gives what the second leaves for 2016, and the third account of 2015 over the first. Raises LookupError.
    """
    total = value_of(findings, "SAF-007", _USE)
    late = total * value_of(findings, "SAF-010", _USE) / 100
    first = value_of(findings, "SAF-003", _USE)
    return {
        "overlap_first": value_of(findings, "SAF-001", _USE) - value_of(findings, "SAF-002", _USE),
        "overlap_second": total - late,
        "left_for_2016": late - value_of(findings, "SAF-009", _USE),
        "third_over_first": value_of(findings, "SAF-030", _USE) / first,
    }


def alone_in_calls(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the share of reports in which kratom was the only substance named, one row per source, indexed by id.

    Taken from every finding on reports whose exposure is "alone", or "with others" (then the rest), and that has a
    denominator. Columns: series, country, years, count, total, share, low, high (%; Wilson 95% interval) and
    printed. Raises
    LookupError when there is none.
    """
    exposure, outcome = findings["exposure"].isin(["alone", "with others"]), findings["outcome"] == "reports"
    names = list(findings.index[exposure & outcome & findings["n"].notna()])
    if not names:
        raise LookupError("no finding on poison-centre reports says in how many kratom was alone")
    table = findings.loc[names, ["series", "country", "years"]].join(shares(findings, names, _USE))
    return table.sort_values(["country", "total"], ascending=False)


def effects_alone(findings: pd.DataFrame) -> pd.DataFrame:
    """Give what reports of kratom alone mention, most frequent first: outcome, count, total, share, low, high (%).

    Raises LookupError when a finding is missing.
    """
    for name in _EFFECTS:
        value_of(findings, name, _USE)
    table = findings.loc[_EFFECTS, ["outcome"]].join(shares(findings, _EFFECTS, _USE))
    return table.sort_values("share", ascending=False, kind="stable")


def implied(overall: float, odds_ratio: float, alone: float) -> tuple[float, float]:
    """Give the share with an outcome among reports of kratom alone, and among reports with other substances.

    `overall` is the share among all reports and `alone` the share of reports with kratom alone, both above 0 and below
    1; `odds_ratio`, above 0, compares the others with those alone. Closed form: the root of the quadratic that follows
    from the definition of the odds ratio and overall = alone·first + (1 - alone)·second. Raises ValueError.
    """
    if not (0 < overall < 1 and 0 < alone < 1 and odds_ratio > 0):
        raise ValueError(f"no shares follow from {overall}, an odds ratio of {odds_ratio} and {alone}")
    over = odds_ratio - 1
    square, linear = alone * over, alone + (1 - alone) * odds_ratio - overall * over
    root = math.sqrt(linear * linear + 4 * square * overall)
    first = 2 * overall / (linear + root)  # the form that also holds for an odds ratio of 1
    return first, odds_ratio * first / (1 + over * first)


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give every number that the page quotes; raises LookupError when a finding is missing."""
    calls = alone_in_calls(findings)
    national = calls.loc[calls["country"] == "US", "share"]
    deaths = share_of(findings, "SAF-017", _USE)
    overall, odds = value_of(findings, "SAF-014", _USE) / 100, value_of(findings, "SAF-016", _USE)
    ends = [implied(overall, odds, float(share) / 100) for share in (national.min(), national.max())]
    return overlap(findings) | {
        "mean_2010_2023": _mean(findings, "SAF-023"),
        "alone_low": float(national.min()),
        "alone_high": float(national.max()),
        "serious_alone_low": 100 * ends[0][0],
        "serious_alone_high": 100 * ends[1][0],
        "serious_others_low": 100 * ends[0][1],
        "serious_others_high": 100 * ends[1][1],
        "deaths_share": deaths.share,
        "deaths_low": deaths.low,
        "deaths_high": deaths.high,
        "deaths_none_high": 100 * rule_of_three(share_of(findings, "HRM-904", _USE).total),
    }


def effects_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word the effects in reports of kratom alone, numbers as text."""
    rows = effects_alone(findings)
    worded = {"Reports": [out_of(row) for _, row in rows.iterrows()]}
    worded["Share (95% interval)"] = [percent(row) for _, row in rows.iterrows()]
    return pd.DataFrame(worded, index=pd.Index(rows["outcome"], name="Effect named"))


def course_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word the course by year, numbers as text."""
    rows = course(findings)
    years = [
        f"{row['first']}" if row["first"] == row["last"] else f"{row['first']} to {row['last']}"
        for _, row in rows.iterrows()
    ]
    worded = {"Years": years, "Reports a year": rows["reports"].map("{:,.0f}".format), "Basis": rows["basis"]}
    return pd.DataFrame(worded).set_axis(rows["series"].rename("Source"))


def _period(findings: pd.DataFrame, name: str) -> tuple[int, int]:
    """Give the first and the last year of a total."""
    value_of(findings, name, _USE)
    span = str(findings["years"].loc[name]).split("-")
    if len(span) != 2:
        raise LookupError(f"finding {name} does not say its first and last year, and {_USE} needs both")
    return int(span[0]), int(span[1])


def _mean(findings: pd.DataFrame, name: str) -> float:
    """Give the reports per year of a total over several years."""
    first, last = _period(findings, name)
    return value_of(findings, name, _USE) / (last - first + 1)
