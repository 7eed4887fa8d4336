"""What the watch and the checks brought stands under its day, and silence is not taken for quiet."""

import datetime as dt
from pathlib import Path

import pytest

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate, Check, Decision, Query, Run, Sighting
from evidencebook.surveillance.report import check_notes, log

SMALL = Path(__file__).parent.parent / "small" / "evidence"
FIRST, SECOND = dt.date(2026, 11, 24), dt.date(2026, 12, 1)


@pytest.fixture(scope="module")
def evidence() -> EvidenceBase:
    """Load the small evidence base."""
    return load(SMALL)


def living() -> Living:
    """Make a watch that ran, a queue that was screened, and a source that was retracted; invented for the test."""
    seen = Sighting(query="one", service="pubmed", date=FIRST)
    found = [Candidate(id=f"{place:012x}", title=f"Invented title {place}.", found=(seen,)) for place in range(3)]
    run = Run(date=FIRST, found=4, known=1, new=3)
    words = (("include", None), ("exclude", "about cats"), ("exclude", "about cats"))
    return Living(
        queries={"one": Query(id="one", service="pubmed", terms="x", why="test", runs=(run,))},
        candidates={one.id: one for one in found},
        decisions={
            f"example/{place}": Decision(id=found[place].id, decision=word, date=SECOND, reason=reason)  # type: ignore[arg-type]
            for place, (word, reason) in enumerate(words)
        },
        checks=(
            retracted := Check(
                source="hemby2019abuse",
                what="notice",
                date=SECOND,
                outcome="retracted",
                since=FIRST,
                value="10.1000/notice",
            ),
            retracted.model_copy(update={"source": "sordo2017mortality", "outcome": "clear", "value": None}),
        ),
    )


def test_each_day_tells_its_own(evidence: EvidenceBase) -> None:
    """The latest first; a retraction on the day it was first seen, not on the last day it was seen again."""
    made = log.by_day(evidence, living())

    assert list(made) == [SECOND, FIRST]
    assert [event.words for event in made[SECOND]] == [
        "Included: Invented title 0 (n.d.).",
        "Excluded: 2 records, about cats.",
    ]
    assert made[FIRST][0].words == "PubMed, query one: 4 records found, 3 new."
    assert made[FIRST][1].source == "hemby2019abuse"
    assert made[FIRST][1].words == "retracted (10.1000/notice)"
    assert made[FIRST][1].claims == ("lever-pressing",)


def test_what_was_never_done_is_said() -> None:
    """And only that."""
    assert log.silence(Living()) == "The watch has never run. No source was ever checked against the registries."
    assert log.silence(living()) == ""


def test_rows_speak_only_where_they_differ(evidence: EvidenceBase) -> None:
    """What most sources would say stands once above them."""
    never = check_notes.notes(evidence, Living(), SECOND)
    some = check_notes.notes(evidence, living(), SECOND)

    assert never.told == {}
    assert never.summary == "Checks of the 3 sources of the book: 3 never checked."
    assert set(some.told) == {"hemby2019abuse", "sordo2017mortality"}
    assert "retracted" in some.told["hemby2019abuse"]
    assert some.summary.endswith("Those that were checked say so in their row.")
