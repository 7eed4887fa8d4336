"""Read files of records, with every fault in every file and the line on which it stands."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidencebook.evidence import yaml_reader
from evidencebook.evidence.base import ANY, Entry
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.evidence.models import Record
from evidencebook.evidence.record_text import check_text, texts
from evidencebook.evidence.validation_messages import describe_error

#: Records with words that services gave or understand: they are printed as they are, whatever they hold.
_OF_OTHERS = frozenset({"candidate", "check", "query"})


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


def files(loaded: LoadedRecords, folder: Path) -> list[Path]:
    """Name the YAML files of a folder, those included that are yet to be written."""
    return sorted({*folder.glob("*.yml"), *(path for path in loaded.instead if path.parent == folder)})


def read(loaded: LoadedRecords, kind: str, model: type[Record], path: Path) -> None:
    """Read one file of records."""
    document = yaml_reader.read(path, loaded.instead.get(path))
    loaded.files.append(path)
    if document.value is None and document.diagnostics:
        loaded.unreadable.add((kind, ANY))
    records = loaded.records.setdefault(kind, {})
    for index, item in _items(document, kind):
        name = _name(kind, path, index, item)
        for place, text in texts(item) if kind not in _OF_OTHERS else ():
            for fault in check_text(text):
                document.report((index, *place), f"{kind} {name}: {fault}")
        try:
            record = model.model_validate(_with_day_as_text(kind, item))
        except ValidationError as wrong:
            _report_invalid(document, kind, index, name, wrong)
            loaded.unreadable.add((kind, name))
            continue
        if name in records:
            document.report((index, "id"), f'duplicate id: {kind} "{name}" is first at {_at(loaded, kind, name)}')
            continue
        records[name] = record
        loaded.entries[kind, name] = Entry(path, document.line((index, "id")))
    loaded.diagnostics += document.diagnostics


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


def _report_invalid(document: yaml_reader.Document, kind: str, index: int, name: str, wrong: ValidationError) -> None:
    """Turn each validation error into a problem at its own line."""
    for error in wrong.errors():
        message = describe_error(error)
        place = (index, *(error["loc"][:-1] if error["type"] == "missing" else error["loc"]))
        document.report(place, f"{kind} {name}: {message}")


def _at(loaded: LoadedRecords, kind: str, name: str) -> str:
    """Give file and line of a record already read."""
    entry = loaded.entries[kind, name]
    return f"{relative_path(entry.path)}:{entry.line}"
