"""Compare the half-lives that studies in people have reported."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, bare_rows, canvas, styled

_COLOUR = {"mitragynine": BLUE, "7-hydroxymitragynine": ORANGE}
_MARK = {"mean": "s", "median": "o", "longest group mean": "<"}
_SHORT = {"mitragynine": "mitragynine", "7-hydroxymitragynine": "7-OH, made in the body"}


def half_lives(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the terminal half-lives of mitragynine and 7-hydroxymitragynine in people, one row per finding.

    `findings` needs the columns measure, compound, species, study, statistic, schedule, value, spread, low, high and n,
    and is indexed by id. Columns of the result: study, compound, schedule, statistic, n, value, low, high (h; the ends
    of the range, or one standard deviation either side, or missing) and last_sample (h after the dose, or missing).
    Raises LookupError when there is none.
    """
    wanted = (findings["measure"] == "half-life, terminal") & (findings["species"] == "human")
    rows = findings[wanted & findings["compound"].isin(list(_COLOUR))].copy()
    if rows.empty:
        raise LookupError("no finding has the measure half-life, terminal, in people")
    sampled = findings[findings["measure"] == "last blood sample"].set_index("study")["value"]
    spread = pd.to_numeric(rows["spread"])
    rows["low"] = pd.to_numeric(rows["low"]).fillna(rows["value"] - spread)
    rows["high"] = pd.to_numeric(rows["high"]).fillna(rows["value"] + spread)
    rows["last_sample"] = rows["study"].map(sampled)
    columns = ["study", "compound", "schedule", "statistic", "n", "value", "low", "high", "last_sample"]
    return rows.sort_values(["compound", "value"], ascending=[False, True])[columns]


@styled
def half_life_figure(table: pd.DataFrame) -> Figure:
    """Draw one line per half-life: the value, its range, and where sampling ended if that was soon.

    `table` as half_lives gives it; the axis is in hours.
    """
    figure, axes = canvas(height=0.52 * len(table) + 0.9)
    for place, (_, row) in enumerate(table.iloc[::-1].iterrows()):
        _draw(axes, place, row)
    axes.set_yticks(np.arange(len(table)), [_label(row) for _, row in table.iloc[::-1].iterrows()])
    bare_rows(axes)
    axes.set_xlim(0, 75)
    axes.set_xticks(np.arange(0, 73, 12))
    axes.set_xlabel("terminal half-life (hours)")
    return figure


def _draw(axes: Axes, place: int, row: pd.Series) -> None:
    """Draw the range, the value and its number."""
    colour = _COLOUR[row["compound"]]
    if np.isfinite(row["low"]):
        axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=3, alpha=0.5)
    axes.plot(row["value"], place, _MARK[row["statistic"]], color=colour)
    side = "right" if row["last_sample"] < 2 * row["value"] else "center"
    axes.annotate(f"{row['value']:.3g}", (row["value"], place), (0, 6), textcoords="offset points", ha=side)
    if side == "right":
        axes.plot([row["last_sample"]] * 2, [place - 0.35, place + 0.35], color=INK, linewidth=1.5, linestyle=":")
        axes.annotate("last blood sample", (row["last_sample"], place + 0.28), (4, 0), textcoords="offset points")


def _label(row: pd.Series) -> str:
    """Name compound, study and schedule."""
    doses = {"single": "one dose", "multiple": "repeated"}[row["schedule"]]
    return f"{_SHORT[row['compound']]}\n{row['study']}, {doses}"
