"""Doses at several intervals and the ratio of the two substances follow from arithmetic and from the findings."""

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import trapezoid

from findings import changed
from kratom.blood_levels import metabolite_ratio
from kratom.blood_levels.compartments import after_doses
from kratom.blood_levels.metabolite_ratio import ratio_figure, ratio_numbers, ratios
from kratom.blood_levels.model import Reported, calibrated, reported
from kratom.blood_levels.repeated_doses import SCHEDULES, Schedule, steady_levels, steady_table


@pytest.fixture(scope="module")
def published(table: pd.DataFrame) -> Reported:
    """Take the published numbers."""
    return reported(table)


def number(rows: pd.DataFrame, name: str, column: str) -> float:
    """Take one number out of a table."""
    return float(rows.loc[[name], column].iloc[0])


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda schedule: schedule.name)
def test_schedule_levels_dose_by_dose(published: Reported, schedule: Schedule) -> None:
    """After forty days the simulated highest, lowest and average levels are those of the table."""
    rows, every = steady_levels(published), schedule.every
    doses = int(40 * 24 / every)
    hours = (doses - 1) * every + np.linspace(1e-6, every, 4001)
    levels = schedule.part * after_doses(calibrated(published.middle), hours, every, doses)

    assert number(rows, schedule.name, "highest") == pytest.approx(levels.max(), rel=1e-4)
    assert number(rows, schedule.name, "lowest") == pytest.approx(levels.min(), rel=1e-3)
    assert number(rows, schedule.name, "average") == pytest.approx(trapezoid(levels, hours) / every, rel=1e-3)


def test_schedule_levels_compared(published: Reported) -> None:
    """Parts of a dose keep the average and swing less; more doses scale with their number; no level leaves it."""
    rows = steady_levels(published)
    parts = rows.loc[["once", "halves", "quarters"]]

    assert parts["average"].nunique() == 1
    assert parts["highest"].is_monotonic_decreasing
    assert parts["lowest"].is_monotonic_increasing
    assert number(rows, "four", "average") == pytest.approx(4 * number(rows, "once", "average"))
    assert number(rows, "four", "lowest") == pytest.approx(4 * number(rows, "quarters", "lowest"))
    for level in ("highest", "lowest", "lowest_share"):
        assert rows[level].between(rows[f"{level}_low"], rows[f"{level}_high"]).all()
    assert list(steady_table(published).columns) == ["Highest (nM)", "Lowest (nM)", "Average (nM)"]


def test_metabolite_ratio_rows(table: pd.DataFrame) -> None:
    """Medians are divided; ends cross; a ratio the other way round is inverted; a range stays a range."""
    rows, twice = ratios(table), changed(table, "PK-022", value=2 * number(table, "PK-022", "value"))

    assert number(rows, "PK-022", "ratio") == pytest.approx(16.1 / 81.9)
    assert number(rows, "PK-022", "high") == pytest.approx(22.2 / 50.1)
    assert number(rows, "SAF-087", "ratio") == pytest.approx(1 / 30.9)
    assert np.isnan(number(rows, "PK-051", "ratio"))
    assert (number(rows, "PK-051", "low"), number(rows, "PK-051", "high")) == (0.2, 0.31)
    assert ratio_numbers(twice)["ratio_peaks"] == pytest.approx(2 * ratio_numbers(table)["ratio_peaks"])


@pytest.mark.parametrize("measure", [metabolite_ratio._DIRECT, "Cmax"])
def test_metabolite_ratio_refusals(table: pd.DataFrame, measure: str) -> None:
    """Without a study the page says what it looked for; a row without a number is no line of the figure."""
    kept = table[~table["measure"].isin([measure, "AUC, zero to infinity"])]
    empty = changed(ratios(table), "PK-051", ratio=np.nan, low=np.nan, high=np.nan)
    with pytest.raises(LookupError, match=measure.split(",", maxsplit=1)[0]):
        ratios(kept)
    with pytest.raises(ValueError, match="without a number"):
        ratio_figure(empty)
