"""How many people use kratom: estimates, their intervals, and what would make two of them agree."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from evidencebook.analysis.display import saved
from kratom.prevalence import estimates as prevalence
from kratom.prevalence.figures import estimate_figure, estimate_table, reading_table

shares = st.floats(0.001, 0.999)
NEEDED = sorted({name for pair in prevalence.PAIRS.values() for name in pair} | {"SAF-049", "PREV-902", "SAF-240"})


@given(shares, st.floats(0.1, 50))
def test_selection_is_undone(share: float, times: float) -> None:
    """People who enter a sample several times as often as others give the share that the odds turn back."""
    sample = times * share / (times * share + 1 - share)

    assert prevalence.odds_of_entering(sample, share) == pytest.approx(times, rel=1e-6)


@given(shares, st.floats(0.001, 0.99))
def test_false_answers_are_undone(share: float, part: float) -> None:
    """A part of the people without use who say yes, or with use who say no, comes back."""
    assert prevalence.false_yes(share + part * (1 - share), share) == pytest.approx(part, abs=1e-9)
    assert prevalence.hidden(share, share * (1 - part)) == pytest.approx(part, abs=1e-9)


@given(shares)
def test_equal_shares_need_no_fault(share: float) -> None:
    """Two samples that agree ask for nothing."""
    assert prevalence.odds_of_entering(share, share) == pytest.approx(1)
    assert prevalence.false_yes(share, share) == prevalence.hidden(share, share) == 0


@pytest.mark.parametrize("share", [0.0, 1.0, 6.7, float("nan")])
def test_a_percentage_is_no_share(share: float) -> None:
    """Per cent handed over as a share is refused instead of giving nonsense."""
    for fault in (prevalence.odds_of_entering, prevalence.false_yes, prevalence.hidden):
        with pytest.raises(ValueError, match="between 0 and 1"):
            fault(share, 0.5)
        with pytest.raises(ValueError, match="between 0 and 1"):
            fault(0.5, share)


def test_windows_of_time_are_kept_apart(table: pd.DataFrame) -> None:
    """Every estimate belongs to one window; those without one, and numbers of people, stay out."""
    rows = prevalence.estimates(table)

    assert set(rows["window"]) == set(prevalence.WINDOWS)
    assert rows.loc[["SAF-039", "SAF-331", "SAF-045"], "window"].tolist() == list(prevalence.WINDOWS)
    assert rows.loc["SAF-043", "window"] == "past month"
    assert not {"SAF-334", "SAF-197", "SAF-240", "SAF-044", "SAF-041", "PREV-901"} & set(rows.index)


def test_reported_intervals_come_first_and_weighted_samples_get_none(table: pd.DataFrame) -> None:
    """Wilson is for people who count alike."""
    rows = prevalence.estimates(table)

    assert rows[["low", "high"]].loc[["SAF-040"]].to_numpy().tolist() == [[6.7, 15.9]]
    assert rows.loc[["SAF-056", "SAF-194", "SAF-331", "SAF-045"], "low"].isna().all()
    assert set(rows.loc[rows["interval"].str.startswith("Wilson"), "sampling"]) == {
        "crowdsourced",
        "quota panel",
        "treatment",
    }
    unprinted = table.assign(spread_kind=table["spread_kind"].where(table.index != "SAF-049"))
    assert prevalence.estimates(unprinted).loc["SAF-049", "interval"] == "none, weighted sample"


def test_wilson_intervals_agree_with_statsmodels(table: pd.DataFrame) -> None:
    """Of 1,842 people 112 had used kratom, as the abstract prints it."""
    row = prevalence.estimates(table).loc["SAF-054"]

    assert (row["low"], row["high"]) == pytest.approx(
        tuple(100 * end for end in proportion_confint(112, 1842, method="wilson"))
    )
    assert "112 of 1,842" in row["interval"]


def test_a_sample_without_its_size_has_no_interval(table: pd.DataFrame) -> None:
    """The share is still shown."""
    rows = prevalence.estimates(table.assign(n=table["n"].where(table.index != "SAF-063")))

    assert rows.loc["SAF-063", "interval"] == "none, number of people not given"
    assert rows.loc["SAF-063", "share"] == 10.2


def test_a_new_estimate_appears_by_itself(table: pd.DataFrame) -> None:
    """An unknown way of finding people comes last, under its own name."""
    new = table.loc[["SAF-063"]].rename(index={"SAF-063": "PREV-999"}).assign(recruitment="telephone", group="adults")
    rows = prevalence.estimates(pd.concat([table, new]))
    year = rows[rows["window"] == "past year"]

    assert year.index[-1] == "PREV-999"
    assert year.loc["PREV-999", "people"] == "US telephone, adults"


def test_the_trade_number_is_set_against_the_panel(table: pd.DataFrame) -> None:
    """Ten to sixteen million against two; the adults behind the panel follow from its own two numbers."""
    trade = prevalence.trade_shares(table)
    value = table["value"]
    adults = value.loc["PREV-902"] / value.loc["SAF-049"] * 100

    assert trade["trade_times_low"] == pytest.approx(10_000_000 / 2_031_803)
    assert trade["trade_share_high"] == pytest.approx(100 * 16_000_000 / adults)
    assert prevalence.numbers(table)["sales_times"] == pytest.approx(16.7, abs=0.05)  # as the letter prints it


def test_nothing_to_show_is_said(table: pd.DataFrame) -> None:
    """No estimate at all, or none for a window, is an error in words."""
    with pytest.raises(LookupError, match="share of people who use kratom"):
        prevalence.estimates(table[~table["measure"].str.startswith("prevalence")])
    with pytest.raises(ValueError, match="no estimate for past week"):
        estimate_figure(prevalence.estimates(table), ("past week",))


def test_a_changed_finding_changes_figure_and_numbers(table: pd.DataFrame) -> None:
    """Nothing on the page is typed by hand."""
    other = table.assign(value=table["value"].where(table.index != "SAF-053", 13.4))
    drawn = [saved(estimate_figure(prevalence.estimates(each), ("past year",)), "svg") for each in (table, other)]

    assert prevalence.numbers(other)["year_crowd_times"] == 2 * prevalence.numbers(table)["year_crowd_times"]
    assert drawn[0] != drawn[1]


@pytest.mark.parametrize("share", [np.nan, np.inf, 0.0])
def test_no_figure_takes_what_cannot_be_drawn(table: pd.DataFrame, share: float) -> None:
    """A logarithmic axis has no place for zero."""
    with pytest.raises(ValueError, match="logarithmic axis"):
        estimate_figure(prevalence.estimates(table).assign(share=share), ("past year",))


def test_tables_hold_no_nan(table: pd.DataFrame) -> None:
    """Where there is no interval the reason stands."""
    tables = estimate_table(prevalence.estimates(table)), reading_table(prevalence.readings(table))

    assert not any("nan" in str(cell).split() for each in tables for cell in each.to_numpy().ravel())
    assert "none, nobody was asked" in set(tables[0]["95% interval"])
