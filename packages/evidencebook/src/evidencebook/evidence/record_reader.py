"""Read files of records onto one shelf, with every problem in every file and the line it stands on."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidencebook.evidence import yaml_reader as yamllines
from evidencebook.evidence.base import ANY, Entry
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.evidence.models import Record
from evidencebook.evidence.validation_messages import described


@dataclass
class Shelf:
    """Gather records and problems while the files are read."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    unreadable: set[tuple[str, str]] = field(default_factory=set)
    #: Texts to read in place of what stands in the files: how a change is judged before it is written.
    instead: Mapping[Path, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def files(shelf: Shelf, folder: Path) -> list[Path]:
    """Name the YAML files of a folder, those included that are yet to be written."""
    return sorted({*folder.glob("*.yml"), *(path for path in shelf.instead if path.parent == folder)})


def read(shelf: Shelf, kind: str, model: type[Record], path: Path) -> None:
    """Read one file of records onto the shelf."""
    document = yamllines.read(path, shelf.instead.get(path))
    shelf.files.append(path)
    if document.value is None and document.problems:
        shelf.unreadable.add((kind, ANY))
    records = shelf.records.setdefault(kind, {})
    for index, item in _items(document, kind):
        name = _name(kind, path, index, item)
        try:
            record = model.model_validate(_with_day_as_text(kind, item))
        except ValidationError as wrong:
            _complain(document, kind, index, name, wrong)
            shelf.unreadable.add((kind, name))
            continue
        if name in records:
            document.complain((index, "id"), f'{kind} "{name}" stands twice; the first is at {_at(shelf, kind, name)}')
            continue
        records[name] = record
        shelf.entries[kind, name] = Entry(path, document.line((index, "id")))
    shelf.problems += document.problems


def _items(document: yamllines.Document, kind: str) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a file, which must be a list."""
    if document.value is None:
        return
    if not isinstance(document.value, tuple):
        document.complain((), f"the file must be a list of {kind}s, each beginning with a dash")
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


def _complain(document: yamllines.Document, kind: str, index: int, name: str, wrong: ValidationError) -> None:
    """Turn each validation error into a problem at its own line."""
    for error in wrong.errors():
        told = described(error)
        place = (index, *(error["loc"][:-1] if error["type"] == "missing" else error["loc"]))
        document.complain(place, f"{kind} {name}: {told}")


def _at(shelf: Shelf, kind: str, name: str) -> str:
    """Give file and line of a record already read."""
    entry = shelf.entries[kind, name]
    return f"{relative_path(entry.path)}:{entry.line}"
