"""Keep one stub for each included record until a person takes it into sources.bib."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.surveillance.base import WAITING, Living
from evidencebook.surveillance.models import Candidate
from evidencebook.surveillance.screen import stub
from evidencebook.surveillance.screen.screening import state
from evidencebook.surveillance.watch.dedupe import Work, of_candidate, of_source


@dataclass(frozen=True)
class Due:
    """Say which stubs are to be written and which are to go; those that a person edited stay."""

    written: Mapping[Path, str]
    gone: tuple[Path, ...]
    edited: tuple[Path, ...]
    #: Records that are included and stand in the bibliography already, with the key there.
    known: Mapping[str, str]


def due(folder: Path, living: Living, evidence: EvidenceBase, names: Iterable[str]) -> Due:
    """Compare the stubs of these records with what was decided on them."""
    sources = _Sources(evidence)
    rivals = _by_stem((one for one in living.candidates.values() if one.id not in living.waiting), sources)
    written: dict[Path, str] = {}
    gone: list[Path] = []
    edited: list[Path] = []
    known: dict[str, str] = {}
    for candidate in (living.candidates[name] for name in names if name in living.candidates):
        path, included = path_of(folder, candidate.id), is_included(living, candidate.id)
        key = sources.key_of(candidate)
        if included and key:
            known[candidate.id] = key
        if included and not key:
            if not path.exists():
                alike = rivals.get(stub.stem(candidate), ())
                written[path] = stub.rendered(
                    candidate, stub.key(candidate, alike, _taken(living, evidence, candidate))
                )
        elif path.exists():
            (gone if _as_made(path, candidate) else edited).append(path)
    return Due(written, tuple(gone), tuple(edited), known)


def path_of(folder: Path, name: str) -> Path:
    """Give the file of a record's stub."""
    return folder / WAITING / f"{name}.bib"


def is_included(living: Living, name: str) -> bool:
    """Tell whether somebody wants the record: while people disagree, its stub stays."""
    return any(made.decision == "include" for made in living.decided.get(name, {}).values())


def left(living: Living, evidence: EvidenceBase) -> list[Diagnostic]:
    """Return one notice for each source that waits, in the order of the files."""
    sources = _Sources(evidence)
    notices = []
    for name, source in living.waiting.items():
        entry, candidate = living.entries["waiting", name], living.candidates.get(name)
        same = sources.key_of(candidate) if candidate else None
        told = f"is source {same} already; remove this file" if same else _told(living, name)
        notices.append(Diagnostic(relative_path(entry.path), entry.line, f"source {source.key} {told}"))
    lines = {made.id: living.entries["decision", place] for place, made in living.decisions.items()}
    stubs = {path.stem for path in living.files if path.parent.name == WAITING}
    for name, entry in lines.items():
        candidate = living.candidates.get(name)
        if candidate and is_included(living, name) and name not in stubs and not sources.key_of(candidate):
            told = f"record {name} was included and has no stub; evidencebook screen writes it"
            notices.append(Diagnostic(relative_path(entry.path), entry.line, told))
    return sorted(notices)


def _told(living: Living, name: str) -> str:
    """Say why a source waits and what to do next."""
    call = name_of(living, name)
    is_in = state(living, name)
    if is_in == "included":
        return f"was included and waits for its findings; next: evidencebook new source --waiting {call}"
    if is_in == "disputed":
        return f"waits, but people disagree about it; settle it: evidencebook screen --again {name}"
    return f"waits, but the record is not included (it is {is_in}); include it, or remove this file"


def name_of(living: Living, name: str) -> str:
    """Give what to call a stub by: its key, or its record where two stubs have one key."""
    key = living.waiting[name].key
    return key if sum(one.key == key for one in living.waiting.values()) == 1 else name


def taken_in(evidence: EvidenceBase, name: str) -> str | None:
    """Give the key under which the stub of a record stands in the bibliography."""
    return next((key for key, one in evidence.sources.items() if one.fields.get(stub.FIELD) == name), None)


class _Sources:
    """Know which records stand in the bibliography: made of their stubs, or with the same number or page."""

    def __init__(self, evidence: EvidenceBase) -> None:
        self._keys: dict[tuple[str, str], str] = {}
        for source in evidence.sources.values():
            self._keys |= dict.fromkeys(
                _marks(source.fields.get(stub.FIELD), of_source(source), source.url), source.key
            )

    def key_of(self, candidate: Candidate) -> str | None:
        """Give the key of the source that the record is."""
        marks = _marks(candidate.id, of_candidate(candidate), candidate.url)
        return next((self._keys[mark] for mark in marks if mark in self._keys), None)


def _marks(record: str | None, work: Work, url: str | None) -> list[tuple[str, str]]:
    """Name what identifies a work, the surest first; a page counts only where nothing surer is known."""
    known = [("record", record), *work.identifiers]
    if not work.identifiers:
        known.append(("url", (url or "").rstrip("/")))
    return [(kind, mark) for kind, mark in known if mark]


def _by_stem(candidates: Iterable[Candidate], sources: _Sources) -> dict[str, list[Candidate]]:
    """Group the records that are no sources yet by what their keys begin with."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if not sources.key_of(candidate):
            groups.setdefault(stub.stem(candidate), []).append(candidate)
    return groups


def _taken(living: Living, evidence: EvidenceBase, candidate: Candidate) -> set[str]:
    """Name the keys of sources and of the stubs of other records."""
    return {*evidence.sources, *(one.key for name, one in living.waiting.items() if name != candidate.id)}


def _as_made(path: Path, candidate: Candidate) -> bool:
    """Tell whether nobody edited a stub; its key does not count, since it depends on what else there is."""
    made = stub.rendered(candidate, "key").partition("\n")[2]
    return path.read_text(encoding="utf-8", errors="replace").partition("\n")[2] == made
