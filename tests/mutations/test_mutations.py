"""Nothing that cannot be true is accepted, nothing harmless refused, and every message names file and line."""

import random

import pytest

from mutations import kinds_of_details, kinds_of_files, kinds_of_neighbours, kinds_of_texts
from mutations.engine import Bench

KINDS = [*kinds_of_texts.KINDS, *kinds_of_neighbours.KINDS, *kinds_of_files.KINDS, *kinds_of_details.KINDS]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Copy the evidence of this book."""
    return Bench(tmp_path_factory.mktemp("mutations"))


@pytest.mark.parametrize(
    ("seed", "many"),
    [pytest.param(1, 200, marks=pytest.mark.build), pytest.param(2, 1700, marks=pytest.mark.nightly)],
    ids=["200", "1700"],
)
def test_mutations(bench: Bench, seed: int, many: int) -> None:
    """Each kind in turn, in an order and at places that the seed decides."""
    assert bench.check() == ()
    kinds = random.Random(seed).sample(KINDS, len(KINDS))  # noqa: S311  chance is wanted that repeats
    results = [bench.try_one(kinds[turn % len(kinds)], f"{seed} {turn}") for turn in range(many)]
    wrong = [f"{one.verdict}: {one.kind.name} at {one.place}: {one.told[:2]}" for one in results if one.verdict]

    assert not wrong, "\n".join(wrong)
