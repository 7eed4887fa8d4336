"""Draw and word what was counted of withdrawal from kratom, and when it comes."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, bare_rows, canvas, styled

#: Colour and mark by how people were found; the rest is drawn as community samples are.
_CLINIC = ("treatment", "clinic")
_TICKS = {1: "1 h", 3: "3 h", 6: "6 h", 12: "12 h", 24: "1 day", 72: "3 days", 240: "10 days"}


@styled
def symptom_figure(shares: pd.DataFrame, bounds: pd.DataFrame) -> Figure:
    """Draw the shares with their intervals by symptom, and below them how frequent headache could have been.

    `shares` as symptom_shares gives them, `bounds` as headache_bounds does; the axis is in per cent of people. Raises
    ValueError when a number is not finite.
    """
    _finite(shares[["share", "low", "high"]], bounds[["at_most"]])
    groups = list(dict.fromkeys(shares["symptom"]))
    lines = len(shares) + len(bounds) + 1.2 * (len(groups) + 1)
    figure, axes = canvas(0.245 * lines + 0.7)
    ticks: dict[float, str] = {}
    place = 0.0
    for group in groups:
        place = _heading(axes, group, place)
        for _, row in shares[shares["symptom"] == group].iterrows():
            _draw_share(axes, place, row)
            ticks[place] = f"{row['people']} ({row['n']:.0f})"
            place -= 1
    place = _heading(axes, "headache: not named, so unknown", place)
    for _, row in bounds.iterrows():
        _draw_unknown(axes, place, row["at_most"])
        ticks[place] = f"{row['people']} ({row['n']:.0f})"
        place -= 1
    _rows(axes, ticks, place)
    axes.set_xlim(0, 100)
    axes.set_xlabel("people with the symptom (%)")
    return figure


@styled
def course_figure(course: pd.DataFrame) -> Figure:
    """Draw the times after the last kratom on a logarithmic axis from 1 h to 10 days.

    `course` as time_course gives it, in hours. Raises ValueError when a number is not finite or not above 0.
    """
    _finite(course[["low", "high", "n"]])
    if not (course[["low", "high"]] > 0).all(axis=None):
        raise ValueError("a time on a logarithmic axis must be above 0")
    figure, axes = canvas(2.9)
    spans = course[["low", "high"]].to_dict("index")
    onset, watched, length, life = (spans[name] for name in ("onset", "watched", "length", "half_life"))
    start = 0.8
    axes.plot([onset["low"], onset["high"]], [3, 3], color=BLUE, linewidth=7)
    axes.plot([start, watched["low"]], [2, 2], color=ORANGE, linewidth=7)
    axes.plot([watched["low"], watched["high"]], [2, 2], color=ORANGE, linewidth=7, alpha=0.4)
    axes.plot([start, length["high"]], [1, 1], color=INK, linewidth=1.2, linestyle=":")
    axes.plot(length["high"], 1, "D", color=INK)
    axes.plot([life["low"], life["high"]], [0, 0], color=GREEN, linewidth=2)
    axes.plot([life["low"], life["high"]], [0, 0], "|", color=GREEN, markersize=12, markeredgewidth=2)
    words = {3: "first symptoms, as villagers told", 2: f"{course['n'].loc['watched']:.0f} men watched, none seen"}
    words |= {1: "over in one man, second-hand", 0: "half-life of mitragynine, slow phase"}
    for place, text in words.items():
        axes.annotate(text, (start, place), (0, 8), textcoords="offset points")
    axes.set_xscale("log")
    axes.set_xlim(start, 330)
    axes.set_xticks(list(_TICKS), list(_TICKS.values()))
    axes.minorticks_off()
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_ylim(-0.5, 3.8)
    axes.set_xlabel("time since the last kratom")
    return figure


def symptom_table(shares: pd.DataFrame) -> pd.DataFrame:
    """Word the shares of symptoms, numbers as text."""
    worded = {
        "Share (95% interval)": _interval(shares),
        "People": shares["people"],
        "What was counted": shares["measure"],
        "Source": shares["citation"],
    }
    return pd.DataFrame(worded).set_index(shares["symptom"].rename("Symptom"))


def dependence_table(shares: pd.DataFrame) -> pd.DataFrame:
    """Word the shares of people counted as dependent, numbers as text."""
    worded = {
        "Share (95% interval)": _interval(shares),
        "People": shares["population"],
        "Source": shares["citation"],
    }
    return pd.DataFrame(worded).set_index(shares["measure"].rename("What was counted"))


def _interval(shares: pd.DataFrame) -> list[str]:
    """Write counts with their denominators, shares and intervals."""
    rows = shares[["count", "n", "share", "low", "high"]].itertuples(index=False)
    return [f"{count:,} of {n:,}: {share:.3g}% ({low:.1f} to {high:.1f})" for count, n, share, low, high in rows]


def _draw_share(axes: Axes, place: float, row: pd.Series) -> None:
    """Draw a share, its interval and its number."""
    clinic = row["recruitment"] in _CLINIC
    poison = row["recruitment"] == "poison centre"
    colour, mark = (ORANGE, "s") if clinic else (GREEN, "^") if poison else (BLUE, "o")
    axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=3, alpha=0.5)
    axes.plot(row["share"], place, mark, color=colour)
    right = row["high"] < 88
    end, shift, side = (row["high"], 4, "left") if right else (row["low"], -4, "right")
    text = f"{row['share']:.0f}%"
    axes.annotate(text, (end, place), (shift, 0), textcoords="offset points", ha=side, va="center_baseline")


def _draw_unknown(axes: Axes, place: float, at_most: float) -> None:
    """Draw how frequent something not named could have been, as an open box."""
    box = Rectangle((0.4, place - 0.34), at_most - 0.8, 0.68, fill=False, edgecolor=INK, linestyle="--")
    axes.add_patch(box)
    inside = at_most > 75
    at, side = (at_most / 2, "center") if inside else (at_most, "left")
    text = f"0 to {at_most:.0f}%"
    axes.annotate(text, (at, place), (4, 0), textcoords="offset points", ha=side, va="center_baseline")


def _heading(axes: Axes, text: str, place: float) -> float:
    """Write a heading over its rows and give the place of the first row."""
    words = axes.annotate(text, (0.01, place), xycoords=("figure fraction", "data"), weight="bold", va="center")
    words.set_in_layout(False)  # it stands over the labels, which have made room already
    return place - 1


def _rows(axes: Axes, ticks: dict[float, str], end: float) -> None:
    """Label the rows, and leave out the line at the left."""
    axes.set_yticks(list(ticks), list(ticks.values()))
    bare_rows(axes, labelsize=11)
    axes.set_ylim(end + 0.4, 0.6)


def _finite(*tables: pd.DataFrame) -> None:
    """Refuse a number that cannot be drawn."""
    if not all(np.isfinite(table.to_numpy(dtype=float)).all() for table in tables):
        raise ValueError("a number of the figure is missing or infinite")
