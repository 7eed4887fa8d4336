"""Draw results with their intervals one below the other on one axis, or effects against their errors."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, canvas, styled
from evidencebook.analysis.stats.proportions import Z95
from evidencebook.evidence.formatting import punctuated
from evidencebook.locale import _

#: Mark and colour of a result by the kind of study behind it.
MARKS = {"trials": ("s", BLUE), "one trial": ("s", BLUE), "cohorts": ("o", ORANGE), "one cohort": ("D", GREEN)} | {
    "study": ("s", BLUE),
    "pooled": ("D", ORANGE),
}

_SMALL = 11
#: Heights in inches: a heading, a result (its words above its interval), and all the rest.
_HEADING, _RESULT, _REST = 0.24, 0.42, 0.85
#: Words with more characters have their numbers on a line below, of this height.
_BESIDE, _LINE = 33, 0.17


@styled
def forest_figure(
    rows: pd.DataFrame, *, ticks: Sequence[float], axis: str, sides: tuple[str, str], ratios: bool = True
) -> Figure:
    """Draw a forest plot; the words stand above each interval, so that it fits a phone.

    `rows` has the columns group, label, kind (a key of MARKS), value, low and high: ratios above 0, or with
    `ratios=False` differences; rows of one group stand together under its name. `ticks` are marked on the axis, the
    first and last are its ends, `axis` is its label, and `sides` says what lies left and right of no effect. Raises
    ValueError when a number is not finite or lies outside the ticks, so that nothing is cut off unseen.
    """
    _checked(rows, ticks)
    below = _LINE if rows["label"].str.len().max() > _BESIDE else 0.0
    height = _HEADING * rows["group"].nunique() + (_RESULT + below) * len(rows)
    figure, axes = canvas(height + _REST)
    none, margin = (1, 0.0) if ratios else (0, 0.02 * (ticks[-1] - ticks[0]))
    axes.set_xscale("log" if ratios else "linear")
    # an interval that ends on the last tick ends within the figure
    axes.set_xlim(ticks[0] / 1.06 if ratios else ticks[0] - margin, ticks[-1] * 1.06 if ratios else ticks[-1] + margin)
    axes.set_ylim(-height, 0)
    axes.set_xticks(list(ticks), [punctuated(f"{tick:g}") for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel(axis)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for side, shift, align in zip(sides, (-6, 6), ("right", "left"), strict=True):
        axes.annotate(side, (none, 0), (shift, 0), textcoords="offset points", ha=align, va="bottom", fontsize=_SMALL)
    place = 0.0
    for group, results in rows.groupby("group", sort=False):
        place -= _HEADING
        _write(axes, place + 0.03, 0, "left", str(group), weight="bold")
        for _name, row in results.iterrows():
            _draw(axes, place, row, below, none)
            place -= _RESULT + below
    return figure


def forest_alt(rows: pd.DataFrame) -> str:
    """Say what a forest plot shows: how many results from where to where, and each pooled one with its interval."""
    single, joint = rows[rows["kind"] != "pooled"], rows[rows["kind"] == "pooled"]
    low, high = (punctuated(f"{end:.2f}") for end in (single["value"].min(), single["value"].max()))
    told = [f"{row['label']}: {interval(row['value'], row['low'], row['high'])}." for _name, row in joint.iterrows()]
    lead = _("Forest plot of %(number)s results, from %(low)s to %(high)s.")
    return " ".join([lead % {"number": len(single), "low": low, "high": high}, *told])


@styled
def funnel_figure(effects: Sequence[float], errors: Sequence[float], middle: float, *, axis: str) -> Figure:
    """Draw each effect against its standard error, small errors above, and where 95% would lie by chance alone.

    `effects` and `errors` have one number per study, on a scale where differences add up, and `middle` is the pooled
    effect on it; `axis` is its label. Raises ValueError when a number is not finite or an error is not above 0.
    """
    if not (np.isfinite([*effects, *errors, middle]).all() and min(errors) > 0):
        raise ValueError("an effect or its standard error is not a finite number, or the error is not above 0")
    figure, axes = canvas()
    widest = max(errors) * 1.06
    axes.plot([middle - Z95 * widest, middle, middle + Z95 * widest], [widest, 0, widest], color=INK, linewidth=0.8)
    axes.plot([middle, middle], [0, widest], color=INK, linewidth=0.8, linestyle="--")
    axes.plot(effects, errors, "o", color=BLUE)
    axes.set_ylim(widest, 0)
    axes.set_xlabel(axis)
    axes.set_ylabel(_("standard error"))
    return figure


def funnel_alt(effects: Sequence[float], errors: Sequence[float], middle: float) -> str:
    """Say what a funnel plot shows: how many studies lie outside, and on which side the less precise ones lie."""
    outside = sum(abs(effect - middle) > Z95 * error for effect, error in zip(effects, errors, strict=True))
    half = [effect for effect, error in zip(effects, errors, strict=True) if error > float(np.median(errors))]
    left = sum(effect < middle for effect in half)
    told = _(
        "Funnel plot of %(all)s studies: %(outside)s lie outside the lines that hold 95%% by chance; of the %(half)s "
        "least precise, %(left)s lie left and %(right)s right of the pooled effect."
    )
    known = {"all": len(effects), "outside": outside, "half": len(half), "left": left, "right": len(half) - left}
    return told % known


def interval(value: float, low: float, high: float) -> str:
    """Write a ratio and its interval with two decimals."""
    return punctuated(f"{value:.2f} ({low:.2f}–{high:.2f})")


def _draw(axes: Axes, place: float, row: pd.Series, lower: float, none: float) -> None:
    """Write the words of a result at `place`, its numbers beside or `lower` below them, and draw its interval."""
    _write(axes, place - 0.14, 0.02, "left", str(row["label"]))
    across, align = (0.02, "left") if lower else (1, "right")
    _write(axes, place - 0.14 - lower, across, align, interval(row["value"], row["low"], row["high"]))
    mark, colour = MARKS[row["kind"]]
    below = place - 0.22 - lower
    axes.plot([none, none], [below - 0.06, below + 0.06], color=INK, linewidth=0.8)
    axes.plot([row["low"], row["high"]], [below, below], color=colour, linewidth=2.5, alpha=0.6)
    axes.plot(row["value"], below, mark, color=colour, markersize=6)


def _write(axes: Axes, place: float, across: float, align: str, words: str, weight: str = "normal") -> None:
    at = axes.get_yaxis_transform()
    axes.text(across, place, words, ha=align, va="bottom", fontsize=_SMALL, fontweight=weight, transform=at)


def _checked(rows: pd.DataFrame, ticks: Sequence[float]) -> None:
    numbers = rows[["low", "value", "high"]].to_numpy(dtype=float)
    if not (np.isfinite(numbers).all() and (np.diff(numbers, axis=1) >= 0).all()):
        raise ValueError("a ratio or an end of its interval is missing, not finite, or out of order")
    if numbers.min() < ticks[0] or numbers.max() > ticks[-1]:
        raise ValueError(
            f"the axis from {ticks[0]:g} to {ticks[-1]:g} would cut off {numbers.min():g}–{numbers.max():g}"
        )
