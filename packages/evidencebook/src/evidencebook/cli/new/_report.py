"""Find the book, and say what was written and what to do next."""

from pathlib import Path

import click

from evidencebook.evidence import project as bookfolder
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder


def opened() -> tuple[BookFolder, EvidenceBase]:
    """Return the book here and what can be read of its evidence."""
    book = bookfolder.here()
    return book, inspect(book.evidence)[0]


def written(path: Path, what: str) -> None:
    """Say where a new entry stands, and whether something in it is still to be written."""
    click.echo(f"{relative_path(path)}: {what}")


def given(**values: object) -> dict[str, object]:
    """Keep the options that were given."""
    return {key: value for key, value in values.items() if value not in (None, (), {})}
