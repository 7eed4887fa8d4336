"""Pooling agrees with published worked examples, and is refused where it would mislead."""

import numpy as np
import numpy.typing as npt
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
    heterogeneity,
    log_ratio,
    log_risk_ratio,
    paule_mandel,
    pooled,
    reason_not_to_pool,
)


def table(rows: str) -> npt.NDArray[np.int_]:
    """Read rows of whole numbers, with commas between them."""
    return np.array([row.split() for row in rows.split(",")], dtype=int)


#: Pre-eclampsia with low-dose aspirin, six trials: people and events with aspirin and without (the "CLASP example").
#: DerSimonian and Kacker, Contemp Clin Trials 2007;28:105; the counts, and tau, mean and standard error as printed in
#: its Tables 3 and 4 (pages 111-112), stand in R metafor's tests/testthat/test_analysis_example_dersimonian2007.r.
CLASP = table("156 5 74 8, 303 5 303 17, 565 12 477 9, 1570 69 1565 94, 103 9 105 11, 4659 313 4650 352")
#: Nine laboratories: means and variances (Kacker, Metrologia 2004;41:132), with what R metafor makes of them:
#: rma(y, v, method="PM") and rma(y, v, method="DL", test="knha"), as stored in statsmodels'
#: stats/tests/results/results_meta.py (exk1_metafor and exk1_dl_hksj).
MEANS = [61.0, 61.4, 62.21, 62.3, 62.34, 62.6, 62.7, 62.84, 65.9]
VARIANCES = [0.2025, 1.21, 0.09, 0.2025, 0.3844, 0.5625, 0.0676, 0.0225, 1.8225]

#: Thirteen trials of BCG vaccine: tuberculosis and people with it and without (dat.bcg of R metafor). What its README
#: prints of rma(yi, vi, data=dat, test="knha"), and of method="EE" its test_misc_metan_vs_rma.uni_with_dat.bcg.r.
BCG = table(
    "4 123 11 139, 6 306 29 303, 3 231 11 220, 62 13598 248 12867, 33 5069 47 5808, 180 1541 372 1451,"
    "8 2545 10 629, 505 88391 499 88391, 29 7499 45 7277, 17 1716 65 1665, 186 50634 141 27338,"
    "5 2498 3 2341, 27 16913 29 17854"
)
#: Two examples of Viechtbauer, J Educ Behav Stat 2005;30:261 (pages 271-272), as R metafor's
#: test_analysis_example_viechtbauer2005.r has them: effects, variances, and of REML tau² and I².
VIECHTBAUER = [
    (
        "-0.581 0.530 0.771 1.031 0.553 0.295 0.078 0.573 -0.176 -0.232",
        "0.023 0.052 0.060 0.115 0.095 0.203 0.200 0.211 0.051 0.040",
        (0.2232, 76.8399),
    ),
    (
        "0.100 -0.162 -0.090 -0.049 -0.046 -0.010 -0.431 -0.261 0.134 0.019 0.175 0.056 0.045 0.103 0.121 -0.482 0.290 "
        "0.342",
        "0.016 0.015 0.050 0.050 0.032 0.052 0.036 0.024 0.034 0.033 0.031 0.034 0.039 0.167 0.134 0.096 0.016 0.035",
        (0.0157, 32.0203),
    ),
]

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


def test_pooled_bcg_as_metafor_prints_it() -> None:
    """REML with Hartung-Knapp: mean, interval, tau², I², Q and the interval for a new trial; and the common effect."""
    effects, errors = zip(*(log_risk_ratio(*map(int, row)) for row in BCG), strict=True)
    result, common = pooled(effects, errors, "REML"), pooled(effects, errors, "none")
    spread = heterogeneity(effects, errors, result)

    assert [round(one, 4) for one in (result.middle, result.low, result.high)] == [-0.7145, -1.1084, -0.3206]
    assert [round(result.tau**2, 4), round(spread.q, 4), round(spread.i2, 2)] == [0.3132, 152.2330, 92.22]
    assert [round(float(np.exp(end)), 2) for end in (spread.low, spread.high)] == [0.14, 1.76]
    assert [round(one, 4) for one in (common.middle, common.low, common.high)] == [-0.4303, -0.5097, -0.3509]
    assert spread.p < 0.0001


@pytest.mark.parametrize(("effects", "variances", "printed"), VIECHTBAUER)
def test_pooled_reml_as_viechtbauer_prints_it(effects: str, variances: str, printed: tuple[float, float]) -> None:
    """Much and little variance between studies."""
    values, errors = [float(one) for one in effects.split()], [float(one) ** 0.5 for one in variances.split()]
    result = pooled(values, errors, "REML")

    # metafor stops when tau² moves less than 0.00001, so that its I² is of four digits
    assert round(result.tau**2, 4) == printed[0]
    assert heterogeneity(values, errors, result).i2 == pytest.approx(printed[1], rel=1e-4)


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
    with pytest.raises(ValueError, match="0 of 5 against 1 of 5"):
        log_risk_ratio(0, 5, 1, 5)


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
