"""Doses at several intervals and the ratio of the two substances follow from arithmetic and from the findings."""

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import trapezoid

from kratom.blood_levels import metabolite_ratio
from kratom.blood_levels.compartments import after_doses
from kratom.blood_levels.metabolite_ratio import ratio_figure, ratio_numbers, ratios
from kratom.blood_levels.model import Reported, calibrated, reported
from kratom.blood_levels.repeated_doses import (
    SCHEDULES,
    Schedule,
    dosing_numbers,
    steady_levels,
    steady_table,
)


@pytest.fixture(scope="module")
def published(table: pd.DataFrame) -> Reported:
    """Take the published numbers."""
    return reported(table)


def number(rows: pd.DataFrame, name: str, column: str) -> float:
    """Take one number out of a table."""
    return float(rows.loc[[name], column].iloc[0])


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda schedule: schedule.name)
def test_a_schedule_agrees_with_doses_added_up_one_by_one(published: Reported, schedule: Schedule) -> None:
    """After forty days the simulated highest, lowest and average levels are those of the table."""
    rows, every = steady_levels(published), schedule.every
    doses = int(40 * 24 / every)
    hours = (doses - 1) * every + np.linspace(1e-6, every, 4001)
    levels = schedule.part * after_doses(calibrated(published.middle), hours, every, doses)

    assert number(rows, schedule.name, "highest") == pytest.approx(levels.max(), rel=1e-4)
    assert number(rows, schedule.name, "lowest") == pytest.approx(levels.min(), rel=1e-3)
    assert number(rows, schedule.name, "average") == pytest.approx(trapezoid(levels, hours) / every, rel=1e-3)


def test_dividing_a_dose_leaves_the_average_and_narrows_the_swing(published: Reported) -> None:
    """The same amount in a day has the same average; smaller parts peak lower and fall less."""
    rows = steady_levels(published)
    parts = rows.loc[["once", "halves", "quarters"]]

    assert parts["average"].nunique() == 1
    assert parts["highest"].is_monotonic_decreasing
    assert parts["lowest"].is_monotonic_increasing


def test_the_same_dose_more_often_scales_with_the_number(published: Reported) -> None:
    """Four cups have four times the average of one, and four times the levels of four quarters."""
    rows = steady_levels(published)

    assert number(rows, "four", "average") == pytest.approx(4 * number(rows, "once", "average"))
    assert number(rows, "four", "lowest") == pytest.approx(4 * number(rows, "quarters", "lowest"))


def test_every_level_lies_within_its_range(published: Reported) -> None:
    """The middle slow share gives neither the lowest nor the highest of all."""
    rows = steady_levels(published)
    for level in ("highest", "lowest", "lowest_share"):
        assert rows[level].between(rows[f"{level}_low"], rows[f"{level}_high"]).all()
    assert np.isfinite(list(dosing_numbers(published).values())).all()
    assert list(steady_table(published).columns) == ["Highest (nM)", "Lowest (nM)", "Average (nM)"]


def test_a_ratio_is_the_metabolite_over_the_parent(table: pd.DataFrame) -> None:
    """Medians are divided; ends cross; a ratio the other way round is inverted; a range stays a range."""
    rows = ratios(table)

    assert number(rows, "PK-022", "ratio") == pytest.approx(16.1 / 81.9)
    assert number(rows, "PK-022", "high") == pytest.approx(22.2 / 50.1)
    assert number(rows, "SAF-087", "ratio") == pytest.approx(1 / 30.9)
    assert np.isnan(number(rows, "PK-051", "ratio"))
    assert (number(rows, "PK-051", "low"), number(rows, "PK-051", "high")) == (0.2, 0.31)


def test_a_changed_finding_changes_the_ratio(table: pd.DataFrame) -> None:
    """Twice the metabolite is twice the ratio, on the page too."""
    changed = table.copy()
    changed.loc["PK-022", "value"] = 2 * number(table, "PK-022", "value")

    assert ratio_numbers(changed)["ratio_peaks"] == pytest.approx(2 * ratio_numbers(table)["ratio_peaks"])


@pytest.mark.parametrize("measure", [metabolite_ratio._DIRECT, "Cmax"])
def test_a_missing_measure_is_named(table: pd.DataFrame, measure: str) -> None:
    """Without a study that gives it the page stops and says what it looked for."""
    kept = table[~table["measure"].isin([measure, "AUC, zero to infinity"])]
    with pytest.raises(LookupError, match=measure.split(",", maxsplit=1)[0]):
        ratios(kept)


def test_a_ratio_without_a_number_is_not_drawn(table: pd.DataFrame) -> None:
    """Neither a value nor a range is no line of the figure."""
    rows = ratios(table)
    rows.loc["PK-051", ["ratio", "low", "high"]] = np.nan
    with pytest.raises(ValueError, match="without a number"):
        ratio_figure(rows)
