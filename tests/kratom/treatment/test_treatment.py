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
from findings import added, changed
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


def test_comparison_direction(table: pd.DataFrame) -> None:
    """One review divides out by in, the other in by out; on the page a ratio below one always means fewer deaths."""
    rows = comparisons(table, DEATH)
    ratios = rows[["value", "low", "high"]].T

    assert list(ratios["CARE-038"]) == pytest.approx([1 / 3.2, 1 / 3.86, 1 / 2.65])
    assert list(ratios["CARE-049"]) == [0.47, 0.41, 0.54]
    assert (rows["low"] <= rows["value"]).all()
    assert (rows["value"] <= rows["high"]).all()


def test_comparison_rows(table: pd.DataFrame) -> None:
    """Medicines alone, trials and cohorts told apart; a new one shows by itself; none at all is named."""
    rows = comparison_table(table)

    assert {"CARE-066", "CARE-084", "CARE-914"}.isdisjoint(rows.index)
    assert {"CARE-003", "CARE-012", "CARE-021", "CARE-029", "CARE-058"} <= set(rows.index)
    assert set(rows["unit"]) <= {"RR", "ratio", "aHR"}
    assert list(rows["kind"][["CARE-007", "CARE-049", "CARE-054"]]) == ["trials", "cohorts", "one cohort"]
    assert set(comparisons(table, STAYING)["kind"]) == {"trials"}
    assert "CARE-999" in comparisons(added(table, "CARE-999", "CARE-029"), STAYING).index
    with pytest.raises(LookupError, match="no finding compares a medicine on completion"):
        comparisons(table[table["outcome"] != "completion"], STAYING)


def test_comparison_certainty(table: pd.DataFrame) -> None:
    """High certainty against placebo says nothing of the comparison with methadone in the same review."""
    certainty = comparisons(table.drop(index="CARE-950"), STAYING)["certainty"]

    assert certainty["CARE-012"] == "high"
    assert pd.isna(certainty["CARE-015"])
    assert comparisons(table, STAYING)["certainty"]["CARE-015"] == "high"
    assert set(certainty_table(table)["Certainty"]) == {"high", "moderate"}


def test_pooling_of_nothing_today(table: pd.DataFrame) -> None:
    """The page says so; should this fail, read the page again before changing the test."""
    verdicts = questions(table)

    assert verdicts["reason"].notna().all()
    assert verdicts["pooled"].isna().all()
    assert questions_table(table)["Pooled here?"].str.startswith("no: ").all()


def test_pooling_of_three_like_cohorts(table: pd.DataFrame) -> None:
    """New findings that meet the rule are pooled on the page without a further hand."""
    more, name = table, "death from any cause: naltrexone"
    for new in ("CARE-998", "CARE-999"):
        more = added(more, new, "CARE-058", source=new, value=1.2, low=0.9, high=1.6)
    row = questions(more).loc[name]

    assert pd.isna(row["reason"])
    assert row["low"] < 1.2 < row["high"]
    assert 1.1 < row["pooled"] < 1.4
    assert str(questions_table(more)["Pooled here?"][name]).startswith("pooled: 1.2")


@pytest.mark.parametrize("name", RATES)
def test_rates_missing_counterpart(table: pd.DataFrame, name: str) -> None:
    """A death rate in treatment means nothing without the one out of it."""
    place = RATES.index(name)
    other = RATES[place + 1 if place % 2 == 0 else place - 1]
    with pytest.raises(LookupError, match=f"beside {other} the evidence needs exactly one rate"):
        rates(table.drop(index=name))


def test_rates_and_ratios_agree(table: pd.DataFrame) -> None:
    """Printed rates differ within the interval of the printed ratio; the other review is put on the same baseline."""
    known, other = rates(table).dropna(), other_reviews(table).loc["methadone"]

    assert len(known) == 3
    assert (known["fewer_low"] < known["fewer"]).all()
    assert (known["fewer"] < known["fewer_high"]).all()
    assert known["fewer"].iloc[0] == pytest.approx(36.1 - 11.3)
    assert other["inside"] == pytest.approx(36.1 * 0.47)
    assert other["fewer"] == pytest.approx(36.1 * (1 - 0.47))
    assert other["fewer_low"] == pytest.approx(36.1 * (1 - 0.54))
    assert other["inside"] + other["fewer"] == pytest.approx(other["outside"])


def test_arms(table: pd.DataFrame) -> None:
    """Counts rebuilt from percentages give the printed intervals; one arm is no comparison; a misprint is refused."""
    row = arms(table).loc["D'Onofrio and others 2015"]

    assert [round(row[name] / 10) for name in ("with_low", "with_high")] == [70, 85]
    assert [round(row[name] / 10) for name in ("without_low", "without_high")] == [28, 47]
    assert len(arms(table.drop(index="CARE-215"))) == len(arms(table)) - 1
    assert "D'Onofrio and others 2017" in arms(table).index
    assert "D'Onofrio and others 2017" not in arms(table.drop(index="CARE-949")).index
    with pytest.raises(ValueError, match="no whole number of people"):
        arms(changed(table, "CARE-184", value=63))


def test_risk_difference_over_zero(table: pd.DataFrame) -> None:
    """An interval over zero must not read as a gain or a loss of a certain size."""
    words = str(risk_table(table)["Difference (95% CI)"]["buprenorphine: in treatment after 26 weeks"])

    assert "fewer to" in words
    assert words.endswith("more)")


@given(two_groups())
def test_newcombe_and_fisher(groups: tuple[int, int, int, int]) -> None:
    """A few lines and exact fractions give what statsmodels and scipy give."""
    count, total, other, other_total = groups
    ours, theirs = newcombe(*groups), confint_proportions_2indep(*groups, method="newcomb", compare="diff")
    exact = fisher_exact([[count, total - count], [other, other_total - other]]).pvalue

    assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-9)
    assert fisher(*groups) == pytest.approx(exact, rel=1e-6)


@given(st.floats(0, 500))
def test_risk_in_a_year(rate: float) -> None:
    """People who have died cannot die again; for small rates that hardly counts."""
    assert 0 <= risk_in_a_year(rate) <= rate * (1 + 1e-12)
    assert risk_in_a_year(rate) == pytest.approx(1000 * (1 - np.exp(-rate / 1000)))


@pytest.mark.parametrize("rate", [-1, np.nan, np.inf])
def test_risk_in_a_year_refused(rate: float) -> None:
    """No negative and no infinite deaths."""
    with pytest.raises(ValueError, match="impossible"):
        risk_in_a_year(rate)


def test_treatment_quoted_numbers(table: pd.DataFrame) -> None:
    """They move with their finding; without both rates of a pair or the second review there are none."""
    before, after = numbers(table), numbers(changed(table, "CARE-037", value=46.1))

    assert after["methadone_fewer"] == pytest.approx(before["methadone_fewer"] + 10)
    assert after["methadone_later_in"] > before["methadone_later_in"]
    assert after["buprenorphine_fewer"] == before["buprenorphine_fewer"]
    with pytest.raises(LookupError, match="methadone: death from overdose"):
        numbers(table.drop(index=["CARE-042", "CARE-043"]))
    with pytest.raises(LookupError, match="findings on buprenorphine"):
        numbers(table.drop(index="CARE-050"))


def test_treatment_figure_refusals(table: pd.DataFrame) -> None:
    """A line that ends at the edge would look like a narrow interval; no missing number is swallowed."""
    rows = comparisons(table, DEATH)
    with pytest.raises(ValueError, match="not finite"):
        death_figure(rows.assign(value=np.nan))
    with pytest.raises(ValueError, match="would cut off"):
        death_figure(rows.assign(high=9.0))
    with pytest.raises(ValueError, match="out of order"):
        forest_figure(rows.assign(group="", label="", low=1.0, value=0.5), ticks=(0.1, 1, 10), axis="", sides=("", ""))
    with pytest.raises(ValueError, match="rate in or out of treatment is missing"):
        rates_figure(rates(table).assign(inside=np.nan))


def test_treatment_does_not_load_statsmodels() -> None:
    """Five seconds of every build would be spent on nothing."""
    code = "import sys, kratom.treatment.tables, kratom.treatment.figures; print('statsmodels' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
