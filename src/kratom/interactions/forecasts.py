"""Compare what test tubes forecast of kratom with medicines with what was measured in people, and find where they part.

A swallowed medicine passes the wall of the gut and then the liver. When an enzyme that removes it is blocked, its
exposure rises by one factor for the gut and one for the liver, and the two multiply (Fahmi and others, Drug Metab
Dispos 2009;37:1658; ICH M12, 2024). The gut can at most let everything pass; the liver shows in the half-life as well.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evidencebook.analysis.values import Estimate, estimate_of, range_of, value_of

_USE = "the comparison of forecast and measurement"
#: The forecast of midazolam, what was measured of it, and its half-life with kratom against without.
FORECAST, MEASURED, HALF_LIFE = "PK-105", "PK-087", "PK-089"
#: What the gut removes of midazolam in one study and lets pass in another, and what the liver removes.
GUT_REMOVES, GUT_PASSES, LIVER_REMOVES = "INT-901", "INT-903", "INT-902"
#: Inactivation of the liver's CYP3A by mitragynine: half-way concentration (uM) and fastest rate (1/min).
HALF_WAY, FASTEST = "PK-100", "PK-101"
#: How long the enzyme lives (days), the free concentration that the formula puts at the liver (uM), the peak (nM).
RENEWAL, AT_LIVER, PEAK, IN_GUT = "INT-905", "PK-116", "PK-016", "PK-117"

_MINUTES = 24 * 60


@dataclass(frozen=True)
class Inactivation:
    """Hold how an enzyme is destroyed and renewed.

    `half_way`: concentration (uM) at which it is destroyed half as fast as can be; `fastest`: that rate (1/min);
    `renewal`: days in which half of it is broken down and made anew. Raises ValueError unless all are above zero.
    """

    half_way: float
    fastest: float
    renewal: float

    def __post_init__(self) -> None:
        """Refuse what no enzyme can have."""
        if not all(math.isfinite(one) and one > 0 for one in (self.half_way, self.fastest, self.renewal)):
            raise ValueError("concentration, rate and time of renewal must be finite and above zero")

    @property
    def made(self) -> float:
        """Give the rate of renewal (1/min)."""
        return math.log(2) / (self.renewal * _MINUTES)

    def destroyed(self, concentration: float) -> float:
        """Give the rate of destruction (1/min) at a free concentration (uM), which must not be below zero."""
        if not concentration >= 0:
            raise ValueError(f"a concentration must not be below zero, as {concentration} is")
        return self.fastest * concentration / (self.half_way + concentration)

    def left(self, concentration: float, hours: float = math.inf) -> float:
        """Give the share of the enzyme that is left when `concentration` (uM, free) is held for `hours`.

        With hours = inf this is the steady state that static models assume: made / (made + destroyed). Solves
        dE/dt = made (1 - E) - destroyed E from E = 1 (Mayhew and others, Drug Metab Dispos 2000;28:1031).
        """
        total = self.made + self.destroyed(concentration)
        steady = self.made / total
        return steady + (1 - steady) * math.exp(-total * 60 * hours)

    def hours_until(self, left: float, concentration: float) -> float:
        """Give the hours at `concentration` (uM, free) until the share `left` is reached; inf when it never is."""
        total = self.made + self.destroyed(concentration)
        steady = self.made / total
        if left <= steady:
            return math.inf
        return -math.log((left - steady) / (1 - steady)) / (60 * total)


def static_ratio(gut_left: float, liver_left: float, passes: float, share: float = 1.0) -> float:
    """Give the exposure to a swallowed medicine with an inhibitor against without, as the static model has it.

    `gut_left` and `liver_left`: shares of the enzyme's activity that are left; `passes`: share of the medicine that the
    gut lets pass without inhibitor; `share`: part of its clearance that the enzyme does; all from 0 to 1.
    """
    for one in (gut_left, liver_left, passes, share):
        if not 0 <= one <= 1:
            raise ValueError(f"a share must lie from 0 to 1, and {one} does not")
    gut = gut_left * (1 - passes) + passes
    liver = liver_left * share + (1 - share)
    if gut == 0 or liver == 0:
        raise ValueError("nothing would remove the medicine, so its exposure has no end")
    return 1 / (gut * liver)


def half_life_ratio(liver: float, removes: float) -> float:
    """Give the half-life with an inhibitor against without, from the liver's factor in the exposure.

    `removes`: share that the liver removes at each passage without inhibitor, below 1. Well-stirred liver, unchanged
    volume, no other route of clearance (Wilkinson and Shand, Clin Pharmacol Ther 1975;18:377).
    """
    _checked_extraction(removes)
    return removes + (1 - removes) * liver


def liver_factor(ratio: float, removes: float) -> float:
    """Give the liver's factor in the exposure from the ratio of half-lives; the inverse of half_life_ratio."""
    _checked_extraction(removes)
    return (ratio - removes) / (1 - removes)


def ratios(findings: pd.DataFrame) -> pd.DataFrame:
    """Give every forecast and measured ratio of a medicine with kratom against without, one row per finding.

    `findings` needs enzyme, object_drug, quantity, kind, dose_g, unit, value, low, high and n. Sorted by medicine,
    quantity and kind. Raises LookupError when there is none, ValueError when one is not finite.
    """
    wanted = (findings["unit"] == "ratio") & findings[["object_drug", "quantity", "dose_g"]].notna().all(axis=1)
    rows = findings[wanted & findings["kind"].isin(["predicted", "measured"])]
    if rows.empty:
        raise LookupError("no finding gives a ratio of exposure to a medicine with kratom against without")
    if not np.isfinite(rows["value"].astype(float)).all():
        raise ValueError("a ratio of exposure is not a number")
    columns = ["object_drug", "enzyme", "quantity", "kind", "value", "low", "high", "n"]
    return rows.sort_values(["object_drug", "quantity", "kind"], ascending=[False, True, False])[columns]


def constants(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the concentrations at which mitragynine blocks enzymes and transporters in the test tube, smallest first.

    Columns: enzyme, measure, tissue, value (uM; missing for a lower limit), low (uM; the limit, or missing) and sd.
    Raises LookupError when there is none.
    """
    wanted = (findings["system"] == "in vitro") & (findings["compound"] == "mitragynine") & findings["enzyme"].notna()
    rows = findings[wanted & (findings["unit"] == "uM")].copy()
    if rows.empty:
        raise LookupError("no finding gives a concentration at which mitragynine blocks an enzyme")
    rows["sd"] = pd.to_numeric(rows["spread"])
    order = rows["value"].astype(float).fillna(rows["low"].astype(float)).sort_values().index
    return rows.loc[order, ["enzyme", "measure", "tissue", "value", "low", "sd"]]


def where(findings: pd.DataFrame) -> dict[str, float]:
    """Give how much mitragynine is where after one cup of tea (uM): peak in blood, at the liver, in the gut.

    The first was measured (bound and free together), the others are calculated. Raises LookupError when one is missing.
    """
    return {
        "blood": value_of(findings, PEAK, _USE) / 1000,
        "liver": value_of(findings, AT_LIVER, _USE),
        "gut": value_of(findings, IN_GUT, _USE),
    }


def liver_inactivation(findings: pd.DataFrame) -> tuple[Inactivation, Inactivation, Inactivation]:
    """Give the inactivation of the liver's CYP3A with its fastest, usual and slowest renewal."""
    half_way, fastest = (value_of(findings, name, _USE) for name in (HALF_WAY, FASTEST))
    low, middle, high = estimate_of(findings, RENEWAL, _USE).values()
    return tuple(Inactivation(half_way, fastest, days) for days in (low, middle, high))  # type: ignore[return-value]


def gut_passes(findings: pd.DataFrame) -> Estimate:
    """Give the share of midazolam that the gut lets pass: smallest, first study, and largest over both studies."""
    low, high = range_of(findings, GUT_REMOVES, _USE)
    first, second = 1 - value_of(findings, GUT_REMOVES, _USE), value_of(findings, GUT_PASSES, _USE)
    return Estimate(min(1 - high, second), first, max(1 - low, second))


def measured_liver(findings: pd.DataFrame) -> Estimate:
    """Give the liver's factor that the measured half-life allows, with every combination of the interval ends."""
    ratio, removes = (estimate_of(findings, name, _USE) for name in (HALF_LIFE, LIVER_REMOVES))
    corners = [liver_factor(one, share) for one in (ratio.low, ratio.high) for share in (removes.low, removes.high)]
    return Estimate(min(corners), liver_factor(ratio.middle, removes.middle), max(corners))


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give the results that the page quotes, by name; every one is finite.

    ceiling: the most that the gut alone can do; forecast_liver: the least that the liver must have done in the
    forecast; forecast_half_life: the half-life that this would have meant; liver and gut: what was measured.
    """
    forecast, measured = (value_of(findings, name, _USE) for name in (FORECAST, MEASURED))
    passes, liver = gut_passes(findings), measured_liver(findings)
    removes = estimate_of(findings, LIVER_REMOVES, _USE)
    needed = [forecast * one for one in passes.values()]
    results = {
        "times_too_high": forecast / measured,
        "ceiling_low": 1 / passes.high,
        "ceiling": 1 / passes.middle,
        "ceiling_high": 1 / passes.low,
        "forecast_liver_low": needed[0],
        "forecast_liver": needed[1],
        "forecast_liver_high": needed[2],
        "forecast_half_life": half_life_ratio(needed[1], removes.middle),
        "forecast_half_life_least": half_life_ratio(needed[0], removes.high),
        "liver_low": liver.low,
        "liver": liver.middle,
        "liver_high": liver.high,
        "gut": measured / liver.middle,
        **_over_time(findings, needed, liver),
    }
    if not np.isfinite(list(results.values())).all():
        raise ValueError("a result of the comparison is not a finite number")
    return results


def _over_time(findings: pd.DataFrame, needed: list[float], liver: Estimate) -> dict[str, float]:
    """Say how long the concentration put at the liver would have to last; the enzyme does all the clearing here."""
    fast, usual, slow = liver_inactivation(findings)
    places = where(findings)
    held = places["liver"]
    return {
        "steady_low": 1 / fast.left(held),
        "steady": 1 / usual.left(held),
        "steady_high": 1 / slow.left(held),
        "liver_after_hour": 1 / usual.left(held, 1),
        "hours_to_forecast": usual.hours_until(1 / needed[1], held),
        "hours_allowed": usual.hours_until(1 / liver.high, held),
        "gut_over_blood": places["gut"] / places["blood"],
    }


def _checked_extraction(removes: float) -> None:
    """Refuse a share that no liver removes."""
    if not 0 < removes < 1:
        raise ValueError(f"the share that the liver removes must lie between 0 and 1, and {removes} does not")
