"""evidencebook forget-sample: take the sample out of a new book."""

import click

from evidencebook.cli._book import book_option
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import relative_path
from evidencebook.evidence.project import BookFolder


@click.command("forget-sample", epilog="\b\nExample:\n  evidencebook forget-sample")
@book_option
def forget_sample(book: BookFolder) -> None:
    """Remove the sample that a new book begins with.

    Nothing is removed while records or pages of yours rest on it; they are named.
    """
    from evidencebook.release import new_book  # noqa: PLC0415  as init does

    changes = new_book.forget_sample(book)
    write_together({path: text for path, text in changes.items() if text is not None})
    for path, text in changes.items():
        if text is None:
            path.unlink()
        click.echo(f"{relative_path(path)}: {'removed' if text is None else 'changed'}")
    if not changes:
        click.echo("this book holds nothing of the sample")
