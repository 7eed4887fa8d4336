"""Check records against those beside them: years, copies, scales, words, and the findings of a row."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from evidencebook.evidence import number_check, units
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.consistency import Violation
from evidencebook.evidence.models import Finding
from evidencebook.evidence.todo_markers import MARK

#: Words of a measure by which a year may be one to come.
_AHEAD = re.compile(r"\b(?:plan\w*|project\w*|expect\w*|expir\w*|until|forecast\w*|due|target|deadline|end)\b", re.I)
_YEAR_OF_KEY = re.compile(r"[a-z]+((?:19|20)\d\d)[a-z]*")
#: What makes two records of a kind one; of sources DOI and PMID do, as exports hold many a work of one title twice.
_SAME: dict[str, tuple[str, ...]] = {
    "finding": ("source", "about", "measure", "value", "spread", "population"),
    "claim": ("statement",),
    "assertion": ("statement",),
    "outcome": ("name", "group"),
    "search": ("question", "terms"),
}
#: Texts of a record that say different things.
_SAY_ELSE = (
    ("claim", "statement", "would_change", "caution", "argument"),
    ("assertion", "statement", "answer", "fair"),
    ("finding", "about", "caution"),
    ("search", "question", "result"),
)
#: The cells of a summary row that findings fill.
_CELLS = ("size", "relative", "without", "exposed")
#: How much of a source was seen, from least to most.
_SEEN = ("secondary", "abstract", "full-text")
#: A word is a slip where it stands once and is nearly one that stands so often.
_OFTEN = 3
_ALIKE = 0.82


def _same(value: object) -> object:
    """Give a text without what changes nothing of what it says: capitals, blanks, and the sign at its end."""
    return " ".join(value.casefold().split()).rstrip(".!?… ") if isinstance(value, str) else value


def copies(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse a record that says the same as another of its kind."""
    for kind, keys in _SAME.items():
        alike: dict[object, list[Any]] = defaultdict(list)
        for record in evidence.records(kind).values():
            alike[_same(getattr(record, keys[0]))].append(record)
        for records in alike.values():
            first: dict[tuple[object, ...], str] = {}
            for record in records if len(records) > 1 else ():
                said = [getattr(record, key) for key in keys]
                other = first.setdefault(tuple(map(_same, said)), record.id)
                if other != record.id and MARK not in str(said):
                    yield kind, record.id, f"says the same as {other}: {', '.join(keys)}; keep one", keys[0]


def echoes(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse a text that only repeats another of its record, where it should say something else."""
    for kind, first, *others in _SAY_ELSE:
        for name, record in evidence.records(kind).items():
            said = _same(getattr(record, first))
            for key in others:
                if _same(getattr(record, key)) == said and MARK not in str(said):
                    yield kind, name, f"{key} only repeats {first}; write what it is for, or leave it out", key
    for name, claim in evidence.claims.items():
        for key, texts in (
            ("because", [one.note for one in claim.because]),
            ("history", [one.what for one in claim.history]),
        ):
            for at, text in enumerate(texts):
                if _same(text) in map(_same, texts[:at]) and MARK not in text:
                    yield "claim", name, f"{key} says twice what it says above; keep one", key, at


def years(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse a year that the key of the source, a study in it, or a claim on it contradicts; print may lag by one."""
    for key, source in evidence.sources.items():
        named = _YEAR_OF_KEY.fullmatch(key)
        if (
            source.year
            and named
            and abs(int(named[1]) - source.year) > 1
            and named[1] not in source.title + source.note
        ):
            yield "source", key, f"the year {source.year} is not that of its key; correct one of them", "year"
    for name, finding in evidence.findings.items():
        printed = evidence.sources[finding.source].year if finding.source in evidence.sources else None
        for key in ("year", "years"):
            studied = (
                [int(year) for year in re.findall(r"\d{4}", str(finding.where[key]))] if key in finding.where else ()
            )
            if printed and studied and max(studied) > printed + 1:
                told = f"the {key} {finding.where[key]} is after {printed}, in which its source appeared; correct one"
                yield "finding", name, told, "where", key
        ends = (finding.spread.low, finding.spread.high) if finding.spread else ()
        late_year = max(filter(None, (finding.value, *ends)), default=0) if finding.unit == "year" else 0
        if printed and late_year > printed + 1 and not _AHEAD.search(finding.measure):
            told = (
                f"{late_year} is after {printed}, in which its source appeared; correct one, or say that it is planned"
            )
            yield "finding", name, told, "value"
    for name, claim in evidence.claims.items():
        known = [evidence.findings[one].source for one in (*claim.findings, *claim.against) if one in evidence.findings]
        late = [
            key for key in known if key in evidence.sources and (evidence.sources[key].year or 0) > claim.checked.year
        ]
        if late:
            told = f"was last checked before its source {late[0]} appeared; correct the day, or take it out"
            yield "claim", name, told, "checked"


def second_hand(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse a finding that was seen better than its source was."""
    for name, finding in evidence.findings.items():
        source = evidence.sources.get(finding.source)
        if (
            source
            and {source.seen, finding.seen} <= set(_SEEN)
            and _SEEN.index(finding.seen) > _SEEN.index(source.seen)
        ):
            told = f"was seen as {finding.seen}, and its source as {source.seen}; correct one of them"
            yield "finding", name, told, "seen"


def rows(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse what cannot stand in a claim's row of a summary, and a quoted finding that it does not rest on."""
    for name, claim in evidence.claims.items():
        held = {*claim.findings, *claim.against}
        for one in number_check.quoted(claim.statement):
            if one in evidence.findings and one not in held:
                told = f"the statement quotes {one}, on which the claim does not rest; name it under findings"
                yield "claim", name, told, "statement"
        cells = {key: evidence.findings.get(getattr(claim.effect, key, None) or "") for key in _CELLS}
        for key, finding in cells.items():
            if finding and (fault := _no_cell(key, finding.unit or "", finding.n)):
                yield "claim", name, f"{finding.id} {fault}", "effect", key
        without, exposed = cells["without"], cells["exposed"]
        if without and exposed and units.kind(without.unit or "%") != units.kind(exposed.unit or "%"):
            told = f"{exposed.id} is not in the unit of {without.id}; name two of one kind"
            yield "claim", name, told, "effect", "exposed"
        if without and exposed and without.id == exposed.id:
            yield "claim", name, f"{exposed.id} is the risk without it too; name two findings", "effect", "exposed"
        elif without and exposed and (ratio := cells["relative"]) and _against(ratio, without, exposed):
            told = f"{ratio.id} says the contrary of {without.id} and {exposed.id}; put each where it belongs"
            yield "claim", name, told, "effect", "relative"


def _against(ratio: Finding, without: Finding, exposed: Finding) -> bool:
    """Tell whether a ratio says that a risk rises where the two risks fall, or the other way round."""
    if units.kind(ratio.unit or "") != "ratio" or not (ratio.value and without.value and exposed.value):
        return False
    return (ratio.value - 1) * (exposed.value - without.value) < 0


def _no_cell(key: str, unit: str, n: int | None) -> str | None:
    """Say why a finding cannot fill a cell of the row."""
    kind = units.kind(unit) if unit else "none"
    if key == "size" and n is None and kind != "count":
        return "counts no studies and has no n; name under size: how many studies or people there were"
    if key == "relative" and kind not in ("ratio", "signed"):
        return f"is no ratio but has the unit {unit}; name one under relative:"
    if key in ("without", "exposed") and kind in ("ratio", "count", "none"):
        return f"is no risk or rate but has the unit {unit}; name a share or a rate under {key}:"
    return None


def scales(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse an item that has another scale than the others of its checklist."""
    most: dict[str, int] = {}
    for index, score in enumerate(evidence.serving.get("score", ())):
        if most.setdefault(score.index, score.out_of) != score.out_of:
            told = f"out_of {score.out_of} is not the scale of {score.index}, {most[score.index]}; correct it"
            yield "score", str(index), told, "out_of"


def sorts(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse a number, or a truth value, under a key of `where` that holds texts everywhere else."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, finding in evidence.findings.items():
        for key, value in finding.where.items():
            found[key]["number" if type(value) in (int, float) else type(value).__name__].append(name)
    for key, uses in found.items():
        for sort, names in uses.items():
            if len(names) == 1 and sort != "str" and len(uses.get("str", ())) >= _OFTEN:
                told = f"{key} {evidence.findings[names[0]].where[key]} is no text, as it is elsewhere; correct it"
                yield "finding", names[0], told, "where", key


def slips(evidence: EvidenceBase) -> Iterator[Violation]:
    """Refuse a word that stands once and is nearly one that stands often in the same place."""
    uses: dict[str, dict[str, int]] = defaultdict(dict)
    for column, word, *_ in _words(evidence):
        uses[column][word] = uses[column].get(word, 0) + 1
    often = {
        column: frozenset(word for word, count in words.items() if count >= _OFTEN) for column, words in uses.items()
    }
    for column, word, kind, name, *place in _words(evidence):
        if uses[column][word] == 1 and (near := _nearly(word, often[column])):
            yield kind, name, f'{column} "{word}" stands here alone; did you mean "{near}"?', *place


@lru_cache(maxsize=8192)
def _nearly(word: str, known: frozenset[str]) -> str | None:
    """Return the known word of which a word is a slip; one with a digit, or of three letters, may be meant."""
    if capitals := next((one for one in sorted(known) if one.casefold() == word.casefold() and word.isupper()), None):
        return capitals if len(word) > 3 else None
    alike = () if len(word) < 4 or re.search(r"\d", word) else (one for one in known if abs(len(one) - len(word)) < 3)
    return next(iter(difflib.get_close_matches(word, sorted(alike), n=1, cutoff=_ALIKE)), None)


def _words(evidence: EvidenceBase) -> Iterator[tuple[str, str, str, str, *tuple[str | int, ...]]]:
    """Yield what is written again and again: the column, the word, and where it stands."""
    for name, finding in evidence.findings.items():
        for key, value in finding.where.items():
            yield "key", key, "finding", name, "where", key
            if isinstance(value, str):
                yield f"where: {key}", value, "finding", name, "where", key
    for kind, key in (("assertion", "kind"), ("assertion", "section"), ("outcome", "group")):
        for name, record in evidence.records(kind).items():
            if getattr(record, key):
                yield key, getattr(record, key), kind, name, key
    for kind, key in (("score", "index"), ("question", "asks")):
        for index, record in enumerate(evidence.serving.get(kind, ())):
            yield key, getattr(record, key), kind, str(index), key


RULES = (copies, echoes, years, second_hand, rows, scales, sorts, slips)
