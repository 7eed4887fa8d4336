"""Turn what was found about the medicines for opioid use disorder into numbers of people out of 1,000."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.proportions import wilson
from evidencebook.analysis.stats.reported_shares import count_behind, printed_interval
from kratom.treatment.comparisons import DEATH, comparisons

#: The denominator of every number here.
PEOPLE = 1000
RATE = "per 1000 person-years"

_OUTCOMES = DEATH | {"overdose mortality": "death from overdose"}
#: Arms of trials that went without the medicine, or in which it was soon ended.
_WITHOUT = ("taper", "referral alone", "placebo", "no medicine")
_STILL_THERE = ("retention", "engagement")


@dataclass(frozen=True)
class Difference:
    """Hold a difference of two shares with the ends of its 95% interval, all from -1 to 1."""

    middle: float
    low: float
    high: float


def rates(findings: pd.DataFrame) -> pd.DataFrame:
    """Give deaths per 1,000 person-years in and out of treatment, one row per medicine and outcome.

    Uses every finding with the unit "per 1000 person-years" that says whether it was counted in treatment. Columns:
    medicine, outcome, review, inside, outside (deaths per 1,000 person-years), fewer (outside less inside), and
    fewer_low and fewer_high: outside times (1 - ratio) at the ends of the interval of the review's own rate ratio, in
    against out; missing where none was seen. This takes the rate outside as known. Raises LookupError, naming the
    finding that stands alone, when a rate has no counterpart.
    """
    rows = findings[(findings["unit"] == RATE) & findings["in_treatment"].notna() & findings["outcome"].isin(_OUTCOMES)]
    if rows.empty:
        raise LookupError("no finding gives deaths in and out of treatment, and the page on the medicines needs them")
    table = []
    for key, pair in rows.groupby(["review", "medicine", "outcome"], sort=False):
        review, medicine, outcome = map(str, key)
        inside, outside = (_one(pair, within) for within in (True, False))
        low, high = _ratio(findings, review, medicine, outcome)
        fewer = [outside - inside, outside * (1 - high), outside * (1 - low)]
        table.append([medicine, _OUTCOMES[outcome], review, inside, outside, *fewer])
    columns = ["medicine", "outcome", "review", "inside", "outside", "fewer", "fewer_low", "fewer_high"]
    known = pd.DataFrame(table, columns=columns).sort_values(["medicine", "outcome"], ascending=[False, True])
    return known.set_index(pd.Index(known["medicine"] + ": " + known["outcome"], name="question"))


def other_reviews(findings: pd.DataFrame) -> pd.DataFrame:
    """Apply the ratio of every other review to the rates outside treatment: what it would mean for the same people.

    One row per medicine that has rates and another review of deaths from any cause in and out of treatment. Columns:
    review, inside, inside_low, inside_high, outside, fewer, fewer_low, fewer_high: deaths per 1,000 person-years.
    Formula: inside = outside times ratio (Cochrane Handbook 15.4.4).
    """
    known, cause = rates(findings), next(iter(DEATH.values()))
    ratios = comparisons(findings, DEATH)
    ratios = ratios[ratios["review"].notna() & (ratios["against"] == "time out of treatment")]
    table = []
    for _, row in known[known["outcome"] == cause].iterrows():
        others = ratios[(ratios["medicine"] == row["medicine"]) & (ratios["review"] != row["review"])]
        for _, other in others.iterrows():
            inside = [row["outside"] * other[end] for end in ("value", "low", "high")]
            fewer = [row["outside"] - inside[place] for place in (0, 2, 1)]
            table.append([row["medicine"], other["review"], *inside, row["outside"], *fewer])
    columns = [
        "medicine",
        "review",
        "inside",
        "inside_low",
        "inside_high",
        "outside",
        "fewer",
        "fewer_low",
        "fewer_high",
    ]
    return pd.DataFrame(table, columns=columns).set_index("medicine")


def arms(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the people out of 1,000 who were still in treatment in the two arms of a trial, one row per pair of arms.

    Uses every finding in per cent about retention or engagement that names its arm; an arm whose counterpart is not
    in the evidence is left out. Columns: weeks, with_arm, without_arm, the share of each (people out of 1,000) with
    its Wilson interval, and more, more_low, more_high (Newcombe). Without a number of people there is no interval.
    Raises ValueError when a percentage does not fit its number of people.
    """
    rows = findings[(findings["unit"] == "%") & findings["outcome"].isin(_STILL_THERE) & findings["arm"].notna()]
    table = []
    for (_, _, weeks), trial in rows.groupby(["source", "medicine", "weeks"], sort=False, dropna=False):
        without = trial["arm"].isin(_WITHOUT)
        for _, one in trial[~without].iterrows():
            for _, other in trial[without].iterrows():
                citation = str(one["citation"])
                table.append([citation, weeks, _arm(one), str(other["arm"]), *_share(one), *_share(other)])
                table[-1] += [PEOPLE * part for part in _gain(one, other)]
    shares = [f"{arm}{end}" for arm in ("with", "without", "more") for end in ("", "_low", "_high")]
    return pd.DataFrame(table, columns=["study", "weeks", "with_arm", "without_arm", *shares]).set_index("study")


def newcombe(count: int, total: int, other_count: int, other_total: int) -> Difference:
    """Give the difference of two independent shares with its 95% interval.

    `count` of `total` people less `other_count` of `other_total`. Formula: Newcombe, Stat Med 1998;17:873, method 10.
    Raises ValueError when the counts are impossible.
    """
    one, other = wilson(count, total), wilson(other_count, other_total)
    middle = one.share - other.share
    below = math.hypot(one.share - one.low, other.high - other.share)
    above = math.hypot(one.high - one.share, other.share - other.low)
    return Difference(middle, middle - below, middle + above)


def fisher(count: int, total: int, other_count: int, other_total: int) -> float:
    """Give the chance of a split at least as unlikely if both groups were alike: Fisher's exact test, two-sided.

    From 0 to 1. Fisher, J R Stat Soc 1922;85:87. Raises ValueError when the counts are impossible.
    """
    wilson(count, total), wilson(other_count, other_total)  # refuses impossible counts
    everyone, successes = total + other_total, count + other_count
    possible = range(max(0, successes - other_total), min(total, successes) + 1)
    ways = {k: math.comb(total, k) * math.comb(other_total, successes - k) for k in possible}
    return sum(way for way in ways.values() if way <= ways[count]) / math.comb(everyone, successes)


def risk_in_a_year(rate: float) -> float:
    """Give the deaths in a year among 1,000 people alive at its start, from a constant rate per 1,000 person-years.

    Formula: 1,000 (1 - exp(-rate / 1,000)). Raises ValueError when the rate is negative or not finite.
    """
    if not (np.isfinite(rate) and rate >= 0):
        raise ValueError(f"a rate of {rate} is impossible")
    return -PEOPLE * math.expm1(-rate / PEOPLE)


def _one(pair: pd.DataFrame, within: bool) -> float:
    """Give the rate in or out of treatment, or name the finding that stands alone."""
    found = pair.loc[pair["in_treatment"].astype(bool) == within, "value"]
    if len(found) == 1 and np.isfinite(found.iloc[0]):
        return float(found.iloc[0])
    where = "in" if within else "out of"
    raise LookupError(f"beside {', '.join(pair.index)} the evidence needs exactly one rate {where} treatment")


def _ratio(findings: pd.DataFrame, review: str, medicine: str, outcome: str) -> tuple[float, float]:
    """Give the interval of the review's own rate ratio, in against out, or nothing."""
    same = (findings["review"] == review) & (findings["medicine"] == medicine) & (findings["outcome"] == outcome)
    found = findings[same & (findings["contrast"] == "out against in")]
    if found.empty:
        return np.nan, np.nan
    return 1 / float(found["high"].iloc[0]), 1 / float(found["low"].iloc[0])


def _arm(row: pd.Series) -> str:
    """Name an arm by its medicine, and by what was done with it if that says more."""
    medicine, arm = row["medicine"], str(row["arm"])
    return arm if pd.isna(medicine) or medicine == arm else f"{medicine}, {arm}"


def _share(row: pd.Series) -> list[float]:
    """Give people out of 1,000 with the ends of the Wilson interval."""
    if pd.isna(row["n"]):
        return [10 * float(row["value"]), np.nan, np.nan]
    found = printed_interval(float(row["value"]), int(row["n"]))
    return [PEOPLE * found.share, PEOPLE * found.low, PEOPLE * found.high]


def _gain(one: pd.Series, other: pd.Series) -> tuple[float, float, float]:
    """Give the difference of two arms with the ends of its interval, as shares."""
    if pd.isna(one["n"]) or pd.isna(other["n"]):
        return (float(one["value"]) - float(other["value"])) / 100, np.nan, np.nan
    counts = [(count_behind(float(row["value"]), int(row["n"])), int(row["n"])) for row in (one, other)]
    found = newcombe(*counts[0], *counts[1])
    return found.middle, found.low, found.high
