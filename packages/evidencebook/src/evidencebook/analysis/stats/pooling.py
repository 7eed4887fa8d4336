"""Combine studies that measure the same thing, and say why others must not be combined."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from evidencebook.analysis.stats.proportions import Z95

#: Below this the spread between studies cannot be estimated; a rule of this book, not a finding.
FEWEST = 3

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pooled:
    """Hold a pooled effect, the ends of its 95% interval and the spread between studies, on the scale of the input."""

    middle: float
    low: float
    high: float
    tau: float
    studies: int


@dataclass(frozen=True)
class Heterogeneity:
    """Hold how far studies differ: Cochran's Q with its p-value, I² in %, and the 95% interval for a new study."""

    q: float
    p: float
    i2: float
    low: float
    high: float


def log_ratio(ratio: float, low: float, high: float) -> tuple[float, float]:
    """Give the logarithm of a ratio and its standard error, from the ratio and its 95% interval.

    All three are pure numbers above 0, in order. Formula: Cochrane Handbook 6.3.2. Raises ValueError otherwise.
    """
    if not (np.isfinite([ratio, low, high]).all() and 0 < low <= ratio <= high and low < high):
        raise ValueError(f"{ratio} with the interval {low} to {high} is no ratio with its interval")
    return float(np.log(ratio)), float(np.log(high / low)) / (2 * Z95)


def log_risk_ratio(events: int, people: int, others_events: int, others: int) -> tuple[float, float]:
    """Give the logarithm of a risk ratio and its standard error, from events and people in two groups.

    Formula: Cochrane Handbook 6.4.1.1. Raises ValueError where a group had no event, or more events than people.
    """
    if not (0 < events <= people and 0 < others_events <= others):
        raise ValueError(f"{events} of {people} against {others_events} of {others} give no risk ratio")
    error = 1 / events - 1 / people + 1 / others_events - 1 / others
    return float(np.log(events / people) - np.log(others_events / others)), float(np.sqrt(error))


def pooled(effects: Sequence[float], errors: Sequence[float], method: str = "Paule-Mandel") -> Pooled:
    """Pool effects by random effects, with the Hartung-Knapp interval, or by inverse variance alone.

    `effects` and their standard `errors`, one of each per study, on a scale where differences add up, such as the
    logarithm of a ratio. `method` estimates the variance between studies: "Paule-Mandel" or "REML"; "none" takes it for
    0, with the interval of the normal distribution: the common effect by inverse variance. Raises ValueError for fewer
    than FEWEST studies or for numbers that are no effects, KeyError for another method.
    """
    values, variances = np.asarray(effects, dtype=float), np.asarray(errors, dtype=float) ** 2
    if len(values) < FEWEST:
        raise ValueError(f"{len(values)} studies are too few to pool; {FEWEST} are the least")
    if method == "none":
        _checked(values, variances)
        middle, half = float(np.average(values, weights=1 / variances)), Z95 / float(np.sqrt((1 / variances).sum()))
        return Pooled(middle, middle - half, middle + half, 0.0, len(values))
    tau2 = _METHODS[method](values, variances)
    middle, low, high = hartung_knapp(values, variances, tau2)
    return Pooled(middle, low, high, float(np.sqrt(tau2)), len(values))


def heterogeneity(effects: Sequence[float], errors: Sequence[float], result: Pooled) -> Heterogeneity:
    """Give how far the studies behind a pooled result differ, on the scale of the effects.

    I² is the share of the variance between studies in that of a typical study (Higgins and Thompson, Stat Med
    2002;21:1539); the interval for a new study is that of Riley, Higgins and Deeks, BMJ 2011;342:d549, with the
    standard error of the Hartung-Knapp interval and k - 1 degrees of freedom. Raises ValueError for impossible numbers.
    """
    from scipy.special import gammaincc, stdtrit  # noqa: PLC0415  a page that pools nothing is spared this

    values, variances = np.asarray(effects, dtype=float), np.asarray(errors, dtype=float) ** 2
    _checked(values, variances)
    weights, freedom = 1 / variances, len(values) - 1
    q = float((weights * (values - np.average(values, weights=weights)) ** 2).sum())
    typical = freedom * float(weights.sum()) / float(weights.sum() ** 2 - (weights**2).sum())
    point = float(stdtrit(freedom, 0.975))
    half = point * float(np.hypot(result.tau, (result.high - result.low) / 2 / point))
    i2 = 100 * result.tau**2 / (result.tau**2 + typical)
    return Heterogeneity(q, float(gammaincc(freedom / 2, q / 2)), i2, result.middle - half, result.middle + half)


def reml(effects: Numbers, variances: Numbers) -> float:
    """Give the variance between studies by restricted maximum likelihood; 0 or more.

    `effects` and `variances` have one number per study; the result is in the square of the unit of the effects. Fisher
    scoring as in Viechtbauer, J Educ Behav Stat 2005;30:261. Raises ValueError for impossible numbers.
    """
    _checked(effects, variances)
    tau2 = max(0.0, float(np.var(effects, ddof=1) - variances.mean()))
    for _ in range(1000):
        weights = 1 / (variances + tau2)
        projection = np.diag(weights) - np.outer(weights, weights) / weights.sum()
        residual = projection @ effects
        step = float(residual @ residual - np.trace(projection)) / float((projection**2).sum())
        if abs(max(0.0, tau2 + step) - tau2) < 1e-12 * (1 + tau2):
            return max(0.0, tau2 + step)
        tau2 = max(0.0, tau2 + step)
    raise ValueError("REML finds no variance between these studies; use Paule-Mandel")


def paule_mandel(effects: Numbers, variances: Numbers) -> float:
    """Give the variance between studies at which their weighted spread is just what chance would make it; 0 or more.

    `effects` and `variances` have one number per study; the result is in the square of the unit of the effects.
    Paule and Mandel, J Res Natl Bur Stand 1982;87:377, solved by statsmodels' combine_effects. Raises ValueError for
    impossible numbers.
    """
    from statsmodels.stats.meta_analysis import combine_effects  # noqa: PLC0415  5 s that only pooling is worth

    _checked(effects, variances)
    # With a tolerance below its own (1e-10, say) it gives 0 whenever the last step lands below the root by a rounding
    # error, and hides all the spread there is; with its own it never did in 20,000 examples.
    with np.errstate(divide="ignore", invalid="ignore"):  # studies without any spread make its I-squared 1 - 1 / 0
        return float(combine_effects(effects, variances, method_re="iterated").tau2)


def hartung_knapp(effects: Numbers, variances: Numbers, tau2: float) -> tuple[float, float, float]:
    """Give the random-effects mean and the ends of its Hartung-Knapp 95% interval.

    `effects` and `variances` have one number per study; `tau2` is the variance between studies, in the square of the
    unit of the effects. Formula: Hartung and Knapp, Stat Med 2001;20:3875. Where studies agree better than chance
    lets them, that interval would be narrower than one without any spread between studies; it is then kept from
    shrinking (Röver, Knapp and Friede, BMC Med Res Methodol 2015;15:99). Raises ValueError for impossible numbers.
    """
    from scipy.special import stdtrit  # noqa: PLC0415  a page that pools nothing is spared this too

    _checked(effects, variances)
    if not (np.isfinite(tau2) and tau2 >= 0):
        raise ValueError(f"a variance between studies of {tau2} is impossible")
    weights = 1 / (variances + tau2)
    freedom = len(effects) - 1
    middle = float((weights * effects).sum() / weights.sum())
    scale = float((weights * (effects - middle) ** 2).sum()) / freedom
    half = float(stdtrit(freedom, 0.975)) * float(np.sqrt(max(scale, 1.0) / weights.sum()))
    return middle, middle - half, middle + half


_METHODS: Mapping[str, Callable[[Numbers, Numbers], float]] = {"Paule-Mandel": paule_mandel, "REML": reml}


def reason_not_to_pool(results: pd.DataFrame) -> str | None:
    """Say in words why results on one question must not be pooled, or give None when they may be.

    `results` has one row per result with the columns review (missing for a single study), source, unit and against
    (what the medicine was compared with). A review's result holds its studies already, so nothing is added to it;
    results of one source are not independent; ratios of different kinds, or against different things, are not the same.
    """
    reviews, single = results["review"].nunique(), results["review"].isna().any()
    if reviews:
        have, own = ("a review has", "its") if reviews == 1 else (f"{reviews} reviews have", "their")
        return f"{have} pooled {own} studies{', and the single study may be among them' if single else ''}"
    studies = results["source"].nunique()
    if studies < FEWEST:
        return "there is only one study" if studies == 1 else f"there are only {studies} studies"
    if results["source"].duplicated().any():
        return "some results are of the same people"
    if results["unit"].nunique() > 1:
        return "the ratios are of different kinds"
    if results["against"].nunique() > 1:
        return "the studies compare with different things"
    return None


def _checked(effects: Numbers, variances: Numbers) -> None:
    if effects.shape != variances.shape or effects.ndim != 1 or len(effects) < 2:
        raise ValueError("each of at least two studies needs one effect and one standard error")
    if not (np.isfinite(effects).all() and np.isfinite(variances).all() and (variances > 0).all()):
        raise ValueError("an effect or its standard error is not a finite number, or the error is not above 0")
