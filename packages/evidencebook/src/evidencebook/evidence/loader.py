"""Load the evidence base; report everything that is wrong with it at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidencebook import locale
from evidencebook.evidence import bibtex_reader, edition, rules, text_file, yaml_reader
from evidencebook.evidence.base import ANY, Entry, EvidenceBase, plural
from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError, relative_path
from evidencebook.evidence.models import (
    Assertion,
    Claim,
    Exclusion,
    Finding,
    Outcome,
    Record,
    Result,
    Search,
)
from evidencebook.evidence.page_records import ReaderQuestion, Score, SearchWords
from evidencebook.evidence.record_reader import LoadedRecords, files, read
from evidencebook.evidence.subject import Vocabulary
from evidencebook.evidence.validation_messages import located_errors

_KEPT: dict[Path, EvidenceBase] = {}
_FOLDERS: tuple[tuple[str, str, type[Record]], ...] = (("findings", "finding", Finding), ("claims", "claim", Claim))
_SINGLE: tuple[tuple[str, str, type[Record]], ...] = (
    ("searches.yml", "search", Search),
    ("outcomes.yml", "outcome", Outcome),
    ("results.yml", "result", Result),
    ("assertions.yml", "assertion", Assertion),
    ("excluded.yml", "exclusion", Exclusion),
    ("scores.yml", "score", Score),
    ("search-words.yml", "search words", SearchWords),
    ("reader-questions.yml", "question", ReaderQuestion),
)
#: What else is read, by the modules of surveillance and by editors; any other name is a slip, and nobody would read it.
_ALSO_READ = frozenset(
    {"sources.bib", "background.bib", "vocabulary.yml", "watch.yml", "runs.yml", "queue.yml", "checks.yml"}
)
#: What commands write: absent until they did.
_WRITTEN = frozenset({"results.yml", "runs.yml", "queue.yml", "checks.yml"})
_FOLDERS_READ = {"findings": ".yml", "claims": ".yml", "decisions": ".yml", "schemas": ".json"}
#: What need not be read: words about the folder, and what tools keep.
_NOT_RECORDS = re.compile(r"\..*|.*\.(?:md|txt)|LICEN[CS]E.*")


def load(folder: Path) -> EvidenceBase:
    """Return the evidence base of a folder, or raise EvidenceError with every problem in every file."""
    if folder in _KEPT:
        return _KEPT[folder]
    evidence, problems = inspect(folder)
    if problems:
        raise EvidenceError(problems)
    return evidence


def keep(folder: Path) -> None:
    """Load a folder once for the life of this process, which must end before a file is edited; raise as load does."""
    _KEPT[folder] = load(folder)


def inspect(folder: Path, instead: Mapping[Path, str] | None = None) -> tuple[EvidenceBase, list[Diagnostic]]:
    """Return what could be read, and what is wrong; `instead` gives texts to read in place of files.

    Day and language of the edition and the names of the pages come from the book around the folder, where there is one.
    """
    if not folder.is_dir():
        return EvidenceBase(), [
            Diagnostic(relative_path(folder), 1, "there is no such folder; it should hold sources.bib and findings/")
        ]
    around = edition.around(folder)
    loaded = LoadedRecords(instead=instead or {}, day=around.day)
    _read_vocabulary(loaded, folder / "vocabulary.yml")
    _read_sources(loaded, folder / "sources.bib")
    _read_background(loaded, folder / "background.bib")
    for name, kind, model in _FOLDERS:
        for path in files(loaded, folder / name):
            read(loaded, kind, model, path)
    for name, kind, model in _SINGLE:
        if _exists(loaded, folder / name):
            read(loaded, kind, model, folder / name)
    loaded.diagnostics += [*_unread(folder), *_named_and_absent(folder), *filter(None, [around.fault])]
    _tell_missing(loaded, folder)
    evidence = replace(_evidence_base(loaded, around.pages), language=around.language or locale.current())
    return evidence, sorted({*loaded.diagnostics, *rules.check_all(evidence)})


def _exists(loaded: LoadedRecords, path: Path) -> bool:
    """Tell whether there is such a file, or a text to become it."""
    return text_file.exists(path) or path in loaded.instead


def _unread(folder: Path) -> Iterator[Diagnostic]:
    """Name what lies in the folder and is read by nobody."""
    known = {name for name, _, _ in _SINGLE} | _ALSO_READ
    for path in sorted(folder.iterdir()):
        if path.name in _FOLDERS_READ and path.is_dir():
            ending = _FOLDERS_READ[path.name]
            below = (one for one in sorted(path.iterdir()) if one.suffix != ending or one.is_dir())
            told = f"nobody reads this file; files of {path.name}/ lie in it without folders, and end in {ending}"
            yield from (
                Diagnostic(relative_path(one), 1, told) for one in below if not _NOT_RECORDS.fullmatch(one.name)
            )
        elif path.name not in known and not _NOT_RECORDS.fullmatch(path.name):
            told = f"nobody reads this; a file is called {', '.join(sorted(known))}, or lies in findings/ or claims/"
            yield Diagnostic(relative_path(path), 1, told)


def _named_and_absent(folder: Path) -> Iterator[Diagnostic]:
    """Name each file that the folder's own README lists, in the first column of its table, and that is not there."""
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8", errors="replace") if readme.is_file() else ""
    for name in re.findall(r"^\| `([\w-]+\.yml)` \|", text, re.MULTILINE):
        if name not in _WRITTEN and not text_file.exists(folder / name):
            told = "there is no such file, and README.md lists it; restore it, or take it out of the list"
            yield Diagnostic(relative_path(folder / name), 1, told)


#: Kinds, where they stand, and what rests on them: the kind of record and its key, or nothing for the book as a whole.
_RESTED_ON: tuple[tuple[str, str, str, str], ...] = (
    ("source", "sources.bib", "finding", "source"),
    ("finding", "findings", "source", ""),
    ("claim", "claims", "assertion", "claims"),
    ("search", "searches.yml", "claim", "searches"),
    ("outcome", "outcomes.yml", "claim", "outcomes"),
)


def _tell_missing(loaded: LoadedRecords, folder: Path) -> None:
    """Tell each file or folder once that others rest on and that is not there, and not each record that names it."""
    for kind, name, by, key in _RESTED_ON:
        resting = [one for one in loaded.records.get(by, {}).values() if not key or getattr(one, key)]
        if kind == "finding" and not any(claim.findings for claim in loaded.records.get("claim", {}).values()):
            continue  # sources may wait for their first finding
        if resting and not loaded.records.get(kind) and (kind, ANY) not in loaded.unreadable:
            loaded.unreadable.add((kind, ANY))
            told = f"there is no {kind} here, and {len(resting)} {by} records rest on some; restore the file"
            loaded.diagnostics.append(Diagnostic(relative_path(folder / name), 1, told))


def _evidence_base(loaded: LoadedRecords, pages: frozenset[str] | None) -> EvidenceBase:
    kinds = ("source", "finding", "search", "claim", "outcome", "assertion", "result")
    records: dict[str, Any] = {plural(kind): loaded.records.get(kind, {}) for kind in kinds}
    return EvidenceBase(
        **records,
        subject=loaded.subject,
        background=loaded.records.get("background", {}),
        exclusions=tuple(loaded.records.get("exclusion", {}).values()),
        entries=loaded.entries,
        files=tuple(loaded.files),
        unreadable=frozenset(loaded.unreadable),
        pages=pages,
        serving={kind: tuple(loaded.records.get(kind, {}).values()) for kind in ("score", "search words", "question")},
    )


def _read_vocabulary(loaded: LoadedRecords, path: Path) -> None:
    if _exists(loaded, path):
        document = yaml_reader.read(path, loaded.instead.get(path))
        loaded.files.append(path)
        try:
            loaded.subject = Vocabulary.model_validate(document.value or {}).subject
        except ValidationError as wrong:
            for place, message in located_errors(wrong):
                document.report(place, f"vocabulary: {message}")
        loaded.diagnostics += document.diagnostics


def _read_background(loaded: LoadedRecords, path: Path) -> None:
    """Read what is cited and never extracted, where a book has such a file."""
    if _exists(loaded, path):
        found, lines, problems = bibtex_reader.read(
            path, loaded.instead.get(path), loaded.day, loaded.subject, background=True
        )
        loaded.files.append(path)
        loaded.records["background"] = found
        loaded.diagnostics += problems
        for key in sorted({*found} & {*loaded.records.get("source", {})}):
            told = f'duplicate id: "{key}" is in sources.bib too; keep one'
            loaded.diagnostics.append(Diagnostic(relative_path(path), lines[key][()], told))


def _read_sources(loaded: LoadedRecords, path: Path) -> None:
    if not _exists(loaded, path):
        told = "there is no such file; it holds the sources as BibTeX"
        loaded.diagnostics.append(Diagnostic(relative_path(path), 1, told))
        loaded.unreadable.add(("source", ANY))
        return
    sources, lines, problems = bibtex_reader.read(path, loaded.instead.get(path), loaded.day, loaded.subject)
    loaded.files.append(path)
    loaded.records["source"] = sources
    loaded.entries |= {("source", key): Entry(path, lines[key][()], lines[key]) for key in sources}
    loaded.unreadable |= {("source", key) for key in lines if key not in sources}
    if problems and not lines:  # nothing of it could be read
        loaded.unreadable.add(("source", ANY))
    loaded.diagnostics += problems
