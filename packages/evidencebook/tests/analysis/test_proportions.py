"""Shares of people and their intervals, held against statsmodels and scipy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from evidencebook.analysis.stats.proportions import exact, rule_of_three, wilson


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    """Draw a possible count and total."""
    total = draw(st.integers(1, 5000))
    return draw(st.integers(0, total)), total


@given(counts())
def test_wilson_agrees_with_statsmodels(pair: tuple[int, int]) -> None:
    """Our few lines give what the library gives, which would take five seconds to import on a page."""
    ours = wilson(*pair)

    assert (ours.low, ours.high) == pytest.approx(proportion_confint(*pair, method="wilson"), abs=1e-9)


@given(counts())
def test_exact_agrees_with_scipy(pair: tuple[int, int]) -> None:
    """The exact interval is Clopper and Pearson's."""
    ours, theirs = exact(*pair), binomtest(*pair).proportion_ci(method="exact")

    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(st.integers(30, 10_000))
def test_rule_of_three_is_near_the_exact_bound(total: int) -> None:
    """Three over the number of people is within a twentieth of the bound it stands for."""
    assert rule_of_three(total) == pytest.approx(1 - 0.05 ** (1 / total), rel=0.06)


@pytest.mark.parametrize("pair", [(1, 0), (-1, 5), (6, 5)])
def test_intervals_refuse_impossible_counts(pair: tuple[int, int]) -> None:
    """More people than were asked is an error, not a share above one."""
    with pytest.raises(ValueError, match="is no share"):
        wilson(*pair)
    with pytest.raises(ValueError, match="is no share"):
        exact(*pair)
