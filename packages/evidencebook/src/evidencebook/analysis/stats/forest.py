"""Draw ratios with their intervals one below the other, on one logarithmic axis."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, canvas, styled

#: Mark and colour of a result by the kind of study behind it.
MARKS = {"trials": ("s", BLUE), "one trial": ("s", BLUE), "cohorts": ("o", ORANGE), "one cohort": ("D", GREEN)}

_SMALL = 11
#: Heights in inches: a heading, a result (its words above its interval), and all the rest.
_HEADING, _RESULT, _REST = 0.24, 0.42, 0.85
#: Words with more characters have their numbers on a line below, of this height.
_BESIDE, _LINE = 33, 0.17


@styled
def forest_figure(rows: pd.DataFrame, *, ticks: Sequence[float], axis: str, sides: tuple[str, str]) -> Figure:
    """Draw a forest plot without a pooled result; the words stand above each interval, so that it fits a phone.

    `rows` has the columns group, label, kind (a key of MARKS), value, low and high, all ratios above 0; rows of one
    group stand together under its name. `ticks` are the ratios marked on the axis and its ends, `axis` is its label,
    and `sides` says what lies left and right of 1. Raises ValueError when a number is not finite or lies outside the
    ticks, so that nothing is cut off unseen.
    """
    _checked(rows, ticks)
    below = _LINE if rows["label"].str.len().max() > _BESIDE else 0.0
    height = _HEADING * rows["group"].nunique() + (_RESULT + below) * len(rows)
    figure, axes = canvas(height + _REST)
    axes.set_xscale("log")
    axes.set_xlim(ticks[0] / 1.06, ticks[-1] * 1.06)  # an interval that ends on the last tick ends within the figure
    axes.set_ylim(-height, 0)
    axes.set_xticks(list(ticks), [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel(axis)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for side, shift, align in zip(sides, (-6, 6), ("right", "left"), strict=True):
        axes.annotate(side, (1, 0), (shift, 0), textcoords="offset points", ha=align, va="bottom", fontsize=_SMALL)
    place = 0.0
    for group, results in rows.groupby("group", sort=False):
        place -= _HEADING
        _write(axes, place + 0.03, 0, "left", str(group), weight="bold")
        for _, row in results.iterrows():
            _draw(axes, place, row, below)
            place -= _RESULT + below
    return figure


def interval(value: float, low: float, high: float) -> str:
    """Write a ratio and its interval with two decimals."""
    return f"{value:.2f} ({low:.2f}–{high:.2f})"


def _draw(axes: Axes, place: float, row: pd.Series, lower: float) -> None:
    """Write the words of a result at `place`, its numbers beside or `lower` below them, and draw its interval."""
    _write(axes, place - 0.14, 0.02, "left", str(row["label"]))
    across, align = (0.02, "left") if lower else (1, "right")
    _write(axes, place - 0.14 - lower, across, align, interval(row["value"], row["low"], row["high"]))
    mark, colour = MARKS[row["kind"]]
    below = place - 0.22 - lower
    axes.plot([1, 1], [below - 0.06, below + 0.06], color=INK, linewidth=0.8)
    axes.plot([row["low"], row["high"]], [below, below], color=colour, linewidth=2.5, alpha=0.6)
    axes.plot(row["value"], below, mark, color=colour, markersize=6)


def _write(axes: Axes, place: float, across: float, align: str, words: str, weight: str = "normal") -> None:
    """Write at a height in inches and a part of the width."""
    at = axes.get_yaxis_transform()
    axes.text(across, place, words, ha=align, va="bottom", fontsize=_SMALL, fontweight=weight, transform=at)


def _checked(rows: pd.DataFrame, ticks: Sequence[float]) -> None:
    """Refuse what cannot be drawn whole."""
    numbers = rows[["low", "value", "high"]].to_numpy(dtype=float)
    if not (np.isfinite(numbers).all() and (np.diff(numbers, axis=1) >= 0).all()):
        raise ValueError("a ratio or an end of its interval is missing, not finite, or out of order")
    if numbers.min() < ticks[0] or numbers.max() > ticks[-1]:
        raise ValueError(
            f"the axis from {ticks[0]:g} to {ticks[-1]:g} would cut off {numbers.min():g}–{numbers.max():g}"
        )
