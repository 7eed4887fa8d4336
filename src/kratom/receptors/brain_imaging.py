"""Hold the calculated occupancy against brain imaging, which was done with buprenorphine and not with kratom."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from evidencebook.analysis.values import value_of
from evidencebook.evidence.units import registry
from kratom.receptors.occupancy import (
    DRAWS,
    PEAKS,
    SEVEN,
    Floats,
    affinity,
    band,
    calculated,
    levels,
    occupancy,
    per_nanomolar,
    unbound,
)

#: Buprenorphine, C29H41NO4: standard atomic weights (IUPAC 2021) times the formula.
_ATOMS = {"C": (29, 12.011), "H": (41, 1.008), "N": (1, 14.007), "O": (4, 15.999)}
BUPRENORPHINE_MASS = sum(count * weight for count, weight in _ATOMS.values())
#: How the columns of a row end in the names of glued numbers.
_ENDS = {"_low": "low", "": "middle", "_high": "high"}
#: What brain imaging gives: how far the receptors left free fell below those without the medicine.
_SCAN, _LEVEL = "fall of mu-opioid receptor availability", "Cmax"


def scans(findings: pd.DataFrame) -> pd.DataFrame:
    """Give occupancy by buprenorphine as imaged, beside the level in plasma of the same people, by rising level.

    Joins the findings of one source and daily dose. Columns: dose_mg, level_low, level and level_high (nM; the middle
    is that of the range), measured and sem (%), n. Raises LookupError when an image has no level, or there is none.
    """
    own = findings[findings["compound"] == "buprenorphine"]
    images, peaks = own[own["measure"] == _SCAN], own[own["measure"] == _LEVEL]
    if images.empty:
        raise LookupError(f"no finding has the measure {_SCAN} for buprenorphine")
    joined = images.merge(peaks, on=["source", "dose_mg"], suffixes=("", "_peak"), how="left")
    ends = joined[["low_peak", "high_peak"]].astype(float)
    if ends.isna().to_numpy().any():
        raise LookupError(f"an image of buprenorphine has no finding {_LEVEL} of the same source and dose")
    factors = joined["unit_peak"].map(_nanomolar)
    table = pd.DataFrame({"dose_mg": joined["dose_mg"], "level_low": ends["low_peak"] * factors})
    table["level"] = ends.mean(axis=1) * factors
    table["level_high"] = ends["high_peak"] * factors
    table["measured"], table["sem"] = joined["value"].astype(float), joined["spread"].astype(float)
    return table.assign(n=joined["n"]).sort_values("level", ignore_index=True)


def check(findings: pd.DataFrame, generator: np.random.Generator, draws: int = DRAWS) -> pd.DataFrame:
    """Set the calculation beside the images: scans with the columns low, middle, high (%) and times.

    times says by how much free concentration over Ki would have to be larger for the middle of the draws to meet the
    image; both are turned into odds for this, as occupancy / (1 - occupancy) = free concentration / Ki.
    """
    table = scans(findings)
    ratios = per_nanomolar(findings, "buprenorphine", generator, draws)
    points = band(ratios, table["level"])
    table["low"], table["middle"], table["high"] = 100 * points
    table["times"] = odds(table["measured"] / 100) / odds(points[1])
    return table


def results(findings: pd.DataFrame, generator: np.random.Generator, draws: int = DRAWS) -> pd.DataFrame:
    """Give the rows of calculated and of check in one table: level, low, middle, high, measured and sem (nM and %).

    The index is the name of the case; the images are scan_1, scan_2 and so on, from the lowest level.
    """
    table, images = calculated(findings, generator, draws), check(findings, generator, draws)
    images.index = pd.Index([f"scan_{place}" for place in range(1, len(images) + 1)])
    columns = ["level", "low", "middle", "high", "measured", "sem", "times"]
    return pd.concat([table.reindex(columns=columns), images[columns]]).rename_axis("case")


def odds(share: npt.ArrayLike) -> Floats:
    """Turn shares occupied, from 0 to below 1, into occupied over free: the inverse of occupancy by one substance.

    Raises ValueError for a share outside this range.
    """
    shares = np.asarray(share, dtype=float)
    if not ((shares >= 0) & (shares < 1)).all():
        raise ValueError("a share occupied must lie from 0 to below 1")
    against_free: Floats = shares / (1 - shares)
    return against_free


def numbers(findings: pd.DataFrame, generator: np.random.Generator, draws: int = DRAWS) -> dict[str, float]:
    """Give every number that the page and the chapters quote, by the name under which it is glued.

    Occupancies in %: x_low, x and x_high for each row of calculated, scan_n, scan_n_low, … for the n-th image from the
    lowest level, seen_n for the image itself. Raises LookupError when a finding is missing, ValueError when a number
    is not finite.
    """
    table = results(findings, generator, draws)
    peak, images = table.loc[["peak"], "middle"], table[table["measured"].notna()]
    free = unbound(findings, "mitragynine")
    quoted: dict[str, float] = {"draws": draws, "unbound_low": 100 * free[0], "unbound_high": 100 * free[1]}
    quoted |= {f"{name}_level": level for name, level in levels(findings).items()}
    quoted |= {f"seen_{place}": seen for place, seen in enumerate(images["measured"], start=1)}
    for end, column in _ENDS.items():
        quoted |= {f"{name}{end}": number for name, number in table[column].items()}
    quoted |= _corrected(images["times"], peak) | {"seven_equal": _equal_share(findings, peak)}
    if broken := [name for name, number in quoted.items() if not np.isfinite(number)]:
        raise ValueError(f"these numbers are not finite: {', '.join(broken)}")
    return {name: float(number) for name, number in quoted.items()}


def _corrected(times: pd.Series, peak: pd.Series) -> dict[str, float]:
    """Give the smallest and largest miss, and occupancy at the peak (%) were mitragynine missed by as much."""
    ends = {"low": times.min(), "high": times.max()}
    moved = {f"peak_times_{end}": 100 * occupancy(factor * odds(peak / 100))[0, 0] for end, factor in ends.items()}
    return {f"times_{end}": factor for end, factor in ends.items()} | moved


def _equal_share(findings: pd.DataFrame, peak: pd.Series) -> float:
    """Give the unbound share (%) at which 7-hydroxymitragynine at its peak would occupy as much as mitragynine."""
    level = value_of(findings, PEAKS[SEVEN], "the unbound share of 7-hydroxymitragynine")
    return 100 * float(odds(peak / 100)[0]) * 10 ** affinity(findings, SEVEN).centre / level


def _nanomolar(unit: str) -> float:
    """Give how many nM of buprenorphine one such unit of mass per volume is."""
    units = registry()
    amount = units.Quantity(1.0, unit) / units.Quantity(BUPRENORPHINE_MASS, "g/mol")
    return float(amount.to("nM").magnitude)
