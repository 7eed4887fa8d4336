"""Draw the medicines for opioid use disorder: two forest plots, and deaths in and out of treatment."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, bare_rows, canvas, styled
from evidencebook.analysis.stats.forest import forest_figure

_STAYING_TICKS = (0.5, 1, 2, 4, 8)
_DEATH_TICKS = (0.1, 0.25, 0.5, 1, 2, 4)
_SHORT = {"death from any cause": "any cause", "death from overdose": "overdose"}


def staying_figure(table: pd.DataFrame) -> Figure:
    """Draw the ratios of staying in treatment and of completing withdrawal.

    `table` as kratom.treatment.comparisons gives it for STAYING. Raises ValueError when a ratio cannot be drawn whole.
    """
    names = table["medicine"] + table["part"].map(lambda part: f", {part}" if part else "")
    rows = table.assign(group=table["outcome"], label=names + " against " + table["against"])
    return forest_figure(rows, ticks=_STAYING_TICKS, axis="risk ratio (95% CI)", sides=("less often", "more often"))


def death_figure(table: pd.DataFrame) -> Figure:
    """Draw the ratios of death from any cause with a medicine against without it.

    `table` as kratom.treatment.comparisons gives it for DEATH. Raises ValueError when a ratio cannot be drawn whole.
    """
    kinds = table["kind"].map({"trials": ", trials", "cohorts": ", cohorts"}).fillna("")
    parts = table["part"].map(lambda part: f", {part}" if part else "")
    rows = table.assign(group=table["medicine"], label=table["study"] + kinds + parts)
    sides = ("fewer deaths", "more deaths")
    return forest_figure(rows, ticks=_DEATH_TICKS, axis="ratio of death rates or risks (95% CI)", sides=sides)


@styled
def rates_figure(table: pd.DataFrame) -> Figure:
    """Draw deaths per 1,000 person-years in and out of treatment, one line per medicine and outcome.

    `table` as kratom.treatment.risks.rates gives it. Raises ValueError when a rate is missing.
    """
    if not np.isfinite(table[["inside", "outside"]].to_numpy(dtype=float)).all():
        raise ValueError("a death rate in or out of treatment is missing")
    figure, axes = canvas(0.4 * len(table) + 1.3)
    place, places, names = 0.0, [], []
    for medicine, pair in table.groupby("medicine", sort=False):
        places.append(place)
        names.append(str(medicine))
        for _, row in pair.iterrows():
            place -= 1
            _line(axes, place, float(row["inside"]), float(row["outside"]))
            places.append(place)
            names.append(_SHORT[row["outcome"]])
        place -= 1.2
    axes.set_yticks(places, names)
    for label in axes.get_yticklabels():
        label.set_fontweight("normal" if label.get_text() in _SHORT.values() else "bold")
    _name_the_marks(axes, table.iloc[0])
    bare_rows(axes)
    most = 10 * math.ceil(float(table["outside"].max()) / 10)
    axes.set_xlim(-0.12 * most, 1.04 * most)  # room for the number left of a low rate
    axes.set_xticks(range(0, most + 1, 10))
    axes.spines["bottom"].set_bounds(0, most)
    axes.set_ylim(place + 0.6, 0.4)
    axes.set_xlabel("deaths per 1,000 people followed for a year")
    return figure


def _line(axes: Axes, place: float, inside: float, outside: float) -> None:
    """Draw one pair of rates with their numbers."""
    axes.plot([inside, outside], [place, place], color=INK, linewidth=1.5)
    axes.plot(inside, place, "o", color=BLUE)
    axes.plot(outside, place, "D", color=ORANGE)
    for rate, shift, align in ((inside, -8, "right"), (outside, 8, "left")):
        axes.annotate(f"{rate:g}", (rate, place), (shift, 0), textcoords="offset points", ha=align, va="center")


def _name_the_marks(axes: Axes, row: pd.Series) -> None:
    """Write over the uppermost pair which mark is which."""
    for rate, name, colour in ((row["inside"], "in treatment", BLUE), (row["outside"], "out of treatment", ORANGE)):
        axes.annotate(
            name, (float(rate), -1), (0, 10), textcoords="offset points", ha="center", color=colour, fontsize=11
        )
