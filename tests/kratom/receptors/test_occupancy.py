"""Test occupancy against mass action, the t distribution, and the brain images that it fails to meet."""

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import solve_ivp

from evidencebook.analysis.values import value_of
from kratom.receptors import brain_imaging as imaging
from kratom.receptors import occupancy as occupying
from kratom.receptors.occupancy import Affinity, band, occupancy
from kratom.receptors.occupancy_figures import occupancy_table

USED = ["PK-016", "PK-022", "PK-018", "PK-019", "OCC-001", "OCC-002", "OCC-006", "PHA-043", "GAP-030"]
DRAWS = 4000

ratios = st.floats(0, 1e6)


def seeded() -> np.random.Generator:
    """Start the same draws again."""
    return np.random.default_rng(2026)


@given(st.floats(0, 1e6), st.floats(1e-3, 1e6))
def test_one_substance_follows_the_closed_form(free: float, ki: float) -> None:
    """Hill and Langmuir: free over free plus Ki."""
    assert float(occupancy(free / ki)[0]) == pytest.approx(free / (free + ki), abs=1e-12)


def test_competition_is_the_end_of_mass_action() -> None:
    """Binding and letting go, followed in time for two substances, end where the formula says."""
    free, on, off = np.array([12.0, 3.0]), np.array([0.02, 0.5]), np.array([1.0, 4.0])
    solved = solve_ivp(lambda _, bound: on * free * (1 - bound.sum()) - off * bound, (0, 400), [0, 0], rtol=1e-9)
    assert solved.y[:, -1] == pytest.approx(occupancy(*(free * on / off)), rel=1e-5)


@given(ratios, ratios)
def test_competitors_share_what_there_is(one: float, other: float) -> None:
    """Together never more than all, each never more than alone, and equal ratios share equally."""
    shares = occupancy(one, other)
    assert shares.sum() <= 1
    assert shares[0] <= occupancy(one)[0]
    assert shares.sum() == pytest.approx(float(occupancy(one + other)[0]))
    assert len(set(occupancy(one, one))) == 1


@given(st.floats(0, 0.999))
def test_odds_undo_occupancy(share: float) -> None:
    """Occupied over free is the ratio itself."""
    assert float(occupancy(imaging.odds(share))[0]) == pytest.approx(share)


@pytest.mark.parametrize("ratio", [-0.1, float("nan"), float("inf")])
def test_an_impossible_ratio_is_refused(ratio: float) -> None:
    """Nothing broken reaches a figure."""
    with pytest.raises(ValueError, match="finite number of at least zero"):
        occupancy(1.0, ratio)
    with pytest.raises(ValueError, match="from 0 to below 1"):
        imaging.odds([0.5, 1.0])


def test_drawn_constants_have_the_predictive_t_distribution() -> None:
    """Their quantiles are those of scipy's t, widened for the few laboratories."""
    known = Affinity(centre=2.0, laboratories=4, sd=0.3, freedom=3)
    tails = [0.05, 0.5, 0.95]
    drawn = np.quantile(np.log10(known.draws(seeded(), 400_000)), tails)
    assert drawn == pytest.approx(2 + 0.3 * np.sqrt(1.25) * stats.t.ppf(tails, 3), abs=0.01)


def test_the_band_is_the_closed_form_where_only_ki_is_uncertain(table: pd.DataFrame) -> None:
    """Buprenorphine has one unbound share, so its band can be written down."""
    drawn = occupying.per_nanomolar(table, "buprenorphine", seeded(), 400_000)
    share, known = occupying.unbound(table, "buprenorphine")[0], occupying.affinity(table, "buprenorphine")
    scale = known.sd * np.sqrt(1 + 1 / known.laboratories)
    tails = stats.t.ppf([0.05, 0.5, 0.95], known.freedom)
    exact = [share * 12 / (share * 12 + 10 ** (known.centre - scale * tail)) for tail in tails]
    assert band(drawn, [12])[:, 0] == pytest.approx(exact, rel=0.02)


def test_the_band_is_the_quantile_of_all_draws(table: pd.DataFrame) -> None:
    """The short cut through the quantiles of the ratio gives what the long way gives."""
    drawn, levels = occupying.per_nanomolar(table, "mitragynine", seeded(), 20_001), np.array([1, 80, 900])
    long_way = np.quantile(occupancy(np.multiply.outer(drawn, levels))[0], occupying.QUANTILES, axis=0)
    assert band(drawn, levels) == pytest.approx(long_way, rel=1e-6)


def test_the_middle_is_the_sum_by_hand(table: pd.DataFrame) -> None:
    """A tenth of the peak over the one undoubted constant, near enough."""
    row = occupying.calculated(table, seeded()).to_dict("index")["peak"]
    free = 0.1 * value_of(table, "PK-016")
    assert row["middle"] == pytest.approx(100 * free / (free + value_of(table, "PHA-043")), rel=0.08)
    assert row["low"] < row["middle"] < row["high"]


def test_doubtful_constants_do_not_count(table: pd.DataFrame) -> None:
    """Without them the result is the same to the last digit."""
    trusted = table[~table["doubtful"].eq(True)]
    assert imaging.numbers(trusted, seeded(), DRAWS) == imaging.numbers(table, seeded(), DRAWS)


def test_a_changed_finding_changes_the_result(table: pd.DataFrame) -> None:
    """A higher peak occupies more; tighter protein binding less."""
    before, raised, bound = imaging.numbers(table, seeded(), DRAWS)["peak"], table.copy(), table.copy()
    raised.loc["PK-016", "value"] = 160.0
    bound.loc["OCC-001", ["low", "high"]] = [98, 99]
    assert imaging.numbers(raised, seeded(), DRAWS)["peak"] > 1.5 * before
    assert imaging.numbers(bound, seeded(), DRAWS)["peak"] < before / 3


def test_draws_repeat_with_their_seed_and_settle(table: pd.DataFrame) -> None:
    """The same generator gives the same numbers; another one nearly the same."""
    once = imaging.numbers(table, seeded())
    other = imaging.numbers(table, np.random.default_rng(7))
    assert once == imaging.numbers(table, seeded())
    assert list(other.values()) == pytest.approx(list(once.values()), rel=0.06)


def test_memory_grows_no_faster_than_the_draws(table: pd.DataFrame) -> None:
    """Ten times the draws need at most about ten times the memory."""
    peaks = []
    for draws in (20_000, 200_000):
        tracemalloc.start()
        imaging.numbers(table, seeded(), draws)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 11 * peaks[0]


def test_the_images_have_the_levels_of_the_same_people(table: pd.DataFrame) -> None:
    """Nanograms are turned into nM with the molar mass, and rows are matched by dose."""
    images = imaging.scans(table)
    assert abs(imaging.BUPRENORPHINE_MASS - 467.65) < 0.01
    assert images["level"].tolist() == pytest.approx([1.604, 11.761, 28.868], rel=1e-3)
    assert images["measured"].is_monotonic_increasing


def test_the_miss_is_what_brings_the_middle_to_the_image(table: pd.DataFrame) -> None:
    """The calculated ratio times the miss gives the image back."""
    rows = imaging.check(table, seeded(), DRAWS)
    assert 100 * occupancy(rows["times"] * imaging.odds(rows["middle"] / 100))[0] == pytest.approx(rows["measured"])
    assert (rows["times"] > 1).all()


@pytest.mark.parametrize("name", USED)
def test_a_missing_finding_is_named(table: pd.DataFrame, name: str) -> None:
    """The page fails with the finding or with what it should have given."""
    words = f"{name} is missing|protein binding of|no finding Cmax|no undoubted Ki of"
    with pytest.raises(LookupError, match=words):
        imaging.numbers(table.drop(index=name), seeded(), DRAWS)


def test_refusals_say_what_is_wrong(table: pd.DataFrame) -> None:
    """No images, or a percentage that cannot be."""
    with pytest.raises(LookupError, match="fall of mu-opioid receptor availability"):
        imaging.scans(table.drop(index=["OCC-003", "OCC-004", "OCC-005"]))
    with pytest.raises(ValueError, match="protein binding of buprenorphine"):
        occupying.unbound(table.assign(value=table["value"].where(table.index != "OCC-002", 100)), "buprenorphine")


def test_the_table_shows_no_nan_and_agrees_with_what_is_glued(table: pd.DataFrame) -> None:
    """Table, download and prose come from the same draws."""
    cases, quoted = imaging.results(table, seeded(), DRAWS), imaging.numbers(table, seeded(), DRAWS)
    assert all(quoted[str(name)] == pytest.approx(middle) for name, middle in cases["middle"].items())
    assert not occupancy_table(cases).apply(lambda column: column.str.contains("nan")).any(axis=None)
