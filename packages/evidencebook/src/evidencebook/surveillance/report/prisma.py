"""Count how records became sources and findings, in the boxes of the PRISMA 2020 flow diagram (Page et al. 2021).

Two things differ from PRISMA, and the page says so: the book counts sources, of which a study may have several, and
findings taken from them; and what nobody counted at the time stays without a number.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.vocabulary import Seen
from evidencebook.surveillance.models import SERVICES
from evidencebook.surveillance.screening import by_state, source_of
from evidencebook.surveillance.store import Surveillance

#: The two ways of the diagram and where they meet, as headings.
BY_DATABASES, BY_OTHERS, TOGETHER = "Databases and registers", "Other methods", "Together"
NEVER_RUN, NOT_RECORDED = "never run", "not recorded"
_SEEN: dict[Seen | None, str] = {
    "full-text": "full text",
    "abstract": "abstract",
    "secondary": "second-hand",
    None: "not seen",
}
#: So many reasons are told one by one.
_MOST_REASONS = 4


@dataclass(frozen=True)
class Line:
    """Say what is counted: the number, or the word that stands for one that nobody has."""

    words: str
    number: int | str
    part: bool = False  # of the line above it that is no part

    @property
    def value(self) -> str:
        """Write the number as print has it."""
        return self.number if isinstance(self.number, str) else f"{self.number:,}"


@dataclass(frozen=True)
class Box:
    """Hold one box: its way and stage, our name for it, what PRISMA 2020 calls it, its lines, whether it leaves."""

    way: str
    stage: str
    title: str
    prisma: str
    lines: tuple[Line, ...]
    leaves: bool = False


@dataclass(frozen=True)
class Flow:
    """Hold the boxes in the order of reading; a box that leaves the way stands beside the one before it."""

    boxes: tuple[Box, ...]
    #: Whether any query ever ran: until then half of the diagram has no numbers.
    has_run: bool


def flow(evidence: EvidenceBase, surveillance: Surveillance) -> Flow:
    """Count everything."""
    has_run = bool(surveillance.runs or surveillance.candidates)
    states = by_state(surveillance)
    sources = source_of(surveillance, evidence) if states["included"] else {}
    entered = {name: sources[name] for name in states["included"] if name in sources}
    found = frozenset(entered.values())
    databases = _databases(evidence, surveillance, len(states["included"]) - len(entered), found)
    shown = databases if has_run else (_never_run(box, surveillance) for box in databases)
    return Flow((*shown, *_others(evidence, found), _included(evidence)), has_run)


def table(made: Flow) -> pd.DataFrame:
    """Return the diagram as a table for a page: a row for each box, with its name in PRISMA and all its numbers."""
    rows = [(f"{box.way}: {box.title.lower()}", box.prisma, _in_one_line(box)) for box in made.boxes]
    return pd.DataFrame(rows, columns=["Box", "In PRISMA 2020", "Counted"]).set_index("Box")


def data(made: Flow) -> pd.DataFrame:
    """Return the diagram as data: a number that nobody has is empty, and the reason stands beside it."""
    rows = []
    for box in made.boxes:
        for line in box.lines:
            words = f"of these: {line.words}" if line.part else line.words
            number, why = (None, line.number) if isinstance(line.number, str) else (line.number, "")
            rows.append((box.way, box.stage, box.title, box.prisma, words, number, why))
    columns = ["found_by", "stage", "box", "box_in_prisma_2020", "counted", "number", "why_no_number"]
    return pd.DataFrame(rows, columns=columns).astype({"number": "Int64"}).set_index("found_by")


def _databases(
    evidence: EvidenceBase, surveillance: Surveillance, missing: int, found: frozenset[str]
) -> Iterator[Box]:
    """Count what `watch` found and what became of it; `missing` records were included and have no entry yet."""
    states = {name: len(records) for name, records in by_state(surveillance).items()}
    by_service = tuple(_by_service(surveillance))
    known = Line("known already, or found twice", sum(run.known for run in surveillance.runs))
    screened = (
        Line("records", len(surveillance.candidates)),
        Line("decided on", states["included"] + states["excluded"], part=True),
        Line("waiting", states["waiting"], part=True),
        Line("put off", states["later"], part=True),
        Line("in dispute", states["disputed"], part=True),
    )
    excluded = (Line("records", states["excluded"]), *_reasons(surveillance))
    included = (
        Line("records", states["included"]),
        Line("sources used", len(found & evidence.findings_of_source.keys())),
    )
    unused = (Line("no entry yet", missing), Line("nothing taken", len(found & evidence.excluded_sources.keys())))
    for stage, title, prisma, lines, leaves in (
        ("Identification", "Found by watch", "Records identified from databases and registers", by_service, False),
        ("Identification", "Removed", "Records removed before screening", (known,), True),
        ("Screening", "Queued and screened", "Records screened", screened, False),
        ("Screening", "Excluded", "Records excluded, with reasons", excluded, True),
        ("Included", "Included", "Reports sought for retrieval, studies included in review", included, False),
        ("Included", "Not used", "Reports not retrieved, reports excluded", unused, True),
    ):
        yield Box(BY_DATABASES, stage, title, prisma, lines, leaves)


def _never_run(box: Box, surveillance: Surveillance) -> Box:
    """Say that nothing ran: that is not the same as nothing found."""
    lines = tuple(_by_service(surveillance)) if box.title == "Found by watch" else (Line("records", NEVER_RUN),)
    return Box(box.way, box.stage, box.title, box.prisma, lines, box.leaves)


def _others(evidence: EvidenceBase, found: frozenset[str]) -> Iterator[Box]:
    """Count what was found by hand, in stored copies of public pages."""
    by_hand = {key: source for key, source in evidence.sources.items() if key not in found}
    seen = Counter(source.seen for source in by_hand.values())
    excluded = evidence.excluded_sources.keys() & by_hand.keys()
    kinds = Counter(group.kind or "other" for group in evidence.exclusions for key in group.sources if key in excluded)
    searches = (
        Line("searches in vain", len(evidence.searches)),
        Line("other searches", NOT_RECORDED),
        Line("records", NOT_RECORDED),
    )
    sources = (
        Line("sources", len(by_hand)),
        *(Line(words, seen[how], part=True) for how, words in _SEEN.items() if seen[how]),
    )
    findings = (Line("findings", len(evidence.findings) + len(evidence.excluded_findings)),)
    unused = (
        Line("findings", len(evidence.excluded_findings)),
        Line("sources", len(excluded)),
        *(Line(kind, number, part=True) for kind, number in _ordered(kinds)),
    )
    used = (Line("sources used", len(evidence.findings_of_source.keys() & by_hand.keys())),)
    identified = "Records identified from websites, organisations, citation searching"
    for stage, title, prisma, lines, leaves in (
        ("Identification", "Searched by hand", identified, searches, False),
        ("Screening", "Sources seen", "Reports sought for retrieval and assessed", sources, False),
        ("Screening", "Could not be seen", "Reports not retrieved", (Line("sources", NOT_RECORDED),), True),
        ("Screening", "Findings seen", "no such box: results read in the reports", findings, False),
        ("Screening", "Not used", "Reports excluded, with reasons", unused, True),
        ("Included", "Included", "Studies included in review", used, False),
    ):
        yield Box(BY_OTHERS, stage, title, prisma, lines, leaves)


def _included(evidence: EvidenceBase) -> Box:
    lines = (
        Line("sources", len(evidence.findings_of_source)),
        Line("findings", len(evidence.findings)),
        Line("claims on them", len(evidence.claims)),
    )
    return Box(TOGETHER, "Included", "In this book", "Studies and reports included in review", lines)


def _by_service(surveillance: Surveillance) -> Iterator[Line]:
    """Count what each service gave, runs of one query added up."""
    for service, words in SERVICES.items():
        queries = [name for name, query in surveillance.queries.items() if query.service == service]
        runs = [run for run in surveillance.runs if run.query in queries]
        if queries:
            yield Line(words, sum(run.found for run in runs) if runs else NEVER_RUN)
    if not surveillance.queries:
        yield Line("records", NEVER_RUN)


def _reasons(surveillance: Surveillance) -> list[Line]:
    """Count the reasons of those who excluded a record, the most frequent first, the rare ones together."""
    decisions = (surveillance.decided[name].values() for name in by_state(surveillance)["excluded"])
    counts = _ordered(
        Counter(next(one.reason or "" for one in made if one.decision == "exclude") for made in decisions)
    )
    rare = sum(number for _, number in counts[_MOST_REASONS:])
    shown = [*counts[:_MOST_REASONS], *([("other reasons", rare)] if rare else [])]
    return [Line(reason, number, part=True) for reason, number in shown]


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _in_one_line(box: Box) -> str:
    """Write the numbers of a box in one line, parts in brackets behind their whole."""
    written: list[tuple[str, list[str]]] = []
    for line in box.lines:
        words = f"{line.words}: {line.value}"
        if line.part:
            written[-1][1].append(words)
        else:
            written.append((words, []))
    return "; ".join(f"{whole} ({', '.join(parts)})" if parts else whole for whole, parts in written)
