"""Draw from the calibrated model what a reader asks: what is left next morning, and what builds up."""

import numpy as np
import pandas as pd

from evidencebook.analysis.values import Estimate, range_of, value_of
from kratom.blood_levels.compartments import TwoCompartment, area, area_until, concentration, highest, steady_state
from kratom.blood_levels.model import MIDDLE_SHAPE, Reported, Targets, calibrated, combinations, only_peaks, reported

#: Hours between the doses of the one human study with repeated doses, and until "the next morning".
DAY = 24.0
#: The part of the build-up at which this book calls a level steady; the studies do not say which one they took.
STEADY = 0.9


def outcomes(targets: Targets, model: TwoCompartment) -> dict[str, float]:
    """Give what the page reports of one model.

    Shares are in % of the peak, levels in nM, build-up as ratios, days in days; "daily" means one dose every 24 h until
    nothing changes any more.
    """
    shares = {f"share_{hour}h": 100 * float(concentration(model, hour)) / targets.peak for hour in (8, 12, 24)}
    morning, later, peak = float(concentration(model, DAY)), float(steady_state(model, DAY, DAY)), highest(model, DAY)
    return shares | {
        "morning": morning,
        "bound_share": 100 * targets.area * targets.rate / targets.peak,
        "morning_daily": later,
        "share_daily": 100 * later / peak,
        "average_daily": targets.area / DAY,
        "build_up_morning": later / morning,
        "build_up_peak": peak / targets.peak,
        "build_up_average": area(model) / area_until(model, DAY),
        "days_to_steady": days_to_steady(targets.half_life),
    }


def days_to_steady(half_life: float, part: float = STEADY) -> float:
    """Give the days of repeated dosing until `part` of the build-up of the slow decline is reached.

    `half_life` in h, `part` above 0 and below 1. After n doses the build-up has come to 1 - exp(-rate·n·interval) of
    its end, whatever the interval (Gibaldi and Perrier, Pharmacokinetics, chapter 3). Raises ValueError for a half-life
    or a part out of range.
    """
    if not 0 < part < 1:
        raise ValueError(f"a part of the build-up lies above 0 and below 1, not {part}")
    return float(-np.log1p(-part) / _rate(half_life) / DAY)


def built_up(half_life: float, days: float) -> float:
    """Give the part of the build-up, from 0 to 1, that is reached after so many days; the inverse of days_to_steady."""
    return float(-np.expm1(-_rate(half_life) * days * DAY))


def terminal_build_up(half_life: float) -> float:
    """Give the factor by which the slow decline builds up with one dose a day: 1 / (1 - exp(-rate·24 h)).

    `half_life` in h; source as for days_to_steady. Raises ValueError for a half-life that is not above zero.
    """
    return float(-1 / np.expm1(-_rate(half_life) * DAY))


def _rate(half_life: float) -> float:
    """Turn a half-life in h into a rate in 1/h."""
    if not half_life > 0:
        raise ValueError(f"a half-life must be above zero, not {half_life} h")
    return float(np.log(2) / half_life)


def scenarios(published: Reported) -> pd.DataFrame:
    """Give one row per allowed combination of reported ends and shape, with the outcomes as columns.

    Raises ValueError if there is no such combination or an outcome is not finite.
    """
    rows = [
        {"shape": shape, **vars(targets), **outcomes(targets, model)}
        for shape, targets, model in combinations(published)
    ]
    table = pd.DataFrame(rows)
    if table.empty or not np.isfinite(table.to_numpy()).all():
        raise ValueError("no scenario is possible, or one gave no finite number")
    return table


def summary(published: Reported) -> pd.DataFrame:
    """Give one row per outcome with the columns low, middle, high, median_low and median_high.

    Middle is the run with all medians and the middle shape; median_low and median_high are the ends over the shapes
    with all medians; low and high are the ends over all scenarios.
    """
    return _summarised(published, scenarios(published))


def _summarised(published: Reported, table: pd.DataFrame) -> pd.DataFrame:
    """Take the ends and the middle of the scenarios."""
    at_medians = table[(table[list(vars(published.middle))] == pd.Series(vars(published.middle))).all(axis=1)]
    middle = at_medians[at_medians["shape"] == MIDDLE_SHAPE].iloc[0]
    columns = {"low": table.min(), "middle": middle, "high": table.max()}
    columns |= {"median_low": at_medians.min(), "median_high": at_medians.max()}
    return pd.DataFrame(columns).drop(index=["shape", *vars(published.middle)])


def clearance_check(findings: pd.DataFrame) -> dict[str, float]:
    """Hold the clearance printed for one study against the volume and the half-life printed for the same study.

    Gives implied_half_life (h) from that clearance and volume; implied_clearance (L/h) from volume and half-life; how
    many times the printed clearance exceeds it; and the printed clearance divided by the body weight used (in kg).
    """
    use = "the check of the printed clearance"
    names = ("PK-010", "PK-009", "PK-003", "GAP-051")
    clearance, volume, half_life, weight = (value_of(findings, name, use) for name in names)
    implied = volume * _rate(half_life)
    return {
        "implied_half_life": float(np.log(2)) * volume / clearance,
        "implied_clearance": implied,
        "clearance_excess": clearance / implied,
        "clearance_over_weight": clearance / weight,
    }


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give every number that the page and the chapters quote, by the name under which it is glued.

    An outcome called x comes as x (middle), x_low, x_high, x_median_low and x_median_high. Raises LookupError when a
    finding is missing, ValueError when a number is not finite.
    """
    published = reported(findings)
    runs = scenarios(published)
    table = _summarised(published, runs)
    quoted = {
        name if column == "middle" else f"{name}_{column}": float(table.loc[name, column])
        for name in table.index
        for column in table.columns
    }
    quoted |= _named("bound", published.bound) | _named("one_peak", only_peaks(published))
    quoted |= clearance_check(findings) | _longest(findings) | _steady(findings, published)
    quoted |= _counts(published) | {"scenarios": len(runs)}
    if broken := [name for name, number in quoted.items() if not np.isfinite(number)]:
        raise ValueError(f"these numbers are not finite: {', '.join(broken)}")
    return quoted


def _named(name: str, estimate: Estimate) -> dict[str, float]:
    """Name the three numbers of an estimate."""
    return {f"{name}_low": estimate.low, name: estimate.middle, f"{name}_high": estimate.high}


def _longest(findings: pd.DataFrame) -> dict[str, float]:
    """Repeat the build-up with the longest half-life reported after repeated doses."""
    half_life = value_of(findings, "PK-048", "the build-up with the longest half-life")
    return {"build_up_longest": terminal_build_up(half_life), "days_longest": days_to_steady(half_life)}


def _steady(findings: pd.DataFrame, published: Reported) -> dict[str, float]:
    """Set the model's time to steadiness beside the days that were measured.

    reached_* is the part of the build-up, in %, that the median half-life gives after the fewest and the most days in
    which measured levels were called steady; fitting_* the half-lives, in h, that would be steady then.
    """
    low, high = range_of(findings, "PK-045", "the check of the days until levels are steady")
    half_life = published.half_life.middle
    per_hour = days_to_steady(1.0)
    return {
        "reached_low": 100 * built_up(half_life, low),
        "reached_high": 100 * built_up(half_life, high),
        "days_to_95": days_to_steady(half_life, 0.95),
        "fitting_low": low / per_hour,
        "fitting_high": high / per_hour,
    }


def _counts(published: Reported) -> dict[str, float]:
    """Say how one compartment misses the peak, and how large the slow share can be."""
    peaks = only_peaks(published)
    return {
        "peak_over_one_peak": published.peak.middle / peaks.middle,
        "volume_peak": published.dose / published.volume.middle,
        "slow_share_largest": 100 * calibrated(published.middle, 1.0).b / published.middle.rate / published.middle.area,
    }
