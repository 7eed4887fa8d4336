"""Count how records became sources and findings, in the boxes of the PRISMA 2020 flow diagram (Page et al. 2021).

Two things differ from PRISMA, and the page says so: the book counts sources, of which a study may have several, and
findings taken from them; and what nobody counted at the time stays without a number.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.formatting import punctuated
from evidencebook.evidence.vocabulary import Seen
from evidencebook.locale import _, gettext_noop
from evidencebook.surveillance.models import SERVICES, Surveillance
from evidencebook.surveillance.screening import by_state, source_of

NEVER_RUN, NOT_RECORDED = gettext_noop("never run"), gettext_noop("not recorded")
#: What is counted, and the number, or the word that stands for one that nobody has.
Count = tuple[str, int | str]
_SEEN: Mapping[Seen | None, str] = {
    "full-text": gettext_noop("full text"),
    "abstract": gettext_noop("abstract"),
    "dataset": gettext_noop("data set"),
    "secondary": gettext_noop("second-hand"),
    None: gettext_noop("not seen"),
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
    return pd.DataFrame(rows, columns=[_("Box"), _("In PRISMA 2020"), _("Counted")]).set_index(_("Box"))


def data(made: Flow) -> pd.DataFrame:
    """Return the diagram as data: a number that nobody has is empty, and the reason stands beside it."""
    rows = []
    for box in made.boxes:
        for words, number in (*box.counts, *((_("of these: %s") % words, number) for words, number in box.parts)):
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
        (_("decided on"), states["included"] + states["excluded"]),
        (_("waiting"), states["waiting"]),
        (_("put off"), states["later"]),
        (_("in dispute"), states["disputed"]),
    )
    known = ((_("known already, or found twice"), sum(run.known for run in surveillance.runs)),)
    queued, excluded = ((_("records"), len(surveillance.candidates)),), ((_("records"), states["excluded"]),)
    used = len(found & evidence.findings_of_source.keys())
    included = ((_("records"), states["included"]), (_("sources used"), used))
    unused = ((_("no entry yet"), missing), (_("nothing taken"), len(found & evidence.excluded_sources.keys())))
    way, reasons = _("Databases and registers"), tuple(_reasons(surveillance))
    identified = _("Records identified from databases and registers")
    reported = _("Reports not retrieved, reports excluded")
    sought = _("Reports sought for retrieval, studies included in review")
    yield Box(way, _("Identification"), _("Found by watch"), identified, tuple(_by_service(surveillance)))
    boxes = (
        Box(way, _("Identification"), _("Removed"), _("Records removed before screening"), known, leaves=True),
        Box(way, _("Screening"), _("Queued and screened"), _("Records screened"), queued, screened),
        Box(way, _("Screening"), _("Excluded"), _("Records excluded, with reasons"), excluded, reasons, leaves=True),
        Box(way, _("Included"), _("Included"), sought, included),
        Box(way, _("Included"), _("Not used"), reported, unused, leaves=True),
    )
    never: tuple[Count, ...] = ((_("records"), NEVER_RUN),)  # which is not the same as nothing found
    yield from boxes if surveillance.runs else (replace(box, counts=never, parts=()) for box in boxes)


def _others(evidence: EvidenceBase, found: frozenset[str]) -> Iterator[Box]:
    """Count what was found by hand, in stored copies of public pages."""
    by_hand = {key: source for key, source in evidence.sources.items() if key not in found}
    seen = Counter(source.seen for source in by_hand.values())
    excluded = evidence.excluded_sources.keys() & by_hand.keys()
    kinds = Counter[str](
        _(one.kind or "other") for one in evidence.exclusions for key in one.sources if key in excluded
    )
    searches = (
        (_("searches in vain"), len(evidence.searches)),
        (_("other searches"), NOT_RECORDED),
        (_("records"), NOT_RECORDED),
    )
    how = tuple((_(words), seen[one]) for one, words in _SEEN.items() if seen[one])
    findings = len(evidence.findings) + len(evidence.excluded_findings)
    unused = ((_("findings"), len(evidence.excluded_findings)), (_("sources"), len(excluded)))
    used = len(evidence.findings_of_source.keys() & by_hand.keys())
    way, reasons, screening = _("Other methods"), tuple(_ordered(kinds)), _("Screening")
    identified = _("Records identified from websites, organisations, citation searching")
    sought, own = _("Reports sought for retrieval and assessed"), _("no such box: results read in the reports")
    yield Box(way, _("Identification"), _("Searched by hand"), identified, searches)
    yield Box(way, screening, _("Sources seen"), sought, ((_("sources"), len(by_hand)),), how)
    lost = ((_("sources"), NOT_RECORDED),)
    yield Box(way, screening, _("Could not be seen"), _("Reports not retrieved"), lost, leaves=True)
    yield Box(way, screening, _("Findings seen"), own, ((_("findings"), findings),))
    yield Box(way, screening, _("Not used"), _("Reports excluded, with reasons"), unused, reasons, leaves=True)
    yield Box(way, _("Included"), _("Included"), _("Studies included in review"), ((_("sources used"), used),))


def _together(evidence: EvidenceBase) -> Box:
    counts = (
        (_("sources"), len(evidence.findings_of_source)),
        (_("findings"), len(evidence.findings)),
        (_("claims on them"), len(evidence.claims)),
    )
    return Box(_("Together"), _("Included"), _("In this book"), _("Studies and reports included in review"), counts)


def _by_service(surveillance: Surveillance) -> Iterator[Count]:
    for service, words in SERVICES.items():
        queries = [name for name, query in surveillance.queries.items() if query.service == service]
        runs = [run for run in surveillance.runs if run.query in queries]
        if queries:
            yield words, sum(run.found for run in runs) if runs else NEVER_RUN
    if not surveillance.queries:
        yield _("records"), NEVER_RUN


def _reasons(surveillance: Surveillance) -> list[tuple[str, int]]:
    """Count the reasons of those who excluded a record, the most frequent first, the rare ones together."""
    made = (surveillance.decided[name].values() for name in by_state(surveillance)["excluded"])
    counts = _ordered(Counter(next(one.reason or "" for one in each if one.reason) for each in made))
    rare = sum(number for _reason, number in counts[_MOST_REASONS:])
    return [*counts[:_MOST_REASONS], *([(_("other reasons"), rare)] if rare else [])]


def _ordered(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _written(count: Count) -> str:
    words, number = count
    return f"{words}: {_(number) if isinstance(number, str) else punctuated(f'{number:,}')}"
