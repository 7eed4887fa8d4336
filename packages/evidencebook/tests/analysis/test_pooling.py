"""Pooling agrees with published worked examples, and is refused where it would mislead."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import t
from statsmodels.stats.meta_analysis import combine_effects

from evidencebook.analysis.stats.pooling import (
    FEWEST,
    hartung_knapp,
    log_ratio,
    paule_mandel,
    pooled,
    reason_not_to_pool,
)

#: Pre-eclampsia with low-dose aspirin, six trials: people and events with aspirin and without (the "CLASP example").
#: DerSimonian and Kacker, Contemp Clin Trials 2007;28:105; the counts, and tau, mean and standard error as printed in
#: its Tables 3 and 4 (pages 111-112), stand in R metafor's tests/testthat/test_analysis_example_dersimonian2007.r.
CLASP = np.array(
    [
        [156, 5, 74, 8],
        [303, 5, 303, 17],
        [565, 12, 477, 9],
        [1570, 69, 1565, 94],
        [103, 9, 105, 11],
        [4659, 313, 4650, 352],
    ]
)
#: Nine laboratories: means and variances (Kacker, Metrologia 2004;41:132), with what R metafor makes of them:
#: rma(y, v, method="PM") and rma(y, v, method="DL", test="knha"), as stored in statsmodels'
#: stats/tests/results/results_meta.py (exk1_metafor and exk1_dl_hksj).
MEANS = [61.0, 61.4, 62.21, 62.3, 62.34, 62.6, 62.7, 62.84, 65.9]
VARIANCES = [0.2025, 1.21, 0.09, 0.2025, 0.3844, 0.5625, 0.0676, 0.0225, 1.8225]

studies = st.lists(st.tuples(st.floats(-2, 2), st.floats(0.05, 1)), min_size=FEWEST, max_size=12)


def log_odds_ratios(counts: np.ndarray) -> tuple[list[float], list[float]]:
    """Give the logarithm of each odds ratio and its standard error (Woolf 1955)."""
    n1, a, n2, c = counts.T
    effects = np.log(a * (n2 - c) / (c * (n1 - a)))
    return list(effects), list(np.sqrt(1 / a + 1 / (n1 - a) + 1 / c + 1 / (n2 - c)))


def test_pooling_of_the_published_example() -> None:
    """Mean, its error and the spread between trials are those that DerSimonian and Kacker print."""
    result = pooled(*log_odds_ratios(CLASP))
    error = (result.high - result.low) / 2 / t.ppf(0.975, 5)

    assert round(result.tau, 4) == 0.3681
    assert round(result.middle, 4) == -0.3811
    assert round(error, 4) == 0.2060
    assert result.studies == 6


def test_pooling_of_nine_laboratories() -> None:
    """Another field, and five digits."""
    result = pooled(MEANS, list(np.sqrt(VARIANCES)))

    assert result.tau**2 == pytest.approx(0.705395309224248, rel=1e-5)
    assert result.middle == pytest.approx(62.4076199113286, rel=1e-8)


def test_hartung_knapp_interval() -> None:
    """With the variance that metafor found, its interval comes back."""
    middle, low, high = hartung_knapp(np.array(MEANS), np.array(VARIANCES), 0.288049246973751)

    assert (middle, low, high) == pytest.approx((62.3901386044504, 61.710383798052, 63.0698934108488), rel=1e-10)


@given(studies)
def test_pooling_agrees_with_statsmodels_or_is_wider(rows: list[tuple[float, float]]) -> None:
    """The interval is that of the library, save where it would shrink because studies agree by luck."""
    effects, errors = [effect for effect, _ in rows], [error for _, error in rows]
    ours = pooled(effects, errors)
    with np.errstate(divide="ignore", invalid="ignore"):
        theirs = combine_effects(np.array(effects), np.array(errors) ** 2).conf_int(use_t=True)[3]

    assert ours.low <= float(theirs[0]) + 1e-6
    assert ours.high >= float(theirs[1]) - 1e-6
    if ours.tau > 1e-3:
        assert (ours.low, ours.high) == pytest.approx([float(end) for end in theirs], abs=1e-4)


@given(studies)
def test_paule_mandel_solves_its_equation(rows: list[tuple[float, float]]) -> None:
    """A solver that knows nothing of the library finds the same root; a tighter tolerance there would hide it."""
    effects, variances = np.array([effect for effect, _ in rows]), np.array([error for _, error in rows]) ** 2

    def excess(tau2: float) -> float:
        weights = 1 / (variances + tau2)
        return float((weights * (effects - np.average(effects, weights=weights)) ** 2).sum()) - (len(rows) - 1)

    root = brentq(excess, 0, 100) if excess(0) > 0 else 0.0
    assert paule_mandel(effects, variances) == pytest.approx(root, abs=1e-4, rel=1e-3)


@given(studies, st.floats(-3, 3))
def test_pooling_of_shifted_studies(rows: list[tuple[float, float]], shift: float) -> None:
    """Where zero lies does not matter."""
    effects, errors = [effect for effect, _ in rows], [error for _, error in rows]
    before, after = pooled(effects, errors), pooled([effect + shift for effect in effects], errors)

    assert after.middle - before.middle == pytest.approx(shift, abs=1e-4)
    assert after.high - after.low == pytest.approx(before.high - before.low, abs=1e-4)


def test_pooling_of_equal_results() -> None:
    """Three equal results are three studies, not certainty."""
    result = pooled([0.5, 0.5, 0.5], [0.3, 0.3, 0.3])

    assert result.tau == 0
    assert result.high - 0.5 == pytest.approx(t.ppf(0.975, 2) * 0.3 / np.sqrt(3))


@given(st.floats(0.1, 8), st.floats(0.02, 1))
def test_log_ratio_gives_back_its_interval(ratio: float, error: float) -> None:
    """From ratio and interval to logarithm and error, and back."""
    ends = np.exp([np.log(ratio) - 1.959963984540054 * error, np.log(ratio) + 1.959963984540054 * error])

    assert log_ratio(ratio, *ends) == pytest.approx((np.log(ratio), error))


@pytest.mark.parametrize("bad", [(0.5, 0.0, 1.0), (0.5, 0.6, 1.0), (np.nan, 0.1, 1.0), (1.0, 1.0, 1.0)])
def test_log_ratio_refused(bad: tuple[float, float, float]) -> None:
    """A ratio of zero, or outside its own interval, is an error of extraction."""
    with pytest.raises(ValueError, match="is no ratio with its interval"):
        log_ratio(*bad)


@pytest.mark.parametrize(
    ("effects", "errors", "words"),
    [
        ([0.1, 0.2], [0.1, 0.1], "2 studies are too few"),
        ([0.1, np.nan, 0.2], [0.1, 0.1, 0.1], "not a finite number"),
        ([0.1, 0.3, 0.2], [0.1, 0.0, 0.1], "not above 0"),
        ([0.1, 0.3, 0.2], [0.1, 0.1], "one effect and one standard error"),
    ],
)
def test_pooling_refusals(effects: list[float], errors: list[float], words: str) -> None:
    """Two studies, a missing number, an error of zero and a negative variance each have their words."""
    with pytest.raises(ValueError, match=words):
        pooled(effects, errors)
    with pytest.raises(ValueError, match="impossible"):
        hartung_knapp(np.array([1.0, 2.0]), np.array([1.0, 1.0]), -0.1)


def results(**changes: list[str | None]) -> pd.DataFrame:
    """Make three poolable results, some of their columns changed."""
    rows = {"review": [None] * 3, "source": ["a", "b", "c"], "unit": ["HR"] * 3, "against": ["no medicine"] * 3}
    return pd.DataFrame(rows | changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"review": ["R 2017", None, None]}, "a review has pooled its studies, and the single study"),
        ({"review": ["R 2017", "S 2021", "S 2021"]}, "2 reviews have pooled their studies"),
        ({"source": ["a", "a", "a"]}, "there is only one study"),
        ({"source": ["a", "b", "b"]}, "there are only 2 studies"),
        ({"unit": ["HR", "HR", "OR"]}, "ratios are of different kinds"),
        ({"against": ["placebo", "no medicine", "no medicine"]}, "compare with different things"),
    ],
)
def test_pooling_has_a_reason_against_it(changes: dict[str, list[str | None]], words: str) -> None:
    """The page says why not; nothing speaks against different people, one kind of ratio, one comparison, no review."""
    same_people = pd.concat([results(), results().iloc[[0]]])

    assert words in str(reason_not_to_pool(results(**changes)))
    assert reason_not_to_pool(results()) is None
    assert reason_not_to_pool(same_people) == "some results are of the same people"
