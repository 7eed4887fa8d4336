"""Set side by side what was counted of dependence on kratom and of withdrawal from it, and when it comes."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.proportions import Interval, wilson
from evidencebook.analysis.stats.reported_shares import count_behind
from evidencebook.analysis.values import range_of, value_of
from evidencebook.evidence.units import registry
from kratom.blood_levels.half_lives import half_lives

#: Which measures are about the time after the last kratom, and which symptoms are no single symptom.
_WITHDRAWAL = r"withdrawal|cessation|discontinuation"
_NO_SYMPTOM = ["list", "tolerance", "withdrawal"]
#: Symptoms that are drawn together, first the ones drawn first; any other follows under its own name.
_TOGETHER = {"muscle pain": "pain"}
_ORDER = ["pain", "poor sleep", "fatigue", "anxiety", "low mood"]
#: What counts as dependence, by the field outcome.
_DEPENDENCE = ["kratom use disorder", "severe kratom use disorder", "moderate dependence", "self-perceived dependence"]
#: People who met the criteria of a use disorder in the largest online survey, and who of them had withdrawal.
_DISORDER, _OF_THEM = "GAP-064", "GAP-066"
#: The time course: its onset as told, how long people were watched and none was seen, its length in one man.
_ONSET, _WATCHED, _LENGTH = "WD-102", "WD-013", "WD-156"
#: Scores from memory in an online sample.
_SCORE = "WD-099"
_USE = "the page on withdrawal from kratom"


class Span(NamedTuple):
    """Hold the two ends of a time in hours."""

    low: float
    high: float


def symptom_shares(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the share of people with each symptom after stopping kratom, one row per finding, with Wilson intervals.

    `findings` is indexed by id. Rows are the findings with a symptom and a share (% or people) whose measure speaks of
    withdrawal, cessation or discontinuation, of kratom alone. Columns: symptom, people, recruitment, measure, citation,
    n and count (people), share, low and high (%). Raises LookupError when there is none or when one lacks its number
    of people, ValueError when a printed percentage fits no whole number of people.
    """
    rows = _reports(findings)
    rows = rows[rows["unit"].isin(["%", "people"]) & rows["value"].notna()].copy()
    if rows.empty:
        raise LookupError(f"no finding gives the share of a symptom of withdrawal from kratom, and {_USE} needs one")
    rows["symptom"] = rows["symptom"].replace(_TOGETHER)
    rows["people"] = _people(rows)
    rows = _with_intervals(rows)
    place = {name: at for at, name in enumerate(_ORDER)}
    order = rows["symptom"].map(lambda name: place.get(name, len(place)))
    rows = rows.assign(order=order).sort_values(["order", "symptom", "share"], ascending=[True, True, False])
    return rows[["symptom", "people", "recruitment", "measure", "citation", "n", "count", "share", "low", "high"]]


def headache_bounds(findings: pd.DataFrame) -> pd.DataFrame:
    """Give, for each sample whose abstract does not name headache, the highest share it could have had there.

    If an abstract names the most frequent symptoms, one that it does not name was at most as frequent as the rarest it
    names; without any share it could be anything up to 100%. One row per source that says so (field headache: not
    named). Columns: people, citation, n (people) and at_most (%). Raises as symptom_shares does.
    """
    reports, shares = _reports(findings), symptom_shares(findings)
    rarest = shares.groupby(findings.loc[shares.index, "source"])["share"].min()
    silent = reports[reports["headache"] == "not named"].drop_duplicates("source").copy()
    silent["people"] = _people(silent)
    silent["at_most"] = silent["source"].map(rarest).fillna(100.0)
    return silent[["people", "citation", "n", "at_most"]].sort_values("at_most", ascending=False)


def dependence_shares(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the share of people counted as dependent, one row per finding, with Wilson intervals.

    Rows are the findings in per cent whose outcome is a use disorder or dependence. Columns: population, recruitment,
    measure, citation, n and count (people), share, low and high (%). Raises as symptom_shares does.
    """
    rows = findings[findings["outcome"].isin(_DEPENDENCE) & (findings["unit"] == "%")].copy()
    if rows.empty:
        raise LookupError(f"no finding gives a share of people dependent on kratom, and {_USE} needs one")
    rows = _with_intervals(rows).sort_values(["recruitment", "share"], ascending=[True, False])
    return rows[["population", "recruitment", "measure", "citation", "n", "count", "share", "low", "high"]]


def time_course(findings: pd.DataFrame) -> pd.DataFrame:
    """Give what is known of the time after the last kratom, in hours: rows onset, watched, length and half_life.

    Columns: low and high (h) and n (people). The length of one man's withdrawal has low equal to high; half_life runs
    from the shortest to the longest terminal half-life of mitragynine in people. Raises LookupError naming what lacks.
    """
    told = _hours(findings, _ONSET, *range_of(findings, _ONSET, _USE))
    watched = _hours(findings, _WATCHED, *range_of(findings, _WATCHED, _USE))
    lasted = value_of(findings, _LENGTH, _USE)
    length = _hours(findings, _LENGTH, lasted, lasted)
    lives = half_lives(findings)
    lives = lives[lives["compound"] == "mitragynine"]
    spans = [told, watched, length, Span(lives["value"].min(), lives["value"].max())]
    table = pd.DataFrame(spans, columns=["low", "high"], index=["onset", "watched", "length", "half_life"])
    table["n"] = [*findings.loc[[_ONSET, _WATCHED, _LENGTH], "n"], lives["n"].sum()]
    return table


def withdrawal_at_least(findings: pd.DataFrame) -> Interval:
    """Give the lowest share of an online sample that had withdrawal: those who also met the criteria of a disorder.

    People with withdrawal who met too few other criteria are not counted, so the true share of the sample is higher or
    equal. A share from 0 to 1 with its Wilson interval. Raises LookupError naming a missing finding, ValueError when
    the two findings are not about the same people.
    """
    all_of_them, with_it = (value_of(findings, name, _USE) for name in (_DISORDER, _OF_THEM))
    total, among = (int(number) for number in findings.loc[[_DISORDER, _OF_THEM], "n"])
    if abs(100 * among / total - all_of_them) > 0.05:
        raise ValueError(f"{_OF_THEM} is about {among} people, and these are not the {all_of_them:g}% of {_DISORDER}")
    return wilson(count_behind(with_it, among), total)


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give every number that the page quotes, by name: shares in per cent, times in hours, the rest as named."""
    shares, bounds, course = symptom_shares(findings), headache_bounds(findings), time_course(findings)
    least = withdrawal_at_least(findings)
    quoted: dict[str, Any] = {"samples": _reports(findings)["source"].nunique(), "counts": len(shares)}
    quoted["headache_counts"] = shares["symptom"].str.contains("headache").sum()
    for name, symptom in {"pain": "pain", "sleep": "poor sleep"}.items():
        rows = shares.loc[shares["symptom"] == symptom, "share"]
        quoted |= {f"{name}_counts": len(rows), f"{name}_low": rows.min(), f"{name}_high": rows.max()}
    bounded = bounds.loc[bounds["at_most"] < 100, "at_most"]
    quoted |= {"silent": len(bounds), "headache_most_low": bounded.min(), "headache_most_high": bounded.max()}
    quoted |= {"least": 100 * least.share, "least_low": 100 * least.low, "least_high": 100 * least.high}
    onset, watched, life = (Span(*course.loc[name, ["low", "high"]]) for name in ("onset", "watched", "half_life"))
    seen = max(0.0, min(watched.low, onset.high) - onset.low)
    quoted["onset_watched"] = 100 * seen / (onset.high - onset.low)
    quoted |= {"watch_lives_low": watched.low / life.high, "watch_lives_high": watched.high / life.low}
    score = value_of(findings, _SCORE, _USE)
    quoted["score_spread"] = 100 * findings["spread"].loc[_SCORE] / score
    if not np.isfinite(list(quoted.values())).all():
        raise ValueError(f"a number of {_USE} is not finite: {quoted}")
    return {name: float(number) for name, number in quoted.items()}


def _reports(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the findings on symptoms of withdrawal from kratom, those in words included."""
    about = findings["measure"].str.contains(_WITHDRAWAL, na=False) & findings["symptom"].notna()
    other = findings["drug"].notna() | findings["symptom"].isin(set(_NO_SYMPTOM) - {"list"})
    ratio = findings["outcome"] == "dose relation"
    return findings[about & ~other & ~ratio]


def _with_intervals(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the people behind each share, and the share with its interval in per cent."""
    if rows["n"].isna().any():
        raise LookupError(f"finding {rows.index[rows['n'].isna()][0]} has no number of people, and {_USE} needs it")
    rows["n"] = rows["n"].astype(int)
    counted = rows["unit"] == "people"
    pairs = zip(rows["value"], rows["n"], counted, strict=True)
    rows["count"] = [int(value) if people else count_behind(value, n) for value, n, people in pairs]
    spans = [wilson(count, n) for count, n in zip(rows["count"], rows["n"], strict=True)]
    rows["share"] = rows["value"].where(~counted, [100 * span.share for span in spans])
    rows["low"], rows["high"] = [100 * span.low for span in spans], [100 * span.high for span in spans]
    return rows


def _people(rows: pd.DataFrame) -> pd.Series:
    """Name the people of each row in few words."""
    how = rows["recruitment"].where(rows["exposure"] != "with others", "mixed drugs")
    return rows["country"].replace("United States", "US") + ", " + how


def _hours(findings: pd.DataFrame, name: str, low: float, high: float) -> Span:
    """Turn both ends of a time into hours."""
    unit = str(findings.loc[name, "unit"])
    return Span(*(float(registry().Quantity(end, unit).to("h").magnitude) for end in (low, high)))
