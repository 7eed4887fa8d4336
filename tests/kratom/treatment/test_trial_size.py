"""The size of the trial follows from the findings and agrees with a published table."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kratom.treatment.trial_size import Arm, approximate_per_arm, arm, effect_size, people_per_arm, trial

FINDINGS = pd.DataFrame(
    {"value": [19.5, 30.9], "spread": [2.1, 2.7], "spread_kind": ["sem", "sem"], "n": [35, 33]},
    index=["CARE-103", "CARE-104"],
)


@pytest.mark.parametrize(
    ("effect", "power", "expected"), [(0.5, 0.8, 64), (0.8, 0.8, 26), (0.5, 0.9, 86), (0.2, 0.8, 394)]
)
def test_trial_size_published_examples(effect: float, power: float, expected: int) -> None:
    """The standard worked examples of a two-sided t test, which G*Power and every other program reproduces."""
    assert people_per_arm(effect, power=power) == expected


def test_trial_effect_size() -> None:
    """11.4 points over a pooled deviation of about 14 points; which arm is named first does not matter."""
    one, other = Arm(10, 5, 20), Arm(14, 6, 25)

    assert trial(FINDINGS, "CARE-103", "CARE-104")["effect"] == pytest.approx(0.813, abs=0.001)
    assert effect_size(one, other) == effect_size(other, one) > 0


@given(st.floats(0.05, 2), st.floats(0.01, 0.9))
def test_trial_size_grows(effect: float, leaving: float) -> None:
    """Halving the effect or losing people never makes the trial smaller."""
    whole = people_per_arm(effect)

    assert people_per_arm(effect / 2) >= whole
    assert people_per_arm(effect, leaving=leaving) >= whole


@given(st.floats(0.1, 1.2), st.floats(0.5, 0.99))
def test_trial_size_approximate(effect: float, power: float) -> None:
    """What the page computes as a control moves is within one person of the exact answer."""
    assert abs(approximate_per_arm(effect, power=power) - people_per_arm(effect, power=power)) <= 1.5


@pytest.mark.parametrize("effect", [0.0, -1.0, float("nan")])
def test_trial_size_refusals(effect: float) -> None:
    """Nothing to find, everyone leaving, a missing finding and one without its standard error are named."""
    with pytest.raises(ValueError, match="effect must be above 0"):
        people_per_arm(effect)
    with pytest.raises(ValueError, match="share that leaves"):
        people_per_arm(0.5, leaving=1)
    with pytest.raises(LookupError, match="CARE-999"):
        arm(FINDINGS, "CARE-999")
    with pytest.raises(ValueError, match="CARE-103 gives no standard error"):
        arm(FINDINGS.assign(spread_kind="sd"), "CARE-103")
