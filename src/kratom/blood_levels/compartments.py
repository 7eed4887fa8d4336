"""Give blood levels in closed form: oral doses, first-order absorption, one or two compartments."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, minimize_scalar

Hours = npt.ArrayLike
Levels = npt.NDArray[np.float64]

#: A dose that many e-folds of the slowest rate ago no longer shows in double precision.
_FORGOTTEN = 36.0


@dataclass(frozen=True)
class TwoCompartment:
    """Describe the level in blood after one oral dose.

    `ka`, `alpha` and `beta` (1/h) are the rates of absorption, of the fast and of the slow decline; `a` and `b` (nM)
    are the heights of the two declines that the same dose would give if all of it reached the blood at once.
    """

    ka: float
    alpha: float
    beta: float
    a: float
    b: float

    def __post_init__(self) -> None:
        """Refuse what is no two-compartment model."""
        numbers = (self.ka, self.alpha, self.beta, self.a, self.b)
        if not np.isfinite(numbers).all() or min(numbers) <= 0:
            raise ValueError(f"rates and heights must be finite and above zero, not {numbers}")
        if self.alpha < self.beta:
            raise ValueError(f"the fast decline ({self.alpha} per h) is slower than the slow one ({self.beta} per h)")


def concentration(model: TwoCompartment, hours: Hours) -> Levels:
    """Give the level after one dose.

    `hours` since the dose, any shape; the result, in nM, has the same shape and is zero before the dose. The formula is
    the bolus curve a·exp(-alpha·t) + b·exp(-beta·t) convolved with first-order absorption ka·exp(-ka·t)
    (Gibaldi and Perrier, Pharmacokinetics, chapter 2).
    """
    t = np.asarray(hours, dtype=np.float64)
    after = np.maximum(t, 0.0)
    fast = model.a * _absorbed(model.alpha, model.ka, after)
    slow = model.b * _absorbed(model.beta, model.ka, after)
    return np.where(t > 0, model.ka * (fast + slow), 0.0)


def after_doses(model: TwoCompartment, hours: Hours, every: float, doses: int) -> Levels:
    """Give the level during and after equal doses, by superposition.

    `hours` since the first dose, any shape; `every` hours one dose, `doses` in all; the result, in nM, has the shape of
    `hours`. Raises ValueError for an interval or a number of doses that is not above zero. Superposition holds for
    linear kinetics (Gibaldi and Perrier, chapter 3).
    """
    if every <= 0 or doses < 1:
        raise ValueError(f"needs at least one dose and a positive interval, not {doses} doses every {every} h")
    starts = every * np.arange(doses)
    since = np.asarray(hours, dtype=np.float64)[..., np.newaxis] - starts
    levels: Levels = concentration(model, since).sum(axis=-1)
    return levels


def steady_state(model: TwoCompartment, hours: Hours, every: float) -> Levels:
    """Give the level, in nM, `hours` after the latest of so many doses that one more changes nothing.

    Raises ValueError as after_doses does.
    """
    doses = 1 + int(np.ceil(_FORGOTTEN / (min(model.beta, model.ka) * every))) if every > 0 else 0
    last = (doses - 1) * every
    return after_doses(model, last + np.asarray(hours, dtype=np.float64), every, doses)


def highest(model: TwoCompartment, every: float) -> float:
    """Give the peak level, in nM, between two doses at steady state."""
    found = minimize_scalar(lambda hour: -steady_state(model, hour, every), bounds=(0.0, every), method="bounded")
    return float(-found.fun)


def hour_of_highest(model: TwoCompartment, every: float, doses: int) -> float:
    """Give the time of the highest level, in h after the last of `doses` doses, one `every` h.

    Searched within the first half of the interval; raises ValueError as after_doses does.
    """
    last = (doses - 1) * every

    def below(hour: float) -> float:
        return -float(after_doses(model, last + hour, every, doses))

    return float(minimize_scalar(below, bounds=(0.0, every / 2), method="bounded", options={"xatol": 1e-8}).x)


def half_life_read(model: TwoCompartment, between: tuple[float, float], every: float, doses: int) -> float:
    """Give the half-life, in h, that two blood samples would show.

    `between` holds the two times in h after the last of `doses` doses, one `every` h; the level is taken to fall by a
    constant rate from the first to the second, which it does only long after the dose. Raises ValueError when the times
    are not in order or the level does not fall.
    """
    first, second = between
    last = (doses - 1) * every
    high, low = after_doses(model, last + np.asarray(between), every, doses)
    if not (0 < first < second and high > low):
        raise ValueError(f"no half-life can be read between {first} and {second} h")
    return float((second - first) * np.log(2) / np.log(high / low))


def area(model: TwoCompartment) -> float:
    """Give the area under the curve of one dose from zero to infinity, in nM·h."""
    return model.a / model.alpha + model.b / model.beta


def area_until(model: TwoCompartment, hour: float) -> float:
    """Give the area under the curve of one dose from zero to `hour`, in nM·h.

    Absorption moves drug into the blood at ka times what is left to absorb, so that the area of the oral curve is the
    area of the bolus curve less the oral level itself divided by ka.
    """
    bolus = -model.a / model.alpha * np.expm1(-model.alpha * hour) - model.b / model.beta * np.expm1(-model.beta * hour)
    return float(bolus - concentration(model, hour) / model.ka)


def decline_rate(model: TwoCompartment, hour: float) -> float:
    """Give the rate, in 1/h, at which the level of one dose falls at `hour`; negative while it still rises.

    Follows from dC/dt = ka·(bolus curve - C). Raises ValueError at or before the dose, where there is no level.
    """
    if hour <= 0:
        raise ValueError(f"there is no level {hour} h after the dose")
    bolus = model.a * np.exp(-model.alpha * hour) + model.b * np.exp(-model.beta * hour)
    return float(model.ka * (1 - bolus / concentration(model, hour)))


def one_compartment_peak(area: float, rate: float, hour_of_peak: float) -> float:
    """Give the only peak, in nM, that one compartment allows.

    `area` in nM·h, `rate` of elimination in 1/h, `hour_of_peak` in h. At the peak, absorption and elimination balance,
    so that Cmax = AUC·k·exp(-k·Tmax), whatever the rate of absorption (Gibaldi and Perrier, chapter 1).
    """
    return float(area * rate * np.exp(-rate * hour_of_peak))


def one_compartment(area: float, rate: float, hour_of_peak: float, hours: Hours) -> Levels:
    """Give the level after one dose, in nM, if there were one compartment and the peak came at `hour_of_peak`.

    Arguments as above; `hours` of any shape. Raises ValueError when the peak comes later than 1 / rate: then absorption
    would have to be slower than elimination.
    """
    if not 0 < hour_of_peak < 1 / rate:
        raise ValueError(f"absorption cannot peak at {hour_of_peak} h with a rate of elimination of {rate} per h")
    # The peak comes at ln(ka/rate) / (ka - rate), which falls as ka grows.
    ka = brentq(lambda k: np.log(k / rate) / (k - rate) - hour_of_peak, rate * (1 + 1e-6), 1e4 / hour_of_peak)
    t = np.maximum(np.asarray(hours, dtype=np.float64), 0.0)
    return np.asarray(area * rate * ka * _absorbed(rate, ka, t), dtype=np.float64)


def _absorbed(rate: float, ka: float, t: Levels) -> Levels:
    """Convolve exp(-rate·t) with exp(-ka·t) without dividing by ka - rate, which may be zero."""
    slower, gap = min(rate, ka), abs(ka - rate)
    x = gap * t
    ratio = np.ones_like(x)
    np.divide(-np.expm1(-x), x, out=ratio, where=x > 1e-12)
    return np.asarray(t * np.exp(-slower * t) * ratio, dtype=np.float64)
