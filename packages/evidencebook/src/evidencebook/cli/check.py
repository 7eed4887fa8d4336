"""evidencebook check: validate the evidence base without Sphinx."""

from pathlib import Path

import click

from evidencebook.cli._book import book_option
from evidencebook.evidence import memo, page_sentences, todo_markers
from evidencebook.evidence.diagnostics import relative_path
from evidencebook.evidence.formatting import count
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.surveillance import included, store

_KINDS = ("source", "finding", "search", "claim", "assertion")


@click.command(epilog="\b\nExamples:\n  evidencebook check --pages\n  evidencebook check --book path/to/book")
@click.option("--pages", is_flag=True, help="List the sentences of pages that rest on nothing, and count them.")
@click.option("--settings", is_flag=True, help="Look at _config.yml and _toc.yml alone, as make does before a build.")
@book_option
def check(book: BookFolder, pages: bool, settings: bool) -> int:
    """Validate the evidence without building.

    Names every fault with file and line, and ends with status 1 when there is one. A stub that waits to be written is
    named and is no fault, and so is a source that was included and waits for its findings.
    """
    if settings:  # they were read when the book was found; Jupyter Book answers a tab in them with a traceback
        return 0
    if pages:
        return _unsupported(book.pages)
    with memo.kept_in(memo.file(book.pages, "evidence")):
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


def _unsupported(folder: Path) -> int:
    """List what rests on nothing, page by page, and the counts; it is a list to work on, so the status is 0."""
    found = page_sentences.of_book(folder)
    for page, sentences in found.items():
        for line, words in sentences:
            where = f"{relative_path(page)}:{line}"
            click.echo(f'{where}: "{words}" rests on no claim, finding, citation or result', err=True)
    for page, sentences in found.items():
        click.echo(f"{len(sentences):4} {page.relative_to(folder).as_posix()}")
    click.echo(f"{sum(map(len, found.values())):4} sentences that rest on nothing")
    return 0
