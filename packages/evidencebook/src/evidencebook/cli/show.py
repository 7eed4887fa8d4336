"""evidencebook show: print a record with its chain to the sources."""

import shutil

import click

from evidencebook.analysis import trace
from evidencebook.cli._book import book_option
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder

_EPILOG = """\b
Examples:
  evidencebook show some-claim           a claim, its findings, their sources
  evidencebook show SLEEP-001            a finding, its source, the claims that use it
  evidencebook show drake2013caffeine    a source and what was taken from it
  evidencebook show A01                  an assertion, its verdict, its claims
"""


@click.command(epilog=_EPILOG)
@click.argument("name", metavar="ID")
@book_option
def show(name: str, book: BookFolder) -> None:
    """Print a record with its chain to the sources."""
    evidence, diagnostics = inspect(book.evidence)
    if diagnostics:
        click.echo(f"the evidence has {len(diagnostics)} faults; evidencebook check names them", err=True)
    try:
        lines = trace.lines_of(evidence, name, min(shutil.get_terminal_size().columns, 100))
    except LookupError as unknown:
        raise UserError(str(unknown.args[0])) from unknown
    click.echo("\n".join(lines))
