"""Keep the record of the last good build of each builder, beside the trees: what it wrote, and from what."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sphinx.application import Sphinx


@dataclass(frozen=True)
class Record:
    """Hold what a build wrote, and from what: fingerprints of pages and files, the latter by their path."""

    folder: str = ""
    book: str = ""
    data: str = ""
    warned: bool = False
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


def file_of(app: Sphinx, builder: str) -> Path:
    """Name the file that holds the record of a builder."""
    return Path(app.doctreedir) / f".{builder}.json"


def folder_of(app: Sphinx) -> str:
    """Name the folder of a builder as seen from the trees, so that a book that was moved is still known."""
    return Path(os.path.relpath(app.outdir, app.doctreedir)).as_posix()


def read(app: Sphinx) -> Record:
    """Read the record of the last build into this folder; an empty one where none can be read."""
    record = load(file_of(app, app.builder.name))
    return record if record and record.folder == folder_of(app) else Record()


def load(file: Path) -> Record | None:
    """Read a record."""
    try:
        return Record(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def save(app: Sphinx, record: Record) -> None:
    """Write the record at once or not at all."""
    file = file_of(app, app.builder.name)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(asdict(record), indent=1, sort_keys=True), encoding="utf-8")
    beside.replace(file)
