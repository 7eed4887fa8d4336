"""Set estimates of how many people use kratom side by side, by how the people asked were found."""

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.reported_shares import count_behind, printed_interval
from evidencebook.analysis.values import range_of, value_of

_MEASURE = "prevalence, "
#: The windows of time that are shown, each apart, and the measures that belong to them.
WINDOWS = ("past year", "lifetime", "past month")
_IMPLIED = ", implied by sales volume"
#: How people were found, in the order and the words of the figure. Rows of any other kind come last, as they are.
SAMPLING = {
    "probability": "households",
    "school": "school survey",
    "weighted panel": "weighted panel",
    "quota panel": "quota panel",
    "online-panel": "online panel",
    "crowdsourced": "crowdsourced",
    "treatment": "treatment",
    "clinic": "clinic",
    "sales-volume": "sales volume",
}
_COUNTRY = {"United States": "US", "Thailand": "Thai", "Malaysia": "Malaysian"}
_GROUP = {
    "all": "",
    "prescription opioid use disorder": "opioid disorder",
    "states with a ban": "banned",
    "states without a law": "no law",
    "states with a consumer protection act": "regulated",
    "recent substance use": "substance use",
    "substance use disorder": "",
}
#: Pairs whose answers differ: name, estimate from a sample that chose itself, estimate for the population.
PAIRS = {
    "year_crowd": ("SAF-053", "SAF-039"),
    "ever_crowd": ("PREV-903", "SAF-331"),
    "ever_quota": ("SAF-054", "SAF-331"),
    "ever_panels": ("SAF-054", "SAF-050"),
}
_PANEL, _PANEL_PEOPLE, _TRADE = "SAF-049", "PREV-902", "SAF-240"
_SALES, _MONTH = "SAF-043", "SAF-045"
_TEENS = "SAF-047"
_USE = "the page on prevalence"


def estimates(findings: pd.DataFrame) -> pd.DataFrame:
    """Give every estimate of the share of people who use kratom, one row per finding, with the interval it can have.

    `findings` is indexed by id. Rows are the findings in per cent whose measure is "prevalence, " and a window (past
    year, lifetime or past month), figures implied by sales volume included. Columns: window, sampling, people,
    population, citation, seen, n (people, may be missing), share, low and high (%, missing where there is none) and
    interval: reported, Wilson, or why there is none. A Wilson interval is given only where the people asked count
    alike: not for household samples or weighted panels. Raises LookupError when there is no such finding, ValueError
    when a printed percentage fits no whole number of people.
    """
    names = {_MEASURE + window.replace(" ", "-"): window for window in WINDOWS}
    names |= {name + _IMPLIED: window for name, window in list(names.items())}
    rows = findings[
        findings["measure"].isin(list(names)) & (findings["unit"] == "%") & findings["value"].notna()
    ].copy()
    if rows.empty:
        raise LookupError(f"no finding gives the share of people who use kratom, and {_USE} needs one")
    rows["window"] = rows["measure"].map(names)
    rows["sampling"] = [f"{_kind(row)} panel" if _kind(row) else row["recruitment"] for _, row in rows.iterrows()]
    rows["share"] = rows["value"]
    rows["people"] = [_people(row) for _, row in rows.iterrows()]
    rows[["low", "high", "interval"]] = [_interval(row) for _, row in rows.iterrows()]
    window, kind = list(WINDOWS), list(SAMPLING)
    rows["order"] = [
        (window.index(name), kind.index(how) if how in kind else len(kind), share)
        for name, how, share in zip(rows["window"], rows["sampling"], rows["share"], strict=True)
    ]
    columns = [
        "window",
        "sampling",
        "people",
        "population",
        "citation",
        "seen",
        "n",
        "share",
        "low",
        "high",
        "interval",
    ]
    return rows.sort_values("order")[columns]


def odds_of_entering(sample: float, population: float) -> float:
    """Give how many times as likely people who use kratom must be to enter a sample to turn one share into the other.

    Both shares from 0 to 1, neither end included. If a share p of the population uses it and those people enter the
    sample s times as often as others, its share there is s p / (s p + 1 - p); this is s, the ratio of the odds. Raises
    ValueError when a share is out of range.
    """
    _proper(sample, population)
    return sample / (1 - sample) * (1 - population) / population


def false_yes(sample: float, population: float) -> float:
    """Give the share of people without use who must have said yes to lift the population's share to the sample's.

    Shares from 0 to 1, neither end included; solves sample = p + f (1 - p) for f. Negative if the sample is lower.
    Raises ValueError when a share is out of range.
    """
    _proper(sample, population)
    return (sample - population) / (1 - population)


def hidden(sample: float, population: float) -> float:
    """Give the share of people with use who must have said no to lower the sample's share to the population's.

    Shares from 0 to 1, neither end included: 1 - p / sample. Negative if the sample is lower. Raises ValueError when
    a share is out of range.
    """
    _proper(sample, population)
    return 1 - population / sample


def readings(findings: pd.DataFrame) -> pd.DataFrame:
    """Give, for each pair of estimates that differ, what would alone make them agree; one row per name in PAIRS.

    Columns: sample and population (%), times (their ratio), odds (a ratio), false_yes and hidden (%). Raises
    LookupError naming a finding that is missing.
    """
    rows = {}
    for name, pair in PAIRS.items():
        sample, population = (value_of(findings, each, _USE) for each in pair)
        shares = sample / 100, population / 100
        rows[name] = {"sample": sample, "population": population, "times": sample / population}
        rows[name] |= {"odds": odds_of_entering(*shares), "false_yes": 100 * false_yes(*shares)}
        rows[name]["hidden"] = 100 * hidden(*shares)
    return pd.DataFrame.from_dict(rows, orient="index")


def trade_shares(findings: pd.DataFrame) -> dict[str, float]:
    """Give the trade association's number beside the weighted panel's: how many times as many, and in per cent.

    The panel prints a share and the number of adults it stands for, which gives the adults; the number of people that
    the association names, low and high, is divided by it. Raises LookupError naming a finding that is missing.
    """
    people, share = value_of(findings, _PANEL_PEOPLE, _USE), value_of(findings, _PANEL, _USE)
    ends = dict(zip(("low", "high"), range_of(findings, _TRADE, _USE), strict=True))
    times = {f"trade_times_{end}": number / people for end, number in ends.items()}
    return times | {f"trade_share_{end}": share * number / people for end, number in ends.items()}


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give every number that the page quotes, by name: shares in per cent, the rest as ratios or counts."""
    rows, table = estimates(findings), readings(findings)
    year = rows[rows["window"] == "past year"]
    quoted = {"estimates": float(len(rows)), "year_low": year["share"].min(), "year_high": year["share"].max()}
    quoted["no_interval"] = float(rows["low"].isna().sum())
    quoted |= {f"{name}_{what}": table.loc[name, what] for name in PAIRS for what in ("times", "odds")}
    quoted |= {f"{name}_{what}": table.loc[name, what] for name in PAIRS for what in ("false_yes", "hidden")}
    quoted |= trade_shares(findings)
    quoted["sales_times"] = value_of(findings, _SALES, _USE) / value_of(findings, _MONTH, _USE)
    low, high = range_of(findings, _TEENS, _USE)
    alike = printed_interval(value_of(findings, _TEENS, _USE), int(findings["n"].loc[_TEENS]))
    quoted["wider"] = (high - low) / (100 * (alike.high - alike.low))
    if not np.isfinite(list(quoted.values())).all():
        raise ValueError(f"a number of {_USE} is not finite: {quoted}")
    return {name: float(number) for name, number in quoted.items()}


def _interval(row: pd.Series) -> tuple[float, float, str]:
    """Give the reported interval, a Wilson interval where people count alike, or the reason for none."""
    if row["spread_kind"] == "ci95" and np.isfinite([row["low"], row["high"]]).all():
        return float(row["low"]), float(row["high"]), "reported"
    if row["recruitment"] == "sales-volume":
        return np.nan, np.nan, "none, nobody was asked"
    if row["recruitment"] == "probability" or _kind(row) == "weighted":
        return np.nan, np.nan, "none, weighted sample"
    if not np.isfinite(row["n"]):
        return np.nan, np.nan, "none, number of people not given"
    span = printed_interval(row["value"], int(row["n"]))
    return 100 * span.low, 100 * span.high, f"Wilson, {count_behind(row['value'], int(row['n'])):,} of {row['n']:,.0f}"


def _kind(row: pd.Series) -> str:
    """Tell a weighted panel from one with quotas; other samples have no kind."""
    kind = row.get("panel")
    return kind if row["recruitment"] == "online-panel" and isinstance(kind, str) else ""


def _people(row: pd.Series) -> str:
    """Name the people of a row in few words: country, how they were found, and which group of them."""
    where, how = _COUNTRY.get(row["country"], row["country"]), SAMPLING.get(row["sampling"], row["sampling"])
    group = _GROUP.get(row["group"], row["group"])
    group = "" if group == "students" or not isinstance(group, str) else group
    return f"{where} {how}{', ' if group else ''}{group}"


def _proper(*shares: float) -> None:
    """Refuse a share that has no odds."""
    if not all(0 < share < 1 for share in shares):
        raise ValueError(f"shares must lie between 0 and 1, not {shares}")
