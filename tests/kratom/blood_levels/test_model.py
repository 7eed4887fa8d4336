"""Test the blood-level model against arithmetic, integration, its own targets, and the published numbers."""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from evidencebook.analysis.values import Estimate, estimate_of, range_of, value_of
from kratom.blood_levels import compartments, half_lives
from kratom.blood_levels import model as pharmacokinetics
from kratom.blood_levels import simulation as blood_levels
from kratom.blood_levels.compartments import TwoCompartment, area, area_until, concentration
from kratom.blood_levels.figures import daily_levels, one_dose_levels
from kratom.blood_levels.model import Reported, Targets, calibrated, largest_slow_share

PUBLISHED = Reported(
    peak=Estimate(50.1, 81.9, 177),
    time_of_peak=Estimate(0.75, 1.0, 1.5),
    area=Estimate(324, 420, 1360),
    half_life=Estimate(31.9, 45.3, 50.2),
    clearance=Estimate(71.7, 233, 302),
    volume=Estimate(5190, 12700, 19700),
    dose=97_860,
    last_sample=120,
)

rates = st.floats(0.005, 5)
heights = st.floats(0.1, 200)


@st.composite
def models(draw: st.DrawFn) -> TwoCompartment:
    """Draw any two-compartment model, with absorption faster or slower than the declines."""
    beta, alpha = sorted((draw(rates), draw(rates)))
    return TwoCompartment(draw(rates), alpha, beta, draw(heights), draw(heights))


@st.composite
def targets(draw: st.DrawFn) -> Targets:
    """Draw four numbers that some two-compartment curve has."""
    time, exposure, half_life = draw(st.floats(0.5, 3)), draw(st.floats(100, 2000)), draw(st.floats(20, 80))
    low = pharmacokinetics.only_peak(Targets(np.nan, time, exposure, half_life))
    high = exposure / (np.e * time)
    return Targets(low + draw(st.floats(0.05, 0.95)) * (high - low), time, exposure, half_life)


def test_left_of_peak() -> None:
    """All of it at the peak, less with every hour, as the calibrated model has it."""
    left = partial(pharmacokinetics.left_of_peak, PUBLISHED)
    assert left(1.0, 45.3) == pytest.approx(1)
    assert 0 < left(24, 31.9) < left(8, 31.9) < 1
    assert left(24, 45.3) == pytest.approx(float(concentration(calibrated(PUBLISHED.middle), 24)) / 81.9)


@given(models(), st.floats(0, 200))
def test_compartment_equation(model: TwoCompartment, hour: float) -> None:
    """The level changes by what is absorbed less what has left."""
    step = 1e-5
    before, level, after = concentration(model, [hour, hour + step, hour + 2 * step])
    bolus = model.a * np.exp(-model.alpha * (hour + step)) + model.b * np.exp(-model.beta * (hour + step))
    assert (after - before) / (2 * step) == pytest.approx(model.ka * (bolus - level), rel=1e-3, abs=1e-4)


@given(models())
def test_compartment_level_limits(model: TwoCompartment) -> None:
    """Absorption as fast as the fast decline is no division by zero; no level comes before its dose or is negative."""
    same, near = replace(model, ka=model.alpha), replace(model, ka=model.alpha * (1 + 1e-9))

    assert concentration(same, [0.5, 2, 24]) == pytest.approx(concentration(near, [0.5, 2, 24]), rel=1e-6)
    assert (concentration(model, [-5.0, 0.0]) == 0).all()
    assert (concentration(model, np.geomspace(1e-3, 100, 50)) > 0).all()


@given(models(), st.floats(0.1, 100))
def test_compartment_area(model: TwoCompartment, hour: float) -> None:
    """The closed form of the area agrees with quadrature."""
    integral, _ = quad(lambda t: float(concentration(model, t)), 0, hour, limit=200)
    assert area_until(model, hour) == pytest.approx(integral, rel=1e-5, abs=1e-6)
    assert area_until(model, 1e5) == pytest.approx(area(model))


@given(models(), st.floats(1, 48), st.integers(1, 20), st.floats(0, 500))
def test_repeated_doses_add_up(model: TwoCompartment, every: float, doses: int, hour: float) -> None:
    """Repeated doses are the sum of single ones."""
    one_by_one = sum(float(concentration(model, hour - every * number)) for number in range(doses))
    assert float(compartments.after_doses(model, hour, every, doses)) == pytest.approx(one_by_one)


@given(models(), st.floats(0, 24))
def test_steady_state_of_many_doses(model: TwoCompartment, hour: float) -> None:
    """Enough doses are counted even when absorption is the slowest step."""
    many = 40 + int(40 / (min(model.beta, model.ka) * 24))
    expected = float(compartments.after_doses(model, (many - 1) * 24 + hour, 24, many))
    assert float(compartments.steady_state(model, hour, 24)) == pytest.approx(
        expected, rel=1e-9, abs=1e-12 * (model.a + model.b)
    )


def test_steady_state_area() -> None:
    """In linear kinetics a steady day holds what one dose holds in all time."""
    model = calibrated(PUBLISHED.middle)
    integral, _ = quad(lambda t: float(compartments.steady_state(model, t, 24)), 0, 24, points=[1, 2], limit=200)
    assert integral == pytest.approx(PUBLISHED.area.middle, rel=1e-6)


@given(targets(), st.floats(0.02, 1))
def test_calibration(wanted: Targets, shape: float) -> None:
    """Peak, time of peak, area and terminal rate come back out of the model, and the peak is the highest level."""
    model = calibrated(wanted, shape)
    hours = np.linspace(0.01, 60, 4000)
    levels = concentration(model, hours)
    assert float(concentration(model, wanted.time_of_peak)) == pytest.approx(wanted.peak, rel=1e-9)
    assert hours[levels.argmax()] == pytest.approx(wanted.time_of_peak, abs=0.02)
    assert levels.max() <= wanted.peak * (1 + 1e-9)
    assert area(model) == pytest.approx(wanted.area)
    assert compartments.decline_rate(model, 4000) == pytest.approx(wanted.rate, rel=1e-4)


@given(targets())
def test_largest_slow_share(wanted: Targets) -> None:
    """Beyond the bound no fast rate reaches the peak."""
    share = 1.001 * largest_slow_share(wanted)
    alphas = np.geomspace(wanted.rate, 100, 5000)
    fast = (1 - share) * wanted.area * alphas * np.exp(-alphas * wanted.time_of_peak)
    slow = share * pharmacokinetics.only_peak(wanted)
    assert (fast + slow < wanted.peak).all()


@given(targets())
def test_morning_level_bounds(wanted: Targets) -> None:
    """Area times terminal rate, and the average level, bound the morning."""
    model = calibrated(wanted, 1.0)
    if compartments.decline_rate(model, 24) <= wanted.rate * (1 + 1e-6):
        assert float(concentration(model, 24)) <= wanted.area * wanted.rate
    assert float(compartments.steady_state(model, 24, 24)) <= wanted.area / 24


def test_one_compartment_peak() -> None:
    """The formula agrees with the curve; even the most favourable ends give a peak below the lowest one published."""
    middle, peaks = PUBLISHED.middle, pharmacokinetics.only_peaks(PUBLISHED)
    hours = np.linspace(0.01, 10, 5000)
    levels = compartments.one_compartment(middle.area, middle.rate, middle.time_of_peak, hours)

    assert levels.max() == pytest.approx(pharmacokinetics.only_peak(middle), rel=1e-5)
    assert hours[levels.argmax()] == pytest.approx(middle.time_of_peak, abs=0.01)
    assert peaks.middle == pytest.approx(6.33, abs=0.01)
    assert peaks.high < PUBLISHED.peak.low


def test_scenarios_and_summary() -> None:
    """They stay within the reported volumes, shares fall with time, ends enclose middles; two numbers are pinned."""
    table = blood_levels.scenarios(PUBLISHED)
    product = table["area"] * np.log(2) / table["half_life"]
    assert product.between(PUBLISHED.dose / PUBLISHED.volume.high, PUBLISHED.dose / PUBLISHED.volume.low).all()
    assert (table["share_24h"] <= table["bound_share"]).all()
    assert (table["share_24h"] < table["share_12h"]).all()
    assert (table["morning_daily"] <= table["average_daily"]).all()
    assert (table[["build_up_morning", "build_up_peak", "build_up_average"]] >= 1).all(axis=None)
    summary = blood_levels.summary(PUBLISHED)
    order = summary[["low", "median_low", "middle", "median_high", "high"]].to_numpy()
    assert (np.diff(order, axis=1) >= -1e-9).all()
    assert summary.loc["share_24h", "middle"] == pytest.approx(1.37, abs=0.01)
    assert summary.loc["share_24h", "median_high"] == pytest.approx(2.70, abs=0.01)


@given(st.floats(1, 200), st.floats(0.01, 0.99))
def test_build_up_and_days(half_life: float, part: float) -> None:
    """The days to any part give that part back; a half-life equal to the interval doubles the level."""
    assert blood_levels.built_up(half_life, blood_levels.days_to_steady(half_life, part)) == pytest.approx(part)
    assert blood_levels.terminal_build_up(24) == pytest.approx(2)
    assert blood_levels.days_to_steady(24) == pytest.approx(np.log2(10))
    assert 1 - 2 ** (-blood_levels.days_to_steady(45.3) * 24 / 45.3) == pytest.approx(0.9)


@pytest.mark.parametrize("every", [6.0, 12.0, 24.0])
def test_build_up_of_any_interval(every: float) -> None:
    """Simulated doses reach the part that the formula says, however often they come."""
    model = calibrated(PUBLISHED.middle, 1.0)
    doses = int(9 * 24 / every)
    reached = float(
        compartments.after_doses(model, 9 * 24, every, doses) / compartments.steady_state(model, every, every)
    )
    assert reached == pytest.approx(blood_levels.built_up(45.3, 9), abs=0.01)


def test_half_life_that_would_fit(table: pd.DataFrame) -> None:
    """The quoted half-lives reach nine tenths of the build-up in the days that were measured."""
    quoted = blood_levels.numbers(table)
    assert blood_levels.days_to_steady(quoted["fitting_low"]) == pytest.approx(table.loc["PK-045", "low"])
    assert quoted["days_to_steady"] < table.loc["PK-045", "low"] < quoted["days_to_95"]
    assert 90 < quoted["reached_low"] < quoted["reached_high"] < 100


@given(models(), st.floats(2, 10))
def test_hour_of_highest_level(model: TwoCompartment, every: float) -> None:
    """No level around it is higher."""
    hour = compartments.hour_of_highest(model, 4 * every, 3)
    around = 8 * every + np.linspace(max(hour - 0.5, 0.0), min(hour + 0.5, 2 * every), 21)
    levels = compartments.after_doses(model, around, 4 * every, 3)
    highest = float(compartments.after_doses(model, 8 * every + hour, 4 * every, 3))
    assert highest >= levels.max() * (1 - 1e-6)


@given(rates, heights)
def test_half_life_read(rate: float, height: float) -> None:
    """Two samples of one exponential decline give its half-life."""
    model = TwoCompartment(100, rate, rate, height, height)
    assert compartments.half_life_read(model, (2, 5), 24, 1) == pytest.approx(np.log(2) / rate, rel=1e-6)


def test_level_tables(table: pd.DataFrame) -> None:
    """The tables behind the curves are finite, ordered and start at the dose."""
    for levels in (one_dose_levels(PUBLISHED), daily_levels(table)):
        assert np.isfinite(levels.to_numpy()).all()
        assert (levels["low"] <= levels["middle"]).all()
        assert (levels["middle"] <= levels["high"]).all()
        assert levels.index.is_monotonic_increasing


@pytest.mark.parametrize(
    ("change", "words"),
    [({"ka": 0}, "above zero"), ({"beta": float("nan")}, "finite"), ({"alpha": 0.001}, "slower than the slow")],
)
def test_model_rates_refused(change: dict[str, float], words: str) -> None:
    """Rates must be finite, above zero and in order."""
    with pytest.raises(ValueError, match=words):
        replace(TwoCompartment(2, 0.4, 0.015, 100, 2), **change)


@pytest.mark.parametrize("change", [{"peak": 1.0}, {"peak": 400.0}, {"area": float("nan")}])
def test_calibration_refused(change: dict[str, float]) -> None:
    """A peak too low, too high or no number at all has no curve."""
    with pytest.raises(ValueError, match="no two-compartment curve has these numbers"):
        calibrated(replace(PUBLISHED.middle, **change))


MIDDLE = calibrated(PUBLISHED.middle)


@pytest.mark.parametrize(
    ("words", "impossible"),
    [
        ("at most 1", lambda: calibrated(PUBLISHED.middle, 1.2)),
        ("positive interval", lambda: compartments.steady_state(MIDDLE, 1, 0)),
        ("no level", lambda: compartments.decline_rate(MIDDLE, 0)),
        ("absorption cannot peak", lambda: compartments.one_compartment(420, 0.5, 3, [1.0])),
        ("no scenario", lambda: blood_levels.scenarios(replace(PUBLISHED, volume=Estimate(1, 2, 3)))),
        *(("half-life must be above zero", partial(blood_levels.terminal_build_up, x)) for x in (0, -1, math.nan)),
        *(("above 0 and below 1", partial(blood_levels.days_to_steady, 45, x)) for x in (0, 1, 1.5, math.nan)),
        # Samples on the way up, in the wrong order, at one time and at the dose.
        *(
            ("no half-life can be read", partial(compartments.half_life_read, MIDDLE, between, 24, 1))
            for between in [(0.1, 0.5), (24, 12), (12, 12), (0, 12)]
        ),
    ],
)
def test_model_refusals(words: str, impossible: Callable[[], object]) -> None:
    """Each refusal names its cause."""
    with pytest.raises(ValueError, match=words):
        impossible()


def test_values_of_a_finding_without_number(table: pd.DataFrame) -> None:
    """So does a finding in words where a number is needed."""
    with pytest.raises(LookupError, match="PK-032 has no value"):
        value_of(table, "PK-032")
    with pytest.raises(LookupError, match="PK-048 lacks"):
        estimate_of(table, "PK-048")
    with pytest.raises(LookupError, match="PK-046 lacks an end"):
        range_of(table, "PK-046")


def test_blood_levels_quoted_numbers(table: pd.DataFrame) -> None:
    """Every scenario counts; the clearance left out would mean a half-life of a quarter of an hour."""
    check = blood_levels.clearance_check(table)

    assert check["implied_half_life"] == pytest.approx(0.266, abs=0.001)
    assert check["clearance_excess"] > 50
    assert blood_levels.numbers(table)["scenarios"] == len(blood_levels.scenarios(pharmacokinetics.reported(table)))


def test_half_life_rows(table: pd.DataFrame) -> None:
    """Animals and pooled figures stay out."""
    rows = half_lives.half_lives(table)
    assert rows.loc["PK-003", "last_sample"] < 2 * rows.loc["PK-003", "value"]
    assert rows.loc["PK-018", "last_sample"] > 2 * rows.loc["PK-018", "value"]
    assert "PK-904" not in rows.index
    with pytest.raises(LookupError, match="half-life, terminal"):
        half_lives.half_lives(table.drop(index=list(rows.index)))
