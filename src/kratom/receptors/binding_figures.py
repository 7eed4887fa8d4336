"""Draw the binding constants: every laboratory a dot, and the two alkaloids that change places."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, bare_rows, canvas, styled
from kratom.receptors.binding import KRATOM, RECEPTORS, geometric_mean

#: The page says what these stand for; the full names do not fit beside a figure on a phone.
_SHORT = {"7-hydroxymitragynine": "7-OH", "mitragynine pseudoindoxyl": "pseudoindoxyl"}
#: The row of the comparison made in one assay, which closes the group of the mu receptor.
_CLASSES = "one assay"
_TICKS = (0.1, 1, 10, 100, 1000)
#: Doubtful values: another mark in another colour.
_CROSS: Any = {"marker": "x", "color": INK, "linestyle": "none", "markersize": 6, "markeredgewidth": 1.6}


@styled
def binding_figure(table: pd.DataFrame, limits: pd.DataFrame) -> Figure:
    """Draw every Ki on a logarithmic axis in nM, grouped by receptor and substance.

    `table` as affinities and `limits` as class_limits give them. Circles are kratom's alkaloids, squares comparators,
    crosses doubtful values; a line joins undoubted laboratories, and the number beside it is the highest over the
    lowest.
    """
    rows = _rows(table)
    figure, axes = canvas(0.27 * rows[-1][0] + 1.1)
    axes.set_xscale("log")
    axes.set_xlim(*_ends(table))
    for place, receptor, compound in rows:
        if compound == _CLASSES:
            _draw_classes(axes, place, limits)
        else:
            _draw(axes, place, table[(table["receptor"] == receptor) & (table["compound"] == compound)])
    axes.set_yticks([place for place, *_ in rows], [_SHORT.get(name, name) or f"at {at}" for _, at, name in rows])
    for label, (_, _, name) in zip(axes.get_yticklabels(), rows, strict=True):
        label.set_fontweight("normal" if name else "bold")
    bare_rows(axes)
    axes.set_ylim(rows[-1][0] + 0.7, -0.7)
    _ticks(axes.xaxis)
    axes.set_xlabel("Ki (nM); further left is tighter")
    return figure


@styled
def conflict_figure(table: pd.DataFrame, receptor: str = "mu") -> Figure:
    """Draw mitragynine beside 7-hydroxymitragynine, values of one laboratory joined; Ki in nM on a logarithmic axis.

    `table` as affinities gives it. A line that falls to the right says that 7-hydroxymitragynine binds more tightly.
    """
    pair = table[(table["receptor"] == receptor) & table["compound"].isin(KRATOM[:2])]
    figure, axes = canvas(3.2)
    for laboratory, rows in pair.groupby("laboratory", sort=True):
        _draw_slope(axes, str(laboratory), rows)
    for side in (0, 1):
        _write_values(axes, side, pair)
    axes.set_xticks([0, 1], [_SHORT.get(name, name) for name in KRATOM[:2]])
    axes.tick_params(axis="x", length=0)
    axes.set_xlim(-0.45, 1.45)
    axes.set_yscale("log")
    axes.set_ylim(3, 1500)
    _ticks(axes.yaxis, 10)
    axes.set_ylabel(f"Ki at {receptor} (nM)")
    return figure


def value_table(table: pd.DataFrame) -> pd.DataFrame:
    """Word every value, in the order of the figure and from tight to weak; `table` as affinities gives it."""
    names = [(at, name) for _, at, name in _rows(table) if name not in {"", _CLASSES}]
    groups = [table[(table["receptor"] == at) & (table["compound"] == name)].sort_values("ki") for at, name in names]
    rows = pd.concat(groups)
    worded = {
        "Substance": rows["compound"] + ", " + rows["receptor"],
        "Ki (nM)": rows["ki"].map(lambda ki: f"{ki:,g}") + rows["doubtful"].map({True: ", doubtful", False: ""}),
        "Laboratory": rows["laboratory"],
        "Source": rows["citation"],
    }
    return pd.DataFrame(worded).set_index("Substance")


def _rows(table: pd.DataFrame) -> list[tuple[float, str, str]]:
    """Lay out the figure from top to bottom as place, receptor and substance; a heading has no substance."""
    rows: list[tuple[float, str, str]] = []
    place = 0.0
    for receptor in RECEPTORS:
        names = _ordered(table[table["receptor"] == receptor]) + [_CLASSES] * (receptor == "mu")
        for name in ["", *names]:
            rows.append((place, receptor, name))
            place += 1.0
        place += 1.2 if receptor == "mu" else 0.4
    return rows


def _ordered(table: pd.DataFrame) -> list[str]:
    """Name kratom's alkaloids in their own order, then the comparators from tight to weak."""
    others = table[~table["compound"].isin(KRATOM)].groupby("compound")["ki"].min().sort_values()
    return [name for name in KRATOM if name in set(table["compound"])] + [str(name) for name in others.index]


def _draw(axes: Axes, place: float, rows: pd.DataFrame) -> None:
    """Draw the values of one substance at one receptor; a heading has none."""
    trusted, doubtful = rows.loc[~rows["doubtful"], "ki"], rows.loc[rows["doubtful"], "ki"]
    axes.plot(doubtful, np.full(len(doubtful), place), **_CROSS)
    if trusted.empty:
        if len(doubtful):
            _beside(axes, "doubtful", (doubtful.max(), place), INK)
        return
    kratom = rows["compound"].iloc[0] in KRATOM
    colour = BLUE if kratom else ORANGE
    axes.plot([trusted.min(), trusted.max()], [place, place], color=colour, linewidth=2.5, alpha=0.4)
    axes.plot(trusted, np.full(len(trusted), place), "o" if kratom else "s", color=colour, markersize=6)
    if len(trusted) > 1:
        _beside(axes, f"{trusted.max() / trusted.min():.2g}-fold", (trusted.max(), place), colour)


def _draw_classes(axes: Axes, place: float, limits: pd.DataFrame) -> None:
    """Draw the classes as touching spans, an open one to the end of the axis, each with its members below."""
    ends = axes.get_xlim()
    axes.plot(ends, [place, place], color=ORANGE, linewidth=1.2)
    for _, row in limits.iterrows():
        known = [end for end in (row["low"], row["high"]) if np.isfinite(end)]
        axes.plot(known, [place] * len(known), "|", color=ORANGE, markersize=10)
        low = row["low"] if np.isfinite(row["low"]) else ends[0]
        high = row["high"] if np.isfinite(row["high"]) else ends[1]
        names = str(row["compound"]).removesuffix(" class").replace(" and ", ",\n")
        axes.annotate(names, (np.sqrt(low * high), place + 0.35), ha="center", va="top", color=ORANGE, fontsize=11)


def _draw_slope(axes: Axes, laboratory: str, rows: pd.DataFrame) -> None:
    """Draw what one laboratory gave for the two alkaloids; name it where it gave both."""
    doubtful = bool(rows["doubtful"].any())
    colour = INK if doubtful else BLUE
    rows = rows.assign(side=rows["compound"].map(list(KRATOM[:2]).index)).sort_values("side")
    axes.plot(rows["side"], rows["ki"], color=colour, linestyle=":" if doubtful else "-", linewidth=1.8)
    axes.plot(rows["side"], rows["ki"], **(_CROSS if doubtful else {"marker": "o", "color": colour, "linestyle": ""}))
    if rows["side"].nunique() > 1:
        words = f"{laboratory}\ndoubtful" if doubtful else laboratory
        rising = rows["ki"].iloc[-1] > rows["ki"].iloc[0]
        middle = (0.46, geometric_mean(rows["ki"]))
        axes.annotate(words, middle, ha="right", va="bottom" if rising else "top", color=colour)


def _write_values(axes: Axes, side: int, pair: pd.DataFrame) -> None:
    """Write the values of one alkaloid outside its column, moved apart where they would overlap."""
    rows = pair[pair["compound"] == KRATOM[side]].sort_values("ki")
    heights = _apart(np.log10(rows["ki"].to_numpy()), 0.17)
    for ki, doubtful, height in zip(rows["ki"], rows["doubtful"], heights, strict=True):
        place, align = (1.05, "left") if side else (-0.05, "right")
        colour = INK if doubtful else BLUE
        axes.annotate(f"{ki:.3g}", (place, 10**height), ha=align, va="center", color=colour)


def _apart(heights: npt.NDArray[np.float64], least: float) -> npt.NDArray[np.float64]:
    """Move sorted heights apart until neighbours lie `least` apart, each pair by as much up as down."""
    placed = heights.copy()
    for _ in range(20):
        for lower in range(len(placed) - 1):
            if (lack := least - (placed[lower + 1] - placed[lower])) > 0:
                placed[lower : lower + 2] += np.array([-lack, lack]) / 2
    return placed


def _beside(axes: Axes, words: str, mark: tuple[float, float], colour: str) -> None:
    """Write words to the right of a mark."""
    axes.annotate(words, mark, (8, 0), textcoords="offset points", va="center", color=colour)


def _ends(table: pd.DataFrame) -> tuple[float, float]:
    """Give ends of the axis with room for every value and for the words behind the last one."""
    return float(table["ki"].min() / 2), float(table["ki"].max() * 3)


def _ticks(axis: Axis, lowest: float = 0) -> None:
    """Write plain numbers on a logarithmic axis."""
    ticks = [tick for tick in _TICKS if tick >= lowest]
    axis.set_ticks(ticks, [f"{tick:g}" for tick in ticks])
    axis.set_minor_locator(NullLocator())
