"""Hold the page on liver injury against scipy, the rule of three, and its own findings."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from evidencebook.analysis.stats.proportions import rule_of_three
from kratom.harms import liver

COUNTED = ["SAF-104", "ORG-904", "SAF-106", "ORG-901", "ORG-903", "SAF-114", "SAF-115", "ORG-905"]


@given(st.integers(1, 1_000_000))
def test_the_rate_left_is_the_one_that_none_would_show_once_in_twenty(people: int) -> None:
    """The bound is where scipy's binomial gives no case with a chance of five per cent."""
    assert binom.pmf(0, people, liver.rate_left(people)) == pytest.approx(0.05)


@given(st.integers(30, 1_000_000))
def test_the_rate_left_is_near_the_rule_of_three(people: int) -> None:
    """Three over the number of people, as every textbook has it."""
    assert liver.rate_left(people) == pytest.approx(rule_of_three(people), rel=0.06)


@given(st.floats(1e-6, 0.9))
def test_people_needed_turns_the_rate_left_around(rate: float) -> None:
    """One person fewer would leave the rate possible."""
    people = liver.people_needed(rate)

    assert liver.rate_left(people) <= rate * (1 + 1e-9)
    assert people == 1 or liver.rate_left(people - 1) > rate * (1 - 1e-9)


@pytest.mark.parametrize(
    ("r", "kind"), [(0.24, "cholestatic"), (2, "cholestatic"), (3.4, "mixed"), (10.4, "hepatocellular")]
)
def test_the_kind_of_injury_follows_the_convention(r: float, kind: str) -> None:
    """At two or less, between, and at five or more."""
    assert liver.kind(r) == kind


def test_refusals_say_what_is_wrong() -> None:
    """Each refusal names its cause."""
    for wrong in (0.0, float("nan")):
        with pytest.raises(ValueError, match="R ratio is above 0"):
            liver.kind(wrong)
        with pytest.raises(ValueError, match="someone must have been looked at"):
            liver.rate_left(wrong)
        with pytest.raises(ValueError, match="between 0 and 1"):
            liver.people_needed(wrong)


def test_the_intervals_of_the_cases_are_those_of_scipy(table: pd.DataFrame) -> None:
    """Exact intervals for counts this small."""
    for _, row in liver.counted(table).iterrows():
        theirs = binomtest(row["count"], row["total"]).proportion_ci(method="exact")
        assert (row["low"], row["high"]) == pytest.approx((100 * theirs.low, 100 * theirs.high))


def test_latency_and_pattern_are_found_by_their_fields(table: pd.DataFrame) -> None:
    """A new finding appears on the figure by itself, and the accounts stand in the order of their years."""
    times, kinds = liver.latency(table), liver.pattern(table)
    early = table.loc[["GAP-109"]].rename(index={"GAP-109": "NEW-001"}).assign(year=2019, n=8, value=1.5)

    assert list(times.index) == ["SAF-105", "GAP-108", "ORG-902"]
    assert list(kinds.index) == ["SAF-108", "GAP-109"]
    assert set(kinds["kind"]) == {"mixed"}
    assert liver.pattern(pd.concat([table, early])).loc["NEW-001", "kind"] == "cholestatic"


def test_tested_reads_the_key_users(table: pd.DataFrame) -> None:
    """Half of the two hundred; a finding without the key is refused by name."""
    unsaid = table.copy()
    unsaid.loc["ORG-907", "users"] = None

    assert liver.tested(table) == 100
    for broken in (unsaid, table.drop(index="ORG-907")):
        with pytest.raises(LookupError, match="ORG-907 has no key users"):
            liver.numbers(broken)


def test_missing_or_wrong_medians_are_named(table: pd.DataFrame) -> None:
    """So does a page without any median, or with one in weeks."""
    with pytest.raises(LookupError, match="latency, median is missing"):
        liver.latency(table.drop(index=["SAF-105", "GAP-108", "ORG-902"]))
    weeks = table.copy()
    weeks.loc["ORG-902", "unit"] = "weeks"
    with pytest.raises(ValueError, match="not all in days"):
        liver.latency(weeks)


def test_a_changed_finding_changes_the_result(table: pd.DataFrame) -> None:
    """A corrected count or median reaches what is quoted."""
    changed = table.copy()
    changed.loc["SAF-104", "value"] = 4.0
    changed.loc["ORG-902", "value"] = 10.0
    before, after = liver.numbers(table), liver.numbers(changed)

    assert after["cause_high"] < before["cause_high"]
    assert after["latency_low"] == 10


def test_every_quoted_number_is_finite(table: pd.DataFrame) -> None:
    """Nothing broken is ever quoted, and the larger group is needed for the rarer injury."""
    quoted = liver.numbers(table)

    assert np.isfinite(list(quoted.values())).all()
    assert quoted["need_1000"] == pytest.approx(3000, rel=0.01)
    assert quoted["need_10000"] > 9 * quoted["need_1000"]
