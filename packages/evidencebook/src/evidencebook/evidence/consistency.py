"""Check that records agree: numbers and names in texts, pages, identifiers of works, and the units of one measure."""

import re
from collections import defaultdict
from collections.abc import Iterator

from evidencebook.evidence import number_check, quantities, units
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.identifiers import DOI, PMCID, PMID
from evidencebook.evidence.todo_markers import MARK
from evidencebook.evidence.typed_numbers import typed_numbers

#: Texts that end with a full stop, besides statements: what has none was cut off.
_SENTENCES = (
    ("claim", "would_change"),
    ("claim", "argument"),
    ("assertion", "statement"),
    ("assertion", "answer"),
    ("assertion", "fair"),
)
_ENDS = re.compile(r"[.!?…。]\W*$")
#: Kind and id of a record, the message, and where in it: its keys and positions, none for the record as a whole.
Violation = tuple[str, str, str, *tuple[str | int, ...]]


def quotes(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse a role in any text of a record that names what is not there: a finding or its part, a claim, a source."""
    for (kind, name), entry in evidence.entries.items():
        for place, text in entry.quotes:
            for wrong in (*number_check.unresolved(text, evidence), *_unknown(text, evidence)):
                yield kind, name, f"the {'.'.join(map(str, place))} names {wrong}", *place


def _unknown(text: str, evidence: EvidenceBase) -> Iterator[str]:
    """Yield each source and assertion that a text names and that is not there."""
    for role, names in _NAMES.findall(text):
        kind = _ROLES[role]
        for name in names.split(","):
            if not evidence.knows(kind, name.strip()):
                yield f'{kind} "{name.strip()}", which is not there; correct it'


_ROLES = {"cite:p": "source", "cite:t": "source", "assertion": "assertion", "finding": "finding"}
_NAMES = re.compile(r"\{(cite:[pt]|assertion|finding)\}`([^`]*)`")


def pages(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse what serves a page that is not there, and a word of readers that leads to two."""
    words: dict[str, str] = {}
    scored: set[tuple[str, str]] = set()
    asked: set[str] = set()
    for kind, records in evidence.serving.items():
        for index, record in enumerate(records):
            page = getattr(record, "page", None)
            if page and evidence.pages is not None and page not in evidence.pages:
                yield kind, str(index), f'no page is called "{page}"; write its path in book/ without .md', "page"
            for at, word in enumerate(record.words if kind == "search words" else ()):
                if word in words:
                    yield kind, str(index), f'"{word}" leads to {words[word]} already; keep one', "words", at
                words[word] = record.page
            if kind == "question":
                if record.words in asked:
                    yield kind, str(index), f'"{record.words}" is asked twice; keep one', "words"
                asked.add(record.words)
            if kind == "score":
                if (record.index, record.item) in scored:
                    yield kind, str(index), f'"{record.item}" of {record.index} is scored twice; keep one', "item"
                scored.add((record.index, record.item))

    for name, result in evidence.results.items():
        if evidence.pages is not None and f"analyses/{result.id}" not in evidence.pages:
            yield "result", name, f"there is no page analyses/{result.id}; correct the id", "id"


def works(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse a work that stands twice in the bibliography, and one that does not say how much of it was seen."""
    for name, standard in (("doi", DOI), ("pmid", PMID), ("pmcid", PMCID)):
        first: dict[str, str] = {}
        for key, source in evidence.sources.items():
            if text := getattr(source, name):
                other = first.setdefault(standard.standard(text) or text, key)
                if other != key:
                    yield "source", key, f"{name} {text} is that of source {other} too; correct one, or keep one", name
    for key, source in evidence.sources.items():
        if source.seen is None and MARK not in source.note:
            told = "note does not begin with how much was seen; write note = {seen: abstract}, full-text or secondary"
            yield "source", key, told, "note"


def measures(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse a unit that is not of the measure, by its words or beside its fellows of the same measure."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for name, finding in evidence.findings.items():
        if MARK in finding.measure:
            continue
        if finding.unit and (told := quantities.misfit(finding.measure, finding.unit)):
            yield "finding", name, told, "unit"
        elif finding.unit:
            groups[finding.measure][name] = units.kind(finding.unit)
    for measure, kinds in groups.items():
        for name in quantities.odd_ones(kinds):
            unit = evidence.findings[name].unit
            yield "finding", name, f'"{measure}" is not measured in {unit} by the other findings of it', "unit"


def numbers(evidence: EvidenceBase) -> Iterator[Violation]:
    """Every number in a sentence of ours leads to a finding: it is written as a role, never typed."""
    for kind, name, part, text, *place in _sentences(evidence):
        stated = part in ("statement", "answer", "fair sentence") and "`" not in text
        for typed in typed_numbers(text, "shares" if stated else "none", evidence.language):
            told = f'"{typed}" in the {part} leads to no source; write {{finding:value}}`ID` instead'
            yield kind, name, told, *place


def _sentences(evidence: EvidenceBase) -> Iterator[tuple[str, str, str, str, *tuple[str | int, ...]]]:
    """Yield what claims and assertions say: kind, name, part, text and place."""
    for name, claim in evidence.claims.items():
        yield "claim", name, "statement", claim.statement, "statement"
        for at, reason in enumerate(claim.because):
            yield "claim", name, f"reason {reason.domain}", reason.note, "because", at, "note"
        yield "claim", name, "argument", claim.argument or "", "argument"
        yield "claim", name, "caution", claim.caution or "", "caution"
    for name, made in evidence.assertions.items():
        yield "assertion", name, "answer", made.answer, "answer"
        yield "assertion", name, "fair sentence", made.fair or "", "fair"


def endings(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse a statement that was cut off."""
    for name, claim in evidence.claims.items():
        if MARK not in claim.statement and not re.search(r"[.。][^\w?!…]*$", claim.statement):
            yield "claim", name, "the statement has no full stop; write the sentence to its end", "statement"
    for kind, key in _SENTENCES:
        for name, record in evidence.records(kind).items():
            text = getattr(record, key)
            if text and MARK not in text and not _ENDS.search(text):
                yield kind, name, f"{key} has no full stop; write the sentence to its end", key


RULES = (endings, numbers, quotes, pages, works, measures)
