"""The medicines for opioid use disorder: ratios run one way, risks have their baseline, figures are whole."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep

from evidencebook.analysis.stats.forest import forest_figure
from kratom.treatment.comparisons import DEATH, STAYING, comparisons, questions, questions_table
from kratom.treatment.figures import death_figure, rates_figure
from kratom.treatment.risks import arms, fisher, newcombe, other_reviews, rates, risk_in_a_year
from kratom.treatment.tables import certainty_table, comparison_table, numbers, risk_table

RATES = ["CARE-036", "CARE-037", "CARE-039", "CARE-040", "CARE-042", "CARE-043", "CARE-045", "CARE-046"]


@st.composite
def two_groups(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Draw two groups with a possible count in each."""
    one, other = draw(st.integers(1, 200)), draw(st.integers(1, 200))
    return draw(st.integers(0, one)), one, draw(st.integers(0, other)), other


def test_a_ratio_below_one_always_means_fewer_deaths(table: pd.DataFrame) -> None:
    """One review divides out by in, the other in by out; on the page both run the same way."""
    rows = comparisons(table, DEATH)

    ratios = rows[["value", "low", "high"]].T
    assert list(ratios["CARE-038"]) == pytest.approx([1 / 3.2, 1 / 3.86, 1 / 2.65])
    assert list(ratios["CARE-049"]) == [0.47, 0.41, 0.54]
    assert (rows["low"] <= rows["value"]).all()
    assert (rows["value"] <= rows["high"]).all()


def test_only_medicines_are_on_the_yardstick(table: pd.DataFrame) -> None:
    """Counselling and residential care without a medicine are other questions; odds ratios are other numbers."""
    rows = comparison_table(table)

    assert {"CARE-066", "CARE-084", "CARE-914"}.isdisjoint(rows.index)
    assert {"CARE-003", "CARE-012", "CARE-021", "CARE-029", "CARE-058"} <= set(rows.index)
    assert set(rows["unit"]) <= {"RR", "ratio", "aHR"}


def test_trials_and_cohorts_are_told_apart(table: pd.DataFrame) -> None:
    """What was left to chance must not look like what was observed."""
    kinds = comparison_table(table)["kind"]

    assert (kinds["CARE-007"], kinds["CARE-049"], kinds["CARE-054"]) == ("trials", "cohorts", "one cohort")
    assert set(comparisons(table, STAYING)["kind"]) == {"trials"}


def test_a_rating_stays_with_its_own_comparison(table: pd.DataFrame) -> None:
    """High certainty against placebo says nothing of the comparison with methadone in the same review."""
    certainty = comparisons(table.drop(index="CARE-950"), STAYING)["certainty"]

    assert certainty["CARE-012"] == "high"
    assert pd.isna(certainty["CARE-015"])
    assert comparisons(table, STAYING)["certainty"]["CARE-015"] == "high"
    assert set(certainty_table(table)["Certainty"]) == {"high", "moderate"}


def test_a_new_finding_shows_by_itself(table: pd.DataFrame) -> None:
    """Nobody has to list it."""
    new = table.loc[["CARE-029"]].rename(index={"CARE-029": "CARE-999"})

    assert "CARE-999" in comparisons(pd.concat([table, new]), STAYING).index


def test_an_outcome_without_findings_is_named(table: pd.DataFrame) -> None:
    """A page without its subject fails in words."""
    with pytest.raises(LookupError, match="no finding compares a medicine on completion"):
        comparisons(table[table["outcome"] != "completion"], STAYING)


def test_nothing_in_the_evidence_is_pooled_today(table: pd.DataFrame) -> None:
    """The page says so; should this fail, read the page again before changing the test."""
    verdicts = questions(table)

    assert verdicts["reason"].notna().all()
    assert verdicts["pooled"].isna().all()
    assert questions_table(table)["Pooled here?"].str.startswith("no: ").all()


def test_three_like_cohorts_would_be_pooled(table: pd.DataFrame) -> None:
    """New findings that meet the rule are pooled on the page without a further hand."""
    new = pd.concat([table.loc[["CARE-058"]].assign(source=name, value=1.2, low=0.9, high=1.6) for name in "ab"])
    new.index = pd.Index(["CARE-998", "CARE-999"], name="id")
    more, name = pd.concat([table, new]), "death from any cause: naltrexone"
    row = questions(more).loc[name]

    assert pd.isna(row["reason"])
    assert row["low"] < 1.2 < row["high"]
    assert 1.1 < row["pooled"] < 1.4
    assert str(questions_table(more)["Pooled here?"][name]).startswith("pooled: 1.2")


@pytest.mark.parametrize("name", RATES)
def test_a_missing_rate_is_named_by_its_counterpart(table: pd.DataFrame, name: str) -> None:
    """A death rate in treatment means nothing without the one out of it."""
    place = RATES.index(name)
    other = RATES[place + 1 if place % 2 == 0 else place - 1]
    with pytest.raises(LookupError, match=f"beside {other} the evidence needs exactly one rate"):
        rates(table.drop(index=name))


def test_rates_and_ratio_tell_one_story(table: pd.DataFrame) -> None:
    """The difference of the printed rates lies within the interval that the printed ratio gives."""
    known = rates(table).dropna()

    assert len(known) == 3
    assert (known["fewer_low"] < known["fewer"]).all()
    assert (known["fewer"] < known["fewer_high"]).all()
    assert known["fewer"].iloc[0] == pytest.approx(36.1 - 11.3)


def test_the_other_review_is_put_on_the_same_baseline(table: pd.DataFrame) -> None:
    """Baseline times ratio, and the interval the right way round."""
    row = other_reviews(table).loc["methadone"]

    assert row["inside"] == pytest.approx(36.1 * 0.47)
    assert row["fewer"] == pytest.approx(36.1 * (1 - 0.47))
    assert row["fewer_low"] == pytest.approx(36.1 * (1 - 0.54))
    assert row["inside"] + row["fewer"] == pytest.approx(row["outside"])


def test_arms_give_the_printed_intervals(table: pd.DataFrame) -> None:
    """The counts rebuilt from percentages give the intervals that the emergency-department trial printed."""
    row = arms(table).loc["D'Onofrio and others 2015"]

    assert [round(row[name] / 10) for name in ("with_low", "with_high")] == [70, 85]
    assert [round(row[name] / 10) for name in ("without_low", "without_high")] == [28, 47]


def test_an_arm_without_its_counterpart_is_left_out(table: pd.DataFrame) -> None:
    """The six-month result of one arm is no comparison."""
    assert len(arms(table.drop(index="CARE-215"))) == len(arms(table)) - 1
    assert "D'Onofrio and others 2017" in arms(table).index
    assert "D'Onofrio and others 2017" not in arms(table.drop(index="CARE-949")).index


def test_a_difference_that_may_go_either_way_says_so(table: pd.DataFrame) -> None:
    """An interval over zero must not read as a gain or a loss of a certain size."""
    words = str(risk_table(table)["Difference (95% CI)"]["buprenorphine: in treatment after 26 weeks"])

    assert "fewer to" in words
    assert words.endswith("more)")


def test_a_percentage_that_fits_no_count_is_refused(table: pd.DataFrame) -> None:
    """Sixty-three per cent of twenty people is a misprint."""
    changed = table.copy()
    changed.loc["CARE-184", "value"] = 63
    with pytest.raises(ValueError, match="no whole number of people"):
        arms(changed)


@given(two_groups())
def test_newcombe_agrees_with_statsmodels(groups: tuple[int, int, int, int]) -> None:
    """A few lines give what the library gives."""
    ours, theirs = newcombe(*groups), confint_proportions_2indep(*groups, method="newcomb", compare="diff")

    assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-9)


@given(two_groups())
def test_fisher_agrees_with_scipy(groups: tuple[int, int, int, int]) -> None:
    """Exact fractions give what the library gives."""
    count, total, other, other_total = groups
    theirs = fisher_exact([[count, total - count], [other, other_total - other]]).pvalue

    assert fisher(*groups) == pytest.approx(theirs, rel=1e-6)


@given(st.floats(0, 500))
def test_a_risk_is_never_above_its_rate(rate: float) -> None:
    """People who have died cannot die again; for small rates that hardly counts."""
    assert 0 <= risk_in_a_year(rate) <= rate * (1 + 1e-12)
    assert risk_in_a_year(rate) == pytest.approx(1000 * (1 - np.exp(-rate / 1000)))


@pytest.mark.parametrize("rate", [-1, np.nan, np.inf])
def test_an_impossible_rate_is_refused(rate: float) -> None:
    """No negative and no infinite deaths."""
    with pytest.raises(ValueError, match="impossible"):
        risk_in_a_year(rate)


def test_every_quoted_number_is_finite_and_moves_with_its_finding(table: pd.DataFrame) -> None:
    """Nothing broken is quoted, and nothing is typed."""
    before = numbers(table)
    changed = table.copy()
    changed.loc["CARE-037", "value"] = 46.1
    after = numbers(changed)

    assert np.isfinite(list(before.values())).all()
    assert after["methadone_fewer"] == pytest.approx(before["methadone_fewer"] + 10)
    assert after["methadone_later_in"] > before["methadone_later_in"]
    assert after["buprenorphine_fewer"] == before["buprenorphine_fewer"]


def test_missing_groups_of_findings_are_named(table: pd.DataFrame) -> None:
    """So does one without both rates of a pair, or without the second review."""
    with pytest.raises(LookupError, match="methadone: death from overdose"):
        numbers(table.drop(index=["CARE-042", "CARE-043"]))
    with pytest.raises(LookupError, match="findings on buprenorphine"):
        numbers(table.drop(index="CARE-050"))


def test_a_figure_never_swallows_a_missing_or_cut_off_number(table: pd.DataFrame) -> None:
    """A line that ends at the edge would look like a narrow interval."""
    rows = comparisons(table, DEATH)
    with pytest.raises(ValueError, match="not finite"):
        death_figure(rows.assign(value=np.nan))
    with pytest.raises(ValueError, match="would cut off"):
        death_figure(rows.assign(high=9.0))
    with pytest.raises(ValueError, match="out of order"):
        forest_figure(rows.assign(group="", label="", low=1.0, value=0.5), ticks=(0.1, 1, 10), axis="", sides=("", ""))
    with pytest.raises(ValueError, match="rate in or out of treatment is missing"):
        rates_figure(rates(table).assign(inside=np.nan))


def test_the_page_does_not_load_statsmodels() -> None:
    """Five seconds of every build would be spent on nothing."""
    code = "import sys, kratom.treatment.tables, kratom.treatment.figures; print('statsmodels' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
