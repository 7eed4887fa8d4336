"""Test what the page on headache counts, what it refuses to count, and the hours it shows."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from evidencebook.analysis.display import saved
from kratom.headache import counts as headache
from kratom.headache.figures import counted_figure, windows_figure

NEEDED = ["WD-222", "WD-961", "WD-962", "WD-169", "WD-965", "WD-966"]


def changed(table: pd.DataFrame, name: str, **values: object) -> pd.DataFrame:
    """Change fields of one finding, or add it."""
    fields = table.loc[name].to_dict() if name in table.index else dict.fromkeys(table.columns)
    row = pd.DataFrame({str(column): value for column, value in fields.items()} | values, index=[name])
    return pd.concat([table.drop(index=name, errors="ignore"), row.astype(table.dtypes.to_dict())]).rename_axis("id")


def test_intervals_are_exact(table: pd.DataFrame) -> None:
    """Clopper and Pearson's interval, as scipy gives it, for each count."""
    for _, row in headache.counted(table).iterrows():
        theirs = binomtest(row["count"], row["n"]).proportion_ci(method="exact")
        assert (row["low"], row["high"]) == pytest.approx((100 * theirs.low, 100 * theirs.high))


def test_only_headache_after_kratom_is_counted(table: pd.DataFrame) -> None:
    """Headache on another medicine, in the population, or by definition is not headache after kratom."""
    assert list(headache.counted(table).index) == ["WD-222", "WD-961"]
    assert set(headache.named(table).index) == {"WD-165", "WD-219"}


def test_a_count_is_told_as_its_source_gives_it(table: pd.DataFrame) -> None:
    """A percentage is not passed off as a printed number of people."""
    rows = headache.counted(table)

    assert rows.loc["WD-222", "said"] == "5 of 12"
    assert rows.loc["WD-961", "said"] == "32% of 317"
    assert rows.loc["WD-961", "count"] == 101


def test_silence_is_never_a_zero(table: pd.DataFrame) -> None:
    """Series that do not name headache give no count and no bound, however large they are."""
    silent = headache.not_named(table)

    assert headache.none_seen(table).empty
    assert not set(headache.counted(table).index) & set(table.index[table["headache"] == "not named"])
    assert silent["n"].max() > 1000
    assert silent.index.is_unique
    assert (silent["n"] > 1).all()


def test_none_among_n_is_bounded_by_the_rule_of_three(table: pd.DataFrame) -> None:
    """Once a source says none among so many people, it gets its bound, and its exact interval begins at nothing."""
    said = {"symptom": "headache", "exposure": "alone", "value": 0.0, "unit": "people", "n": 60.0}
    more = changed(table, "WD-999", **said, citation="New 2027", recruitment="healthy volunteers")

    assert headache.none_seen(more).loc["WD-999"].to_dict() == {"n": 60, "bound": pytest.approx(5)}
    assert headache.counted(more).loc["WD-999", "low"] == 0
    assert headache.numbers(more)["none_seen"] == 1


def test_a_new_count_appears_by_itself(table: pd.DataFrame) -> None:
    """A finding that is added is on the figure, in the table and in the numbers without a line of code."""
    said = {"symptom": "headache", "exposure": "alone", "value": 7.0, "unit": "people", "n": 50.0}
    more = changed(table, "WD-999", **said, citation="New 2027", recruitment="healthy volunteers")

    assert headache.numbers(more)["counts"] == headache.numbers(table)["counts"] + 1
    assert "New 2027" in set(headache.record_table(more)["Source"])
    assert saved(counted_figure(more), "svg") != saved(counted_figure(table), "svg")


def test_a_changed_finding_changes_the_result(table: pd.DataFrame) -> None:
    """The hours watched and the counts follow their findings."""
    longer = changed(table, "WD-962", value=30.0, n=40.0)

    assert headache.windows(longer).loc["volunteers watched", "end"] == 30
    assert headache.numbers(longer)["if_none_watched"] == pytest.approx(7.5)
    assert saved(windows_figure(longer), "svg") != saved(windows_figure(table), "svg")
    assert headache.numbers(changed(table, "WD-222", value=6.0))["tea_share"] == 50


def test_a_count_without_its_people_is_refused(table: pd.DataFrame) -> None:
    """No interval is made up for a count of unknown people, and none for more than all."""
    with pytest.raises(LookupError, match="WD-961 does not say how many"):
        headache.counted(changed(table, "WD-961", n=np.nan))
    with pytest.raises(LookupError, match="WD-962 does not say how many were watched"):
        headache.numbers(changed(table, "WD-962", n=np.nan))
    with pytest.raises(ValueError, match="13 of 12 is no share"):
        headache.counted(changed(table, "WD-222", value=13.0))


def test_an_empty_evidence_base_is_told() -> None:
    """Each table says what it lacks instead of coming up empty."""
    columns = ["symptom", "exposure", "value", "unit", "n", "headache", "headache_item", "recruitment", "citation"]
    nothing = pd.DataFrame(columns=columns)
    with pytest.raises(LookupError, match="no finding counts headache"):
        headache.counted(nothing)
    with pytest.raises(LookupError, match="does not name headache"):
        headache.not_named(nothing)
    with pytest.raises(LookupError, match="scale without headache"):
        headache.without_item(nothing)


def test_the_scales_do_not_ask(table: pd.DataFrame) -> None:
    """COWS and SOWS are listed as silent, so their use is no evidence against headache."""
    assert {"COWS", "SOWS"} <= set(headache.without_item(table)["scale"])


def test_the_watch_ended_before_the_next_day(table: pd.DataFrame) -> None:
    """The message of the second figure holds for the findings that it draws."""
    spans = headache.windows(table)

    assert float(spans["end"].iloc[0]) < 24
    assert (spans["start"] < spans["end"]).all()
