"""Compute which share of the mu receptors a level in blood could occupy, and how little is known of it.

Three numbers decide: the level, the share of it that is not bound to protein, and the binding constant Ki. Occupied is
not activated: this says nothing about effect.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from evidencebook.analysis.values import estimate_of, value_of
from kratom.receptors.binding import affinities, between

Floats = npt.NDArray[np.float64]

#: The only receptor for which levels, constants and brain imaging can be set side by side.
RECEPTOR = "mu"
#: Enough for the 5% and 95% points to repeat to within a few hundredths of their value.
DRAWS = 100_000
#: The middle of the draws and the ends of the 90% that lie around it.
QUANTILES = (0.05, 0.5, 0.95)
SEVEN = "7-hydroxymitragynine"
#: Peak levels in blood after one cup of kratom tea (median, and range over people), by substance.
PEAKS = {"mitragynine": "PK-016", SEVEN: "PK-022"}
#: Exposure and half-life after that cup: their ratio bounds the level once the fall has reached its final pace.
_AREA, _HALF_LIFE = "PK-019", "PK-018"


@dataclass(frozen=True)
class Affinity:
    """Hold what is known of log10 Ki (nM): mean over laboratories, their number, and the spread between them."""

    centre: float
    laboratories: int
    sd: float
    freedom: int

    def draws(self, generator: np.random.Generator, size: int) -> Floats:
        """Draw `size` values of Ki (nM) as one more laboratory might find it.

        The predictive t distribution of a normal sample, with the spread pooled over substances: log10 Ki = centre +
        sd·√(1 + 1/laboratories)·t (Gelman and others, Bayesian Data Analysis, section 3.2).
        """
        scale = self.sd * np.sqrt(1 + 1 / self.laboratories)
        ki: Floats = 10 ** (self.centre + scale * generator.standard_t(self.freedom, size))
        return ki


def occupancy(*ratios: npt.ArrayLike) -> Floats:
    """Give the share of receptors, 0 to 1, that each of several substances occupies when they compete.

    Each of `ratios` is a free concentration over the Ki of its substance, arrays of one shape; the result has a first
    axis of one entry per substance. At equilibrium the share is ratio / (1 + sum of ratios): Gaddum, J Physiol
    1937;89:7P; for one substance the law of Hill and Langmuir. Raises ValueError for a ratio below zero or not finite.
    """
    stacked = np.stack([np.asarray(ratio, dtype=float) for ratio in ratios])
    if not (np.isfinite(stacked).all() and (stacked >= 0).all()):
        raise ValueError("a concentration over Ki must be a finite number of at least zero")
    shares: Floats = stacked / (1 + stacked.sum(axis=0))
    return shares


def affinity(findings: pd.DataFrame, compound: str) -> Affinity:
    """Take the binding of one substance at mu from the undoubted findings.

    The spread between laboratories is pooled over every substance that has two values at mu, and is taken to hold for
    those with one. Raises LookupError when the substance has no undoubted value, or none has two.
    """
    table = affinities(findings)
    spread = between(table, RECEPTOR)
    own = table[(table["compound"] == compound) & (table["receptor"] == RECEPTOR) & ~table["doubtful"]]
    if own.empty:
        raise LookupError(f"no undoubted Ki of {compound} at {RECEPTOR} is in the evidence, and occupancy needs it")
    return Affinity(float(np.log10(own["ki"]).mean()), len(own), spread.sd, spread.freedom)


def unbound(findings: pd.DataFrame, compound: str) -> tuple[float, float]:
    """Give the ends of the share of a substance, 0 to 1, that is not bound to plasma protein; both the same if one.

    Raises LookupError when no finding gives its protein binding, ValueError when that is no percentage below 100.
    """
    rows = findings[(findings["measure"] == "plasma protein binding") & (findings["compound"] == compound)]
    if rows.empty:
        raise LookupError(f"no finding gives the plasma protein binding of {compound}, and occupancy needs it")
    ends = rows[["low", "high", "value"]].astype(float).to_numpy()
    low, high = float(np.nanmin(ends)), float(np.nanmax(ends))
    if not 0 <= low <= high < 100:
        raise ValueError(f"the plasma protein binding of {compound} must lie from 0 to below 100%, not {low} to {high}")
    return 1 - high / 100, 1 - low / 100


def per_nanomolar(findings: pd.DataFrame, compound: str, generator: np.random.Generator, draws: int = DRAWS) -> Floats:
    """Draw free concentration over Ki for each nM in blood, shape (draws,): unbound share, even over its range, by Ki.

    Raises LookupError when an input is missing.
    """
    low, high = unbound(findings, compound)
    constants = affinity(findings, compound).draws(generator, draws)
    free: Floats = generator.uniform(low, high, draws) / constants
    return free


def band(ratios: Floats, levels: npt.ArrayLike, quantiles: tuple[float, ...] = QUANTILES) -> Floats:
    """Give the quantiles of occupancy by one substance, shape (quantiles, levels), 0 to 1.

    `ratios` as per_nanomolar gives them, `levels` in nM. Occupancy rises with the ratio, so its quantiles are those of
    the ratio put through the formula: the work does not grow with draws times levels.
    """
    points = np.quantile(ratios, quantiles)
    shares: Floats = occupancy(points[:, np.newaxis] * np.asarray(levels, dtype=float))[0]
    return shares


def levels(findings: pd.DataFrame) -> dict[str, float]:
    """Give the levels of mitragynine (nM) for which the page quotes occupancy, by name.

    peak and highest: median and highest person after one cup of tea; morning: exposure times terminal rate, which the
    level cannot exceed once the fall has reached its final pace. Raises LookupError when a finding is missing.
    """
    use = "the occupancy by mitragynine"
    peak = estimate_of(findings, PEAKS["mitragynine"], use)
    area, half_life = (value_of(findings, name, use) for name in (_AREA, _HALF_LIFE))
    return {"peak": peak.middle, "highest": peak.high, "morning": area * float(np.log(2)) / half_life}


def calculated(findings: pd.DataFrame, generator: np.random.Generator, draws: int = DRAWS) -> pd.DataFrame:
    """Give the occupancy by mitragynine at each level, with 7-hydroxymitragynine beside it at the peak, in %.

    One row per case; columns level (nM), low, middle and high (5, 50 and 95% points). The unbound share of
    7-hydroxymitragynine is not known; in the rows that name it it is drawn as that of mitragynine. Raises LookupError
    when an input is missing.
    """
    alone = per_nanomolar(findings, "mitragynine", generator, draws)
    rows = {name: (level, band(alone, [level])[:, 0]) for name, level in levels(findings).items()}
    use = "the occupancy by both alkaloids"
    peaks = {name: value_of(findings, finding, use) for name, finding in PEAKS.items()}
    constants = affinity(findings, SEVEN).draws(generator, draws)
    other = generator.uniform(*unbound(findings, "mitragynine"), draws) / constants
    shares = occupancy(alone * peaks["mitragynine"], other * peaks[SEVEN])
    for name, share in (("both_mitragynine", shares[0]), ("both_seven", shares[1]), ("both", shares.sum(axis=0))):
        rows[name] = (np.nan, np.quantile(share, QUANTILES))
    columns = ["low", "middle", "high"]
    table = pd.DataFrame([100 * points for _, points in rows.values()], index=list(rows), columns=columns)
    table.insert(0, "level", [level for level, _ in rows.values()])
    return table
