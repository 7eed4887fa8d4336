"""Withdrawal from kratom: shares, what silence allows, and the time course follow from the findings."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from evidencebook.analysis.display import saved
from evidencebook.analysis.stats.reported_shares import count_behind, printed_interval
from findings import added, changed
from kratom.kratom_withdrawal import counts as withdrawal
from kratom.kratom_withdrawal.figures import course_figure, symptom_figure, symptom_table


@st.composite
def printed(draw: st.DrawFn) -> tuple[int, int, int]:
    """Draw a count, a total and the decimals with which its share is printed."""
    total = draw(st.integers(1, 3000))
    return draw(st.integers(0, total)), total, draw(st.integers(0, 2))


@given(printed())
def test_count_behind_a_percentage(case: tuple[int, int, int]) -> None:
    """It rounds to what is printed; where one person is more than the rounding, the very count comes back."""
    count, total, decimals = case
    share = round(100 * count / total, decimals)
    found = count_behind(share, total)

    assert abs(100 * found / total - share) <= 0.5 * 10**-decimals + 1e-9
    if 100 / total > 10 ** -(len(f"{share:.12g}".partition(".")[2])):
        assert found == count


@pytest.mark.parametrize(("share", "total", "count"), [(6.1, 1842, 112), (85.3, 414, 353), (2, 2798, 56)])
def test_count_behind_published_percentages(share: float, total: int, count: int) -> None:
    """Covvey 2020, Talek 2020 and Garcia-Romeu 2020 print both."""
    assert count_behind(share, total) == count


@pytest.mark.parametrize(("share", "total"), [(63, 44), (33.4, 12), (101, 10), (float("nan"), 10), (50, 0)])
def test_count_behind_no_percentage(share: float, total: int) -> None:
    """27 of 44 is printed as 63% somewhere; nobody should build an interval on it."""
    with pytest.raises(ValueError, match="people"):
        count_behind(share, total)


def test_withdrawal_intervals(table: pd.DataFrame) -> None:
    """Every interval on the page is Wilson's, in per cent, as statsmodels gives it."""
    rows = pd.concat([withdrawal.symptom_shares(table), withdrawal.dependence_shares(table)])
    low, high = proportion_confint(rows["count"], rows["n"], method="wilson")

    assert rows["low"].to_numpy() == pytest.approx(100 * np.asarray(low))
    assert rows["high"].to_numpy() == pytest.approx(100 * np.asarray(high))
    assert printed_interval(50, 10).low == pytest.approx(0.2366, abs=1e-4)  # Newcombe, Stat Med 1998;17:857


def test_withdrawal_symptom_rows(table: pd.DataFrame) -> None:
    """Symptoms of exposure, of other opioids, odds and criteria of a disorder stay out; a new share comes in."""
    shares = withdrawal.symptom_shares(table)
    more = added(table, "WD-999", "WD-110", symptom="headache", value=20.0, n=50.0)

    assert {"WD-089", "WD-094", "WD-107", "WD-112"} <= set(shares.index)
    assert not {"WD-161", "WD-162", "WD-181", "WD-091", "WD-170", "GAP-066", "WD-222"} & set(shares.index)
    assert shares.loc["WD-094", "share"] == pytest.approx(86.4)
    assert shares.loc["WD-112", "people"] == "Thailand, mixed drugs"
    assert "125 of 137: 91.2% (85.3 to 94.9)" in set(symptom_table(shares)["Share (95% interval)"])
    assert withdrawal.symptom_shares(more).loc["WD-999", "symptom"] == "headache"
    assert [withdrawal.numbers(each)["headache_counts"] for each in (table, more)] == [0, 1]


def test_withdrawal_headache_bounds(table: pd.DataFrame) -> None:
    """Headache not named is between nothing and the rarest share, or anything where no share is given."""
    bounds, rarer = (
        withdrawal.headache_bounds(each).set_index("citation")["at_most"]
        for each in (table, changed(table, "WD-108", value=10.2))
    )

    assert bounds["Bangphichet n.d."] == table.loc["WD-108", "value"]
    assert bounds["Singh and others 2014"] == 100
    assert rarer["Bangphichet n.d."] == 10.2


def test_withdrawal_at_least(table: pd.DataFrame) -> None:
    """357 of 2,061, and two findings about different people are not multiplied."""
    assert withdrawal.withdrawal_at_least(table).share == pytest.approx(357 / 2061)
    with pytest.raises(ValueError, match="GAP-066 is about 400 people"):
        withdrawal.withdrawal_at_least(changed(table, "GAP-066", n=400))


def test_withdrawal_time_course(table: pd.DataFrame) -> None:
    """Days become hours, and the watch is set against the window of onset."""
    course, quoted = withdrawal.time_course(table), withdrawal.numbers(table)

    assert course[["low", "high"]].loc[["onset", "length"]].to_numpy().tolist() == [[1, 12], [240, 240]]
    assert quoted["onset_watched"] == pytest.approx(100 * 9 / 11)
    assert quoted["watch_lives_low"] < quoted["watch_lives_high"] < 1
    assert withdrawal.numbers(changed(table, "WD-013", low=0.5))["onset_watched"] == 0


def test_withdrawal_refusals(table: pd.DataFrame) -> None:
    """No symptom, no dependence, no number of people, and what cannot be drawn, are errors in words."""
    shares, bounds = withdrawal.symptom_shares(table), withdrawal.headache_bounds(table)
    course = withdrawal.time_course(table)

    with pytest.raises(LookupError, match="symptom of withdrawal from kratom"):
        withdrawal.symptom_shares(table[table["symptom"].isna()])
    with pytest.raises(LookupError, match="dependent on kratom"):
        withdrawal.dependence_shares(table[table["outcome"].isna()])
    with pytest.raises(LookupError, match="WD-107 has no number of people"):
        withdrawal.symptom_shares(changed(table, "WD-107", n=np.nan))
    with pytest.raises(ValueError, match="missing or infinite"):
        symptom_figure(shares.assign(high=np.inf), bounds)
    with pytest.raises(ValueError, match="missing or infinite"):
        course_figure(course.assign(low=np.nan))
    with pytest.raises(ValueError, match="above 0"):
        course_figure(course.assign(low=0.0))


def test_withdrawal_changed_finding(table: pd.DataFrame) -> None:
    """Nothing on the page is typed by hand."""
    other = changed(table, "WD-107", value=51.1)
    before, after = (
        saved(symptom_figure(withdrawal.symptom_shares(each), withdrawal.headache_bounds(each)), "svg")
        for each in (table, other)
    )

    assert withdrawal.numbers(other)["pain_high"] == table.loc["WD-089", "value"]
    assert before != after
