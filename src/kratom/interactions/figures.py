"""Draw forecast against measurement, and the strength of each block against how much mitragynine is where."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, bare_rows, canvas, styled
from evidencebook.analysis.values import Estimate

_ENZYME = {"P-glycoprotein": "P-gp"}
_LASTING = "KI"


@styled
def forecast_figure(table: pd.DataFrame, passes: Estimate) -> Figure:
    """Draw the exposure to each medicine: triangle for the forecast, circle with its interval for the measurement.

    `table` as interactions.ratios gives it, `passes` as interactions.gut_passes; the axis is a ratio, logarithmic. The
    bar shows the most that the gut alone could add to midazolam.
    """
    exposure = table[table["quantity"] == "AUC"]
    medicines = list(dict.fromkeys(exposure["object_drug"]))
    figure, axes = canvas(1.0 * len(medicines) + 0.9)
    axes.axvline(1, color=INK, linewidth=0.8, linestyle=":")
    for place, medicine in enumerate(reversed(medicines)):
        for _, row in exposure[exposure["object_drug"] == medicine].iterrows():
            _mark(axes, place, row)
        if medicine == "midazolam":
            axes.plot([1 / passes.high, 1 / passes.low], [place - 0.33] * 2, color=GREEN, linewidth=5, alpha=0.6)
            label = (1 / passes.high, place - 0.33)
            axes.annotate(
                "limit of the gut", label, (-5, 0), textcoords="offset points", ha="right", va="center", color=GREEN
            )
    enzyme = dict(zip(exposure["object_drug"], exposure["enzyme"], strict=True))
    axes.set_yticks(np.arange(len(medicines)) + 0.15, [f"{one}\n({enzyme[one]})" for one in reversed(medicines)])
    bare_rows(axes)
    axes.set_ylim(-0.6, len(medicines) - 0.45)
    axes.set_xscale("log")
    axes.set_xlim(0.75, 7.6)
    axes.set_xticks([1, 2, 3, 5, 7], ["1", "2", "3", "5", "7"])
    axes.set_xticks([], minor=True)
    axes.set_xlabel("exposure, times that without kratom")
    return figure


@styled
def block_figure(table: pd.DataFrame, places: dict[str, float]) -> Figure:
    """Draw the concentration that blocks each enzyme, and three lines for how much mitragynine is where.

    `table` as interactions.constants gives it, `places` as interactions.where; the axis is in uM, logarithmic. Circle:
    half-blocked while present; square: lasting block; arrow: more than the highest concentration tested.
    """
    if not np.isfinite(list(places.values())).all():
        raise ValueError("a concentration is not a number")
    figure, axes = canvas(0.33 * len(table) + 1.5)
    for place, (_, row) in enumerate(table.iloc[::-1].iterrows()):
        _constant(axes, place, row)
    top = len(table) - 0.3
    names = {"blood": "peak in\nblood", "liver": "entering\nthe liver", "gut": "in the gut"}
    sides = {"blood": "right", "liver": "left", "gut": "right"}
    for name, value in places.items():
        axes.axvline(value, color=ORANGE, linewidth=1.2, linestyle="-" if name == "blood" else "--")
        shift = 4 if sides[name] == "left" else -4
        axes.annotate(
            names[name], (value, top), (shift, 0), textcoords="offset points", ha=sides[name], va="bottom", color=ORANGE
        )
    axes.set_yticks(np.arange(len(table)), [_named(row) for _, row in table.iloc[::-1].iterrows()])
    bare_rows(axes)
    axes.set_ylim(-0.6, len(table) + 0.9)
    axes.set_xscale("log")
    axes.set_xlim(0.008, 900)
    axes.set_xticks([0.01, 0.1, 1, 10, 100], ["0.01", "0.1", "1", "10", "100"])
    axes.set_xticks([], minor=True)
    axes.set_xlabel("mitragynine (µM)")
    return figure


def _mark(axes: Axes, place: int, row: pd.Series) -> None:
    """Draw one ratio with its number and what it is."""
    forecast = row["kind"] == "predicted"
    colour, height = (ORANGE, place + 0.3) if forecast else (BLUE, place)
    if np.isfinite(float(row["low"])):
        axes.plot([row["low"], row["high"]], [height] * 2, color=colour, linewidth=3, alpha=0.5)
    filled = "none" if forecast else colour
    axes.plot(row["value"], height, "^" if forecast else "o", color=colour, markerfacecolor=filled)
    words = f"{row['value']:.3g} {'forecast' if forecast else 'measured'}"
    side, end, shift = ("right", "low", -8) if row["value"] > 3 else ("left", "high", 7)
    spot = (row["value"] if pd.isna(row[end]) else row[end], height)
    axes.annotate(words, spot, (shift, 0), textcoords="offset points", va="center", ha=side, color=colour)


def _constant(axes: Axes, place: int, row: pd.Series) -> None:
    """Draw one concentration, or an arrow from the highest one tested."""
    if pd.isna(row["value"]):
        axes.annotate("", (row["low"] * 3, place), (row["low"], place), arrowprops={"arrowstyle": "->", "color": BLUE})
        axes.plot(row["low"], place, "|", color=BLUE)
        return
    if np.isfinite(row["sd"]):
        ends = [max(row["value"] - row["sd"], 0.01), row["value"] + row["sd"]]
        axes.plot(ends, [place] * 2, color=BLUE, linewidth=3, alpha=0.5)
    axes.plot(row["value"], place, "s" if str(row["measure"]).startswith(_LASTING) else "o", color=BLUE)


def _named(row: pd.Series) -> str:
    """Name the enzyme, and for a lasting block the tissue."""
    name = _ENZYME.get(row["enzyme"], row["enzyme"])
    return f"{name}, {row['tissue']}" if str(row["measure"]).startswith(_LASTING) else str(name)
