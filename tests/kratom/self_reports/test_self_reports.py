"""The self-reports and the bounds on selection against statsmodels, arithmetic, and the real findings."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.proportion import proportion_confint

from evidencebook.analysis.display import saved
from findings import changed
from kratom.self_reports.figures import reports_figure
from kratom.self_reports.reports import (
    QUESTIONS,
    counted,
    heterogeneity,
    heterogeneity_of,
    reports,
    reports_table,
    share_of,
)
from kratom.self_reports.selection import numbers, ratio_needed, shown, still_using, worst_case

REPORTED = [name for names in QUESTIONS.values() for name in names]
shares = st.floats(0.01, 0.99)


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Draw two to six surveys in which some said yes and some did not."""
    pairs = draw(st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 3000)), min_size=2, max_size=6))
    return [yes for yes, _ in pairs], [yes + no for yes, no in pairs]


@given(surveys())
def test_heterogeneity_statsmodels(pair: tuple[list[int], list[int]]) -> None:
    """Q and I² are the library's, which would take five seconds to import on a page."""
    yes, totals = (np.array(numbers, float) for numbers in pair)
    with np.errstate(divide="ignore"):  # theirs divides by a Q of zero when all surveys agree
        theirs = combine_effects(np.log(yes / (totals - yes)), 1 / yes + 1 / (totals - yes))
    ours = heterogeneity(*pair)

    assert ours.q == pytest.approx(theirs.q, rel=1e-6, abs=1e-9)
    assert ours.freedom == len(yes) - 1
    assert ours.i_squared == pytest.approx(max(0.0, 1 - ours.freedom / theirs.q) if theirs.q > 1e-9 else 0, abs=1e-6)


def test_heterogeneity_of_two_surveys() -> None:
    """Q is the difference of log odds, squared, over the sum of the variances."""
    ours = heterogeneity([30, 60], [100, 100])
    difference = np.log(60 / 40) - np.log(30 / 70)

    assert ours.q == pytest.approx(difference**2 / (1 / 30 + 1 / 70 + 1 / 60 + 1 / 40))
    assert (ours.low, ours.high) == (0.3, 0.6)


@pytest.mark.parametrize(("counts", "totals"), [([3], [9]), ([0, 3], [9, 9]), ([9, 3], [9, 9])])
def test_heterogeneity_refused(table: pd.DataFrame, counts: list[int], totals: list[int]) -> None:
    """One survey, or one in which all agree; a lower bound or a share of unknown people is no help."""
    with pytest.raises(ValueError, match="heterogeneity needs two surveys"):
        heterogeneity(counts, totals)
    with pytest.raises(ValueError, match="two surveys"):
        heterogeneity_of(table, "no withdrawal pain left")


@given(shares, st.floats(0.02, 50))
def test_selection_ratio_needed(true: float, ratio: float) -> None:
    """People drawn with unequal chances show a share from which the ratio comes back."""
    seen = true * ratio / (true * ratio + (1 - true))

    assert shown(true, ratio) == pytest.approx(seen, rel=1e-9)
    assert ratio_needed(true, seen) == pytest.approx(ratio, rel=1e-6)
    assert ratio_needed(seen, true) == pytest.approx(1 / ratio, rel=1e-6)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, float("nan")])
def test_selection_ratio_refused(share: float) -> None:
    """No ratio turns some into none or all."""
    with pytest.raises(ValueError, match="has no odds"):
        ratio_needed(share, 0.5)


@given(st.integers(1, 500), st.integers(0, 500), st.data())
def test_worst_case_bounds(answered: int, silent: int, data: st.DataObject) -> None:
    """Whatever the silent would have said, the share among everyone lies within the bounds, and both are reached."""
    yes, hidden = data.draw(st.integers(0, answered)), data.draw(st.integers(0, silent))
    everyone = answered + silent
    bounds = worst_case(yes / answered, answered / everyone)

    assert bounds.low - 1e-9 <= (yes + hidden) / everyone <= bounds.high + 1e-9
    assert (bounds.low, bounds.high) == pytest.approx((yes / everyone, (yes + silent) / everyone))


@pytest.mark.parametrize("parts", [(1.2, 0.5, None), (0.5, -0.1, None), (0.9, 0.5, 0.8)])
def test_worst_case_of_bounds(parts: tuple[float, float, float | None]) -> None:
    """Where ninety per cent is the least, all may have said yes; bounds of nonsense are refused."""
    assert worst_case(0.9, 0.5, at_most=1).high == 1
    assert worst_case(0.9, 0.5).high == pytest.approx(0.95)
    with pytest.raises(ValueError, match="shares must lie from 0 to 1"):
        worst_case(*parts)


def test_report_shares_as_printed(table: pd.DataFrame) -> None:
    """A count, a percentage, a bound, a fraction in words, which a printed number replaces, and one that is a bound."""
    assert share_of(table, "WD-017") == (1144 / 2798, False)
    assert share_of(table, "WD-922") == (0.58, False)
    assert share_of(table, "GAP-061") == (0.9, True)
    assert share_of(table, "WD-029") == (1 / 3, False)
    assert share_of(table, "WD-923") == (2 / 3, True)
    assert share_of(changed(table, "WD-029", value=34.0, unit="%"), "WD-029") == (0.34, False)


def test_report_refusals(table: pd.DataFrame) -> None:
    """No share, an impossible one, unknown people, a recruitment without words: neither a guess nor a NaN is drawn."""
    with pytest.raises(LookupError, match="WD-928 holds no share"):
        share_of(table, "WD-928")
    with pytest.raises(ValueError, match=r"WD-922 gives a share of 1\.2"):
        share_of(changed(table, "WD-922", value=120.0), "WD-922")
    with pytest.raises(LookupError, match="WD-918 does not say how many"):
        counted(table, "WD-918")
    with pytest.raises(ValueError, match="WD-017 was recruited by lottery"):
        reports(changed(table, "WD-017", recruitment="lottery"))
    with pytest.raises(ValueError, match="not finite"):
        reports_figure(changed(reports(table), "WD-922", share=np.nan))


def test_report_intervals(table: pd.DataFrame) -> None:
    """Wilson's, as statsmodels gives them; without people asked, or with a bound only, there is none."""
    rows = reports(table)
    for name in rows.index[rows["low"].notna()]:
        low, high = proportion_confint(*counted(table, name), method="wilson")
        assert (rows.loc[name, "low"], rows.loc[name, "high"]) == pytest.approx((100 * low, 100 * high))
    assert rows["low"].isna().equals(rows["at_least"] | rows["n"].isna())


def test_reports_are_not_pooled(table: pd.DataFrame) -> None:
    """Every row of the figure is one finding, and no number is an average of several or a rate of success."""
    assert list(reports(table).index) == REPORTED
    assert "WD-018" not in REPORTED
    assert not [name for name in numbers(table) if "pool" in name or "mean" in name or "success" in name]


def test_selection_quoted_numbers(table: pd.DataFrame) -> None:
    """Nine to one against one to two is eighteen; the ratio of those still using is odds over odds."""
    quoted, rows = numbers(table), still_using(table)

    assert quoted["ratio"] == pytest.approx(18)
    assert quoted["ratio_each"] ** 2 == pytest.approx(18)
    assert quoted["ratio_low"] < 18 < quoted["ratio_high"]
    assert quoted["fewer_i_squared"] > 90 > quoted["main_i_squared"]
    assert quoted["answered"] == pytest.approx(100 * 3024 / 2031803)
    assert rows.loc["online panel, weighted", "ratio"] == pytest.approx((2867 / 157) / (0.8 / 0.5))
    assert (rows["past_year"] < rows["in_survey"]).all()


def test_reports_changed_finding(table: pd.DataFrame) -> None:
    """A reader who corrects one finding sees it everywhere, and a new recruitment moves its row."""
    other = changed(table, "WD-922", value=30.0)
    moved = changed(table, "WD-017", recruitment="trade-association")

    assert numbers(other)["fewer_low"] != numbers(table)["fewer_low"]
    assert not reports_table(other).equals(reports_table(table))
    assert saved(reports_figure(reports(other)), "svg") != saved(reports_figure(reports(table)), "svg")
    assert reports(moved).loc["WD-017", "recruited"] == "trade group"
    assert numbers(changed(table, "GAP-057", value=1500.0))["still_using_high"] < numbers(table)["still_using_high"]
