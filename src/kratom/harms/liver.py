"""Lay out the reports of liver injury with kratom: when, of which kind, with what end, and what a rate would take."""

import math

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.proportions import exact
from evidencebook.analysis.stats.reported_shares import out_of, percent, share_of, shares
from evidencebook.analysis.values import estimate_of, value_of

_USE = "the page on liver injury"
#: The R ratio at and below which an injury is called cholestatic, and at and above which hepatocellular: a convention,
#: not a finding (Purwar and others, World J Hepatol 2023;15:1021, table 1; mixed lies between).
CHOLESTATIC, HEPATOCELLULAR = 2.0, 5.0
#: What the counts say, by finding; the network's accounts of 2019 and 2021 share people and are not added up.
_COUNTS = {
    "SAF-104": "kratom held to be the cause, first cases of the network",
    "ORG-904": "drank alcohol as well, first cases",
    "SAF-106": "jaundice, first cases",
    "ORG-901": "jaundice, all cases of the network",
    "ORG-903": "recovered, all cases of the network",
    "SAF-114": "cholestatic, published cases",
    "SAF-115": "liver transplant, published cases",
    "ORG-905": "kratom among injuries from supplements, network",
}
_SEARCHED = {"case-series": "US network", "systematic-review": "published cases"}
_TESTED = "ORG-907"


def latency(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the medians of the time from first use to injury, one row per finding: source, n, value, low, high (days).

    Taken from every finding on the liver with the measure "latency, median"; low and high are the ends of the range,
    missing where not given. Raises LookupError when there is none, ValueError for another unit than days.
    """
    return _medians(findings, "latency, median", "days")


def pattern(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the medians of the R ratio, one row per finding: source, n, value, low, high and kind of injury.

    R is ALT over its upper limit of normal, divided by alkaline phosphatase over its own. Errors as latency.
    """
    rows = _medians(findings, "R ratio, median", "ratio")
    return rows.assign(kind=rows["value"].map(kind))


def kind(r: float) -> str:
    """Name the kind of injury for an R ratio above 0: cholestatic, mixed or hepatocellular (convention above)."""
    if not r > 0:
        raise ValueError(f"an R ratio is above 0, not {r}")
    return "cholestatic" if r <= CHOLESTATIC else "hepatocellular" if r >= HEPATOCELLULAR else "mixed"


def counted(findings: pd.DataFrame) -> pd.DataFrame:
    """Give what was counted in the cases: what, count, total, share, low, high (%; exact binomial 95% interval).

    Shares of collected cases, not of people who take kratom. Raises LookupError when a finding is missing.
    """
    for name in _COUNTS:
        value_of(findings, name, _USE)
    table = shares(findings, list(_COUNTS), _USE, method=exact)
    table.insert(0, "what", [_COUNTS[name] for name in table.index])
    return table


def rate_left(people: float) -> float:
    """Give the highest rate that none among `people` people leaves possible, with 95% confidence; from 0 to 1.

    The root of (1 - rate)^people = 0.05 (Hanley and Lippman-Hand, JAMA 1983;249:1743). Raises ValueError for nobody.
    """
    if not people > 0:
        raise ValueError(f"someone must have been looked at, not {people}")
    return float(-np.expm1(math.log(0.05) / people))


def people_needed(rate: float) -> int:
    """Give the people to follow so that a `rate`, between 0 and 1, would show at least once with 95% certainty."""
    if not 0 < rate < 1:
        raise ValueError(f"a rate lies between 0 and 1, not {rate}")
    return math.ceil(math.log(0.05) / math.log1p(-rate))


def tested(findings: pd.DataFrame) -> int:
    """Give how many regular users of kratom had their blood tested in a comparison with people who did not use it.

    Read from the key `users` of the finding, whose n counts both groups. Raises LookupError when it is missing.
    """
    users = findings["users"].get(_TESTED) if "users" in findings else None
    if users is None or pd.isna(users):
        raise LookupError(f"finding {_TESTED} has no key users under where; {_USE} needs it")
    return int(users)


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give every number that the page quotes; raises LookupError when a finding is missing."""
    rows, times, people = counted(findings), latency(findings), tested(findings)
    low, high = rows["low"], rows["high"]
    r = estimate_of(findings, "GAP-109", _USE)
    return {
        "latency_low": float(times["value"].min()),
        "latency_high": float(times["value"].max()),
        "longest": float(times["high"].max()),
        "r_median": r.middle,
        "r_low": r.low,
        "r_high": r.high,
        "cholestatic_below": CHOLESTATIC,
        "hepatocellular_from": HEPATOCELLULAR,
        "cause_low": float(low["SAF-104"]),
        "cause_high": float(high["SAF-104"]),
        "not_recovered_high": 100 - float(low["ORG-903"]),
        "transplant_low": float(low["SAF-115"]),
        "transplant_high": float(high["SAF-115"]),
        "of_supplements": share_of(findings, "ORG-905", _USE).share,
        "tested": people,
        "left_one_in": 1 / rate_left(people),
        "need_1000": people_needed(0.001),
        "need_10000": people_needed(0.0001),
    }


def counted_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word what was counted in the cases, numbers as text."""
    rows = counted(findings)
    worded = {"Cases": [out_of(row) for _, row in rows.iterrows()]}
    worded["Share (exact 95% interval)"] = [percent(row) for _, row in rows.iterrows()]
    return pd.DataFrame(worded, index=pd.Index(rows["what"], name="What was counted"))


def _medians(findings: pd.DataFrame, measure: str, unit: str) -> pd.DataFrame:
    """Give the findings on the liver with one measure, named by where their cases came from."""
    rows = findings[(findings["measure"] == measure) & (findings["organ"] == "liver")]
    if rows.empty or rows["value"].isna().any():
        raise LookupError(f"a finding on the liver with the measure {measure} is missing, and {_USE} needs it")
    if not (rows["unit"] == unit).all():
        raise ValueError(f"the findings with the measure {measure} are not all in {unit}")
    source = [f"{_SEARCHED.get(row['design'], row['design'])}, {row['published']:.0f}" for _, row in rows.iterrows()]
    return rows[["published", "n", "value", "low", "high"]].assign(source=source).sort_values(["published", "value"])
