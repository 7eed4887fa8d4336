"""evidencebook upgrade: change the press that a book depends on."""

import click

from evidencebook.cli._book import book_option
from evidencebook.evidence.project import BookFolder

_EPILOG = """\b
Examples:
  evidencebook upgrade --press evidencebook-0.4.0-py3-none-any.whl
  evidencebook upgrade --press "evidencebook==0.4.0"
  evidencebook upgrade > changes.patch; git apply --reject changes.patch
"""


@click.command(epilog=_EPILOG)
@click.option("--press", metavar="PRESS", help="A requirement, git+https://… or a wheel. Default: this evidencebook.")
@book_option
def upgrade(press: str | None, book: BookFolder) -> None:
    """Pin another evidencebook for this book.

    The line in requirements.txt is changed, and the wheel in vendor/. What changed in the template of a new book is
    printed as a patch; no other file is touched.
    """
    from evidencebook.release.upgrade import upgrade as pin  # noqa: PLC0415  it reads the package, as init does

    before, now, patch = pin(book, press)
    click.echo(f"requirements.txt: {now} (was {before})" if now != before else f"requirements.txt: {now}", err=True)
    if patch:
        click.echo("what changed in the template, to be applied or not:", err=True)
        click.echo(patch, nl=False)
    elif ".whl" not in now:
        click.echo("what changed in the template is not known; compare with a new book: evidencebook init", err=True)
    click.echo("next: make book", err=True)
