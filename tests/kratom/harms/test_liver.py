"""Hold the page on liver injury against scipy, the rule of three, and its own findings."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from evidencebook.analysis.stats.proportions import rule_of_three
from findings import added, changed
from kratom.harms import liver


@given(st.integers(30, 1_000_000))
def test_liver_rate_left(people: int) -> None:
    """The bound is where scipy gives no case with a chance of five per cent, near three over the number of people."""
    assert binom.pmf(0, people, liver.rate_left(people)) == pytest.approx(0.05)
    assert liver.rate_left(people) == pytest.approx(rule_of_three(people), rel=0.06)
    assert binom.pmf(0, people // 30, liver.rate_left(people // 30)) == pytest.approx(0.05)


@given(st.floats(1e-6, 0.9))
def test_liver_people_needed(rate: float) -> None:
    """It turns the rate left around: one person fewer would leave the rate possible."""
    people = liver.people_needed(rate)

    assert liver.rate_left(people) <= rate * (1 + 1e-9)
    assert people == 1 or liver.rate_left(people - 1) > rate * (1 - 1e-9)


@pytest.mark.parametrize(
    ("r", "kind"), [(0.24, "cholestatic"), (2, "cholestatic"), (3.4, "mixed"), (10.4, "hepatocellular")]
)
def test_liver_kind_of_injury(r: float, kind: str) -> None:
    """The convention: at two or less, between, and at five or more."""
    assert liver.kind(r) == kind


@pytest.mark.parametrize("wrong", [0.0, float("nan")])
def test_liver_refusals(wrong: float) -> None:
    """Each refusal names its cause."""
    with pytest.raises(ValueError, match="R ratio is above 0"):
        liver.kind(wrong)
    with pytest.raises(ValueError, match="someone must have been looked at"):
        liver.rate_left(wrong)
    with pytest.raises(ValueError, match="between 0 and 1"):
        liver.people_needed(wrong)


def test_liver_case_intervals(table: pd.DataFrame) -> None:
    """Exact intervals, as scipy gives them, for counts this small."""
    for _, row in liver.counted(table).iterrows():
        theirs = binomtest(row["count"], row["total"]).proportion_ci(method="exact")
        assert (row["low"], row["high"]) == pytest.approx((100 * theirs.low, 100 * theirs.high))


def test_liver_latency_and_pattern_rows(table: pd.DataFrame) -> None:
    """They are found by their fields; a new one appears, and a median in weeks or none at all is refused."""
    times, kinds = liver.latency(table), liver.pattern(table)
    early = added(table, "NEW-001", "GAP-109", year=2019, n=8, value=1.5)

    assert list(times.index) == ["SAF-105", "GAP-108", "ORG-902"]
    assert list(kinds.index) == ["SAF-108", "GAP-109"]
    assert set(kinds["kind"]) == {"mixed"}
    assert liver.pattern(early).loc["NEW-001", "kind"] == "cholestatic"
    with pytest.raises(LookupError, match="latency, median is missing"):
        liver.latency(table.drop(index=times.index))
    with pytest.raises(ValueError, match="not all in days"):
        liver.latency(changed(table, "ORG-902", unit="weeks"))


def test_liver_tested_reads_the_key_users(table: pd.DataFrame) -> None:
    """Half of the two hundred; a finding without the key is refused by name."""
    assert liver.tested(table) == 100
    for broken in (changed(table, "ORG-907", users=None), table.drop(index="ORG-907")):
        with pytest.raises(LookupError, match="ORG-907 has no key users"):
            liver.numbers(broken)


def test_liver_quoted_numbers(table: pd.DataFrame) -> None:
    """The rarer injury needs the larger group; a corrected count or median reaches what is quoted."""
    before = liver.numbers(table)
    after = liver.numbers(changed(changed(table, "SAF-104", value=4.0), "ORG-902", value=10.0))

    assert before["need_1000"] == pytest.approx(3000, rel=0.01)
    assert before["need_10000"] > 9 * before["need_1000"]
    assert after["cause_high"] < before["cause_high"]
    assert after["latency_low"] == 10
