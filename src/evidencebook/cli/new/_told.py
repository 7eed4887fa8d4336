"""Find the book, and say what was written and what to do next."""

from pathlib import Path

import click

from evidencebook.authoring import bookfolder
from evidencebook.authoring.bookfolder import BookFolder
from evidencebook.ledger import Ledger
from evidencebook.load import inspect
from evidencebook.problems import shown


def opened() -> tuple[BookFolder, Ledger]:
    """Return the book here and what can be read of its evidence."""
    book = bookfolder.here()
    return book, inspect(book.evidence)[0]


def written(path: Path, what: str) -> None:
    """Say where a new entry stands, and whether something in it is still to be written."""
    click.echo(f"{shown(path)}: {what}")


def given(**values: object) -> dict[str, object]:
    """Keep the options that were given."""
    return {key: value for key, value in values.items() if value not in (None, (), {})}
