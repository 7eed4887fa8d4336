"""The validation sets the model beside studies it does not know, and hides no failure."""

import numpy as np
import pandas as pd
import pytest

from findings import changed
from kratom.blood_levels.validation import FITTED, OTHER, validation, validation_numbers, validation_table


@pytest.fixture(scope="module")
def rows(table: pd.DataFrame) -> pd.DataFrame:
    """Validate the model once."""
    return validation(table)


def test_validation_columns_and_roles(rows: pd.DataFrame, table: pd.DataFrame) -> None:
    """Fitted numbers agree and are marked; a model compared only with what it was set to would be no validation."""
    fitted, words = rows[rows["role"] == FITTED], validation_table(table)

    assert list(rows.columns)[:6] == ["study", "quantity", "unit", "predicted", "observed", "ratio"]
    assert set(rows.loc[rows["role"] == OTHER, "study"]) == {"Huestis 2024", "Trakulsrichai 2015"}
    assert set(fitted["study"]) == {"Tanna 2022"}
    assert len(fitted) == 4
    assert fitted["ratio"].to_numpy() == pytest.approx(1, abs=1e-5)
    assert words["Ratio"].str.contains("fitted").sum() == 4
    assert words.index.is_unique


def test_validation_clearance_and_volume(rows: pd.DataFrame) -> None:
    """They agree with arithmetic on the published medians, done by hand."""
    row = rows.set_index(["study", "quantity"])["predicted"]
    clearance = 39e6 / 398.503 / 420

    assert row["Tanna 2022", "clearance"] == pytest.approx(clearance)
    assert row["Tanna 2022", "volume"] == pytest.approx(clearance * 45.3 / np.log(2))
    assert row["Trakulsrichai 2015", "volume per weight"] == pytest.approx(clearance * 45.3 / np.log(2) / 77)


def test_validation_ratios(rows: pd.DataFrame, table: pd.DataFrame) -> None:
    """Predicted over observed; a range stays a range and has two; what the model misses is said in prose."""
    valued, ranged = rows[rows["observed"].notna()], rows[rows["observed"].isna()]
    quoted = validation_numbers(table)

    assert (valued["ratio"] * valued["observed"]).to_numpy() == pytest.approx(valued["predicted"].to_numpy())
    assert set(ranged["finding"]) == {"PK-041", "PK-042", "PK-045"}
    assert (ranged["ratio_low"] * ranged["high"]).to_numpy() == pytest.approx(ranged["predicted"].to_numpy())
    assert ranged["ratio"].isna().all()
    assert quoted["thai_volume_ratio"] == pytest.approx(5.2, abs=0.05)
    assert quoted["days_ratio_high"] < 1
    assert quoted["thai_read_low"] < 23.24 < quoted["thai_read_high"]


def test_validation_changed_finding(table: pd.DataFrame, rows: pd.DataFrame) -> None:
    """What another study reports moves its own row and not the model; a row with nothing to compare is refused."""
    after = validation(changed(table, "PK-048", value=2 * float(table.loc[["PK-048"], "value"].iloc[0])))
    moved = after.loc[after["ratio"] != rows["ratio"], "finding"][after["ratio"].notna()]

    assert after["predicted"].to_numpy() == pytest.approx(rows["predicted"].to_numpy())
    assert moved.to_list() == ["PK-048"]
    assert after.loc[moved.index, "ratio"].iloc[0] == pytest.approx(rows.loc[moved.index, "ratio"].iloc[0] / 2)
    with pytest.raises(LookupError, match="PK-041 has neither"):
        validation(changed(table, "PK-041", low=np.nan, high=np.nan))
