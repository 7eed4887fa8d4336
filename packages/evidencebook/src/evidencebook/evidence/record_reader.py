"""Read files of records, with every fault in every file and the line on which it stands."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidencebook.evidence import text_file, yaml_reader
from evidencebook.evidence.base import ANY, Entry
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.evidence.memo import remembered
from evidencebook.evidence.models import Record
from evidencebook.evidence.record_text import check_text, texts
from evidencebook.evidence.subject import MEDICINE, Subject
from evidencebook.evidence.validation_messages import located_errors

#: Records with words that services gave or understand: they are printed as they are, whatever they hold.
_OF_OTHERS = frozenset({"candidate", "check", "query"})
#: Records that commands write: a file of them may hold its heading alone.
_MAY_BE_EMPTY = frozenset({"run", "candidate", "check", "decision", "query"})
#: Records that have a name of their own; the others are counted, as an exclusion is.
_NAMED = frozenset({"finding", "claim", "search", "outcome", "result", "assertion", "query", "candidate", "decision"})


_Quotes = tuple[tuple[tuple[str | int, ...], str], ...]


@dataclass
class LoadedRecords:
    """Gather records and diagnostics while the files are read."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    unreadable: set[tuple[str, str]] = field(default_factory=set)
    #: Texts to read in place of what stands in the files: how a change is judged before it is written.
    instead: Mapping[Path, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    #: The day of the edition, after which nothing of the evidence can have happened.
    day: dt.date | None = None
    #: The words of the book.
    subject: Subject = MEDICINE


@dataclass(frozen=True)
class _Parsed:
    """Hold what one file says: records by name with their lines, what could not be read, and what is wrong."""

    records: tuple[tuple[str, Record, Entry], ...] = ()
    unreadable: tuple[str, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()


def files(loaded: LoadedRecords, folder: Path) -> list[Path]:
    """Name the YAML files of a folder, those included that are yet to be written."""
    return sorted({*folder.glob("*.yml"), *(path for path in loaded.instead if path.parent == folder)})


def read(loaded: LoadedRecords, kind: str, model: type[Record], path: Path) -> None:
    """Read one file of records; a file whose text is to become empty is one that goes."""
    if not loaded.instead.get(path, "more").strip():
        return
    text, wrong = text_file.read(path) if path not in loaded.instead else (loaded.instead[path], [])
    parsed = (
        _Parsed((), (ANY,), tuple(wrong)) if wrong else _parsed(kind, model, path, text, loaded.day, loaded.subject)
    )
    loaded.files.append(path)
    loaded.unreadable |= {(kind, name) for name in parsed.unreadable}
    loaded.diagnostics += [Diagnostic(relative_path(path), line, message) for line, message in parsed.faults]
    records = loaded.records.setdefault(kind, {})
    for name, record, entry in parsed.records:
        if kind not in _NAMED:
            name = str(len(records))  # noqa: PLW2901  it has no name of its own, and several files may hold the kind
        if name in records:
            told = f'duplicate id: {kind} "{name}" is first at {_at(loaded, kind, name)}'
            loaded.diagnostics.append(Diagnostic(relative_path(path), entry.at(("id",)), told))
            continue
        records[name] = record
        loaded.entries[kind, name] = entry


@lru_cache(maxsize=256)
@remembered
def _parsed(kind: str, model: type[Record], path: Path, text: str, day: dt.date | None, subject: Subject) -> _Parsed:
    """Make records of a text; a text that was read before is not read again."""
    document = yaml_reader.read(path, text)
    records: list[tuple[str, Record, Entry]] = []
    unreadable = [ANY] if document.value is None and document.diagnostics else []
    if document.value is None and not document.diagnostics and re.search(r"^(?!---)[^#\s]", text, re.MULTILINE):
        document.report((), f"the file must be a list of {kind}s, each beginning with a dash")
        unreadable = [ANY]
    if not text.strip() and kind not in _MAY_BE_EMPTY:  # a heading alone is a file that waits for its first
        document.report((), f"the file holds no {kind}; write one, restore the file, or remove it")
        unreadable = [ANY]
    lines = document.lines_of_items()
    for index, item in _items(document, kind):
        if len(document.diagnostics) >= text_file.MOST_FAULTS:
            unreadable.append(ANY)
            break
        name = _name(kind, path, index, item)
        quotes = () if kind in _OF_OTHERS else _report_texts(document, kind, index, name, item)
        try:
            record = model.model_validate(_with_day_as_text(kind, item), context={"day": day, "subject": subject})
        except ValidationError as wrong:
            for place, message in located_errors(wrong):
                document.report((index, *place), f"{kind} {name}: {message}")
            unreadable.append(name)
            continue
        records.append((name, record, Entry(path, document.line((index, "id")), lines.get(index, {}), quotes)))
    return _Parsed(tuple(records), tuple(unreadable), tuple((one.line, one.message) for one in document.diagnostics))


def _report_texts(document: yaml_reader.Document, kind: str, index: int, name: str, item: Any) -> _Quotes:
    """Report what no text of a record may hold, and what a list names twice; return the texts that name records."""
    quotes = []
    for place, text in texts(item):
        if "}`" in text:
            quotes.append((place, text))
        for fault in check_text(text):
            document.report((index, *place), f"{kind} {name}: {fault}")
    for key, values in item.items() if isinstance(item, dict) else ():
        seen = set()
        for at, value in enumerate(values) if isinstance(values, tuple) else ():
            if isinstance(value, str) and value in seen:
                document.report((index, key, at), f'{kind} {name}: {key} names "{value}" twice; keep one')
            elif isinstance(value, str):
                seen.add(value)
    return tuple(quotes)


def _items(document: yaml_reader.Document, kind: str) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a file, which must be a list."""
    if document.value is None:
        return
    if not isinstance(document.value, tuple):
        document.report((), f"the file must be a list of {kind}s, each beginning with a dash")
        return
    yield from enumerate(document.value)


def _name(kind: str, path: Path, index: int, item: Any) -> str:
    """Give the id of a record; what has none of its own is named by its place."""
    if kind == "decision":  # its id is that of the record decided on, and each person has a file
        return f"{path.stem}/{index}"
    return str(item.get("id", f"{index}")) if isinstance(item, dict) else f"{index}"


def _with_day_as_text(kind: str, item: Any) -> Any:
    """Keep a search's date as written: a month may stand without its day."""
    if kind == "search" and isinstance(item, dict) and isinstance(item.get("date"), dt.date):
        return item | {"date": item["date"].isoformat()}
    return item


def _at(loaded: LoadedRecords, kind: str, name: str) -> str:
    entry = loaded.entries[kind, name]
    return f"{relative_path(entry.path)}:{entry.line}"
