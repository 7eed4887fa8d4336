"""Draw the calibrated model: after one dose, with daily doses, and what is left the next morning."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, bare_rows, canvas, styled
from evidencebook.analysis.values import range_of, value_of
from kratom.blood_levels.compartments import TwoCompartment, after_doses, concentration, one_compartment
from kratom.blood_levels.model import MIDDLE_SHAPE, SHAPES, Reported, calibrated, reported
from kratom.blood_levels.simulation import DAY

_NM = "mitragynine in blood (nM)"
_USE = "the figure of daily doses"
#: Where to draw within a day: close together while the level moves fast, so that the curve stays small on the wire.
_WITHIN_A_DAY = np.array([0.05, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 23.95])
#: Days to draw after the last dose.
_AFTER = 5
_Levels = Callable[[TwoCompartment, npt.NDArray[np.float64]], npt.NDArray[np.float64]]


def one_dose_levels(published: Reported) -> pd.DataFrame:
    """Give the level of mitragynine over 48 h after one dose, in nM, indexed by hours.

    Columns: middle, low and high (over the slow shares of the two-compartment model) and one_compartment.
    """
    hours = np.geomspace(0.05, 48, 130)
    middle = published.middle
    alone = one_compartment(middle.area, middle.rate, middle.time_of_peak, hours)
    table = _over_shapes(published, hours, concentration)
    return table.assign(one_compartment=alone).round(4)


def daily_levels(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the level with as many daily doses as the largest study gave and some days after, in nM, indexed by hours.

    Columns: middle, low and high, over the slow shares. Raises LookupError when a finding is missing.
    """
    published, doses = reported(findings), _doses(findings)
    hours = (DAY * np.arange(doses + _AFTER - 1)[:, np.newaxis] + _WITHIN_A_DAY).ravel()

    def levels(model: TwoCompartment, at: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return after_doses(model, at, DAY, doses)

    return _over_shapes(published, hours, levels).round(4)


@styled
def one_dose_figure(published: Reported) -> Figure:
    """Draw 48 h after one dose: the two-compartment band, the one-compartment curve, and the published peak."""
    figure, axes = canvas(3.6)
    table = one_dose_levels(published)
    axes.fill_between(table.index, table["low"], table["high"], color=BLUE, alpha=0.25, linewidth=0)
    axes.plot(table.index, table["middle"], color=BLUE)
    axes.plot(table.index, table["one_compartment"], color=ORANGE, linestyle="--")
    _published_peak(axes, published)
    axes.axvline(DAY, color=INK, linewidth=0.8, linestyle=":")
    axes.annotate("one day later", (DAY, 60), (5, 0), textcoords="offset points")
    axes.annotate("two compartments", (5.2, 30), color=BLUE)
    axes.annotate("one compartment", (29, 5.6), color=ORANGE)
    _log_axes(axes, "hours after the dose", 48, 6)
    return figure


@styled
def daily_dose_figure(findings: pd.DataFrame) -> Figure:
    """Draw daily doses and five days after: the band, the levels before each dose, and when measured ones were steady.

    Raises LookupError when a finding is missing.
    """
    figure, axes = canvas(3.6)
    table, doses = daily_levels(findings), _doses(findings)
    days = table.index / DAY
    axes.fill_between(days, table["low"], table["high"], color=BLUE, alpha=0.25, linewidth=0)
    axes.plot(days, table["middle"], color=BLUE, linewidth=0.8)
    before = DAY * np.arange(1, doses)
    levels = after_doses(calibrated(reported(findings).middle), before, DAY, doses)
    axes.plot(before / DAY, levels, "o", color=ORANGE, markersize=5)
    _point(axes, "before the next dose", (before[2] / DAY, levels[2]), (8, -34))
    low, high = range_of(findings, "PK-045", _USE)
    axes.axvspan(low, high, ymax=0.94, color=INK, alpha=0.25, linewidth=0)
    axes.annotate("measured levels steady", ((low + high) / 2, 175), ha="center")
    _log_axes(axes, "days after the first dose", doses + _AFTER - 1, 2)
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
    bare_rows(axes)
    axes.set_ylim(-0.5, len(rows) - 0.3)
    axes.set_xlim(0, 100)
    axes.set_xlabel("level as a share of the peak (%)")
    return figure


def _doses(findings: pd.DataFrame) -> int:
    """Give the number of daily doses in the largest study."""
    return int(value_of(findings, "PK-040", _USE))


def _over_shapes(published: Reported, hours: npt.NDArray[np.float64], levels: _Levels) -> pd.DataFrame:
    """Give the level of the middle model and the lowest and highest over all, at each hour."""
    curves = {shape: levels(calibrated(published.middle, shape), hours) for shape in SHAPES}
    low, high = np.min(list(curves.values()), axis=0), np.max(list(curves.values()), axis=0)
    columns = {"middle": curves[MIDDLE_SHAPE], "low": low, "high": high}
    return pd.DataFrame(columns, index=pd.Index(hours.round(4), name="hours"))


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
