"""How many people use kratom: estimates, their intervals, and what would make two of them agree."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from evidencebook.analysis.display import saved
from findings import added, changed
from kratom.prevalence import estimates as prevalence
from kratom.prevalence.figures import estimate_figure, estimate_table

shares = st.floats(0.001, 0.999)


@given(shares, st.floats(0.1, 50), st.floats(0.001, 0.99))
def test_prevalence_faults_are_undone(share: float, times: float, part: float) -> None:
    """Unequal chances to enter, false and hidden answers come back; two samples that agree ask for nothing."""
    sample = times * share / (times * share + 1 - share)

    assert prevalence.odds_of_entering(sample, share) == pytest.approx(times, rel=1e-6)
    assert prevalence.false_yes(share + part * (1 - share), share) == pytest.approx(part, abs=1e-9)
    assert prevalence.hidden(share, share * (1 - part)) == pytest.approx(part, abs=1e-9)
    assert prevalence.odds_of_entering(share, share) == pytest.approx(1)
    assert prevalence.false_yes(share, share) == prevalence.hidden(share, share) == 0


@pytest.mark.parametrize("share", [0.0, 1.0, 6.7, float("nan")])
def test_prevalence_percentage_is_no_share(share: float) -> None:
    """Per cent handed over as a share is refused instead of giving nonsense."""
    for fault in (prevalence.odds_of_entering, prevalence.false_yes, prevalence.hidden):
        for pair in ((share, 0.5), (0.5, share)):
            with pytest.raises(ValueError, match="between 0 and 1"):
                fault(*pair)


def test_prevalence_windows_are_kept_apart(table: pd.DataFrame) -> None:
    """Every estimate belongs to one window; those without one, and numbers of people, stay out."""
    rows = prevalence.estimates(table)

    assert set(rows["window"]) == set(prevalence.WINDOWS)
    assert rows.loc[["SAF-039", "SAF-331", "SAF-045"], "window"].tolist() == list(prevalence.WINDOWS)
    assert rows.loc["SAF-043", "window"] == "past month"
    assert not {"SAF-334", "SAF-197", "SAF-240", "SAF-044", "SAF-041", "PREV-901"} & set(rows.index)


def test_prevalence_intervals(table: pd.DataFrame) -> None:
    """Reported ones come first; Wilson's is for people who count alike: 112 of 1,842, as the abstract prints it."""
    rows = prevalence.estimates(table)
    wilson = tuple(100 * end for end in proportion_confint(112, 1842, method="wilson"))
    unprinted, unsized = changed(table, "SAF-049", spread_kind=np.nan), changed(table, "SAF-063", n=np.nan)
    by_hand = set(rows.loc[rows["interval"].str.startswith("Wilson"), "sampling"])

    assert rows[["low", "high"]].loc[["SAF-040"]].to_numpy().tolist() == [[6.7, 15.9]]
    assert rows.loc[["SAF-056", "SAF-194", "SAF-331", "SAF-045"], "low"].isna().all()
    assert by_hand == {"crowdsourced", "quota panel", "treatment"}
    assert (rows["low"]["SAF-054"], rows["high"]["SAF-054"]) == pytest.approx(wilson)
    assert "112 of 1,842" in rows["interval"]["SAF-054"]
    assert prevalence.estimates(unprinted).loc["SAF-049", "interval"] == "none, weighted sample"
    assert prevalence.estimates(unsized).loc["SAF-063", "interval"] == "none, number of people not given"
    assert prevalence.estimates(unsized).loc["SAF-063", "share"] == 10.2
    assert "none, nobody was asked" in set(estimate_table(rows)["95% interval"])


def test_prevalence_new_estimate(table: pd.DataFrame) -> None:
    """It appears by itself; an unknown way of finding people comes last, under its own name."""
    rows = prevalence.estimates(added(table, "PREV-999", "SAF-063", recruitment="telephone", group="adults"))
    year = rows[rows["window"] == "past year"]

    assert year.index[-1] == "PREV-999"
    assert year.loc["PREV-999", "people"] == "US telephone, adults"


def test_prevalence_trade_number(table: pd.DataFrame) -> None:
    """Ten to sixteen million against two; the adults behind the panel follow from its own two numbers."""
    trade, value = prevalence.trade_shares(table), table["value"]
    adults = value.loc["PREV-902"] / value.loc["SAF-049"] * 100

    assert trade["trade_times_low"] == pytest.approx(10_000_000 / 2_031_803)
    assert trade["trade_share_high"] == pytest.approx(100 * 16_000_000 / adults)
    assert prevalence.numbers(table)["sales_times"] == pytest.approx(16.7, abs=0.05)  # as the letter prints it


@pytest.mark.parametrize("share", [np.nan, np.inf, 0.0])
def test_prevalence_refusals(table: pd.DataFrame, share: float) -> None:
    """No estimate, none for a window, or one that a logarithmic axis has no place for, is an error in words."""
    with pytest.raises(LookupError, match="share of people who use kratom"):
        prevalence.estimates(table[~table["measure"].str.startswith("prevalence")])
    with pytest.raises(ValueError, match="no estimate for past week"):
        estimate_figure(prevalence.estimates(table), ("past week",))
    with pytest.raises(ValueError, match="logarithmic axis"):
        estimate_figure(prevalence.estimates(table).assign(share=share), ("past year",))


def test_prevalence_changed_finding(table: pd.DataFrame) -> None:
    """Nothing on the page is typed by hand."""
    other = changed(table, "SAF-053", value=13.4)
    drawn = [saved(estimate_figure(prevalence.estimates(each), ("past year",)), "svg") for each in (table, other)]

    assert prevalence.numbers(other)["year_crowd_times"] == 2 * prevalence.numbers(table)["year_crowd_times"]
    assert drawn[0] != drawn[1]
