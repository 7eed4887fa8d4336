"""Hold the counts of deaths against their sources, and the definitions against each other."""

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from evidencebook.analysis.display import saved
from findings import changed
from kratom.harms import deaths
from kratom.harms.death_figures import counts_figure


def test_deaths_definitions_only_narrow(table: pd.DataFrame) -> None:
    """Those with kratom alone are among those named, and those named among those found."""
    counts = deaths.three_counts(table)

    assert (counts["alone"] <= counts["named"].fillna(counts["found"])).all()
    assert (counts["named"].fillna(counts["found"]) <= counts["found"]).all()
    assert list(counts.loc["SUDORS"]) == [152, 91, 7]
    assert list(counts.loc["Nevada 2021"]) == [35, 27, 1]


def test_deaths_alone_rows_and_intervals(table: pd.DataFrame) -> None:
    """Counts of deaths alone are taken, with the intervals of statsmodels: 7 of 91, and 36 of 551."""
    rows = deaths.alone_in_deaths(table)

    assert set(rows.index) == {"SAF-018", "SAF-069", "SAF-073", "SAF-076", "SAF-318", "HRM-913"}
    assert rows["of_whom"].notna().all()
    for name, (count, total) in {"SAF-069": (7, 91), "HRM-913": (36, 551)}.items():
        low, high = proportion_confint(count, total, method="wilson")
        assert [rows["low"][name], rows["high"][name]] == pytest.approx([100 * low, 100 * high])


def test_deaths_quoted_numbers(table: pd.DataFrame) -> None:
    """The widest count over the narrowest, and the sum that shows an overlap."""
    quoted = deaths.numbers(table)

    assert quoted["found_over_alone"] == pytest.approx(152 / 7)
    assert quoted["named_of_found"] == pytest.approx(59.9, abs=0.05)  # as the CDC note prints it
    assert quoted["collected_sum"] > 100
    assert quoted["alone_lowest"] < quoted["alone_named"] < quoted["alone_highest"]


def test_deaths_refusals(table: pd.DataFrame) -> None:
    """No source for kratom alone, and a source without those found, are errors in words."""
    with pytest.raises(LookupError, match="kratom was the only substance"):
        deaths.alone_in_deaths(table.assign(exposure="any"))
    with pytest.raises(ValueError, match="no count of the deaths"):
        counts_figure(deaths.three_counts(table).assign(found=float("nan")))


def test_deaths_changed_finding(table: pd.DataFrame) -> None:
    """A corrected count reaches table, figure and quotation."""
    twice = changed(table, "SAF-069", value=14.0)
    before, after = (counts_figure(deaths.three_counts(one)) for one in (table, twice))

    assert deaths.numbers(twice)["alone_named"] == pytest.approx(2 * deaths.numbers(table)["alone_named"])
    assert saved(before, "svg") != saved(after, "svg")
