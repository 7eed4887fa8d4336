"""Hold the counts of deaths against their sources, and the definitions against each other."""

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from evidencebook.analysis.display import saved
from kratom.harms import deaths
from kratom.harms.death_figures import counts_figure

NEEDED = ["SAF-066", "SAF-068", "SAF-069", "SAF-318", "SAF-319", "SAF-320", "HRM-911", "HRM-913", "HRM-915", "SAF-077"]


def test_the_definitions_only_ever_narrow(table: pd.DataFrame) -> None:
    """Those with kratom alone are among those named, and those named among those found."""
    counts = deaths.three_counts(table)

    assert (counts["alone"] <= counts["named"].fillna(counts["found"])).all()
    assert (counts["named"].fillna(counts["found"]) <= counts["found"]).all()
    assert list(counts.loc["SUDORS"]) == [152, 91, 7]
    assert list(counts.loc["Nevada 2021"]) == [35, 27, 1]


def test_the_shares_have_the_intervals_of_statsmodels(table: pd.DataFrame) -> None:
    """Seven of ninety-one, and thirty-six of 551, as a library would give them."""
    rows = deaths.alone_in_deaths(table)
    for name, (count, total) in {"SAF-069": (7, 91), "HRM-913": (36, 551)}.items():
        low, high = proportion_confint(count, total, method="wilson")
        assert [rows["low"][name], rows["high"][name]] == pytest.approx([100 * low, 100 * high])


def test_only_counts_of_deaths_are_taken(table: pd.DataFrame) -> None:
    """Blood levels of single deaths and counts of other products stay out; every row says what was counted."""
    rows = deaths.alone_in_deaths(table)

    assert set(rows.index) == {"SAF-018", "SAF-069", "SAF-073", "SAF-076", "SAF-318", "HRM-913"}
    assert rows["of_whom"].notna().all()


def test_quoted_numbers_follow_from_the_counts(table: pd.DataFrame) -> None:
    """The widest count over the narrowest, and the sum that shows an overlap."""
    quoted = deaths.numbers(table)

    assert quoted["found_over_alone"] == pytest.approx(152 / 7)
    assert quoted["named_of_found"] == pytest.approx(59.9, abs=0.05)  # as the CDC note prints it
    assert quoted["collected_sum"] > 100
    assert quoted["alone_lowest"] < quoted["alone_named"] < quoted["alone_highest"]


def test_no_findings_at_all_are_named(table: pd.DataFrame) -> None:
    """So does a page for which no source says in how many deaths kratom was alone."""
    with pytest.raises(LookupError, match="kratom was the only substance"):
        deaths.alone_in_deaths(table.assign(exposure="any"))


def test_a_changed_finding_changes_the_result(table: pd.DataFrame) -> None:
    """A corrected count reaches table, figure and quotation."""
    changed = table.copy()
    changed.loc["SAF-069", "value"] = 14.0

    assert deaths.numbers(changed)["alone_named"] == pytest.approx(2 * deaths.numbers(table)["alone_named"])
    before, after = (counts_figure(deaths.three_counts(one)) for one in (table, changed))
    assert saved(before, "svg") != saved(after, "svg")


def test_the_figure_is_the_same_at_every_call_and_needs_its_denominator(table: pd.DataFrame) -> None:
    """Two builds give the same bytes; a source without those found is refused."""
    counts = deaths.three_counts(table)

    assert saved(counts_figure(counts), "svg") == saved(counts_figure(counts), "svg")
    assert len(saved(counts_figure(counts), "svg")) < 50_000
    with pytest.raises(ValueError, match="no count of the deaths"):
        counts_figure(counts.assign(found=float("nan")))
