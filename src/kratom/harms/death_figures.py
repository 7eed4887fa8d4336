"""Draw how many deaths each definition counts in the same records."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, bare_rows, canvas, styled

_LOOK = {"found": ("found", INK, "o", "none"), "named": ("named a cause", BLUE, "s", "full")}
_LOOK |= {"alone": ("alone", ORANGE, "D", "full")}
_PLACE = {"SUDORS": "US, SUDORS\n2016–2017", "Florida medical examiners": "Florida\n2020–2021"}
_PLACE |= {"Nevada 2021": "northern Nevada\n2015–2020"}


@styled
def counts_figure(counts: pd.DataFrame) -> Figure:
    """Draw, per 100 deaths with mitragynine found, how many are left as the definition narrows.

    `counts` as deaths.three_counts gives it; the numbers at the marks are the deaths. A count that was not reported is
    left out. Raises ValueError when a source has no count of those found.
    """
    if not (counts["found"] > 0).all():
        raise ValueError("a source to be drawn has no count of the deaths in which mitragynine was found")
    figure, axes = canvas(0.75 * len(counts) + 1.2)
    for place, (_, row) in enumerate(counts.iloc[::-1].iterrows()):
        axes.plot([0, 100], [place, place], color=INK, linewidth=0.8)
        for column in _LOOK:
            _mark(axes, place, row, column, name=place == len(counts) - 1)
    axes.set_yticks(np.arange(len(counts)), [_PLACE.get(str(name), str(name)) for name in counts.index[::-1]])
    bare_rows(axes)
    axes.set_ylim(-0.5, len(counts) - 0.2)
    axes.set_xlim(0, 104)
    axes.set_xlabel("per 100 deaths with mitragynine found")
    return figure


def _mark(axes: Axes, place: int, row: pd.Series, column: str, *, name: bool) -> None:
    """Draw one count with its number, and in the first row its name."""
    label, colour, mark, fill = _LOOK[column]
    if pd.isna(row[column]):
        return
    at = 100 * row[column] / row["found"]
    axes.plot(at, place, mark, color=colour, fillstyle=fill, markersize=9)
    text = f"{label}\n{row[column]:.0f}" if name else f"{row[column]:.0f}"
    axes.annotate(text, (at, place), (0, 9), textcoords="offset points", ha="center", color=colour)
