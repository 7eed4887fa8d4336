"""Draw occupancy over the level in blood, beside brain imaging, and over the unbound share that nobody reported."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, canvas, styled
from evidencebook.analysis.values import estimate_of, value_of
from kratom.receptors.brain_imaging import scans
from kratom.receptors.occupancy import DRAWS, PEAKS, SEVEN, Floats, affinity, band, per_nanomolar, unbound

#: Where to draw: enough points for a smooth curve, few enough for a small file.
_POINTS = 70
#: The calculated cases in words.
_CASES = {
    "peak": "mitragynine, median peak after tea",
    "highest": "mitragynine, highest peak after tea",
    "morning": "mitragynine, next morning at most",
    "both_mitragynine": "mitragynine at its peak, with 7-OH",
    "both_seven": "7-OH at its peak, with mitragynine",
    "both": "both at their peaks",
}


@styled
def level_figure(findings: pd.DataFrame, generator: np.random.Generator, draws: int = DRAWS) -> Figure:
    """Draw the occupancy (%) by mitragynine and by buprenorphine over the level in blood (nM), with the brain images.

    Line: middle of the draws; band: 90% of them. Diamonds: images of buprenorphine with their standard errors, over
    the range of levels in the same people. The bar on the axis spans the peaks of mitragynine after one cup of tea.
    """
    figure, axes = canvas(3.6)
    levels = np.geomspace(0.3, 3000, _POINTS)
    for compound, colour, line in (("buprenorphine", ORANGE, "--"), ("mitragynine", BLUE, "-")):
        _band(axes, levels, band(per_nanomolar(findings, compound, generator, draws), levels), colour, line)
    images, peak = scans(findings), estimate_of(findings, PEAKS["mitragynine"], "the figure of occupancy")
    sides = [images["level"] - images["level_low"], images["level_high"] - images["level"]]
    axes.errorbar(images["level"], images["measured"], images["sem"], sides, fmt="D", color=INK, markersize=6)
    axes.plot([peak.low, peak.high], [0, 0], color=BLUE, linewidth=6, clip_on=False, zorder=3)
    axes.annotate("brain images,\nbuprenorphine", (6.5, 82), ha="right", color=INK)
    axes.annotate("calculated,\nbuprenorphine", (75, 52), color=ORANGE)
    axes.annotate("calculated,\nmitragynine", (2800, 3), ha="right", color=BLUE)
    axes.annotate("peak after tea", (peak.low, 2), (-4, 4), textcoords="offset points", ha="right", color=BLUE)
    _axes(axes, "level in blood (nM)", [1, 10, 100, 1000], (0.3, 3000))
    return figure


@styled
def unbound_figure(findings: pd.DataFrame, generator: np.random.Generator, draws: int = DRAWS) -> Figure:
    """Draw the occupancy (%) by 7-hydroxymitragynine at its peak after one cup of tea over its unbound share (%).

    Line and band as in level_figure. The circle is mitragynine at its own peak: across, the unbound share reported for
    it; upwards, 90% of the draws.
    """
    figure, axes = canvas(3.4)
    use = "the figure of the unbound share"
    levels = np.geomspace(1, 100, _POINTS) * value_of(findings, PEAKS[SEVEN], use) / 100
    ratios = 1 / affinity(findings, SEVEN).draws(generator, draws)
    _band(axes, np.geomspace(1, 100, _POINTS), band(ratios, levels), GREEN, "--")
    peak = value_of(findings, PEAKS["mitragynine"], use)
    low, middle, high = 100 * band(per_nanomolar(findings, "mitragynine", generator, draws), [peak])[:, 0]
    left, right = (100 * end for end in unbound(findings, "mitragynine"))
    centre = (left + right) / 2
    sides, up_down = [[centre - left], [right - centre]], [[middle - low], [high - middle]]
    axes.errorbar(centre, middle, up_down, sides, fmt="o", color=BLUE, linewidth=2)
    axes.annotate("mitragynine", (centre, high), (0, 4), textcoords="offset points", ha="center", color=BLUE)
    axes.annotate("7-OH, whose share\nis not known", (28, 68), ha="right", color=GREEN)
    _axes(axes, "not bound to protein in blood (%)", [1, 3, 10, 30, 100], (1, 100))
    return figure


def occupancy_table(table: pd.DataFrame) -> pd.DataFrame:
    """Word the cases, the ends of the draws in brackets; `table` as receptor_scans.results gives it."""
    images = [str(name) for name in table.index if str(name).startswith("scan_")]
    names = _CASES | {name: f"buprenorphine, image {place}" for place, name in enumerate(images, start=1)}
    ends = zip(table["middle"], table["low"], table["high"], strict=True)
    worded = {
        "Case": [names.get(str(name), str(name)) for name in table.index],
        "Level (nM)": table["level"].map(_plain),
        "Occupied (%)": [f"{_plain(middle)} ({_plain(low)} to {_plain(high)})" for middle, low, high in ends],
        "Image (%)": table["measured"].map(_plain),
    }
    return pd.DataFrame(worded).set_index("Case")


def _plain(value: float) -> str:
    """Write a number with two digits or all before the point; what is missing is an empty cell."""
    if np.isnan(value):
        return ""
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def _band(axes: Axes, x: Floats, points: Floats, colour: str, line: str) -> None:
    """Draw the three points of occupancy as a line in a band."""
    low, middle, high = 100 * points
    axes.fill_between(x, low, high, color=colour, alpha=0.2, linewidth=0)
    axes.plot(x, middle, line, color=colour)


def _axes(axes: Axes, label: str, ticks: list[float], ends: tuple[float, float]) -> None:
    """Give both figures the same axis of occupancy and plain numbers on the logarithmic one."""
    axes.set_xscale("log")
    axes.set_xlim(*ends)
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xlabel(label)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.set_ylabel("mu receptors occupied (%)")
