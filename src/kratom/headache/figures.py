"""Draw what was counted of headache after kratom."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, ORANGE, bare_rows, canvas, styled
from kratom.headache.counts import counted, named, not_named


@styled
def counted_figure(findings: pd.DataFrame) -> Figure:
    """Draw the counts with their exact intervals, and an empty line for each thing that was not counted.

    Raises LookupError when nothing was counted.
    """
    table = counted(findings)
    empty = {
        "headache alone,\non any day": f"named in {len(named(findings))}, not counted",
        "series of effects\nand withdrawal": f"{len(not_named(findings))} abstracts do not name it",
        "headache on\nthe next day": "not measured",
    }
    figure, axes = canvas(0.58 * (len(table) + len(empty)) + 0.7)
    places = np.arange(len(table) + len(empty))[::-1]
    for place, (_, row) in zip(places, table.iterrows(), strict=False):
        axes.plot([row["low"], row["high"]], [place, place], color=BLUE, linewidth=4, alpha=0.6)
        axes.plot(row["share"], place, "o", color=BLUE)
        axes.annotate(row["said"], (row["share"], place), (0, 7), textcoords="offset points", ha="center")
    for place, words in zip(places[len(table) :], empty.values(), strict=True):
        axes.plot([0, 100], [place, place], color=ORANGE, linewidth=1.5, linestyle=(0, (1, 2)))
        axes.annotate(words, (50, place), (0, 5), textcoords="offset points", ha="center", color=ORANGE)
    axes.set_yticks(places, [*map(_short, table["symptom"]), *empty], fontsize=11)
    bare_rows(axes)
    axes.set_ylim(-0.5, len(places) - 0.3)
    axes.set_xlim(0, 100)
    axes.set_xlabel("share of people (%)")
    return figure


def _short(symptom: str) -> str:
    """Break a symptom over two lines at its comma or its "or"."""
    return symptom.replace(", ", ",\n", 1) if ", " in symptom else symptom.replace(" or ", "\nor ", 1)
