"""Contents come to one unit, ranges stay ranges, and what is doubtful or unknown is not counted in silence."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebook.analysis.display import saved
from kratom.products.contents import (
    CONCENTRATE,
    LEAF,
    MITRAGYNINE,
    SEVEN_OH,
    SOLD,
    contents,
    labels,
    misquoted_fold,
    per_gram,
    product_numbers,
    span,
)
from kratom.products.figures import contents_figure, labels_figure


@given(st.floats(1e-6, 1000))
def test_units_are_turned_by_arithmetic(amount: float) -> None:
    """One per cent is ten milligrams in a gram; a microgram is a thousandth of a milligram."""
    assert per_gram(amount, "%") == pytest.approx(10 * amount)
    assert per_gram(amount, "mg/g") == pytest.approx(amount)
    assert per_gram(amount, "ug/g") == pytest.approx(amount / 1000)
    assert per_gram(amount, "g/kg") == pytest.approx(amount)


@pytest.mark.parametrize("unit", ["nM", "mg", "mg/mL"])
def test_what_is_no_share_by_mass_is_refused(unit: str) -> None:
    """A concentration in a liquid cannot stand on the axis."""
    with pytest.raises(ValueError, match="no content by mass"):
        per_gram(1, unit)


def test_contents_are_measured_shares_of_the_product(table: pd.DataFrame) -> None:
    """Quoted shares of alkaloids, labels, other alkaloids and findings without a number stay out."""
    rows = contents(table)

    assert {"PHA-086", "PHA-025", "PHA-002", "PHA-016"} <= set(rows.index)
    assert not {"PHA-029", "PHA-145", "PROD-912", "PHA-004", "PHA-019"} & set(rows.index)
    assert rows.loc[["PHA-086"], ["low", "high"]].to_numpy()[0] == pytest.approx([0.1, 0.4])
    assert rows.loc["PHA-002", "high"] == pytest.approx(294)


def test_a_range_has_no_middle(table: pd.DataFrame) -> None:
    """A reported range is not given a centre, and one end of it is no value."""
    rows = contents(table)
    ranges = table.loc[rows.index, "spread_kind"] == "range"

    assert rows.loc[ranges, "value"].isna().all()
    assert rows.loc[["PHA-090", "PHA-091"], "end"].to_list() == ["highest", "lowest"]


def test_a_bound_and_a_doubtful_finding_do_not_count(table: pd.DataFrame) -> None:
    """Only asked for do doubtful findings widen a span; an upper bound never does."""
    rows = contents(table)

    assert rows.index[rows["bound"]].to_list() == ["PHA-016"]
    assert span(rows, SOLD, SEVEN_OH).high == pytest.approx(0.4)
    assert span(rows, SOLD, SEVEN_OH, doubtful=True).high == pytest.approx(2.03)
    with pytest.raises(LookupError, match=f"content of {SEVEN_OH} in leaf"):
        span(rows, LEAF, SEVEN_OH)


def test_a_new_finding_appears_by_its_fields(table: pd.DataFrame) -> None:
    """Nothing lists the ids of the products."""
    new = table.loc["PHA-025"].copy()
    new["low"], new["high"], new["unit"] = 1.0, 9.0, "%"
    more = pd.concat([table, pd.DataFrame([new], index=["PROD-999"])])

    assert contents(more).loc["PROD-999", "high"] == pytest.approx(90)
    assert product_numbers(more)["strong_low"] == pytest.approx(10)


def test_an_unknown_product_stops_the_page(table: pd.DataFrame) -> None:
    """It is not dropped, since it may be a concentrate."""
    changed = table.copy()
    changed.loc["PHA-088", "product"] = "drink"
    with pytest.raises(ValueError, match="drink: is this leaf"):
        contents(changed)


def test_labels_are_divided_crosswise(table: pd.DataFrame) -> None:
    """The least content over the highest label, and the other way round; an excess is added to the whole."""
    rows = labels(table)

    assert rows.loc[["PROD-912"], ["low", "high"]].to_numpy()[0] == pytest.approx([100 * 4.05 / 15, 100 * 6.8 / 13.6])
    assert rows.loc[["PHA-026"], ["low", "high"]].to_numpy()[0] == pytest.approx([105, 128])


def test_a_label_without_its_content_is_named(table: pd.DataFrame) -> None:
    """So is a page without any label."""
    with pytest.raises(LookupError, match="label PROD-912 has no content"):
        labels(table.drop(index="PHA-018"))
    with pytest.raises(LookupError, match="no finding sets a label"):
        labels(table[table["quantity"] != "label"])


@pytest.mark.parametrize(("kind", "compound"), [(CONCENTRATE, SEVEN_OH), (SOLD, SEVEN_OH), (LEAF, MITRAGYNINE)])
def test_a_missing_kind_of_product_is_named(table: pd.DataFrame, kind: str, compound: str) -> None:
    """Without its findings the page stops and says what it looked for."""
    rows = contents(table)
    gone = rows.index[(rows["kind"] == kind) & (rows["compound"] == compound)]
    with pytest.raises(LookupError, match=f"content of {compound} in {kind}"):
        product_numbers(table.drop(index=gone))
    with pytest.raises(LookupError, match="no finding gives a content"):
        contents(table.drop(index=rows.index))


def test_the_misquoted_share_is_less_by_the_share_of_alkaloids_in_leaf(table: pd.DataFrame) -> None:
    """19.48 mg/g at 66% of all alkaloids leaves 970.5 mg of other matter in a gram: about 34-fold."""
    assert misquoted_fold(table) == pytest.approx(1000 / (19.48 / 0.66))


def test_a_changed_finding_changes_the_page(table: pd.DataFrame) -> None:
    """Half the least concentrate is half the least difference."""
    changed = table.copy()
    changed.loc["PHA-025", "low"] = float(table.loc[["PHA-025"], "low"].iloc[0]) / 2

    assert product_numbers(changed)["seven_fold_low"] == pytest.approx(product_numbers(table)["seven_fold_low"] / 2)
    assert saved(contents_figure(contents(changed)), "svg") != saved(contents_figure(contents(table)), "svg")


def test_what_cannot_be_drawn_is_refused(table: pd.DataFrame) -> None:
    """No number and numbers off the axis stop the page."""
    rows = contents(table)
    for change in ({"high": np.nan, "low": np.nan}, {"high": 900.0}, {"low": 0.001}):
        broken = rows.copy()
        broken.loc["PHA-025", list(change)] = list(change.values())
        with pytest.raises(ValueError, match="lies outside"):
            contents_figure(broken)
    with pytest.raises(ValueError, match="without a number"):
        labels_figure(labels(table).assign(low=np.nan))
