"""How many minutes of sleep caffeine costs (sample: whole file)."""

import pandas as pd
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, bare_rows, canvas, styled
from evidencebook.analysis.values import value_of

#: Hours: an assumed night, not a finding.
NIGHT_HOURS = 8


def changes(findings: pd.DataFrame) -> pd.DataFrame:
    """Return the change in minutes of the time to fall asleep and of the time asleep; a loss is negative.

    `findings` has one row per finding, indexed by id. Raises LookupError naming a finding that is missing.
    """
    rows = {
        "time to fall asleep": value_of(findings, "SLEEP-002", "the change in minutes"),
        "time asleep": -value_of(findings, "SLEEP-001", "the change in minutes"),
    }
    return pd.DataFrame({"minutes": rows}).rename_axis("what changed")


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Return the assumed night in hours and the share of it that is lost, in percent."""
    lost = -float(changes(findings).loc["time asleep", "minutes"])
    return {"night_hours": NIGHT_HOURS, "share_of_night": 100 * lost / (60 * NIGHT_HOURS)}


@styled
def changes_figure(table: pd.DataFrame) -> Figure:
    """Draw the changes as bars, in minutes."""
    figure, axes = canvas(1.8)
    colours = [ORANGE if minutes < 0 else BLUE for minutes in table["minutes"]]
    axes.barh(table.index, table["minutes"], color=colours, height=0.5)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlabel("change with caffeine (minutes)")
    bare_rows(axes)
    return figure
