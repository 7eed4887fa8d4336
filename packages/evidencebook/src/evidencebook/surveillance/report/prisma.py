"""Count how records became sources and findings, in the boxes of the PRISMA 2020 flow diagram (Page et al. 2021).

Two things differ from PRISMA, and the page says so: the book counts sources, of which a study may have several, and
findings taken from them; and what nobody counted at the time stays without a number.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.vocabulary import Seen
from evidencebook.surveillance.models import SERVICES, Surveillance
from evidencebook.surveillance.screening import by_state, source_of

NEVER_RUN, NOT_RECORDED = "never run", "not recorded"
#: What is counted, and the number, or the word that stands for one that nobody has.
Count = tuple[str, int | str]
_SEEN: Mapping[Seen | None, str] = {
    "full-text": "full text",
    "abstract": "abstract",
    "dataset": "data set",
    "secondary": "second-hand",
    None: "not seen",
}
#: So many reasons are told one by one.
_MOST_REASONS = 4


@dataclass(frozen=True)
class Box:
    """Hold one box of the diagram: the way and stage it belongs to, our name and PRISMA's, what is counted in it.

    `parts` belong to the last count. A box that leaves the way stands beside the box before it.
    """

    way: str
    stage: str
    title: str
    prisma: str
    counts: tuple[Count, ...]
    parts: tuple[Count, ...] = ()
    leaves: bool = False

    @property
    def lines(self) -> list[str]:
        """Write each count, parts behind a dash."""
        return [*map(_written, self.counts), *(f"– {_written(one)}" for one in self.parts)]


@dataclass(frozen=True)
class Flow:
    """Hold the boxes in the order of reading, and whether any query ever ran: until then half have no numbers."""

    boxes: tuple[Box, ...]
    has_run: bool


def flow(evidence: EvidenceBase, surveillance: Surveillance) -> Flow:
    """Count everything."""
    included = by_state(surveillance)["included"]
    sources = source_of(surveillance, evidence)
    found = {name: sources[name] for name in included if name in sources}
    boxes = (
        *_databases(evidence, surveillance, len(included) - len(found), frozenset(found.values())),
        *_others(evidence, frozenset(found.values())),
        _together(evidence),
    )
    return Flow(boxes, bool(surveillance.runs))


def table(made: Flow) -> pd.DataFrame:
    """Return the diagram as a table for a page: a row for each box, with its name in PRISMA and all its numbers."""
    rows = []
    for box in made.boxes:
        parts = f" ({', '.join(map(_written, box.parts))})" if box.parts else ""
        counted = "; ".join(map(_written, box.counts)) + parts
        rows.append((f"{box.way}: {box.title.lower()}", box.prisma, counted))
    return pd.DataFrame(rows, columns=["Box", "In PRISMA 2020", "Counted"]).set_index("Box")


def data(made: Flow) -> pd.DataFrame:
    """Return the diagram as data: a number that nobody has is empty, and the reason stands beside it."""
    rows = []
    for box in made.boxes:
        for words, number in (*box.counts, *((f"of these: {words}", number) for words, number in box.parts)):
            known, why = (None, number) if isinstance(number, str) else (number, "")
            rows.append((box.way, box.stage, box.title, box.prisma, words, known, why))
    columns = ["found_by", "stage", "box", "box_in_prisma_2020", "counted", "number", "why_no_number"]
    return pd.DataFrame(rows, columns=columns).astype({"number": "Int64"}).set_index("found_by")


def _databases(
    evidence: EvidenceBase, surveillance: Surveillance, missing: int, found: frozenset[str]
) -> Iterator[Box]:
    """Count what `watch` found and what became of it; `missing` records were included and have no entry yet."""
    states = {name: len(records) for name, records in by_state(surveillance).items()}
    screened = (
        ("decided on", states["included"] + states["excluded"]),
        ("waiting", states["waiting"]),
        ("put off", states["later"]),
        ("in dispute", states["disputed"]),
    )
    known = (("known already, or found twice", sum(run.known for run in surveillance.runs)),)
    queued, excluded = (("records", len(surveillance.candidates)),), (("records", states["excluded"]),)
    used = len(found & evidence.findings_of_source.keys())
    included = (("records", states["included"]), ("sources used", used))
    unused = (("no entry yet", missing), ("nothing taken", len(found & evidence.excluded_sources.keys())))
    way, reasons = "Databases and registers", tuple(_reasons(surveillance))
    identified, reported = "Records identified from databases and registers", "Reports not retrieved, reports excluded"
    sought = "Reports sought for retrieval, studies included in review"
    yield Box(way, "Identification", "Found by watch", identified, tuple(_by_service(surveillance)))
    boxes = (
        Box(way, "Identification", "Removed", "Records removed before screening", known, leaves=True),
        Box(way, "Screening", "Queued and screened", "Records screened", queued, screened),
        Box(way, "Screening", "Excluded", "Records excluded, with reasons", excluded, reasons, leaves=True),
        Box(way, "Included", "Included", sought, included),
        Box(way, "Included", "Not used", reported, unused, leaves=True),
    )
    never: tuple[Count, ...] = (("records", NEVER_RUN),)  # which is not the same as nothing found
    yield from boxes if surveillance.runs else (replace(box, counts=never, parts=()) for box in boxes)


def _others(evidence: EvidenceBase, found: frozenset[str]) -> Iterator[Box]:
    """Count what was found by hand, in stored copies of public pages."""
    by_hand = {key: source for key, source in evidence.sources.items() if key not in found}
    seen = Counter(source.seen for source in by_hand.values())
    excluded = evidence.excluded_sources.keys() & by_hand.keys()
    kinds = Counter[str](one.kind or "other" for one in evidence.exclusions for key in one.sources if key in excluded)
    searches = (
        ("searches in vain", len(evidence.searches)),
        ("other searches", NOT_RECORDED),
        ("records", NOT_RECORDED),
    )
    how = tuple((words, seen[one]) for one, words in _SEEN.items() if seen[one])
    findings = len(evidence.findings) + len(evidence.excluded_findings)
    unused = (("findings", len(evidence.excluded_findings)), ("sources", len(excluded)))
    used = len(evidence.findings_of_source.keys() & by_hand.keys())
    way, reasons, screening = "Other methods", tuple(_ordered(kinds)), "Screening"
    identified = "Records identified from websites, organisations, citation searching"
    sought, own = "Reports sought for retrieval and assessed", "no such box: results read in the reports"
    yield Box(way, "Identification", "Searched by hand", identified, searches)
    yield Box(way, screening, "Sources seen", sought, (("sources", len(by_hand)),), how)
    yield Box(way, screening, "Could not be seen", "Reports not retrieved", (("sources", NOT_RECORDED),), leaves=True)
    yield Box(way, screening, "Findings seen", own, (("findings", findings),))
    yield Box(way, screening, "Not used", "Reports excluded, with reasons", unused, reasons, leaves=True)
    yield Box(way, "Included", "Included", "Studies included in review", (("sources used", used),))


def _together(evidence: EvidenceBase) -> Box:
    counts = (
        ("sources", len(evidence.findings_of_source)),
        ("findings", len(evidence.findings)),
        ("claims on them", len(evidence.claims)),
    )
    return Box("Together", "Included", "In this book", "Studies and reports included in review", counts)


def _by_service(surveillance: Surveillance) -> Iterator[Count]:
    for service, words in SERVICES.items():
        queries = [name for name, query in surveillance.queries.items() if query.service == service]
        runs = [run for run in surveillance.runs if run.query in queries]
        if queries:
            yield words, sum(run.found for run in runs) if runs else NEVER_RUN
    if not surveillance.queries:
        yield "records", NEVER_RUN


def _reasons(surveillance: Surveillance) -> list[tuple[str, int]]:
    """Count the reasons of those who excluded a record, the most frequent first, the rare ones together."""
    made = (surveillance.decided[name].values() for name in by_state(surveillance)["excluded"])
    counts = _ordered(Counter(next(one.reason or "" for one in each if one.reason) for each in made))
    rare = sum(number for _, number in counts[_MOST_REASONS:])
    return [*counts[:_MOST_REASONS], *([("other reasons", rare)] if rare else [])]


def _ordered(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _written(count: Count) -> str:
    words, number = count
    return f"{words}: {number}" if isinstance(number, str) else f"{words}: {number:,}"
