"""Hold the counts of poison centres against closed forms, their own totals, and each other."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from evidencebook.analysis.stats.reported_shares import out_of, percent, share_of
from kratom.harms import deaths, poison_centres
from kratom.harms.poison_centre_figures import alone_figure

CALLS = ["SAF-001", "SAF-002", "SAF-003", "SAF-007", "SAF-008", "SAF-009", "SAF-010", "SAF-023"]
QUOTED = ["SAF-014", "SAF-016", "SAF-017", "SAF-030", "HRM-904"]

inner = st.floats(0.01, 0.99)


@given(inner, inner, inner)
def test_the_implied_shares_give_back_odds_ratio_and_total(first: float, second: float, alone: float) -> None:
    """Two shares, their odds ratio and their mean: the closed form finds the shares again."""
    odds = (second / (1 - second)) / (first / (1 - first))
    overall = alone * first + (1 - alone) * second
    assume(1e-3 < odds < 1e3)

    assert poison_centres.implied(overall, odds, alone) == pytest.approx((first, second), rel=1e-6)


@given(inner, inner)
def test_without_a_difference_both_shares_are_the_overall_share(overall: float, alone: float) -> None:
    """An odds ratio of one is a limit, not a division by zero."""
    assert poison_centres.implied(overall, 1, alone) == pytest.approx((overall, overall))


@pytest.mark.parametrize("wrong", [(0.0, 2.0, 0.5), (0.5, 0.0, 0.5), (0.5, 2.0, 1.0), (0.5, float("nan"), 0.5)])
def test_shares_that_follow_from_nothing_are_refused(wrong: tuple[float, float, float]) -> None:
    """No NaN and no impossible share leaves the function."""
    with pytest.raises(ValueError, match="no shares follow"):
        poison_centres.implied(*wrong)


def test_a_share_has_the_interval_of_statsmodels(table: pd.DataFrame) -> None:
    """The counts of a finding reach the interval unchanged."""
    ours = share_of(table, "SAF-117")
    theirs = proportion_confint(935, 2312, method="wilson")

    assert (ours.low, ours.high) == pytest.approx((100 * theirs[0], 100 * theirs[1]))
    assert out_of(pd.Series(vars(ours))) == "935 of 2,312"
    assert percent(pd.Series(vars(ours))) == "40.4% (38.5 to 42.5)"


def test_a_percentage_keeps_its_printed_value_and_says_that_its_count_is_not_printed(table: pd.DataFrame) -> None:
    """Davidson prints 37.4% of 760; the evidence base holds the percentage, and the nearest count is called "about"."""
    others = share_of(table, "SAF-184")

    assert (others.count, others.total, others.share, others.printed) == (284, 760, 37.4, False)
    assert out_of(pd.Series(vars(others))) == "about 284 of 760"


def test_the_rest_of_a_share_is_everyone_else(table: pd.DataFrame) -> None:
    """Where a source counts those with another substance, the others had none."""
    with_others, alone = share_of(table, "HRM-903"), share_of(table, "HRM-903", rest=True)

    assert with_others.count + alone.count == alone.total == 32
    assert with_others.share + alone.share == pytest.approx(100)
    assert with_others.low + alone.high == pytest.approx(100)


def test_a_percentage_that_no_count_gives_is_refused(table: pd.DataFrame) -> None:
    """A misprint is named and not drawn."""
    broken = table.copy()
    broken.loc["SAF-184", ["value", "n"]] = [63.0, 10]
    with pytest.raises(ValueError, match="SAF-184 prints 63% of 10"):
        share_of(broken, "SAF-184")


def test_the_course_adds_up_to_the_totals_of_each_source(table: pd.DataFrame) -> None:
    """What was printed and what was worked out make the total that the source gives."""
    rows = poison_centres.course(table)
    years = rows["last"] - rows["first"] + 1
    sums = (rows["reports"] * years).groupby(rows["series"]).sum()

    assert sums["CDC note 2016"] == pytest.approx(660)
    assert sums["Post 2019"] == pytest.approx(1807)
    assert sums["Addiction 2026"] == pytest.approx(8919)
    assert np.isfinite(rows["reports"]).all()


def test_two_readings_of_one_system_agree_where_they_overlap(table: pd.DataFrame) -> None:
    """The page says so: less than one per cent apart for 2011 to 2015."""
    both = poison_centres.overlap(table)

    assert both["overlap_first"] == 660 - 26
    assert both["overlap_second"] == pytest.approx(both["overlap_first"], rel=0.01)


def test_reports_with_kratom_alone_are_found_by_their_fields(table: pd.DataFrame) -> None:
    """A new finding appears on the figure by itself; reports of another product do not."""
    rows = poison_centres.alone_in_calls(table)
    one_more = pd.concat([table, table.loc[["SAF-024"]].rename(index={"SAF-024": "NEW-001"})])

    assert {"SAF-006", "SAF-024", "SAF-117", "SAF-183", "SAF-184", "HRM-903"} <= set(rows.index)
    assert "SAF-036" not in rows.index
    assert "NEW-001" in poison_centres.alone_in_calls(one_more).index


def test_missing_groups_of_findings_are_named(table: pd.DataFrame) -> None:
    """So does a page without a denominator, an effect, or the year of a new count."""
    with pytest.raises(LookupError, match="in how many kratom was alone"):
        poison_centres.alone_in_calls(table.assign(outcome="other"))
    with pytest.raises(LookupError, match="SAF-122 is missing"):
        poison_centres.effects_alone(table.drop(index="SAF-122"))
    with pytest.raises(LookupError, match="SAF-002 has no denominator"):
        share_of(table, "SAF-002")
    with pytest.raises(LookupError, match="SAF-023 does not say its first and last year"):
        poison_centres.course(table.assign(years=table["years"].where(table.index != "SAF-023")))
    with pytest.raises(LookupError, match="finding SAF-002 does not say its year"):
        poison_centres.annual(table.assign(year=table["year"].where(table.index != "SAF-002")))


def test_a_changed_finding_changes_the_result(table: pd.DataFrame) -> None:
    """Nothing on the page is remembered from an older evidence."""
    changed = table.copy()
    changed.loc["SAF-003", "value"] = 300.0
    changed.loc["SAF-016", "value"] = 4.0
    before, after = poison_centres.numbers(table), poison_centres.numbers(changed)

    assert after["third_over_first"] == pytest.approx(330 / 300)
    assert after["serious_others_low"] > before["serious_others_low"]
    assert 300.0 in poison_centres.course(changed)["reports"].to_list()


def test_every_quoted_number_is_finite(table: pd.DataFrame) -> None:
    """Nothing broken is ever quoted, and no name is quoted twice on the page."""
    calls, dead = poison_centres.numbers(table), deaths.numbers(table)

    assert np.isfinite([*calls.values(), *dead.values()]).all()
    assert not set(calls) & set(dead)


def test_a_share_that_is_no_number_is_not_drawn(table: pd.DataFrame) -> None:
    """A NaN is refused before it can leave a gap in the figure."""
    calls, dead = poison_centres.alone_in_calls(table), deaths.alone_in_deaths(table)
    with pytest.raises(ValueError, match="not finite"):
        alone_figure(calls.assign(low=np.nan), dead)
