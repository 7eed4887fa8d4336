"""The validation sets the model beside studies it does not know, and hides no failure."""

import numpy as np
import pandas as pd
import pytest

from kratom.blood_levels.validation import FITTED, OTHER, validation, validation_numbers, validation_table


@pytest.fixture(scope="module")
def rows(table: pd.DataFrame) -> pd.DataFrame:
    """Validate the model once."""
    return validation(table)


def test_it_begins_with_the_promised_columns(rows: pd.DataFrame) -> None:
    """Other pages rely on them."""
    assert list(rows.columns)[:6] == ["study", "quantity", "unit", "predicted", "observed", "ratio"]


def test_at_least_one_study_is_unknown_to_the_model(rows: pd.DataFrame) -> None:
    """A model compared only with what it was set to would be no validation."""
    assert set(rows.loc[rows["role"] == OTHER, "study"]) == {"Huestis 2024", "Trakulsrichai 2015"}
    assert set(rows.loc[rows["role"] == FITTED, "study"]) == {"Tanna 2022"}


def test_fitted_numbers_agree(rows: pd.DataFrame) -> None:
    """The four numbers that the model was set to come back out of it."""
    fitted = rows[rows["role"] == FITTED]
    assert len(fitted) == 4
    assert fitted["ratio"].to_numpy() == pytest.approx(1, abs=1e-5)


def test_clearance_and_volume_follow_from_dose_exposure_and_half_life(rows: pd.DataFrame) -> None:
    """They agree with arithmetic on the published medians, done by hand."""
    row = rows.set_index(["study", "quantity"])["predicted"]
    clearance = 39e6 / 398.503 / 420
    assert row["Tanna 2022", "clearance"] == pytest.approx(clearance)
    assert row["Tanna 2022", "volume"] == pytest.approx(clearance * 45.3 / np.log(2))
    assert row["Trakulsrichai 2015", "volume per weight"] == pytest.approx(clearance * 45.3 / np.log(2) / 77)


def test_the_ratio_is_predicted_over_observed_and_a_range_has_two(rows: pd.DataFrame) -> None:
    """A range stays a range: it has no single ratio."""
    valued = rows[rows["observed"].notna()]
    assert (valued["ratio"] * valued["observed"]).to_numpy() == pytest.approx(valued["predicted"].to_numpy())
    ranged = rows[rows["observed"].isna()]
    assert set(ranged["finding"]) == {"PK-041", "PK-042", "PK-045"}
    assert (ranged["ratio_low"] * ranged["high"]).to_numpy() == pytest.approx(ranged["predicted"].to_numpy())
    assert ranged["ratio"].isna().all()


def test_what_the_model_misses_is_said(table: pd.DataFrame) -> None:
    """The volume in Thailand and the time to steadiness fail, and the numbers for prose say so."""
    quoted = validation_numbers(table)
    assert quoted["thai_volume_ratio"] == pytest.approx(5.2, abs=0.05)
    assert quoted["days_ratio_high"] < 1
    assert quoted["thai_read_low"] < 23.24 < quoted["thai_read_high"]
    assert np.isfinite(list(quoted.values())).all()


def test_a_changed_finding_changes_its_row_alone(table: pd.DataFrame, rows: pd.DataFrame) -> None:
    """What another study reports does not move the model."""
    changed = table.copy()
    changed.loc["PK-048", "value"] = 2 * float(table.loc[["PK-048"], "value"].iloc[0])
    after = validation(changed)

    assert after["predicted"].to_numpy() == pytest.approx(rows["predicted"].to_numpy())
    moved = after.loc[after["ratio"] != rows["ratio"], "finding"][after["ratio"].notna()]
    assert moved.to_list() == ["PK-048"]
    assert after.loc[moved.index, "ratio"].iloc[0] == pytest.approx(rows.loc[moved.index, "ratio"].iloc[0] / 2)


def test_a_finding_without_a_number_is_named(table: pd.DataFrame) -> None:
    """A row with nothing to compare stops the page."""
    emptied = table.copy()
    emptied.loc["PK-041", ["low", "high"]] = np.nan
    with pytest.raises(LookupError, match="PK-041 has neither"):
        validation(emptied)


def test_the_words_show_no_nan_and_mark_what_was_fitted(table: pd.DataFrame) -> None:
    """A reader sees at a glance which agreement means something."""
    words = validation_table(table)
    assert not words.apply(lambda column: column.str.contains("nan")).any(axis=None)
    assert words["Ratio"].str.contains("fitted").sum() == 4
    assert words.index.is_unique
