"""evidencebook init: begin a book on any subject."""

import datetime as dt
from pathlib import Path

import click

from evidencebook.evidence.diagnostics import relative_path

_EPILOG = """\b
Example:
  evidencebook init tea --title "Tea and Sleep" --author "Ada Example"
  cd tea && make book && make test
"""


@click.command(epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="The title of the book.")
@click.option("--author", required=True, help="Who writes it, as printed.")
def init(folder: Path, title: str, author: str) -> None:
    """Begin a book in DIR, which must be new or empty.

    It is complete: a sample with two sources, three findings, two claims, one assertion, a chapter and an executed
    page, with tests, settings and CI, and its own copy of the press. The sample says of itself that it is one; replace
    it.
    """
    from evidencebook.release import new_book as fork  # noqa: PLC0415  it reads the metadata of what is installed, which no other command needs

    plan = fork.Plan(title.strip(), author.strip(), dt.datetime.now(tz=dt.UTC).date())
    fork.begin(folder.absolute(), plan, tell=lambda text: click.echo(f"{text} …", err=True))
    click.echo(f"{relative_path(folder.absolute())} holds the book. Next:\n  cd {folder}\n  make book\n  make test")
