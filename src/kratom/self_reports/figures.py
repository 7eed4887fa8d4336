"""Draw what people who use kratom said, and how strongly surveys would have to select to show it."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, bare_rows, canvas, styled
from kratom.self_reports.selection import helped, ratio_needed, still_using

_LOOK = {
    "trade group": (ORANGE, "s"),
    "chose to answer": (BLUE, "o"),
    "in treatment": (GREEN, "^"),
    "in prison": (GREEN, "v"),
}
#: Shares for which the ratio is drawn; at 0 and 1 no ratio would do.
_SHARES = np.linspace(0.05, 0.95, 91)


@styled
def reports_figure(table: pd.DataFrame) -> Figure:
    """Draw one line per report, grouped by question, from what self_reports.reports gives.

    Mark: the share; line: its 95% Wilson interval; hollow: no number of people; arrow: only a lower bound. Raises
    ValueError when a share is not finite.
    """
    if not np.isfinite(table["share"].astype(float)).all():
        raise ValueError("a share is not finite, and the figure would leave it out")
    questions = list(dict.fromkeys(table["question"]))
    lines = len(table) + len(questions)
    figure, axes = canvas(0.27 * lines + 0.6)
    place, ticks = float(lines), {}
    for question in questions:
        place -= 1
        axes.annotate(question, (0, place), (-104, -1), textcoords="offset points", va="center", weight="bold")
        for _, row in table[table["question"] == question].iterrows():
            place -= 1
            ticks[place] = str(row["study"])
            _report(axes, place, row)
    axes.set_yticks(list(ticks), list(ticks.values()), fontsize=11)
    bare_rows(axes)
    axes.set_ylim(-0.6, lines - 0.4)
    _percent_axis(axes, "share of those asked (%)")
    return figure


@styled
def selection_figure(findings: pd.DataFrame) -> Figure:
    """Draw how strongly each survey would have to select, for each share of satisfied people among all who tried.

    Above the middle line a survey must favour people who found kratom helpful, below it those who did not. The grey
    band is how far people still using kratom were favoured in the trade group's survey. Raises LookupError naming a
    missing finding.
    """
    trade, treated, ends = helped(findings)
    seen = still_using(findings)["ratio"]
    figure, axes = canvas(3.7)
    axes.axhspan(float(seen.min()), float(seen.max()), color=INK, alpha=0.25, linewidth=0)
    axes.axhline(1, color=INK, linewidth=0.8, linestyle=":")
    low, high = (np.array([ratio_needed(share, end) for share in _SHARES]) for end in (ends.low, ends.high))
    axes.fill_between(100 * _SHARES, low, high, color=GREEN, alpha=0.25, linewidth=0)
    axes.plot(100 * _SHARES, [ratio_needed(share, treated) for share in _SHARES], color=GREEN, linestyle="--")
    axes.plot(100 * _SHARES, [ratio_needed(share, trade) for share in _SHARES], color=ORANGE)
    axes.annotate("trade group's\nsurvey", (32, 5.5), color=ORANGE, ha="center", va="center")
    axes.annotate("treatment\nprogramme", (3, 0.5), color=GREEN, va="top")
    axes.annotate("favoured this much:\npeople still using", (99, float(seen.max())), ha="right", va="bottom")
    axes.annotate("no selection", (84, 0.93), ha="right", va="top")
    axes.set_yscale("log")
    axes.set_ylim(1 / 60, 300)
    axes.set_yticks([1 / 30, 1 / 10, 1 / 3, 1, 3, 10, 30, 100], ["1/30", "1/10", "1/3", "1", "3", "10", "30", "100"])
    axes.minorticks_off()
    axes.set_ylabel("satisfied people are favoured (times)")
    _percent_axis(axes, "satisfied among all who tried (%)")
    return figure


def _report(axes: Axes, place: float, row: pd.Series) -> None:
    """Draw a report: interval, mark, number, and how the people were reached."""
    colour, mark = _LOOK[str(row["recruited"])]
    share = float(row["share"])
    if np.isfinite(row["low"]):
        axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=3, alpha=0.6)
    if row["at_least"]:
        arrow = {"arrowstyle": "->", "color": colour, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (min(share + 10, 100), place), (share + 2.5, place), arrowprops=arrow)
    hollow = "none" if np.isnan(float(row["n"])) else colour
    axes.plot(share, place, mark, color=colour, markerfacecolor=hollow, clip_on=False)
    edge = float(row["low"]) if np.isfinite(row["low"]) else share
    number = f"{'≥ ' if row['at_least'] else ''}{share:.0f}"
    left = edge > 35
    axes.annotate(
        number,
        (edge if left else max(share, float(row["high"])), place),
        (-7 if left else 7, 0),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
    )
    axes.annotate(
        str(row["recruited"]),
        (102, place),
        (6, 0),
        textcoords="offset points",
        color=colour,
        va="center",
        fontsize=11,
        annotation_clip=False,
    )


def _percent_axis(axes: Axes, label: str) -> None:
    """Give both figures the same axis of shares."""
    axes.set_xlim(0, 100)
    axes.set_xticks(np.arange(0, 101, 25))
    axes.set_xlabel(label)
