"""Test the binding constants: doubtful values stay out, spreads are statistics, figures follow the findings."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evidencebook.analysis.display import saved
from evidencebook.analysis.values import value_of
from kratom.receptors.binding import affinities, between, class_limits, numbers, pair_fold, spreads
from kratom.receptors.binding_figures import binding_figure, value_table

COLUMNS: dict[str, Any] = {
    "receptor": "mu",
    "unit": "nM",
    "measure": "Ki",
    "species": "human",
    "seen": "abstract",
    "citation": "A 2020",
}
constants = st.floats(0.01, 1e4)


def made(*rows: tuple[str, float, bool], **changes: Any) -> pd.DataFrame:
    """Make findings of compound, Ki in nM and doubt, one laboratory each."""
    table = pd.DataFrame(rows, columns=["compound", "value", "doubtful"]).assign(**(COLUMNS | changes))
    table["laboratory"] = [f"laboratory {place}" for place in range(len(table))]
    return table.set_index(pd.Index([f"PHA-{place:03}" for place in range(len(table))], name="id"))


def test_doubtful_values_are_in_no_sum(table: pd.DataFrame) -> None:
    """The swapped abstract and the set without row names are drawn and never counted."""
    summary = spreads(affinities(table))
    trusted = affinities(table.drop(index=table.index[table["doubtful"].eq(True)]))
    assert summary["highest"].to_dict()["mu", "7-hydroxymitragynine"] < value_of(table, "PHA-041")
    assert summary["doubtful"].to_dict()["mu", "mitragynine"] == 2
    assert between(affinities(table)) == between(trusted)
    assert affinities(table)["doubtful"].sum() == len(affinities(table)) - len(trusted)


def test_a_value_that_is_no_longer_doubted_changes_the_result(table: pd.DataFrame) -> None:
    """The figure and the numbers follow the judgement in the evidence base."""
    cleared = table.assign(doubtful=np.nan)
    assert numbers(cleared)["seven_mu_fold"] > 10 * numbers(table)["seven_mu_fold"]
    assert numbers(cleared)["doubtful"] == 0
    assert numbers(table.drop(columns="doubtful")) == numbers(cleared)


def test_a_new_finding_appears_by_itself(table: pd.DataFrame) -> None:
    """No list of ids stands between the evidence base and the figure."""
    more = pd.concat([table, made(("methadone", 3.4, False)).rename(index=lambda _: "PHA-999")])
    drawn = saved(binding_figure(affinities(more), class_limits(more)), "svg").decode()
    assert ">methadone<" in drawn
    assert "PHA-999" in affinities(more).index


@given(st.lists(st.lists(constants, min_size=2, max_size=5), min_size=2, max_size=4))
def test_the_pooled_spread_is_the_error_of_an_analysis_of_variance(groups: list[list[float]]) -> None:
    """Sums of squares within groups, as scipy's F test has them."""
    rows = [(f"compound {place}", ki, False) for place, group in enumerate(groups) for ki in group]
    pooled = between(affinities(made(*rows)))
    logs = [np.log10(group) for group in groups]
    within = sum(float(((log - log.mean()) ** 2).sum()) for log in logs)
    freedom = sum(len(group) - 1 for group in groups)
    assert pooled.freedom == freedom
    assert pooled.sd == pytest.approx(np.sqrt(within / freedom), abs=1e-9)
    if pooled.sd > 1e-3:
        middle = np.concatenate(logs).mean()
        among = sum(len(log) * (log.mean() - middle) ** 2 for log in logs) / (len(logs) - 1)
        assert among / pooled.sd**2 == pytest.approx(stats.f_oneway(*logs).statistic, rel=1e-6)


def test_the_interval_of_the_spread_is_the_chi_square_interval(table: pd.DataFrame) -> None:
    """Scipy's distribution gives the same ends."""
    pooled = between(affinities(table))
    ends = pooled.sd * np.sqrt(pooled.freedom / stats.chi2.ppf([0.975, 0.025], pooled.freedom))
    assert pooled.interval() == pytest.approx(tuple(ends))


def test_ninety_five_per_cent_of_pairs_lie_within_the_factor() -> None:
    """A simulation of laboratories agrees with the repeatability coefficient."""
    one, other = np.random.default_rng(1).normal(0, 0.2, (2, 200_000))
    assert float(np.mean(np.abs(one - other) < np.log10(pair_fold(0.2)))) == pytest.approx(0.95, abs=0.002)


@given(constants, constants)
def test_units_are_turned_into_nanomolar(first: float, second: float) -> None:
    """The same constant in another unit is the same constant."""
    plain = affinities(made(("mitragynine", first, False), ("morphine", second, False)))
    other = affinities(made(("mitragynine", first / 1000, False), ("morphine", second / 1000, False), unit="uM"))
    assert other["ki"].to_numpy() == pytest.approx(plain["ki"].to_numpy())


@pytest.mark.parametrize(("value", "unit"), [(0.0, "nM"), (-1.0, "nM"), (float("nan"), "nM"), (5.0, "h"), (5.0, None)])
def test_what_is_no_concentration_is_refused_by_name(value: float, unit: str | None) -> None:
    """Nothing broken reaches the logarithmic axis."""
    with pytest.raises(ValueError, match="Ki of finding PHA-000"):
        affinities(made(("mitragynine", value, False), unit=unit))


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("PHA-082", "PHA-082 is missing"),
        ("PHA-057", "Ki of morphine at mu"),
        ("PHA-073", "Ki of lofexidine at alpha-2A"),
        ("PHA-043", "Ki of mitragynine at mu"),
    ],
)
def test_a_missing_finding_is_named(table: pd.DataFrame, missing: str, words: str) -> None:
    """The page fails with what it lacks."""
    with pytest.raises(LookupError, match=words):
        numbers(table.drop(index=missing))


def test_no_constants_no_page(table: pd.DataFrame) -> None:
    """Without any Ki, any class, or two laboratories, there is nothing to compare."""
    with pytest.raises(LookupError, match="Ki, class limit"):
        class_limits(table.drop(index=["GAP-029", "PHA-107", "PHA-108"]))
    with pytest.raises(LookupError, match="measure Ki"):
        affinities(table[table["measure"] != "Ki"])
    with pytest.raises(LookupError, match="two undoubted values"):
        between(affinities(made(("mitragynine", 161, False), ("mitragynine", 7, True))))


def test_every_quoted_number_is_finite_and_agrees_with_the_ledger(table: pd.DataFrame) -> None:
    """Hand calculation from the printed values."""
    quoted = numbers(table)
    assert np.isfinite(list(quoted.values())).all()
    assert quoted["lofexidine_fold"] == pytest.approx(1260 / 7.42)
    assert quoted["morphine_fold"] == pytest.approx(161 / 5.1)
    assert quoted["seven_mu_fold"] == pytest.approx(37 / 7.16)


def test_the_table_holds_every_value_once(table: pd.DataFrame) -> None:
    """Each mark of the figure has its row, doubtful ones named as such."""
    worded = value_table(affinities(table))
    assert len(worded) == len(affinities(table))
    assert worded["Ki (nM)"].str.endswith("doubtful").sum() == affinities(table)["doubtful"].sum()
    assert not worded.isna().to_numpy().any()
