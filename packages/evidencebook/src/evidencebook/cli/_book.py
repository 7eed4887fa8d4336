"""Find the book that a command works on: the one around the working folder, or that of --book."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from evidencebook.evidence.project import BookFolder, find_book

Command = TypeVar("Command", bound=Callable[..., Any])


def book_option(command: Command) -> Command:
    """Give a command the option --book DIR, and hand the book over as the keyword argument `book`.

    Without the option the book is searched in the working folder and above it. Raises UserError when there is none.
    """
    return click.option(
        "--book",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        callback=_find,
        help="The folder of the book. Default: the working folder, or one above it.",
    )(command)


def _find(ctx: click.Context, param: click.Parameter, folder: Path | None) -> BookFolder:
    """Turn the folder into a book; a folder that was named must be that of a book itself."""
    return find_book(folder or Path.cwd(), search_above=folder is None)
