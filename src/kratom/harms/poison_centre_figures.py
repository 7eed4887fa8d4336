"""Draw the reports to poison centres by year, and in how many reports and deaths kratom was alone."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, bare_rows, canvas, styled
from evidencebook.analysis.stats.reported_shares import out_of

#: Of each source: colour, mark, label, where the label stands (year, reports a year), and to which side of a mark its
#: number is written (points right and up; None
#: where the numbers would crowd each other and stand in the table only).
_LOOK = {
    "CDC note 2016": (BLUE, "o", "CDC 2016", (2012.3, 66), (-7, -6)),
    "Post 2019": (ORANGE, "s", "Post 2019", (2012.8, 12.2), (7, -4)),
    "Addiction 2026": (INK, "_", "mean, {first:.0f} to {last:.0f}", (2018.7, 470), None),
    "Washington Poison Center 2025": (GREEN, "^", "Washington centre", (2018.6, 1130), (-7, 0)),
    "Texas health department": (INK, "D", "Texas only", (2020.9, 76), None),
}
_UNKNOWN = (INK, "x", "", (2010, 2000), None)
_PLACE = {
    "CDC note 2016": "US, CDC 2016",
    "Eggleston 2019": "US, Eggleston 2019",
    "Addiction 2026": "US, 2010–2023",
    "British Columbia 2022": "British Columbia",
    "Florida medical examiners": "Florida examiners",
    "Corkery 2019": "collected, UK",
    "Nevada 2021": "northern Nevada",
    "Post 2019": "US poison centres",
    "SUDORS": "US, SUDORS",
    "FDA reports": "reports to the FDA",
}


@styled
def calls_figure(course: pd.DataFrame) -> Figure:
    """Draw reports a year, one line per source, from the rows that poison_centres.course gives.

    Marks are printed counts, open marks parts of a year, thick bars means over years that were not printed. Dotted
    lines join what comes from one source and follows on; nothing joins two sources. Logarithmic axis.
    """
    figure, axes = canvas(4.0)
    for series, rows in course.groupby("series"):
        colour, mark, label, place, side = _LOOK.get(str(series), _UNKNOWN)
        _line(axes, rows.sort_values("first"), (colour, mark, side))
        axes.annotate((label or str(series)).format(**rows.iloc[0]), place, color=colour)
    axes.set_yscale("log")
    axes.set_ylim(9, 3000)
    axes.set_yticks([10, 30, 100, 300, 1000], ["10", "30", "100", "300", "1,000"])
    axes.minorticks_off()
    axes.set_xlim(2008.6, 2025.8)
    axes.set_xticks([2010, 2015, 2020, 2025])
    axes.set_ylabel("reports a year")
    return figure


@styled
def alone_figure(calls: pd.DataFrame, deaths: pd.DataFrame) -> Figure:
    """Draw the shares with kratom alone, with 95% intervals: above among reports, below among deaths.

    `calls` as poison_centres.alone_in_calls gives it, `deaths` as deaths.alone_in_deaths. The axis is in %. Raises
    ValueError when a share is not finite.
    """
    rows = [(row, BLUE, "o") for _, row in calls.sort_values("share", ascending=False).iterrows()]
    rows += [(row, ORANGE, "s") for _, row in deaths.sort_values("share", ascending=False).iterrows()]
    if not np.isfinite([row[end] for row, _, _ in rows for end in ("low", "share", "high")]).all():
        raise ValueError("a share to be drawn is not finite")
    figure, axes = canvas(0.44 * len(rows) + 1.1)
    places = [-at - 0.9 * (at >= len(calls)) for at in range(len(rows))]
    for place, (row, colour, mark) in zip(places, rows, strict=True):
        _share(axes, place, row, colour, mark)
    axes.annotate("calls to poison centres", (100, places[0] + 0.55), color=BLUE, ha="right")
    axes.annotate("deaths", (100, places[len(calls)] + 0.55), color=ORANGE, ha="right")
    axes.set_yticks(places, [_label(row) for row, _, _ in rows])
    bare_rows(axes)
    axes.set_ylim(places[-1] - 0.6, places[0] + 1.1)
    axes.set_xlim(0, 100)
    axes.set_xlabel("kratom alone (%)")
    return figure


def _line(axes: Axes, rows: pd.DataFrame, look: tuple[str, str, tuple[int, int] | None]) -> None:
    """Draw what one source gives: marks, bars, and dotted lines between years that follow on."""
    colour, mark, side = look
    before: tuple[float, float] | None = None
    for _, row in rows.iterrows():
        first, last, reports = float(row["first"]), float(row["last"]), float(row["reports"])
        if before and row["basis"] != "part of a year":
            axes.plot([before[0], first], [before[1], reports], color=colour, linewidth=1, linestyle=":")
        if first < last:
            axes.plot([first, last], [reports, reports], color=colour, linewidth=4, alpha=0.5)
        else:
            axes.plot(first, reports, mark, color=colour, fillstyle="full" if row["basis"] == "printed" else "none")
        if first == last and side:
            to = "left" if side[0] > 0 else "right"
            axes.annotate(f"{reports:,.0f}", (first, reports), side, textcoords="offset points", color=colour, ha=to)
        before = (last, reports)


def _share(axes: Axes, place: float, row: pd.Series, colour: str, mark: str) -> None:
    """Draw one share with its interval and its number."""
    axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=3, alpha=0.5)
    axes.plot(row["share"], place, mark, color=colour)
    axes.annotate(f"{row['share']:.0f}%", (row["high"], place), (6, 0), textcoords="offset points", va="center")


def _label(row: pd.Series) -> str:
    """Name the source and give its count."""
    name = _PLACE.get(row["series"], f"{row['country']}, {row['series']}")
    of = out_of(row) if row["printed"] else f"of {row['total']:,}"
    return f"{name}\n{of}"
