"""Contents come to one unit, ranges stay ranges, and what is doubtful or unknown is not counted in silence."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebook.analysis.display import saved
from findings import added, changed
from kratom.products import contents as products
from kratom.products.contents import CONCENTRATE, LEAF, MITRAGYNINE, SEVEN_OH, SOLD, contents, labels, per_gram, span
from kratom.products.figures import contents_figure


@given(st.floats(1e-6, 1000))
def test_content_units(amount: float) -> None:
    """One per cent is ten milligrams in a gram; a microgram is a thousandth of a milligram."""
    assert per_gram(amount, "%") == pytest.approx(10 * amount)
    assert per_gram(amount, "mg/g") == pytest.approx(amount)
    assert per_gram(amount, "ug/g") == pytest.approx(amount / 1000)
    assert per_gram(amount, "g/kg") == pytest.approx(amount)


@pytest.mark.parametrize("unit", ["nM", "mg", "mg/mL"])
def test_content_units_refused(unit: str) -> None:
    """A concentration in a liquid cannot stand on the axis."""
    with pytest.raises(ValueError, match="no content by mass"):
        per_gram(1, unit)


def test_content_rows(table: pd.DataFrame) -> None:
    """Quoted shares, labels, other alkaloids and findings without a number stay out; a range is given no centre."""
    rows = contents(table)
    ranges = table.loc[rows.index, "spread_kind"] == "range"

    assert {"PHA-086", "PHA-025", "PHA-002", "PHA-016"} <= set(rows.index)
    assert not {"PHA-029", "PHA-145", "PROD-912", "PHA-004", "PHA-019"} & set(rows.index)
    assert rows.loc[["PHA-086"], ["low", "high"]].to_numpy()[0] == pytest.approx([0.1, 0.4])
    assert rows.loc["PHA-002", "high"] == pytest.approx(294)
    assert rows.loc[ranges, "value"].isna().all()
    assert rows.loc[["PHA-090", "PHA-091"], "end"].to_list() == ["highest", "lowest"]


def test_content_bounds_and_doubt(table: pd.DataFrame) -> None:
    """Only asked for do doubtful findings widen a span; an upper bound never does."""
    rows = contents(table)

    assert rows.index[rows["bound"]].to_list() == ["PHA-016"]
    assert span(rows, SOLD, SEVEN_OH).high == pytest.approx(0.4)
    assert span(rows, SOLD, SEVEN_OH, doubtful=True).high == pytest.approx(2.03)
    with pytest.raises(LookupError, match=f"content of {SEVEN_OH} in leaf"):
        span(rows, LEAF, SEVEN_OH)


def test_content_new_and_changed_findings(table: pd.DataFrame) -> None:
    """A new content appears by its fields; half the least concentrate is half the least difference."""
    more = added(table, "PROD-999", "PHA-025", low=1.0, high=9.0, unit="%")
    half = changed(table, "PHA-025", low=float(table.loc[["PHA-025"], "low"].iloc[0]) / 2)
    before, after = products.product_numbers(table), products.product_numbers(half)

    assert contents(more).loc["PROD-999", "high"] == pytest.approx(90)
    assert products.product_numbers(more)["strong_low"] == pytest.approx(10)
    assert after["seven_fold_low"] == pytest.approx(before["seven_fold_low"] / 2)
    assert saved(contents_figure(contents(half)), "svg") != saved(contents_figure(contents(table)), "svg")


@pytest.mark.parametrize(("kind", "compound"), [(CONCENTRATE, SEVEN_OH), (SOLD, SEVEN_OH), (LEAF, MITRAGYNINE)])
def test_content_missing_kind(table: pd.DataFrame, kind: str, compound: str) -> None:
    """Without its findings the page stops and says what it looked for; an unknown product is not dropped."""
    rows = contents(table)
    gone = rows.index[(rows["kind"] == kind) & (rows["compound"] == compound)]
    with pytest.raises(LookupError, match=f"content of {compound} in {kind}"):
        products.product_numbers(table.drop(index=gone))
    with pytest.raises(LookupError, match="no finding gives a content"):
        contents(table.drop(index=rows.index))
    with pytest.raises(ValueError, match="drink: is this leaf"):
        contents(changed(table, "PHA-088", product="drink"))


def test_labels(table: pd.DataFrame) -> None:
    """The least content over the highest label, and the other way round; an excess is added to the whole."""
    rows = labels(table)

    assert rows.loc[["PROD-912"], ["low", "high"]].to_numpy()[0] == pytest.approx([100 * 4.05 / 15, 100 * 6.8 / 13.6])
    assert rows.loc[["PHA-026"], ["low", "high"]].to_numpy()[0] == pytest.approx([105, 128])
    with pytest.raises(LookupError, match="label PROD-912 has no content"):
        labels(table.drop(index="PHA-018"))
    with pytest.raises(LookupError, match="no finding sets a label"):
        labels(table[table["quantity"] != "label"])


def test_misquoted_fold(table: pd.DataFrame) -> None:
    """19.48 mg/g at 66% of all alkaloids leaves 970.5 mg of other matter in a gram: about 34-fold."""
    assert products.misquoted_fold(table) == pytest.approx(1000 / (19.48 / 0.66))


@pytest.mark.parametrize("change", [{"high": np.nan, "low": np.nan}, {"high": 900.0}, {"low": 0.001}])
def test_content_figure_refusals(table: pd.DataFrame, change: dict[str, float]) -> None:
    """No number and numbers off the axis stop the page."""
    with pytest.raises(ValueError, match="lies outside"):
        contents_figure(changed(contents(table), "PHA-025", **change))
