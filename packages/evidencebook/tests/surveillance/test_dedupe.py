"""The same work is recognised under other spellings, and different works are never taken for one."""

import dataclasses
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebook.evidence.models import Source
from evidencebook.surveillance.watch.dedupe import Work, groups, of_source
from found_records import made

# Made for the test: no such works exist.
ONE = Work("Withdrawal from tea leaves in adults", surname="example", year=2020, doi="10.1000/one")

_letters = st.sampled_from("abcdeé-: ")
_works = st.builds(
    Work,
    title=st.text(_letters, min_size=1, max_size=24)
    | st.just(ONE.title)
    | st.just("Withdrawal from tea leafes in adults"),
    kind=st.sampled_from(["article", "registration"]),
    surname=st.sampled_from(["", "example", "other"]),
    year=st.none() | st.integers(2018, 2022),
    doi=st.none() | st.sampled_from(["10.1000/one", "10.1000/ONE", "10.1000/two"]),
    pmid=st.none() | st.sampled_from(["1", "2"]),
    registry=st.none() | st.sampled_from(["NCT00000001", "NCT00000002"]),
)


def same(*works: Work) -> bool:
    """Tell whether all are taken for one."""
    return len(groups(works)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"doi": "10.1000/ONE", "title": "Another title altogether", "surname": "other"},
        {"doi": None, "title": "The Withdrawal from <tea leaves> in Adults."},
        {"doi": None, "title": "Withdrawal from téa leaves in adults", "year": 2021},
        {"doi": None, "title": "Withdrawel from tea leaves in adults"},
        {"doi": None, "title": "Withdrawal from tea leavess in adults"},
        {"doi": None, "title": "Withdraawl from tea leaves in adults", "pmid": "7"},
        {"doi": None, "surname": ""},
        {"doi": None, "year": None},
    ],
)
def test_a_work_is_known_again(change: dict[str, str | int | None]) -> None:
    """Spelling, accents, signs, a slip in a long word, a year of print and a missing author do not hide a work."""
    other = dataclasses.replace(ONE, **change)  # type: ignore[arg-type]  # the table holds sound values

    assert same(ONE, other)
    assert same(other, ONE)


@pytest.mark.parametrize(
    "change",
    [
        {"doi": "10.1000/two"},
        {"doi": None, "surname": "other"},
        {"doi": None, "year": 2022},
        {"doi": None, "kind": "registration"},
        {"doi": None, "title": "Withdrawal from pea leaves in adults"},
        {"doi": None, "title": "Withdrawal from coffee leaves in adults"},
    ],
)
def test_what_may_be_another_work_stays(change: dict[str, str | int | None]) -> None:
    """Another DOI, author, year or kind, or another short word, is another work: to lose one costs more than a look."""
    assert not same(ONE, dataclasses.replace(ONE, **change))  # type: ignore[arg-type]  # as above


def test_a_paper_is_not_the_registration_it_names() -> None:
    """A trial that was known as registered does not hide the article with its results."""
    registered = Work("A trial of tea", kind="registration", registry="NCT00000001")
    article = Work("A trial of tea", registry="NCT00000001", doi="10.1000/results")

    assert not same(registered, article)
    assert same(registered, dataclasses.replace(registered, title="Renamed since", registry="nct00000001"))


def test_contradicting_signs_keep_all_apart() -> None:
    """A record without author that may belong to two works is given to neither, and those two are not joined by it."""
    bare = dataclasses.replace(ONE, doi=None, surname="")
    other = dataclasses.replace(ONE, doi=None, surname="other")

    assert len(groups([ONE, bare, other])) == 3


def test_a_registered_source_is_known_by_its_number() -> None:
    """A trial that the bibliography cites by its page at the register is not offered again."""
    source = Source(
        key="example2020trial",
        kind="misc",
        title="A trial",
        authors=("Example, Ada",),
        year=2020,
        design="registry",
        seen="full-text",
        url="https://clinicaltrials.gov/study/NCT00000001",
    )

    assert same(of_source(source), Work("Other words", kind="registration", registry="NCT00000001"))


@given(_works, _works)
def test_sameness_has_no_direction(one: Work, other: Work) -> None:
    """Who is compared with whom makes no difference."""
    assert same(one, other) == same(other, one)
    assert same(one, one) == bool(one.identifiers or one.words)  # a title such as "Tea" tells nothing


@given(st.lists(_works, max_size=12), st.randoms(use_true_random=False))
def test_order_makes_no_difference(works: list[Work], rng: random.Random) -> None:
    """Records that come in another order make the same groups."""
    shuffled = rng.sample(range(len(works)), len(works))

    again = groups([works[place] for place in shuffled])

    assert {frozenset(shuffled[one] for one in group) for group in again} == _sets(groups(works))


def test_ten_thousand_records_make_the_same_groups_in_any_order() -> None:
    """At the size of a real search, order changes nothing, planted twins are found, and planted others are kept."""
    works, twins = made(10_000)
    order = random.Random(1).sample(range(len(works)), len(works))  # noqa: S311  a seed makes the same test each time

    found = _sets(groups(works))
    again = groups([works[place] for place in order])

    assert {frozenset(order[one] for one in group) for group in again} == found
    assert found == {frozenset(group) for group in twins}


def _sets(found: Sequence[tuple[int, ...]]) -> set[frozenset[int]]:
    """Forget the order of groups."""
    return {frozenset(group) for group in found}
