"""Draw the calibrated model: after one dose, with daily doses, and what is left the next morning."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.style import BLUE, INK, ORANGE, canvas, styled
from kratom.blood_levels import DAY, comparison
from kratom.compartments import after_doses, concentration, one_compartment
from kratom.pharmacokinetics import MIDDLE_SHAPE, SHAPES, Reported, calibrated

_NM = "mitragynine in blood (nM)"
#: Where to draw within a day: close together while the level moves fast, so that the curve stays small on the wire.
_WITHIN_A_DAY = np.array([0.05, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 23.95])


@styled
def one_dose_figure(published: Reported) -> Figure:
    """Draw 48 h after one dose: the two-compartment band, the one-compartment curve, and the published peak."""
    figure, axes = canvas(3.6)
    middle, hours = published.middle, np.geomspace(0.05, 48, 130)
    curves = {shape: concentration(calibrated(middle, shape), hours) for shape in SHAPES}
    axes.fill_between(hours, *_envelope(list(curves.values())), color=BLUE, alpha=0.25, linewidth=0)
    axes.plot(hours, curves[MIDDLE_SHAPE], color=BLUE)
    alone = one_compartment(middle.area, middle.rate, middle.time_of_peak, hours)
    axes.plot(hours, alone, color=ORANGE, linestyle="--")
    _published_peak(axes, published)
    axes.axvline(DAY, color=INK, linewidth=0.8, linestyle=":")
    axes.annotate("one day later", (DAY, 60), (5, 0), textcoords="offset points")
    axes.annotate("two compartments", (5.2, 30), color=BLUE)
    axes.annotate("one compartment", (29, 5.6), color=ORANGE)
    _log_axes(axes, "hours after the dose", 48, 6)
    return figure


@styled
def daily_dose_figure(published: Reported, doses: int) -> Figure:
    """Draw `doses` daily doses and five days after: the two-compartment band and the levels before each dose."""
    figure, axes = canvas(3.6)
    end = (doses + 4) * DAY
    hours = (DAY * np.arange(doses + 4)[:, np.newaxis] + _WITHIN_A_DAY).ravel()
    curves = {shape: after_doses(calibrated(published.middle, shape), hours, DAY, doses) for shape in SHAPES}
    axes.fill_between(hours / DAY, *_envelope(list(curves.values())), color=BLUE, alpha=0.25, linewidth=0)
    axes.plot(hours / DAY, curves[MIDDLE_SHAPE], color=BLUE, linewidth=0.8)
    before = DAY * np.arange(1, doses)
    levels = after_doses(calibrated(published.middle), before, DAY, doses)
    axes.plot(before / DAY, levels, "o", color=ORANGE, markersize=5)
    _point(axes, "before the next dose", (before[2] / DAY, levels[2]), (8, -34))
    _log_axes(axes, "days after the first dose", end / DAY, 2)
    return figure


@styled
def left_figure(table: pd.DataFrame) -> Figure:
    """Draw the share of the peak that is left, from the rows share_8h to share_24h and share_daily of the summary.

    Thin line: all scenarios; thick line: all medians, over the shapes; mark: middle run.
    """
    rows = {"share_8h": "8 h, one dose", "share_12h": "12 h, one dose", "share_24h": "24 h, one dose"}
    rows |= {"share_daily": "24 h, daily doses"}
    figure, axes = canvas(2.6)
    for place, name in enumerate(reversed(rows)):
        row = table.loc[name]
        axes.plot([row["low"], row["high"]], [place, place], color=BLUE, linewidth=1.2)
        axes.plot([row["median_low"], row["median_high"]], [place, place], color=BLUE, linewidth=6, alpha=0.5)
        axes.plot(row["middle"], place, "o", color=BLUE)
        axes.annotate(f"{row['middle']:.2g}%", (row["middle"], place), (0, 7), textcoords="offset points", ha="center")
    axes.set_yticks(np.arange(len(rows)), list(reversed(rows.values())))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_ylim(-0.5, len(rows) - 0.3)
    axes.set_xlim(0, 100)
    axes.set_xlabel("level as a share of the peak (%)")
    return figure


def comparison_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word the comparison of the middle model with what was published, numbers as text."""
    table = comparison(findings)
    spans = [f"{_plain(low)} to {_plain(high)}" for low, high in zip(table["low"], table["high"], strict=True)]
    worded = {
        "Quantity": table["quantity"] + " (" + table["unit"] + ")",
        "Model": table["predicted"].map(_plain),
        "Published": table["published"].map(lambda value: "" if pd.isna(value) else _plain(value)),
        "Published range": spans,
        "Use": table["role"],
    }
    return pd.DataFrame(worded).set_index("Quantity")


def _plain(value: float) -> str:
    """Write a number with three digits and no exponent."""
    return f"{float(f'{value:.3g}'):,g}" if value < 1e5 else f"{value:,.0f}"


def _envelope(curves: list[npt.NDArray[np.float64]]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Give the lowest and the highest level at each time."""
    return np.min(curves, axis=0), np.max(curves, axis=0)


def _published_peak(axes: Axes, published: Reported) -> None:
    """Mark the published peak with its ranges."""
    peak, hour = published.peak, published.time_of_peak
    up_down = [[peak.middle - peak.low], [peak.high - peak.middle]]
    sides = [[hour.middle - hour.low], [hour.high - hour.middle]]
    axes.errorbar(hour.middle, peak.middle, up_down, sides, fmt="D", color=INK, markersize=5, linewidth=1.2)
    axes.annotate("published peak", (hour.middle, peak.middle), (14, 2), textcoords="offset points")


def _point(axes: Axes, label: str, mark: tuple[float, float], offset: tuple[float, float]) -> None:
    """Point from a label, `offset` in points, to its mark."""
    line = {"arrowstyle": "-", "color": INK, "linewidth": 0.8}
    axes.annotate(label, mark, offset, textcoords="offset points", arrowprops=line)


def _log_axes(axes: Axes, label: str, end: float, step: int) -> None:
    """Give both level figures the same axis of levels."""
    axes.set_yscale("log")
    axes.set_ylim(0.08, 250)
    axes.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    axes.set_xlim(0, end)
    axes.set_xticks(np.arange(0, end + 0.1, step))
    axes.set_xlabel(label)
    axes.set_ylabel(_NM)
