"""The comparison of forecast and measurement against arithmetic, an independent solver, and the evidence."""

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from evidencebook.analysis.values import estimate_of, value_of
from evidencebook.evidence.base import EvidenceBase
from findings import added, changed
from kratom.interactions import forecasts as interactions
from kratom.interactions import medicines as interaction_medicines
from kratom.interactions.figures import block_figure
from kratom.interactions.forecasts import Inactivation, half_life_ratio, liver_factor, static_ratio
from kratom.interactions.medicines import linked, medicines

USED = ["PK-105", "PK-087", "PK-089", "PK-016", "PK-100", "PK-101", "PK-116", "PK-117"]
USED += ["INT-901", "INT-902", "INT-903", "INT-905"]
LIVER = Inactivation(half_way=4.1, fastest=0.068, renewal=3)

shares = st.floats(0.01, 0.99)
concentrations = st.floats(0, 500)


@settings(max_examples=25)
@given(concentrations, st.floats(0.1, 200), st.floats(0.5, 7))
def test_inactivation_solves_its_equation(concentration: float, hours: float, renewal: float) -> None:
    """A solver that knows no closed form finds the same share of the enzyme."""
    enzyme = Inactivation(4.1, 0.068, renewal)
    destroyed = 0.068 * concentration / (4.1 + concentration)
    made = math.log(2) / (renewal * 24 * 60)
    solved = solve_ivp(
        lambda _, left: made * (1 - left) - destroyed * left, (0, 60 * hours), [1.0], method="Radau", rtol=1e-8
    )
    assert enzyme.left(concentration, hours) == pytest.approx(solved.y[0][-1], rel=1e-5)


def test_inactivation_steady_state() -> None:
    """With half of the enzyme gone per renewal the share is what the guidance of regulators gives."""
    kdeg, rate = math.log(2) / (3 * 1440), 0.068 * 0.19 / (4.1 + 0.19)

    assert LIVER.left(0.19) == pytest.approx(kdeg / (kdeg + rate))
    assert LIVER.left(0) == 1


@given(st.floats(0.001, 500), st.floats(0.01, 100))
def test_inactivation_hours_until(concentration: float, hours: float) -> None:
    """The time to reach a share is the time at which that share is left; below the steady state it never comes."""
    left = LIVER.left(concentration, hours)
    if left > LIVER.left(concentration) * (1 + 1e-6):
        assert LIVER.hours_until(left, concentration) == pytest.approx(hours, rel=1e-3, abs=1e-6)
    assert LIVER.hours_until(LIVER.left(concentration) * 0.99, concentration) == math.inf


@given(shares, shares, shares)
def test_static_ratio_gut_and_liver(gut: float, liver: float, passes: float) -> None:
    """They multiply; no gut raises exposure beyond one over what passes it, whatever happens to its enzyme."""
    together = static_ratio(gut, liver, passes)

    assert together == pytest.approx(static_ratio(gut, 1, passes) * static_ratio(1, liver, passes))
    assert static_ratio(gut, 1, passes) <= 1 / passes
    assert static_ratio(0, 1, passes) == pytest.approx(1 / passes)
    assert static_ratio(1, 1, passes) == pytest.approx(1)


@given(st.floats(1, 50), shares)
def test_half_life_ratio_of_a_well_stirred_liver(factor: float, removes: float) -> None:
    """Clearance from blood flow and intrinsic clearance, written out, gives the same half-life, and back again."""
    flow, intrinsic = 1.0, removes / (1 - removes)
    before, after = (flow * one / (flow + one) for one in (intrinsic, intrinsic / factor))

    assert half_life_ratio(factor, removes) == pytest.approx(before / after)
    assert liver_factor(half_life_ratio(factor, removes), removes) == pytest.approx(factor)


def test_published_clarithromycin_interaction() -> None:
    """Clarithromycin with midazolam, gut and liver measured apart, gives what was measured of both together.

    Gut: biopsies made 1.36 and then 0.35 pmol per min and mg (Inhibition of human intestinal wall metabolism by
    macrolide antibiotics, 2005); the gut let 0.47 and then 0.79 pass (Quinney and others, Br J Clin Pharmacol
    2008;65:98). Liver: into a vein 3.2-fold, with 0.73 passing the liver; by mouth 8.0-fold (the same).
    """
    gut = static_ratio(0.35 / 1.36, 1, 0.47)

    assert gut == pytest.approx(0.79 / 0.47, rel=0.03)
    assert gut * liver_factor(3.2, 1 - 0.73) == pytest.approx(8.0, rel=0.2)


@pytest.mark.parametrize(
    ("impossible", "words"),
    [
        (lambda: Inactivation(0, 0.068, 3), "above zero"),
        (lambda: LIVER.left(-1), "below zero"),
        (lambda: static_ratio(1.2, 1, 0.5), "from 0 to 1"),
        (lambda: static_ratio(1, 0, 0.5), "no end"),
        (lambda: liver_factor(1.1, 1), "between 0 and 1"),
    ],
)
def test_interaction_refusals(impossible: Callable[[], object], words: str) -> None:
    """Each refusal names its cause."""
    with pytest.raises(ValueError, match=words):
        impossible()


def test_forecast_excess_lies_in_the_liver(table: pd.DataFrame) -> None:
    """The message of the page: the gut could not have done it, and the half-life says that the liver did not."""
    found = interactions.numbers(table)
    forecast, seen = value_of(table, "PK-105"), estimate_of(table, "PK-089")

    assert found["ceiling_high"] < forecast
    assert found["forecast_liver_low"] > found["liver_high"]
    assert found["forecast_half_life_least"] > seen.high
    assert found["gut"] < found["ceiling_low"]
    assert found["hours_allowed"] < found["hours_to_forecast"]


@pytest.mark.parametrize("name", [*USED, "PK-089"])
def test_forecast_changed_finding(table: pd.DataFrame, name: str) -> None:
    """No number of the page is typed."""
    raised = table.loc[name, ["value", "low", "high"]].astype(float) * 1.05

    assert interactions.numbers(changed(table, name, **raised)) != interactions.numbers(table)


def test_ratio_rows(table: pd.DataFrame) -> None:
    """Grapefruit, animals and single cases stay out; a new measurement comes in; a missing value is refused."""
    rows = interactions.ratios(table)
    more = added(table, "NEW-001", "PK-087", object_drug="oxycodone")

    assert set(rows["kind"]) == {"predicted", "measured"}
    assert "INT-907" not in rows.index
    assert "oxycodone" in set(interactions.ratios(more)["object_drug"])
    with pytest.raises(LookupError, match="no finding gives a ratio"):
        interactions.ratios(table.drop(index=list(rows.index)))
    with pytest.raises(ValueError, match="not a number"):
        interactions.ratios(changed(table, "PK-087", value=np.nan))


def test_blocking_concentration_rows(table: pd.DataFrame) -> None:
    """Mitragynine's alone, in order: a lower limit has no value, heart channels are no enzymes, a NaN is not drawn."""
    rows = interactions.constants(table)

    assert "PK-156" not in rows.index
    assert rows["value"].isna()["PHA-169"]
    assert rows["value"].fillna(rows["low"]).is_monotonic_increasing
    with pytest.raises(LookupError, match="blocks an enzyme"):
        interactions.constants(table.drop(index=list(rows.index)))
    with pytest.raises(ValueError, match="not a number"):
        block_figure(rows, {"blood": float("nan"), "liver": 1, "gut": 1})


def test_medicines_order(table: pd.DataFrame, evidence: EvidenceBase) -> None:
    """What was measured in people comes first, reasoning last; every claim exists; better evidence moves one up."""
    rows, better = medicines(table), medicines(changed(table, "PK-097", design="crossover-trial"))
    order = [*interaction_medicines.STRENGTH, interaction_medicines.REASONED]

    assert [order.index(one) for one in rows["known"]] == sorted(order.index(one) for one in rows["known"])
    assert rows.loc["midazolam, swallowed", "known"] == "measured in people"
    assert rows.loc["medicines carried by P-glycoprotein", "known"] == "test tube only"
    assert {one for one in rows["claim"] if one} <= set(evidence.claims)
    assert better.loc["methadone, fentanyl, oxycodone and other opioids", "known"] == "measured in people"


def test_medicines_give_no_advice(table: pd.DataFrame) -> None:
    """Nobody is told to stop, skip or lower anything."""
    text = " ".join(linked(medicines(table))["What might happen"]).lower()

    assert not any(word in text for word in ("stop", "avoid", "lower", "skip", "instead", "do not"))
