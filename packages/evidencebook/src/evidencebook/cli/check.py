"""evidencebook check: validate the evidence base without Sphinx."""

import click

from evidencebook.cli._book import book_option
from evidencebook.evidence import todo_markers
from evidencebook.evidence.formatting import count
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.surveillance import included, store

_KINDS = ("source", "finding", "search", "claim", "assertion")


@click.command(epilog="\b\nExamples:\n  evidencebook check\n  evidencebook check --book path/to/book")
@book_option
def check(book: BookFolder) -> int:
    """Validate the evidence without building.

    Names every fault with file and line, and ends with status 1 when there is one. A stub that waits to be written is
    named and is no fault, and so is a source that was included and waits for its findings.
    """
    evidence, diagnostics = inspect(book.evidence)
    surveillance, more = store.inspect(book.evidence, evidence)
    diagnostics += more
    for diagnostic in (*diagnostics, *todo_markers.left(evidence), *included.left(surveillance, evidence)):
        click.echo(diagnostic, err=True)
    if diagnostics:
        click.echo(count(len(diagnostics), "problem"), err=True)
        return 1
    click.echo(", ".join(count(len(evidence.records(kind)), kind) for kind in _KINDS))
    return 0
