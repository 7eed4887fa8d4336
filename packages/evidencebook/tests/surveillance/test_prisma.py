"""The flow diagram counts what the files hold, and says so where nobody counted.

The works found are invented, made for the test.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from evidencebook.analysis.display import saved
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load
from evidencebook.evidence.models import Exclusion, Source
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate, Decision, Query, Run, Sighting
from evidencebook.surveillance.report import prisma, prisma_table
from evidencebook.surveillance.report.prisma_figure import prisma_figure

DAY = dt.date(2026, 11, 24)
SMALL = Path(__file__).parent.parent / "small" / "evidence"


@pytest.fixture(scope="module")
def evidence() -> EvidenceBase:
    """Load the small evidence base."""
    return load(SMALL)


def query(name: str, *runs: Run, service: str = "pubmed") -> Query:
    """Make a query with its runs."""
    return Query(id=name, service=service, terms="invented", why="made for the test", runs=runs)  # type: ignore[arg-type]


def candidate(number: int, **more: str) -> Candidate:
    """Make an invented record."""
    seen = Sighting(query="one", service="pubmed", date=DAY)
    title = f"An invented study of the unheard number {number} in nobody at all"
    return Candidate(id=f"{number:012x}", title=title, year=2026, found=(seen,), **more)  # type: ignore[arg-type]


def watched() -> Living:
    """Make a watch that ran twice, with six records: two excluded, two included, one put off, one undecided."""
    runs = (Run(date=DAY, found=7, known=2, new=5), Run(date=DAY, found=3, known=2, new=1))
    found = [candidate(number) for number in range(6)]
    found[2] = candidate(2, doi="10.1000/taken")
    told = [("exclude", "about cats"), ("exclude", "about cats"), ("include", None), ("include", None), ("later", None)]
    made = {
        f"example/{place}": Decision(id=found[place].id, decision=word, date=DAY, reason=reason)  # type: ignore[arg-type]
        for place, (word, reason) in enumerate(told)
    }
    queries = {"one": query("one", *runs), "two": query("two", service="crossref")}
    return Living(queries=queries, candidates={one.id: one for one in found}, decisions=made)


def taken(evidence: EvidenceBase) -> EvidenceBase:
    """Add the source that one of the included records became; nothing was taken from it."""
    source = Source(
        key="example2026invented",
        kind="misc",
        title="An invented study",
        authors=("Example, Ann",),
        year=2026,
        design="cohort",
        seen="abstract",
        doi="10.1000/TAKEN",
    )
    left = Exclusion(reason="made for the test", kind="not needed", sources=(source.key,))
    return replace(evidence, sources={**evidence.sources, source.key: source}, exclusions=(*evidence.exclusions, left))


def told(evidence: EvidenceBase, living: Living) -> dict[str, str]:
    """Give the numbers of each box by way and name."""
    return dict(prisma_table.table(prisma.flow(evidence, living))["Counted"])


def test_what_never_ran_has_no_number(evidence: EvidenceBase) -> None:
    """No hits are a result, and nobody looked is none."""
    counted = told(evidence, Living(queries={"one": query("one")}))

    ways = {words for box, words in counted.items() if box.startswith("Databases")}
    assert ways == {"PubMed: never run", "records: never run"}


def test_a_run_that_found_nothing_is_a_nought(evidence: EvidenceBase) -> None:
    """It differs from a watch that never ran."""
    counted = told(evidence, Living(queries={"one": query("one", Run(date=DAY, found=0, known=0, new=0))}))

    assert counted["Databases and registers: found by watch"] == "PubMed: 0"
    assert counted["Databases and registers: excluded"] == "records: 0"


def test_the_watch_is_counted_to_the_end(evidence: EvidenceBase) -> None:
    """Runs of a query add up; a service that never ran says so beside one that did."""
    counted = told(taken(evidence), watched())

    assert {box.partition(": ")[2]: words for box, words in counted.items() if box.startswith("Databases")} == {
        "found by watch": "PubMed: 10; Crossref: never run",
        "removed": "known already, or found twice: 4",
        "queued and screened": "records: 6 (decided on: 4, waiting: 1, put off: 1, in dispute: 0)",
        "excluded": "records: 2 (about cats: 2)",
        "included": "records: 2; sources used: 0",
        "not used": "no entry yet: 1; nothing taken: 1",
    }


def test_a_source_that_the_watch_found_was_not_found_by_hand(evidence: EvidenceBase) -> None:
    """Each source comes by one way; both together are all of them."""
    small, more = told(evidence, Living()), told(taken(evidence), watched())
    by_hand = told(taken(evidence), Living())

    assert small["Other methods: sources seen"] == more["Other methods: sources seen"]
    assert small["Other methods: not used"] == more["Other methods: not used"] == "findings: 0; sources: 0"
    assert by_hand["Other methods: not used"] == "findings: 0; sources: 1 (not needed: 1)"
    assert by_hand["Other methods: sources seen"] == "sources: 4 (abstract: 4)"


def test_a_second_opinion_moves_a_record(evidence: EvidenceBase) -> None:
    """Two people who disagree leave a record undecided."""
    living = watched()
    other = Decision(id=f"{0:012x}", decision="include", date=DAY)
    counted = told(evidence, replace(living, decisions={**living.decisions, "other/0": other}))

    words = "records: 6 (decided on: 3, waiting: 1, put off: 1, in dispute: 1)"
    assert counted["Databases and registers: queued and screened"] == words


def test_many_reasons_are_not_all_told(evidence: EvidenceBase) -> None:
    """The diagram stays a diagram; the rare ones stand together."""
    found = [candidate(number) for number in range(7)]
    made = {
        f"example/{place}": Decision(id=one.id, decision="exclude", date=DAY, reason=f"reason {place}")
        for place, one in enumerate(found)
    }
    counted = told(evidence, Living(candidates={one.id: one for one in found}, decisions=made))

    assert counted["Databases and registers: excluded"].endswith("reason 3: 1, other reasons: 3)")


def test_what_was_not_recorded_is_no_nought(evidence: EvidenceBase) -> None:
    """Neither on the page nor in the data."""
    made = prisma.flow(evidence, Living())
    data = prisma_table.data(made).reset_index()

    assert "records: not recorded" in told(evidence, Living())["Other methods: searched by hand"]
    gaps = data[data["number"].isna()]
    assert set(gaps["why_no_number"]) == {"never run", "not recorded"}
    assert (data[data["number"].notna()]["why_no_number"] == "").all()


def test_the_drawing_holds_every_number_of_the_table(evidence: EvidenceBase) -> None:
    """Who sees it and who reads it learn the same; it is drawn alike each time."""
    made = prisma.flow(taken(evidence), watched())
    drawn = saved(prisma_figure(made), "svg").decode("utf-8")

    for _, _, box in prisma_table.boxes(made):
        assert f">{box.title}</text>" in drawn
        assert all(line.value.split()[-1] in drawn for line in box.lines)
    assert drawn == saved(prisma_figure(prisma.flow(taken(evidence), watched())), "svg").decode("utf-8")
