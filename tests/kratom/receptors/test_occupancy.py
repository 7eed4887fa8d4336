"""Occupancy against mass action, the t distribution, and the brain images that it fails to meet."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import solve_ivp

from evidencebook.analysis.values import value_of
from findings import changed
from kratom.receptors import brain_imaging as imaging
from kratom.receptors import occupancy as occupying
from kratom.receptors.occupancy import Affinity, band, occupancy

USED = ["PK-016", "PK-022", "PK-018", "PK-019", "OCC-001", "OCC-002", "OCC-006", "PHA-043", "GAP-030"]
DRAWS = 4000

ratios = st.floats(0, 1e6)


def seeded() -> np.random.Generator:
    """Start the same draws again."""
    return np.random.default_rng(2026)


@given(st.floats(0, 1e6), st.floats(1e-3, 1e6), st.floats(0, 0.999))
def test_occupancy_closed_form(free: float, ki: float, share: float) -> None:
    """Hill and Langmuir: free over free plus Ki; and the odds of a share undo it."""
    assert float(occupancy(free / ki)[0]) == pytest.approx(free / (free + ki), abs=1e-12)
    assert float(occupancy(imaging.odds(share))[0]) == pytest.approx(share)


def test_occupancy_mass_action() -> None:
    """Binding and letting go, followed in time for two substances, end where the formula says."""
    free, on, off = np.array([12.0, 3.0]), np.array([0.02, 0.5]), np.array([1.0, 4.0])
    solved = solve_ivp(lambda _, bound: on * free * (1 - bound.sum()) - off * bound, (0, 400), [0, 0], rtol=1e-9)

    assert solved.y[:, -1] == pytest.approx(occupancy(*(free * on / off)), rel=1e-5)


@given(ratios, ratios)
def test_occupancy_competitors(one: float, other: float) -> None:
    """Together never more than all, each never more than alone, and equal ratios share equally."""
    shares = occupancy(one, other)

    assert shares.sum() <= 1
    assert shares[0] <= occupancy(one)[0]
    assert shares.sum() == pytest.approx(float(occupancy(one + other)[0]))
    assert len(set(occupancy(one, one))) == 1


@pytest.mark.parametrize("ratio", [-0.1, float("nan"), float("inf")])
def test_occupancy_refusals(table: pd.DataFrame, ratio: float) -> None:
    """An impossible ratio or percentage, and missing images, are refused in words."""
    with pytest.raises(ValueError, match="finite number of at least zero"):
        occupancy(1.0, ratio)
    with pytest.raises(ValueError, match="from 0 to below 1"):
        imaging.odds([0.5, 1.0])
    with pytest.raises(LookupError, match="fall of mu-opioid receptor availability"):
        imaging.scans(table.drop(index=["OCC-003", "OCC-004", "OCC-005"]))
    with pytest.raises(ValueError, match="protein binding of buprenorphine"):
        occupying.unbound(changed(table, "OCC-002", value=100), "buprenorphine")


def test_affinity_draws() -> None:
    """Their quantiles are those of scipy's t, widened for the few laboratories."""
    known = Affinity(centre=2.0, laboratories=4, sd=0.3, freedom=3)
    tails = [0.05, 0.5, 0.95]
    drawn = np.quantile(np.log10(known.draws(seeded(), 400_000)), tails)

    assert drawn == pytest.approx(2 + 0.3 * np.sqrt(1.25) * stats.t.ppf(tails, 3), abs=0.01)


def test_occupancy_band_closed_form(table: pd.DataFrame) -> None:
    """Buprenorphine has one unbound share, so its band can be written down."""
    drawn = occupying.per_nanomolar(table, "buprenorphine", seeded(), 400_000)
    share, known = occupying.unbound(table, "buprenorphine")[0], occupying.affinity(table, "buprenorphine")
    scale = known.sd * np.sqrt(1 + 1 / known.laboratories)
    tails = stats.t.ppf([0.05, 0.5, 0.95], known.freedom)
    exact = [share * 12 / (share * 12 + 10 ** (known.centre - scale * tail)) for tail in tails]

    assert band(drawn, [12])[:, 0] == pytest.approx(exact, rel=0.02)


def test_occupancy_band_quantiles(table: pd.DataFrame) -> None:
    """The short cut through the quantiles of the ratio gives what the long way gives."""
    drawn, levels = occupying.per_nanomolar(table, "mitragynine", seeded(), 20_001), np.array([1, 80, 900])
    long_way = np.quantile(occupancy(np.multiply.outer(drawn, levels))[0], occupying.QUANTILES, axis=0)

    assert band(drawn, levels) == pytest.approx(long_way, rel=1e-6)


def test_occupancy_middle_by_hand(table: pd.DataFrame) -> None:
    """A tenth of the peak over the one undoubted constant, near enough; table and prose come from the same draws."""
    row = occupying.calculated(table, seeded()).to_dict("index")["peak"]
    free = 0.1 * value_of(table, "PK-016")
    cases, quoted = imaging.results(table, seeded(), DRAWS), imaging.numbers(table, seeded(), DRAWS)

    assert row["middle"] == pytest.approx(100 * free / (free + value_of(table, "PHA-043")), rel=0.08)
    assert row["low"] < row["middle"] < row["high"]
    assert all(quoted[str(name)] == pytest.approx(middle) for name, middle in cases["middle"].items())


def test_occupancy_follows_its_findings(table: pd.DataFrame) -> None:
    """A higher peak occupies more, tighter protein binding less, a doubtful constant nothing."""
    before = imaging.numbers(table, seeded(), DRAWS)
    raised, bound = changed(table, "PK-016", value=160.0), changed(table, "OCC-001", low=98, high=99)

    assert imaging.numbers(raised, seeded(), DRAWS)["peak"] > 1.5 * before["peak"]
    assert imaging.numbers(bound, seeded(), DRAWS)["peak"] < before["peak"] / 3
    assert imaging.numbers(table[~table["doubtful"].eq(True)], seeded(), DRAWS) == before


def test_occupancy_draws_settle(table: pd.DataFrame) -> None:
    """The same generator gives the same numbers; another one nearly the same."""
    once = imaging.numbers(table, seeded())
    other = imaging.numbers(table, np.random.default_rng(7))

    assert once == imaging.numbers(table, seeded())
    assert list(other.values()) == pytest.approx(list(once.values()), rel=0.06)


def test_brain_images(table: pd.DataFrame) -> None:
    """Levels of the same people, in nM, matched by dose; the calculated ratio times the miss gives the image back."""
    images, rows = imaging.scans(table), imaging.check(table, seeded(), DRAWS)

    assert abs(imaging.BUPRENORPHINE_MASS - 467.65) < 0.01
    assert images["level"].tolist() == pytest.approx([1.604, 11.761, 28.868], rel=1e-3)
    assert images["measured"].is_monotonic_increasing
    assert 100 * occupancy(rows["times"] * imaging.odds(rows["middle"] / 100))[0] == pytest.approx(rows["measured"])
    assert (rows["times"] > 1).all()


@pytest.mark.parametrize("name", USED)
def test_occupancy_missing_finding(table: pd.DataFrame, name: str) -> None:
    """The page fails with the finding or with what it should have given."""
    words = f"{name} is missing|protein binding of|no finding Cmax|no undoubted Ki of"
    with pytest.raises(LookupError, match=words):
        imaging.numbers(table.drop(index=name), seeded(), DRAWS)
