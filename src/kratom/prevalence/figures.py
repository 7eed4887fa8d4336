"""Draw and word the estimates of how many people use kratom."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, bare_rows, canvas, styled

#: Colour and mark by how people were found; other ways look like people who chose themselves.
_LOOKS = {
    "probability": (BLUE, "o"),
    "school": (GREEN, "^"),
    "weighted panel": (GREEN, "s"),
    "sales-volume": (INK, "X"),
}
_CHOSEN = (ORANGE, "D")
_HEADING = {"past year": "in the past year", "lifetime": "ever", "past month": "in the past month"}
_TICKS = [0.1, 0.3, 1, 3, 10, 30]


@styled
def estimate_figure(rows: pd.DataFrame, windows: tuple[str, ...]) -> Figure:
    """Draw the estimates of some windows of time on one logarithmic axis in per cent, an interval where there is one.

    `rows` as estimates gives them; a hollow mark was seen second-hand only. Raises ValueError when a window has no row
    or a share is not a number above 0.
    """
    shown = rows[rows["window"].isin(windows)]
    missing = set(windows) - set(shown["window"])
    if missing:
        raise ValueError(f"no estimate for {', '.join(sorted(missing))}")
    if not (np.isfinite(shown["share"]) & (shown["share"] > 0)).all():
        raise ValueError("a share on a logarithmic axis must be a number above 0")
    figure, axes = canvas(0.27 * (len(shown) + 1.2 * len(windows)) + 0.7)
    ticks: dict[float, str] = {}
    place = 0.0
    for window in windows:
        words = axes.annotate(_HEADING[window], (0.01, place), xycoords=("figure fraction", "data"), weight="bold")
        words.set_in_layout(False)  # it stands over the labels, which have made room already
        for _, row in shown[shown["window"] == window].iterrows():
            place -= 1
            _draw(axes, place, row)
            ticks[place] = row["people"]
        place -= 1.2
    axes.set_yticks(list(ticks), list(ticks.values()))
    bare_rows(axes, labelsize=11)
    axes.set_ylim(place + 0.6, 0.6)
    axes.set_xscale("log")
    axes.set_xlim(0.1, 100)
    axes.set_xticks(_TICKS, [f"{tick:g}" for tick in _TICKS])
    axes.minorticks_off()
    axes.set_xlabel("people who use kratom (%)")
    return figure


def estimate_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Word the estimates, numbers as text."""
    worded = {
        "Share": [f"{share:.3g}%" for share in rows["share"]],
        "95% interval": [_span(row) for _, row in rows.iterrows()],
        "Window": rows["window"],
        "Source": rows["citation"],
    }
    return pd.DataFrame(worded).set_index(rows["people"].rename("People asked"))


def reading_table(table: pd.DataFrame) -> pd.DataFrame:
    """Word what would alone make two estimates agree, numbers as text; `table` as readings gives it."""
    names = {
        "year_crowd": "Past year: crowdsourced, households",
        "ever_crowd": "Ever: crowdsourced, households",
        "ever_quota": "Ever: quota panel, households",
        "ever_panels": "Ever: quota panel, weighted panel",
    }
    worded = {
        "Shares": [f"{a:.3g}%, {b:.3g}%" for a, b in zip(table["sample"], table["population"], strict=True)],
        "Times as likely to enter": [f"{odds:.1f}" for odds in table["odds"]],
        "Or false yes": [f"{share:.1f}%" for share in table["false_yes"]],
        "Or false no": [f"{share:.0f}%" for share in table["hidden"]],
    }
    return pd.DataFrame(worded, index=pd.Index([names[name] for name in table.index], name="Pair"))


def _span(row: pd.Series) -> str:
    """Word an interval, as printed or to a tenth, or the reason for none."""
    if not np.isfinite(row["low"]):
        return str(row["interval"])
    form = ".3g" if row["interval"] == "reported" else ".1f"
    return f"{row['low']:{form}} to {row['high']:{form}} ({row['interval']})"


def _draw(axes: Axes, place: float, row: pd.Series) -> None:
    """Draw a share, its interval where it has one, and its number."""
    colour, mark = _LOOKS.get(row["sampling"], _CHOSEN)
    if np.isfinite(row["low"]):
        axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=3, alpha=0.5)
    filled = "none" if row["seen"] == "secondary" else colour
    axes.plot(row["share"], place, mark, color=colour, markerfacecolor=filled, markersize=5.5)
    end = row["high"] if np.isfinite(row["high"]) else row["share"]
    text = f"{row['share']:.3g}%"
    axes.annotate(text, (end, place), (7, 0), textcoords="offset points", va="center_baseline")
