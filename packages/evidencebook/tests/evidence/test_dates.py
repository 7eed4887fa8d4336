"""Age is counted from a day that is written down, so that two builds of one commit agree."""

import datetime as dt

import pytest

from evidencebook.analysis import changes
from evidencebook.evidence import dates
from evidencebook.evidence.base import EvidenceBase


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", dt.date(2026, 11, 22)),
        ("22 November 2026", dt.date(2026, 11, 22)),
        ("1. May 2027", dt.date(2027, 5, 1)),
        ("31 February 2026", None),
        ("November 2026", None),
        ("", None),
    ],
)
def test_read_day(text: str, day: dt.date | None) -> None:
    """Nothing is guessed, and no clock or locale is asked."""
    assert dates.read_day(text) == day


def test_counting_day_of_a_rebuild(evidence: EvidenceBase) -> None:
    """SOURCE_DATE_EPOCH makes claims age, and leaves the edition as it is; with neither, the evidence itself tells."""
    epoch = str(int(dt.datetime(2028, 1, 2, tzinfo=dt.UTC).timestamp()))

    assert dates.counting_day("22 November 2026", epoch, evidence) == dt.date(2028, 1, 2)
    assert dates.edition_day("22 November 2026", epoch, evidence) == dt.date(2026, 11, 22)
    assert dates.edition_day("", epoch, evidence) == dt.date(2028, 1, 2)
    last = max(claim.checked for claim in evidence.claims.values())
    assert dates.counting_day("", None, evidence) == dates.edition_day("", None, evidence) == last


@pytest.mark.parametrize(
    ("day", "stale"),
    [
        (dt.date(2026, 12, 31), False),
        (dt.date(2027, 11, 22), False),
        (dt.date(2027, 11, 23), True),
        (dt.date(2028, 1, 1), True),
        (None, False),
    ],
)
def test_stale_after_twelve_months(day: dt.date | None, stale: bool) -> None:
    """To the day."""
    assert dates.is_stale(dt.date(2026, 11, 22), day) is stale


def test_changes_by_day(evidence: EvidenceBase) -> None:
    """The latest day first; the retention claim, which was lowered, is among them."""
    found = changes.by_day(evidence)

    assert list(found) == sorted(found, reverse=True)
    told = [name for changed in found.values() for name, _ in changed]
    first = min(claim.stated for claim in evidence.claims.values())
    later = [name for name, claim in evidence.claims.items() if claim.stated != first]
    assert len(told) == sum(len(claim.history) for claim in evidence.claims.values()) + len(later)
    assert "buprenorphine-retention" in told
