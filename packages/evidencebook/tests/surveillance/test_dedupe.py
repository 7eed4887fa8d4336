"""The same work is known again, and another work is never lost."""

import pytest

from evidencebook.evidence.models import Source
from evidencebook.surveillance.dedupe import Index, of_record, of_source
from evidencebook.surveillance.models import FoundRecord


def record(**more: object) -> FoundRecord:
    """Make an invented article."""
    given: dict[str, object] = {
        "id": "0123456789ab",
        "title": "The effects of morning tea on sleeping rats",
        "authors": ("Example, Ada",),
        "year": 2024,
    }
    return FoundRecord(**(given | more))  # type: ignore[arg-type]


def same(one: FoundRecord, other: FoundRecord) -> bool:
    """Tell whether the second is known when the first is."""
    index = Index()
    index.add("first", of_record(one))
    return index.find(of_record(other)) == "first"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"doi": "10.1000/TEA"}, {"doi": "10.1000/tea", "title": "Titel", "authors": (), "year": None}),
        ({"pmid": "9"}, {"pmid": "9", "title": "Another title"}),
        (
            {"kind": "registration", "registry": "NCT90000001"},
            {"kind": "registration", "registry": "NCT90000001", "title": "x"},
        ),
        ({"doi": "10.1000/tea"}, {"pmid": "9", "year": 2025}),
        ({}, {"title": "Effects of Morning Téa on sleeping rats."}),
        ({}, {"title": "The effects of mornnig tea on sleeping rats"}),
        ({}, {"title": "The efects of morning tea on sleeping rats"}),
        ({}, {"authors": (), "year": None}),
        ({"title": "β-endorphin after morning tea"}, {"title": "Beta endorphin after morning tea"}),
    ],
)
def test_dedupe_same_work(one: dict[str, object], other: dict[str, object]) -> None:
    """By identifier, else by title, first author and year, one slip of the context allowed in a long word."""
    assert same(record(**one), record(**other))
    assert same(record(**other), record(**one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"doi": "10.1000/tea.1"}, {"doi": "10.1000/tea.2"}),
        ({}, {"authors": ("Second, Bo",)}),
        ({}, {"year": 2026}),
        ({}, {"title": "The effects of morning tea on sleeping cats"}),
        ({"title": "Tea and sleep in rats, part 1"}, {"title": "Tea and sleep in rats, part 2"}),
        ({"title": "Sleep after compound tea1234"}, {"title": "Sleep after compound tea1235"}),
        ({"title": "Hypotension after morning tea"}, {"title": "Hypertension after morning tea"}),
        ({"title": "Tea II"}, {"title": "Tea II"}),
        ({}, {"kind": "registration", "registry": "NCT90000001"}),
        ({"registry": "NCT90000001"}, {"registry": "NCT90000001", "title": "A second paper on the same trial"}),
        ({}, {"title": "The efects of morning tea on sleeping rats", "authors": ()}),
    ],
)
def test_dedupe_other_work(one: dict[str, object], other: dict[str, object]) -> None:
    """Where two records contradict they stay apart: to lose one costs the record."""
    assert not same(record(**one), record(**other))


def test_dedupe_source_of_a_registration() -> None:
    """A source that is a registration is known by the number in its address."""
    source = Source(
        key="tea2024trial",
        kind="misc",
        title="A trial",
        authors=(),
        year=None,
        design="registry",
        seen=None,
        url="https://clinicaltrials.gov/study/NCT90000001",
    )
    index = Index()
    index.add("tea2024trial", of_source(source))

    assert index.find(of_record(record(kind="registration", registry="NCT90000001"))) == "tea2024trial"
