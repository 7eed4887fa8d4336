"""Calibrate a two-compartment model of mitragynine in blood to what was published of one oral dose.

Four numbers were published (peak, time of peak, area, terminal half-life) and the model has five. The fifth, which
nobody reported, is the share of the area that belongs to the slow decline. Its largest possible value follows from the
four numbers, too; results are therefore computed for several shares up to that value.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from evidencebook.analysis.values import Estimate, estimate_of, value_of
from kratom.blood_levels.compartments import TwoCompartment, concentration, decline_rate, one_compartment_peak

#: Slow shares to run, as parts of the largest possible one. The lowest is our choice; the highest is not.
SHAPES = (0.1, 0.5, 1.0)
MIDDLE_SHAPE = 0.5
#: At the last blood sample the level must fall this nearly at the published terminal rate, which was read off there.
_TOLERANCE = 0.1


@dataclass(frozen=True)
class Targets:
    """Hold what one dose gave: peak (nM), time of peak (h), area from zero to infinity (nM·h), half-life (h)."""

    peak: float
    time_of_peak: float
    area: float
    half_life: float

    @property
    def rate(self) -> float:
        """Give the terminal rate in 1/h."""
        return float(np.log(2) / self.half_life)


@dataclass(frozen=True)
class Reported:
    """Hold the published numbers with their ranges.

    peak in nM, time_of_peak and half_life in h, area in nM·h; clearance (L/h) and volume (L) are apparent, that is
    divided by the unknown share of the dose that reaches the blood; dose in nmol; last_sample in h after the dose.
    """

    peak: Estimate
    time_of_peak: Estimate
    area: Estimate
    half_life: Estimate
    clearance: Estimate
    volume: Estimate
    dose: float
    last_sample: float

    @property
    def middle(self) -> Targets:
        """Give the four medians."""
        return Targets(self.peak.middle, self.time_of_peak.middle, self.area.middle, self.half_life.middle)

    @property
    def bound(self) -> Estimate:
        """Give area times terminal rate in nM; in one person it is the dose over the volume, so its ends are known."""
        middle = self.area.middle * self.middle.rate
        return Estimate(self.dose / self.volume.high, middle, self.dose / self.volume.low)


def reported(findings: pd.DataFrame) -> Reported:
    """Take the published numbers of one cup of kratom tea from the findings.

    `findings` is indexed by id and has the columns value, low and high. Raises LookupError, naming the finding, when
    one is missing.
    """
    use = "the two-compartment model"
    names = ("PK-016", "PK-017", "PK-019", "PK-018", "PK-021", "PK-020")
    milligrams, molar_mass = (value_of(findings, name, use) for name in ("PK-015", "PHA-224"))
    peak, time_of_peak, area, half_life, clearance, volume = (estimate_of(findings, name, use) for name in names)
    dose, last_sample = 1e6 * milligrams / molar_mass, value_of(findings, "PK-903", use)
    return Reported(peak, time_of_peak, area, half_life, clearance, volume, dose, last_sample)


def largest_slow_share(targets: Targets) -> float:
    """Give the largest share, between 0 and 1, of the area that the slow decline can hold.

    At the peak the oral curve crosses the bolus curve, so that
    Cmax = (1 - s)·AUC·alpha·exp(-alpha·Tmax) + s·AUC·beta·exp(-beta·Tmax); the first term is largest at
    alpha = 1/Tmax, which bounds the share s. Derived here from dC/dt = ka·(bolus curve - C), and tested against curves.
    Raises ValueError when no two-compartment curve has these four numbers.
    """
    fast = targets.area / (np.e * targets.time_of_peak)
    slow = only_peak(targets)
    if not 0 < slow < targets.peak < fast:
        raise ValueError(f"no two-compartment curve has these numbers: {targets}")
    return float((fast - targets.peak) / (fast - slow))


def calibrated(targets: Targets, shape: float = MIDDLE_SHAPE) -> TwoCompartment:
    """Find the model that has the four numbers.

    `shape`, above 0 and at most 1, is the slow share of the area as a part of the largest possible one. Absorption is
    taken to be at least as fast as the fast decline. Raises ValueError when no curve has these numbers and this shape.
    """
    if not 0 < shape <= 1:
        raise ValueError(f"a shape lies above 0 and is at most 1, not {shape}")
    share = shape * largest_slow_share(targets)
    alpha = _fast_rate(targets, share)
    a, b = (1 - share) * targets.area * alpha, share * targets.area * targets.rate
    return TwoCompartment(_absorption(targets, alpha, a, b), alpha, targets.rate, a, b)


def left_of_peak(published: Reported, hours: float, half_life: float) -> float:
    """Give what is left of the peak `hours` after one dose, from 0 to 1, were the half-life `half_life` hours.

    The other numbers are the published medians, the slow share the middle one. Raises ValueError as calibrated does.
    """
    model = calibrated(replace(published.middle, half_life=half_life))
    return float(concentration(model, hours)) / published.peak.middle


def only_peak(targets: Targets) -> float:
    """Give the peak, in nM, that one compartment would have with this area, half-life and time of peak."""
    return one_compartment_peak(targets.area, targets.rate, targets.time_of_peak)


def only_peaks(reported: Reported) -> Estimate:
    """Give that peak at the medians, with its ends over every combination of the reported ends, possible or not."""
    ends = (reported.time_of_peak, reported.area, reported.half_life)
    peaks = [only_peak(Targets(np.nan, *numbers)) for numbers in product(*(end.values() for end in ends))]
    return Estimate(min(peaks), only_peak(reported.middle), max(peaks))


def combinations(reported: Reported) -> Iterator[tuple[float, Targets, TwoCompartment]]:
    """Yield shape, numbers and model for every combination of low, middle and high ends that one person could have.

    Left out: combinations that no two-compartment curve has; those whose area times terminal rate lies outside what the
    reported volumes allow; and those not yet falling at the terminal rate when the last sample was drawn.
    """
    ends = (reported.peak, reported.time_of_peak, reported.area, reported.half_life)
    for *numbers, shape in product(*(end.values() for end in ends), SHAPES):
        targets = Targets(*numbers)
        model = _model_or_none(targets, shape)
        if model and _allowed(reported, targets, model):
            yield shape, targets, model


def _model_or_none(targets: Targets, shape: float) -> TwoCompartment | None:
    """Calibrate where a curve exists."""
    try:
        return calibrated(targets, shape)
    except ValueError:
        return None


def _allowed(reported: Reported, targets: Targets, model: TwoCompartment) -> bool:
    """Hold a combination against the two published facts that it was not calibrated to."""
    within_volumes = reported.bound.low <= targets.area * targets.rate <= reported.bound.high
    return within_volumes and decline_rate(model, reported.last_sample) <= (1 + _TOLERANCE) * targets.rate


def _fast_rate(targets: Targets, share: float) -> float:
    """Solve for the rate of the fast decline, 1/h."""
    steepest = 1 / targets.time_of_peak
    slow = share * only_peak(targets)

    def surplus(alpha: float) -> float:
        fast = one_compartment_peak((1 - share) * targets.area, alpha, targets.time_of_peak)
        return fast + slow - targets.peak

    if surplus(steepest) <= 1e-12 * targets.peak:
        return steepest
    return float(brentq(surplus, targets.rate, steepest, xtol=1e-14))


def _absorption(targets: Targets, alpha: float, a: float, b: float) -> float:
    """Solve for the rate of absorption, 1/h, that puts the peak where it was seen."""

    def surplus(ka: float) -> float:
        model = TwoCompartment(ka, alpha, targets.rate, a, b)
        return float(concentration(model, targets.time_of_peak)) - targets.peak

    return float(brentq(surplus, 1e-3 / targets.time_of_peak, 100 / targets.time_of_peak, xtol=1e-13))
