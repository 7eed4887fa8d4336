"""What the page on headache counts, what it refuses to count, and the hours it shows."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from evidencebook.analysis.display import saved
from findings import added, changed
from kratom.headache import counts as headache
from kratom.headache.figures import counted_figure

NEW = {"unit": "people", "citation": "New 2027", "recruitment": "healthy volunteers"}


def test_headache_counts(table: pd.DataFrame) -> None:
    """Headache after kratom alone, with exact intervals, as its source gives it: a percentage is no printed count."""
    rows = headache.counted(table)

    assert list(rows.index) == ["WD-222", "WD-961"]
    assert list(rows["said"]) == ["5 of 12", "32% of 317"]
    assert rows.loc["WD-961", "count"] == 101
    assert set(headache.named(table).index) == {"WD-165", "WD-219"}
    for _, row in rows.iterrows():
        theirs = binomtest(row["count"], row["n"]).proportion_ci(method="exact")
        assert (row["low"], row["high"]) == pytest.approx((100 * theirs.low, 100 * theirs.high))


def test_headache_silence_is_never_a_zero(table: pd.DataFrame) -> None:
    """Series and scales that do not name headache give no count and no bound, however large they are."""
    silent = headache.not_named(table)

    assert headache.none_seen(table).empty
    assert not set(headache.counted(table).index) & set(table.index[table["headache"] == "not named"])
    assert silent["n"].max() > 1000
    assert silent.index.is_unique
    assert (silent["n"] > 1).all()
    assert {"COWS", "SOWS"} <= set(headache.without_item(table)["scale"])


def test_headache_none_among_n(table: pd.DataFrame) -> None:
    """Once a source says none among so many, it gets the rule of three, and an interval that begins at nothing."""
    more = added(table, "WD-999", "WD-222", value=0.0, n=60.0, **NEW)

    assert headache.none_seen(more).loc["WD-999"].to_dict() == {"n": 60, "bound": pytest.approx(5)}
    assert headache.counted(more).loc["WD-999", "low"] == 0
    assert headache.numbers(more)["none_seen"] == 1


def test_headache_new_and_changed_findings(table: pd.DataFrame) -> None:
    """A new count is on the figure, in the table and in the numbers; hours watched and counts follow their findings."""
    more = added(table, "WD-999", "WD-222", value=7.0, n=50.0, **NEW)
    longer = changed(table, "WD-962", value=30.0, n=40.0)

    assert headache.numbers(more)["counts"] == headache.numbers(table)["counts"] + 1
    assert "New 2027" in set(headache.record_table(more)["Source"])
    assert saved(counted_figure(more), "svg") != saved(counted_figure(table), "svg")
    assert headache.windows(longer).loc["volunteers watched", "end"] == 30
    assert headache.numbers(longer)["if_none_watched"] == pytest.approx(7.5)
    assert headache.numbers(changed(table, "WD-222", value=6.0))["tea_share"] == 50


def test_headache_refusals(table: pd.DataFrame) -> None:
    """No interval is made up for unknown people or more than all; an empty evidence base is told, not shown empty."""
    with pytest.raises(LookupError, match="WD-961 does not say how many"):
        headache.counted(changed(table, "WD-961", n=np.nan))
    with pytest.raises(LookupError, match="WD-962 does not say how many were watched"):
        headache.numbers(changed(table, "WD-962", n=np.nan))
    with pytest.raises(ValueError, match="13 of 12 is no share"):
        headache.counted(changed(table, "WD-222", value=13.0))
    for count, words in (
        (headache.counted, "no finding counts headache"),
        (headache.not_named, "does not name headache"),
        (headache.without_item, "scale without headache"),
    ):
        with pytest.raises(LookupError, match=words):
            count(table.iloc[:0])


def test_headache_windows_and_sizes(table: pd.DataFrame) -> None:
    """The watch ended before the next day, as the second figure says; what was not given is said."""
    spans = headache.windows(table)

    assert float(spans["end"].iloc[0]) < 24
    assert (spans["start"] < spans["end"]).all()
    assert "up to 20%" in headache.sizes_table(table).to_numpy()
