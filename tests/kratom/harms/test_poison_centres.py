"""Hold the counts of poison centres against closed forms, their own totals, and each other."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from evidencebook.analysis.stats.reported_shares import out_of, percent, share_of
from findings import added, changed
from kratom.harms import deaths, poison_centres
from kratom.harms.poison_centre_figures import alone_figure

inner = st.floats(0.01, 0.99)


@given(inner, inner, inner)
def test_implied_shares(first: float, second: float, alone: float) -> None:
    """From their odds ratio and their mean the closed form finds two shares again; a ratio of one is no zero."""
    odds = (second / (1 - second)) / (first / (1 - first))
    overall = alone * first + (1 - alone) * second
    assume(1e-3 < odds < 1e3)

    assert poison_centres.implied(overall, odds, alone) == pytest.approx((first, second), rel=1e-6)
    assert poison_centres.implied(overall, 1, alone) == pytest.approx((overall, overall))


@pytest.mark.parametrize("wrong", [(0.0, 2.0, 0.5), (0.5, 0.0, 0.5), (0.5, 2.0, 1.0), (0.5, float("nan"), 0.5)])
def test_implied_shares_refused(wrong: tuple[float, float, float]) -> None:
    """No NaN and no impossible share leaves the function."""
    with pytest.raises(ValueError, match="no shares follow"):
        poison_centres.implied(*wrong)


def test_reported_share_of_a_count(table: pd.DataFrame) -> None:
    """The counts of a finding reach the interval of statsmodels unchanged."""
    ours = share_of(table, "SAF-117")
    theirs = proportion_confint(935, 2312, method="wilson")

    assert (ours.low, ours.high) == pytest.approx((100 * theirs[0], 100 * theirs[1]))
    assert out_of(pd.Series(vars(ours))) == "935 of 2,312"
    assert percent(pd.Series(vars(ours))) == "40.4% (38.5 to 42.5)"


def test_reported_share_of_a_percentage(table: pd.DataFrame) -> None:
    """37.4% of 760 stays as printed, and the nearest count is called "about"; one that no count gives is a misprint."""
    others = share_of(table, "SAF-184")

    assert (others.count, others.total, others.share, others.printed) == (284, 760, 37.4, False)
    assert out_of(pd.Series(vars(others))) == "about 284 of 760"
    with pytest.raises(ValueError, match="SAF-184 prints 63% of 10"):
        share_of(changed(table, "SAF-184", value=63.0, n=10), "SAF-184")


def test_reported_share_of_the_rest(table: pd.DataFrame) -> None:
    """Where a source counts those with another substance, the others had none."""
    with_others, alone = share_of(table, "HRM-903"), share_of(table, "HRM-903", rest=True)

    assert with_others.count + alone.count == alone.total == 32
    assert with_others.share + alone.share == pytest.approx(100)
    assert with_others.low + alone.high == pytest.approx(100)


def test_calls_course_adds_up(table: pd.DataFrame) -> None:
    """What was worked out makes the total of each source; two readings of 2011 to 2015 are under 1% apart."""
    rows, both = poison_centres.course(table), poison_centres.overlap(table)
    sums = (rows["reports"] * (rows["last"] - rows["first"] + 1)).groupby(rows["series"]).sum()

    assert sums["CDC note 2016"] == pytest.approx(660)
    assert sums["Post 2019"] == pytest.approx(1807)
    assert sums["Addiction 2026"] == pytest.approx(8919)
    assert np.isfinite(rows["reports"]).all()
    assert both["overlap_first"] == 660 - 26
    assert both["overlap_second"] == pytest.approx(both["overlap_first"], rel=0.01)


def test_calls_with_kratom_alone_rows(table: pd.DataFrame) -> None:
    """A new finding appears on the figure by itself; reports of another product do not."""
    rows = poison_centres.alone_in_calls(table)

    assert {"SAF-006", "SAF-024", "SAF-117", "SAF-183", "SAF-184", "HRM-903"} <= set(rows.index)
    assert "SAF-036" not in rows.index
    assert "NEW-001" in poison_centres.alone_in_calls(added(table, "NEW-001", "SAF-024")).index


def test_calls_refusals(table: pd.DataFrame) -> None:
    """A page without a denominator or the year of a count says so; a NaN is no gap in the figure."""
    with pytest.raises(LookupError, match="in how many kratom was alone"):
        poison_centres.alone_in_calls(table.assign(outcome="other"))
    with pytest.raises(LookupError, match="SAF-002 has no denominator"):
        share_of(table, "SAF-002")
    with pytest.raises(LookupError, match="SAF-023 does not say its first and last year"):
        poison_centres.course(changed(table, "SAF-023", years=np.nan))
    with pytest.raises(LookupError, match="finding SAF-002 does not say its year"):
        poison_centres.annual(changed(table, "SAF-002", year=np.nan))
    with pytest.raises(ValueError, match="not finite"):
        alone_figure(poison_centres.alone_in_calls(table).assign(low=np.nan), deaths.alone_in_deaths(table))


def test_calls_quoted_numbers(table: pd.DataFrame) -> None:
    """A corrected count reaches them, and no name is quoted twice on the page."""
    other = changed(changed(table, "SAF-003", value=300.0), "SAF-016", value=4.0)
    before, after = poison_centres.numbers(table), poison_centres.numbers(other)

    assert after["third_over_first"] == pytest.approx(330 / 300)
    assert after["serious_others_low"] > before["serious_others_low"]
    assert 300.0 in poison_centres.course(other)["reports"].to_list()
    assert not set(before) & set(deaths.numbers(table))
