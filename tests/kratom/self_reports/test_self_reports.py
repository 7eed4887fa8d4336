"""Test the self-reports and the bounds on selection against statsmodels, arithmetic, and the real findings."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.proportion import proportion_confint

from evidencebook.analysis.display import saved
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
from kratom.self_reports.selection import (
    EVER_AND_PAST_YEAR,
    numbers,
    ratio_needed,
    still_using,
    worst_case,
)

REPORTED = [name for names in QUESTIONS.values() for name in names]
QUOTED = [
    "GAP-056",
    "GAP-057",
    "PREV-902",
    "WD-021",
    "WD-096",
    *(n for pair in EVER_AND_PAST_YEAR.values() for n in pair),
]

shares = st.floats(0.01, 0.99)


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Draw two to six surveys in which some said yes and some did not."""
    pairs = draw(st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 3000)), min_size=2, max_size=6))
    return [yes for yes, _ in pairs], [yes + no for yes, no in pairs]


def changed(table: pd.DataFrame, name: str, **values: object) -> pd.DataFrame:
    """Change fields of one finding."""
    rows = {column: table[column].where(table.index != name, value) for column, value in values.items()}
    return table.assign(**rows)


@given(surveys())
def test_heterogeneity_agrees_with_statsmodels(pair: tuple[list[int], list[int]]) -> None:
    """Q and I² are the library's, which would take five seconds to import on a page."""
    yes, totals = (np.array(numbers, float) for numbers in pair)
    with np.errstate(divide="ignore"):  # theirs divides by a Q of zero when all surveys agree
        theirs = combine_effects(np.log(yes / (totals - yes)), 1 / yes + 1 / (totals - yes))
    ours = heterogeneity(*pair)

    assert ours.q == pytest.approx(theirs.q, rel=1e-6, abs=1e-9)
    assert ours.freedom == len(yes) - 1
    assert ours.i_squared == pytest.approx(max(0.0, 1 - ours.freedom / theirs.q) if theirs.q > 1e-9 else 0, abs=1e-6)


def test_heterogeneity_of_two_surveys_is_the_squared_difference() -> None:
    """With two surveys Q is the difference of log odds, squared, over the sum of the variances."""
    ours = heterogeneity([30, 60], [100, 100])
    difference = np.log(60 / 40) - np.log(30 / 70)

    assert ours.q == pytest.approx(difference**2 / (1 / 30 + 1 / 70 + 1 / 60 + 1 / 40))
    assert (ours.low, ours.high) == (0.3, 0.6)


@pytest.mark.parametrize(("counts", "totals"), [([3], [9]), ([0, 3], [9, 9]), ([9, 3], [9, 9])])
def test_heterogeneity_refuses_what_has_no_odds(counts: list[int], totals: list[int]) -> None:
    """One survey, or one in which all agree, is refused in words."""
    with pytest.raises(ValueError, match="heterogeneity needs two surveys"):
        heterogeneity(counts, totals)


@given(shares, st.floats(0.02, 50))
def test_the_ratio_needed_undoes_the_selection(true: float, ratio: float) -> None:
    """People drawn with unequal chances show a share from which the ratio comes back."""
    seen = true * ratio / (true * ratio + (1 - true))

    assert ratio_needed(true, seen) == pytest.approx(ratio, rel=1e-6)
    assert ratio_needed(seen, true) == pytest.approx(1 / ratio, rel=1e-6)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, float("nan")])
def test_a_share_without_odds_is_refused(share: float) -> None:
    """No ratio turns some into none or all."""
    with pytest.raises(ValueError, match="has no odds"):
        ratio_needed(share, 0.5)


@given(st.integers(1, 500), st.integers(0, 500), st.data())
def test_no_completion_escapes_the_worst_case(answered: int, silent: int, data: st.DataObject) -> None:
    """Whatever the silent would have said, the share among everyone lies within the bounds, and both are reached."""
    yes, hidden = data.draw(st.integers(0, answered)), data.draw(st.integers(0, silent))
    everyone = answered + silent
    bounds = worst_case(yes / answered, answered / everyone)

    assert bounds.low - 1e-9 <= (yes + hidden) / everyone <= bounds.high + 1e-9
    assert (bounds.low, bounds.high) == pytest.approx((yes / everyone, (yes + silent) / everyone))


def test_a_lower_bound_widens_the_worst_case_upward() -> None:
    """Where ninety per cent is the least, all may have said yes."""
    assert worst_case(0.9, 0.5, at_most=1).high == 1
    assert worst_case(0.9, 0.5).high == pytest.approx(0.95)


@pytest.mark.parametrize("parts", [(1.2, 0.5, None), (0.5, -0.1, None), (0.9, 0.5, 0.8)])
def test_an_impossible_share_has_no_bounds(parts: tuple[float, float, float | None]) -> None:
    """Bounds of nonsense are refused."""
    with pytest.raises(ValueError, match="shares must lie from 0 to 1"):
        worst_case(*parts)


def test_shares_are_read_as_their_sources_print_them(table: pd.DataFrame) -> None:
    """A count, a percentage, a lower bound, a fraction in words, and a fraction that is a lower bound."""
    assert share_of(table, "WD-017") == (1144 / 2798, False)
    assert share_of(table, "WD-922") == (0.58, False)
    assert share_of(table, "GAP-061") == (0.9, True)
    assert share_of(table, "WD-029") == (1 / 3, False)
    assert share_of(table, "WD-923") == (2 / 3, True)


def test_a_printed_number_wins_over_words(table: pd.DataFrame) -> None:
    """Once the finding has a value, its fraction is not read any more."""
    assert share_of(changed(table, "WD-029", value=34.0, unit="%"), "WD-029") == (0.34, False)


def test_a_finding_without_a_share_is_named(table: pd.DataFrame) -> None:
    """Neither a guess nor a NaN goes on to the figure."""
    with pytest.raises(LookupError, match="WD-928 holds no share"):
        share_of(table, "WD-928")
    with pytest.raises(ValueError, match=r"WD-922 gives a share of 1\.2"):
        share_of(changed(table, "WD-922", value=120.0), "WD-922")
    with pytest.raises(LookupError, match="WD-918 does not say how many"):
        counted(table, "WD-918")


def test_intervals_are_wilsons(table: pd.DataFrame) -> None:
    """The intervals on the figure agree with statsmodels; without people asked, or with a bound only, there is none."""
    rows = reports(table)
    for name in rows.index[rows["low"].notna()]:
        low, high = proportion_confint(*counted(table, name), method="wilson")
        assert (rows.loc[name, "low"], rows.loc[name, "high"]) == pytest.approx((100 * low, 100 * high))
    assert rows["low"].isna().equals(rows["at_least"] | rows["n"].isna())


def test_nothing_is_pooled(table: pd.DataFrame) -> None:
    """Every row of the figure is one finding, and no number is an average of several or a rate of success."""
    assert list(reports(table).index) == REPORTED
    assert "WD-018" not in REPORTED
    assert not [name for name in numbers(table) if "pool" in name or "mean" in name or "success" in name]


def test_the_page_quotes_what_arithmetic_gives(table: pd.DataFrame) -> None:
    """Nine to one against one to two is eighteen; the numbers of the page are pinned and finite."""
    quoted = numbers(table)

    assert np.isfinite(list(quoted.values())).all()
    assert quoted["ratio"] == pytest.approx(18)
    assert quoted["ratio_each"] ** 2 == pytest.approx(18)
    assert quoted["ratio_low"] < 18 < quoted["ratio_high"]
    assert quoted["fewer_i_squared"] > 90 > quoted["main_i_squared"]
    assert quoted["answered"] == pytest.approx(100 * 3024 / 2031803)


def test_people_still_using_are_favoured_by_the_odds(table: pd.DataFrame) -> None:
    """The ratio is the odds of the survey over the odds of each sample."""
    rows = still_using(table)
    panel = rows.loc["online panel, weighted"]

    assert panel["ratio"] == pytest.approx((2867 / 157) / (0.8 / 0.5))
    assert (rows["past_year"] < rows["in_survey"]).all()


def test_a_changed_finding_changes_figure_numbers_and_table(table: pd.DataFrame) -> None:
    """A reader who corrects one finding sees it everywhere, and a new recruitment moves its row."""
    other = changed(table, "WD-922", value=30.0)
    moved = changed(table, "WD-017", recruitment="trade-association")

    assert numbers(other)["fewer_low"] != numbers(table)["fewer_low"]
    assert not reports_table(other).equals(reports_table(table))
    assert saved(reports_figure(reports(other)), "svg") != saved(reports_figure(reports(table)), "svg")
    assert reports(moved).loc["WD-017", "recruited"] == "trade group"
    assert numbers(changed(table, "GAP-057", value=1500.0))["still_using_high"] < numbers(table)["still_using_high"]


def test_a_recruitment_without_words_is_refused(table: pd.DataFrame) -> None:
    """A new way to recruit needs a mark and a word before it is drawn."""
    with pytest.raises(ValueError, match="WD-017 was recruited by lottery"):
        reports(changed(table, "WD-017", recruitment="lottery"))


def test_a_question_needs_two_usable_reports(table: pd.DataFrame) -> None:
    """A lower bound or a share of unknown people is no help to heterogeneity."""
    with pytest.raises(ValueError, match="two surveys"):
        heterogeneity_of(table, "no withdrawal pain left")


def test_a_nan_never_reaches_the_figure(table: pd.DataFrame) -> None:
    """A share that is no number is refused, not left out."""
    rows = reports(table)
    rows.loc["WD-922", "share"] = np.nan
    with pytest.raises(ValueError, match="not finite"):
        reports_figure(rows)
