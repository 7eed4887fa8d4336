"""Combine studies that measure the same thing, and say why others must not be combined."""

from collections.abc import Sequence
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


def log_ratio(ratio: float, low: float, high: float) -> tuple[float, float]:
    """Give the logarithm of a ratio and its standard error, from the ratio and its 95% interval.

    All three are pure numbers above 0, in order. Formula: Cochrane Handbook 6.3.2. Raises ValueError otherwise.
    """
    if not (np.isfinite([ratio, low, high]).all() and 0 < low <= ratio <= high and low < high):
        raise ValueError(f"{ratio} with the interval {low} to {high} is no ratio with its interval")
    return float(np.log(ratio)), float(np.log(high / low)) / (2 * Z95)


def pooled(effects: Sequence[float], errors: Sequence[float]) -> Pooled:
    """Pool effects by random effects: Paule-Mandel variance between studies, Hartung-Knapp interval.

    `effects` and their standard `errors`, one of each per study, on a scale where differences add up, such as the
    logarithm of a ratio. Raises ValueError for fewer than FEWEST studies or for numbers that are no effects.
    """
    values, variances = np.asarray(effects, dtype=float), np.asarray(errors, dtype=float) ** 2
    if len(values) < FEWEST:
        raise ValueError(f"{len(values)} studies are too few to pool; {FEWEST} are the least")
    tau2 = paule_mandel(values, variances)
    middle, low, high = hartung_knapp(values, variances, tau2)
    return Pooled(middle, low, high, float(np.sqrt(tau2)), len(values))


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
    """Refuse what no study can have reported."""
    if effects.shape != variances.shape or effects.ndim != 1 or len(effects) < 2:
        raise ValueError("each of at least two studies needs one effect and one standard error")
    if not (np.isfinite(effects).all() and np.isfinite(variances).all() and (variances > 0).all()):
        raise ValueError("an effect or its standard error is not a finite number, or the error is not above 0")
