"""Draw when the liver injury showed itself, of which kind it was, and what a group without an injury can rule out."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, bare_rows, canvas, styled
from kratom.harms.liver import CHOLESTATIC, HEPATOCELLULAR, rate_left


@styled
def latency_figure(table: pd.DataFrame) -> Figure:
    """Draw the median time to injury with its range, one line per account; `table` as liver.latency gives it (days)."""
    figure, axes = canvas(0.62 * len(table) + 0.9)
    _ranges(axes, table)
    axes.set_xlim(0, 56)
    axes.set_xticks(np.arange(0, 57, 7))
    axes.set_xlabel("days from first use to injury")
    return figure


@styled
def pattern_figure(table: pd.DataFrame) -> Figure:
    """Draw the median R ratio with its range on a logarithmic axis; `table` as liver.pattern gives it."""
    figure, axes = canvas(0.62 * len(table) + 1.3)
    _ranges(axes, table)
    axes.set_xscale("log")
    axes.set_xlim(0.2, 26)
    axes.set_xticks([0.2, 0.5, 1, 2, 5, 10, 20], ["0.2", "0.5", "1", "2", "5", "10", "20"])
    axes.minorticks_off()
    axes.set_xlabel("R ratio")
    top = len(table) - 0.15
    for border in (CHOLESTATIC, HEPATOCELLULAR):
        axes.axvline(border, color=INK, linewidth=1, linestyle=":")
    axes.set_ylim(-0.6, top + 0.5)
    for place, name in ((0.62, "cholestatic"), (np.sqrt(CHOLESTATIC * HEPATOCELLULAR), "mixed"), (11.5, "liver-cell")):
        axes.annotate(name, (place, top), ha="center")
    return figure


@styled
def rate_figure(tested: int) -> Figure:
    """Draw the highest rate of injury that is left possible when none is seen, against the number of people followed.

    `tested` people are marked. Both axes are logarithmic.
    """
    figure, axes = canvas(3.3)
    people = np.geomspace(10, 100_000, 60)
    axes.plot(people, [rate_left(number) for number in people], color=BLUE)
    axes.plot(tested, rate_left(tested), "D", color=ORANGE)
    label = f"{tested} tested:\nup to 1 in {1 / rate_left(tested):.0f}"
    axes.annotate(label, (tested, rate_left(tested)), (9, 3), textcoords="offset points", color=ORANGE)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks([10, 100, 1000, 10_000, 100_000], ["10", "100", "1,000", "10,000", "100,000"])
    axes.set_yticks([0.1, 0.01, 0.001, 0.0001], ["1 in 10", "1 in 100", "1 in 1,000", "1 in 10,000"])
    axes.minorticks_off()
    axes.set_xlabel("people followed, none injured")
    axes.set_ylabel("rate still possible")
    return figure


def _ranges(axes: Axes, table: pd.DataFrame) -> None:
    """Draw each median with its number, and its range where one was given."""
    for place, (_, row) in enumerate(table.iloc[::-1].iterrows()):
        if np.isfinite([row["low"], row["high"]]).all():
            axes.plot([row["low"], row["high"]], [place, place], color=BLUE, linewidth=3, alpha=0.5)
        axes.plot(row["value"], place, "o", color=BLUE)
        axes.annotate(f"{row['value']:.3g}", (row["value"], place), (0, 7), textcoords="offset points", ha="center")
    axes.set_yticks(np.arange(len(table)), [_label(row) for _, row in table.iloc[::-1].iterrows()])
    bare_rows(axes)
    axes.set_ylim(-0.5, len(table) - 0.3)


def _label(row: pd.Series) -> str:
    """Name the source and the number of its cases."""
    return f"{row['source']}\n{row['n']:.0f} cases" if np.isfinite(row["n"]) else str(row["source"])
