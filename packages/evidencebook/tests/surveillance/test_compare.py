"""What is only written otherwise is no difference; what differs is told."""

import pytest

from evidencebook.evidence.models import Source
from evidencebook.surveillance.providers.crossref import CrossrefWork
from evidencebook.surveillance.retractions import differences

TITLE = "Tea and sleep: a made-up trial"


def compared(theirs: dict[str, object], **ours: object) -> list[str]:
    """Compare an invented entry with a record of it."""
    entry: dict[str, object] = {"title": TITLE, "authors": ("Example, Ada",), "year": 2020}
    source = Source(key="example2020tea", kind="article", design="rct", seen=None, **(entry | ours))  # type: ignore[arg-type]
    record: dict[str, object] = {"titles": (TITLE,), "authors": ("Example, Ada",), "years": frozenset({2020})}
    work = CrossrefWork(doi="10.1000/tea", year=2020, journal=None, kind="", **(record | theirs))  # type: ignore[arg-type]
    return list(differences(source, work))


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Tea and Sleep", "TEA AND SLEEP.", True),
        ("Tea and sleep: a trial", "Tea and sleep", True),
        ("Tea and sleep", "Tea and sleep – a trial", True),
        ("Is tea safe? A review", "Is tea safe?", True),
        ("7-hydroxytheanine in rats", "7‐Hydroxytheanine in rats", True),
        ("β-endorphin and tea", "beta-endorphin and tea", True),
        ("Thé, naïveté and café", "The, naivete and cafe", True),
        ("Tea and sleep", "RETRACTED: Tea and sleep", True),
        ("Single-centre trial of tea", "Single centre trial of tea", True),
        ("Tea and sleep: a trial", "Tea and sleep: a review", False),
        ("Tea and sleep", "Tea and wakefulness", False),
        ("A long title on tea and sleep in 2019", "A long title on tea and sleep in 2020", False),
    ],
)
def test_compare_title(ours: str, theirs: str, same: bool) -> None:
    """An editor is not sent after dashes and capitals, but after another work."""
    found = compared({"titles": (theirs,)}, title=ours)

    assert found == ([] if same else [f'title: "{ours}" in the entry, "{theirs}" in the registry'])


ADA, BO = "Example, Ada", "Second, Bo"


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        ((ADA,), ("Éxample, A.",), ""),
        ((ADA, "others"), (ADA, BO, "Third, Cy"), ""),
        (("van der Example, Ada",), ("Example, Ada van der",), ""),
        (("O'Example, Ada",), ("O’Example, Ada",), ""),
        ((ADA, BO), (ADA, BO, "{Tea Group}"), ""),
        (("Tea Agency",), ("{Tea Agency}",), ""),
        ((ADA,), (), ""),
        (("Sample, Bo",), (ADA,), 'first author: "Sample, Bo" in the entry, "Example, Ada" in the registry'),
        ((), ("{Tea Group}",), 'first author: "none" in the entry, "Tea Group" in the registry'),
        ((ADA,), (ADA, BO), "authors: 1 in the entry, 2 in the registry"),
    ],
)
def test_compare_authors(ours: tuple[str, ...], theirs: tuple[str, ...], words: str) -> None:
    """Accents, particles, groups and names left to "others" are no differences."""
    assert compared({"authors": theirs}, authors=ours) == ([words] if words else [])


@pytest.mark.parametrize(("ours", "told"), [(2019, None), (2020, None), (2018, "2018"), (None, "none")])
def test_compare_year(ours: int | None, told: str | None) -> None:
    """Online in one year, printed in the next."""
    words = [f"year: {told} in the entry, 2019 or 2020 in the registry"] if told else []

    assert compared({"years": frozenset({2019, 2020})}, year=ours) == words
