"""Repeat the dose of the calibrated model at several intervals. Scenarios of a model, not a schedule for anyone."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, canvas, styled
from kratom.blood_levels.compartments import TwoCompartment, highest, steady_state
from kratom.blood_levels.model import MIDDLE_SHAPE, SHAPES, Reported, calibrated
from kratom.blood_levels.simulation import DAY

#: Within an interval, close together while the level moves fast (as parts of it).
_WITHIN = np.concatenate([np.geomspace(0.002, 0.12, 12), np.linspace(0.14, 0.999, 16)])


@dataclass(frozen=True)
class Schedule:
    """Hold how often a day, evenly spaced, which part of the studied dose is taken, and how the page calls it."""

    name: str
    words: str
    times: int
    part: float

    @property
    def every(self) -> float:
        """Give the hours between two doses."""
        return DAY / self.times


#: The interval alone changes in the first three; the amount in a day stays the same in the first and the last two.
SCHEDULES = (
    Schedule("once", "one cup once", 1, 1.0),
    Schedule("twice", "one cup twice", 2, 1.0),
    Schedule("four", "one cup four times", 4, 1.0),
    Schedule("halves", "half a cup twice", 2, 0.5),
    Schedule("quarters", "a quarter four times", 4, 0.25),
)
_STYLES = {"once": (BLUE, "-"), "twice": (ORANGE, "--"), "four": (GREEN, ":")}


def steady_levels(published: Reported) -> pd.DataFrame:
    """Give highest, lowest and average level when one more dose changes nothing, one row per schedule.

    Indexed by the name of the schedule; columns words, highest, lowest and average (nM), lowest_share (% of the
    highest), each level also as …_low and …_high over the slow shares of the model. Doses are added up and scaled,
    which holds for linear kinetics (Gibaldi and Perrier, Pharmacokinetics, chapter 3).
    """
    models = {shape: calibrated(published.middle, shape) for shape in SHAPES}
    rows = []
    for schedule in SCHEDULES:
        runs = {shape: _levels(model, schedule) for shape, model in models.items()}
        row: dict[str, object] = {"name": schedule.name, "words": schedule.words} | dict(runs[MIDDLE_SHAPE])
        row["average"] = schedule.part * schedule.times * published.middle.area / DAY
        for level in ("highest", "lowest", "lowest_share"):
            ends = [run[level] for run in runs.values()]
            row |= {f"{level}_low": min(ends), f"{level}_high": max(ends)}
        rows.append(row)
    return pd.DataFrame(rows).set_index("name")


def dosing_numbers(published: Reported) -> dict[str, float]:
    """Give the levels of every schedule by name: highest_once, lowest_four, average_halves and so on, in nM and %."""
    table = steady_levels(published).drop(columns="words")
    quoted = {f"{column}_{name}": float(row[column]) for name, row in table.iterrows() for column in table.columns}
    for level in ("highest", "lowest"):
        quoted[f"{level}_four_over_once"] = quoted[f"{level}_four"] / quoted[f"{level}_once"]
        quoted[f"{level}_quarters_over_once"] = quoted[f"{level}_quarters"] / quoted[f"{level}_once"]
    return quoted


def steady_table(published: Reported) -> pd.DataFrame:
    """Word the levels of every schedule, numbers as text."""
    table = steady_levels(published)
    worded = {
        f"{head} (nM)": [_spanned(row, level) for _, row in table.iterrows()]
        for head, level in {"Highest": "highest", "Lowest": "lowest"}.items()
    }
    worded["Average (nM)"] = [f"{level:.3g}" for level in table["average"]]
    return pd.DataFrame(worded, index=pd.Index(table["words"], name="Every day"))


@styled
def steady_figure(published: Reported) -> Figure:
    """Draw one day of the model when levels no longer rise: the studied dose once, twice and four times a day."""
    figure, axes = canvas(3.4)
    model = calibrated(published.middle)
    for schedule in SCHEDULES[:3]:
        colour, line = _STYLES[schedule.name]
        hours = schedule.every * (np.arange(schedule.times)[:, np.newaxis] + _WITHIN).ravel()
        levels = schedule.part * steady_state(model, hours % schedule.every, schedule.every)
        axes.plot(hours, levels, color=colour, linestyle=line)
    _label(axes, {"four": (17.0, 130), "twice": (19.4, 19.5), "once": (18.4, 2.6)})
    axes.set_yscale("log")
    axes.set_ylim(2, 200)
    axes.set_yticks([3, 10, 30, 100], ["3", "10", "30", "100"])
    axes.minorticks_off()
    axes.set_xlim(0, DAY)
    axes.set_xticks(np.arange(0, DAY + 1, 6))
    axes.set_xlabel("hours of the day")
    axes.set_ylabel("mitragynine in blood (nM)")
    return figure


def _label(axes: Axes, places: Mapping[str, tuple[float, float]]) -> None:
    """Name the curves where there is room."""
    words = {"once": "once a day", "twice": "twice", "four": "four times"}
    for name, place in places.items():
        axes.annotate(words[name], place, color=_STYLES[name][0])
    axes.tick_params(axis="y", color=INK)


def _levels(model: TwoCompartment, schedule: Schedule) -> dict[str, float]:
    """Give the highest and the lowest level between two doses; the lowest comes just before the next one."""
    high = schedule.part * highest(model, schedule.every)
    low = schedule.part * float(steady_state(model, schedule.every, schedule.every))
    return {"highest": high, "lowest": low, "lowest_share": 100 * low / high}


def _spanned(row: pd.Series, level: str) -> str:
    """Write a level with its range over the slow shares, with two digits and no exponent."""
    middle, low, high = (f"{float(f'{row[key]:.2g}'):g}" for key in (level, f"{level}_low", f"{level}_high"))
    return f"{middle} ({low} to {high})"
