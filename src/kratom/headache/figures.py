"""Draw what was counted of headache after kratom, and the hours in which nobody looked."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, bare_rows, canvas, styled
from kratom.blood_levels.compartments import concentration
from kratom.blood_levels.model import MIDDLE_SHAPE, SHAPES, calibrated, reported
from kratom.headache.counts import counted, named, not_named, windows

#: Hours to show after the last of what was taken: past the next morning and a full day.
_HOURS = np.concatenate([np.linspace(0.25, 3, 23), np.linspace(3.5, 30, 54)])


@styled
def counted_figure(findings: pd.DataFrame) -> Figure:
    """Draw the counts with their exact intervals, and an empty line for each thing that was not counted.

    Raises LookupError when nothing was counted.
    """
    table = counted(findings)
    empty = {
        "headache alone,\non any day": f"named in {len(named(findings))} studies, not counted",
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
    axes.set_yticks(places, [*map(_short, table["symptom"]), *empty], fontsize=9.5)
    bare_rows(axes)
    axes.set_ylim(-0.5, len(places) - 0.3)
    axes.set_xlim(0, 100)
    axes.set_xlabel("share of people (%)")
    return figure


@styled
def windows_figure(findings: pd.DataFrame) -> Figure:
    """Draw what is left of mitragynine hour by hour above the hours watched and the windows of the definitions.

    Curve and band as on the page on blood levels: all medians, over the shapes. Raises LookupError naming a missing
    finding.
    """
    spans, published = windows(findings), reported(findings)
    figure, spare = canvas(4.3)
    spare.remove()
    level, bars = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2.2])
    shares = {s: 100 * concentration(calibrated(published.middle, s), _HOURS) / published.peak.middle for s in SHAPES}
    stacked = np.array(list(shares.values()))
    level.fill_between(_HOURS, stacked.min(0), stacked.max(0), color=BLUE, alpha=0.25, linewidth=0)
    level.plot(_HOURS, shares[MIDDLE_SHAPE], color=BLUE)
    level.annotate("left in the blood,\ncalculated", (9.5, 22), color=BLUE)
    level.set_yscale("log")
    level.set_ylim(0.2, 130)
    level.set_yticks([1, 10, 100], ["1", "10", "100"])
    level.set_ylabel("% of peak")
    for place, (name, row) in enumerate(spans.iloc[::-1].iterrows()):
        watched = name == spans.index[0]
        colour = GREEN if watched else INK
        bars.plot([row["start"], row["end"]], [place, place], color=colour, linewidth=9 if watched else 5, alpha=0.75)
    bars.set_yticks(np.arange(len(spans)), list(spans.index[::-1]), fontsize=9.5)
    bars.annotate("then not watched", (spans["end"].iloc[0], len(spans) - 1), (8, 0), **_BESIDE)
    bars.set_ylim(-0.6, len(spans) - 0.3)
    bare_rows(bars)
    bars.set_xlim(0, 30)
    bars.set_xticks(np.arange(0, 31, 6))
    bars.set_xlabel("hours after the last of what was taken")
    for axes in (level, bars):
        axes.axvline(24, color=INK, linewidth=0.8, linestyle=":")
    return figure


_BESIDE = {"textcoords": "offset points", "va": "center", "color": ORANGE}


def _short(symptom: str) -> str:
    """Break a symptom over two lines at its comma or its "or"."""
    return symptom.replace(", ", ",\n", 1) if ", " in symptom else symptom.replace(" or ", "\nor ", 1)
