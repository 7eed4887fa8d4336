"""The binding constants: doubtful values stay out, spreads are statistics, figures follow the findings."""

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


def test_binding_doubtful_values(table: pd.DataFrame) -> None:
    """The swapped abstract and the set without row names are drawn and never counted, until they are cleared."""
    summary, cleared = spreads(affinities(table)), table.assign(doubtful=np.nan)
    trusted = affinities(table.drop(index=table.index[table["doubtful"].eq(True)]))

    assert summary["highest"].to_dict()["mu", "7-hydroxymitragynine"] < value_of(table, "PHA-041")
    assert summary["doubtful"].to_dict()["mu", "mitragynine"] == 2
    assert between(affinities(table)) == between(trusted)
    assert affinities(table)["doubtful"].sum() == len(affinities(table)) - len(trusted)
    assert numbers(cleared)["seven_mu_fold"] > 10 * numbers(table)["seven_mu_fold"]
    assert numbers(cleared)["doubtful"] == 0
    assert numbers(table.drop(columns="doubtful")) == numbers(cleared)


def test_binding_new_finding(table: pd.DataFrame) -> None:
    """No list of ids stands between the evidence base and the figure."""
    more = pd.concat([table, made(("methadone", 3.4, False)).rename(index=lambda _: "PHA-999")])

    assert ">methadone<" in saved(binding_figure(affinities(more), class_limits(more)), "svg").decode()
    assert "PHA-999" in affinities(more).index


@given(st.lists(st.lists(constants, min_size=2, max_size=5), min_size=2, max_size=4))
def test_binding_pooled_spread(groups: list[list[float]]) -> None:
    """It is the error of an analysis of variance: sums of squares within groups, as scipy's F test has them."""
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


def test_binding_spread_interval(table: pd.DataFrame) -> None:
    """Scipy's chi-square gives its ends; in a simulation 95% of pairs of laboratories lie within the factor."""
    pooled = between(affinities(table))
    ends = pooled.sd * np.sqrt(pooled.freedom / stats.chi2.ppf([0.975, 0.025], pooled.freedom))
    one, other = np.random.default_rng(1).normal(0, 0.2, (2, 200_000))

    assert pooled.interval() == pytest.approx(tuple(ends))
    assert float(np.mean(np.abs(one - other) < np.log10(pair_fold(0.2)))) == pytest.approx(0.95, abs=0.002)


@given(constants, constants)
def test_binding_units(first: float, second: float) -> None:
    """The same constant in micromolar is the same constant."""
    plain = affinities(made(("mitragynine", first, False), ("morphine", second, False)))
    other = affinities(made(("mitragynine", first / 1000, False), ("morphine", second / 1000, False), unit="uM"))

    assert other["ki"].to_numpy() == pytest.approx(plain["ki"].to_numpy())


@pytest.mark.parametrize(("value", "unit"), [(0.0, "nM"), (-1.0, "nM"), (float("nan"), "nM"), (5.0, "h"), (5.0, None)])
def test_binding_units_refused(value: float, unit: str | None) -> None:
    """Nothing broken reaches the logarithmic axis."""
    with pytest.raises(ValueError, match="Ki of finding PHA-000"):
        affinities(made(("mitragynine", value, False), unit=unit))


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("PHA-057", "Ki of morphine at mu"),
        ("PHA-073", "Ki of lofexidine at alpha-2A"),
        ("PHA-043", "Ki of mitragynine at mu"),
    ],
)
def test_binding_missing_constants(table: pd.DataFrame, missing: str, words: str) -> None:
    """Without a constant, any Ki, any class, or two laboratories, the page says what it lacks."""
    with pytest.raises(LookupError, match=words):
        numbers(table.drop(index=missing))
    with pytest.raises(LookupError, match="Ki, class limit"):
        class_limits(table.drop(index=["GAP-029", "PHA-107", "PHA-108"]))
    with pytest.raises(LookupError, match="measure Ki"):
        affinities(table[table["measure"] != "Ki"])
    with pytest.raises(LookupError, match="two undoubted values"):
        between(affinities(made(("mitragynine", 161, False), ("mitragynine", 7, True))))


def test_binding_quoted_numbers(table: pd.DataFrame) -> None:
    """Calculated by hand from the printed values; each mark of the figure has its row, doubtful ones so named."""
    quoted, worded = numbers(table), value_table(affinities(table))

    assert quoted["lofexidine_fold"] == pytest.approx(1260 / 7.42)
    assert quoted["morphine_fold"] == pytest.approx(161 / 5.1)
    assert quoted["seven_mu_fold"] == pytest.approx(37 / 7.16)
    assert len(worded) == len(affinities(table))
    assert worded["Ki (nM)"].str.endswith("doubtful").sum() == affinities(table)["doubtful"].sum()
