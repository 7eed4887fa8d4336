"""Count how records became sources and findings, in the boxes of the PRISMA 2020 flow diagram (Page et al. 2021).

Two things differ from PRISMA, and the page says so: the book counts sources, of which a study may have several, and
findings taken from them; and what nobody counted at the time stays without a number.
"""

from collections import Counter
from collections.abc import Iterator, Set

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.vocabulary import Seen
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Service
from evidencebook.surveillance.report.boxes import Box, Flow, Line, Step
from evidencebook.surveillance.screen.screening import by_state
from evidencebook.surveillance.watch import dedupe

#: What a reader calls each service, in the order of the diagram.
SERVICES: dict[Service, str] = {
    "pubmed": "PubMed",
    "europe-pmc": "Europe PMC",
    "crossref": "Crossref",
    "clinicaltrials": "ClinicalTrials.gov",
    "federal-register": "Federal Register",
}
#: So many reasons are told one by one.
_MOST = 4
NEVER_RUN, NOT_RECORDED = "never run", "not recorded"
_SEEN: dict[Seen | None, str] = {
    "full-text": "full text",
    "abstract": "abstract",
    "secondary": "second-hand",
    None: "not seen",
}


def flow(evidence: EvidenceBase, living: Living) -> Flow:
    """Count everything."""
    found = found_by_watch(evidence, living)
    return Flow(tuple(_databases(evidence, living, found)), tuple(_others(evidence, found)), _included(evidence))


def _databases(evidence: EvidenceBase, living: Living, found: frozenset[str]) -> Iterator[Step]:
    """Count what `watch` found and what became of it; what never ran has no numbers, not no hits."""
    runs = [run for query in living.queries.values() for run in query.runs]
    ran = bool(runs or living.candidates)

    def box(title: str, prisma: str, *lines: Line) -> Box:
        return Box(title, prisma, lines if ran else (Line("records", None, NEVER_RUN),))

    states = {name: len(records) for name, records in by_state(living).items()}
    screened = (
        Line("records", len(living.candidates)),
        Line("decided on", states["included"] + states["excluded"], part=True),
        Line("waiting", states["waiting"], part=True),
        Line("put off", states["later"], part=True),
        Line("in dispute", states["disputed"], part=True),
    )
    yield Step(
        "Identification",
        Box("Found by watch", "Records identified from databases and registers", tuple(_by_service(living))),
        box(
            "Removed",
            "Records removed before screening",
            Line("known already, or found twice", sum(run.known for run in runs)),
        ),
    )
    yield Step(
        "Screening",
        box("Queued and screened", "Records screened", *screened),
        box(
            "Excluded",
            "Records excluded, with reasons",
            Line("records", states["excluded"]),
            *(Line(reason, number, part=True) for reason, number in _reasons(living)),
        ),
    )
    missing, unused = states["included"] - len(_entered(evidence, living)), found & evidence.excluded_sources.keys()
    yield Step(
        "Included",
        box(
            "Included",
            "Reports sought for retrieval, studies included in review",
            Line("records", states["included"]),
            Line("sources used", len(found & evidence.findings_of_source.keys())),
        ),
        box(
            "Not used",
            "Reports not retrieved, reports excluded",
            Line("no entry yet", missing),
            Line("nothing taken", len(unused)),
        ),
    )


def _others(evidence: EvidenceBase, found: frozenset[str]) -> Iterator[Step]:
    """Count what was found by hand, in stored copies of public pages."""
    by_hand = {key: source for key, source in evidence.sources.items() if key not in found}
    seen = Counter(source.seen for source in by_hand.values())
    excluded = evidence.excluded_sources.keys() & by_hand.keys()
    yield Step(
        "Identification",
        Box(
            "Searched by hand",
            "Records identified from websites, organisations, citation searching",
            (
                Line("searches in vain", len(evidence.searches)),
                Line("other searches", None, NOT_RECORDED),
                Line("records", None, NOT_RECORDED),
            ),
        ),
    )
    yield Step(
        "Screening",
        Box(
            "Sources seen",
            "Reports sought for retrieval and assessed",
            (
                Line("sources", len(by_hand)),
                *(Line(word, seen[how], part=True) for how, word in _SEEN.items() if seen[how]),
            ),
        ),
        Box("Could not be seen", "Reports not retrieved", (Line("sources", None, NOT_RECORDED),)),
    )
    yield Step(
        "Screening",
        Box(
            "Findings seen",
            "no such box: results read in the reports",
            (Line("findings", len(evidence.findings) + len(evidence.excluded_findings)),),
        ),
        Box(
            "Not used",
            "Reports excluded, with reasons",
            (
                Line("findings", len(evidence.excluded_findings)),
                Line("sources", len(excluded)),
                *(Line(kind, number, part=True) for kind, number in _kinds(evidence, excluded)),
            ),
        ),
    )
    used = evidence.findings_of_source.keys() & by_hand.keys()
    yield Step("Included", Box("Included", "Studies included in review", (Line("sources used", len(used)),)))


def _kinds(evidence: EvidenceBase, excluded: Set[str]) -> list[tuple[str, int]]:
    """Count the excluded sources by the sort of reason, the most frequent first."""
    told = Counter(group.kind or "other" for group in evidence.exclusions for key in group.sources if key in excluded)
    return sorted(told.items(), key=lambda entry: (-entry[1], entry[0]))


def _included(evidence: EvidenceBase) -> Step:
    """Count what the book rests on."""
    lines = (
        Line("sources", len(evidence.findings_of_source)),
        Line("findings", len(evidence.findings)),
        Line("claims on them", len(evidence.claims)),
    )
    return Step("Included", Box("In this book", "Studies and reports included in review", lines))


def _by_service(living: Living) -> Iterator[Line]:
    """Count what each service gave, runs of one query added up."""
    for service, words in SERVICES.items():
        queries = [query for query in living.queries.values() if query.service == service]
        runs = [run for query in queries for run in query.runs]
        if queries:
            yield Line(words, sum(run.found for run in runs)) if runs else Line(words, None, NEVER_RUN)
    if not living.queries:
        yield Line("records", None, NEVER_RUN)


def _reasons(living: Living) -> list[tuple[str, int]]:
    """Count the reasons of those who excluded a record, the most frequent first, the rare ones together."""
    told = Counter(
        next(made.reason or "" for made in living.decided[name].values() if made.decision == "exclude")
        for name in by_state(living)["excluded"]
    )
    ordered = sorted(told.items(), key=lambda entry: (-entry[1], entry[0]))
    others = sum(number for _, number in ordered[_MOST:])
    return [*ordered[:_MOST], *([("other reasons", others)] if others else [])]


def found_by_watch(evidence: EvidenceBase, living: Living) -> frozenset[str]:
    """Name the sources whose record the watch found and somebody included: every other one came by hand."""
    return frozenset(_entered(evidence, living).values())


def _entered(evidence: EvidenceBase, living: Living) -> dict[str, str]:
    """Map included records to the sources that are the same work."""
    records, keys = by_state(living)["included"], list(evidence.sources)
    if not records:
        return {}
    works = [dedupe.of_candidate(living.candidates[name]) for name in records]
    works += [dedupe.of_source(evidence.sources[key]) for key in keys]
    found: dict[str, str] = {}
    for group in dedupe.groups(works):
        same = [keys[place - len(records)] for place in group if place >= len(records)]
        found |= {records[place]: same[0] for place in group if place < len(records) and same}
    return found
