"""evidencebook pack: gather what a release carries."""

import os

import click

from evidencebook.cli._book import book_option
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.project import BookFolder
from evidencebook.release import archive


@click.command(epilog="\b\nExample:\n  evidencebook pack --tag v0.1.0")
@click.option("--tag", default="", help="Tag of the release, as v0.1.0; refused when the book has another version.")
@book_option
def pack(tag: str, book: BookFolder) -> None:
    """Gather what a release carries.

    Site, PDF, EPUB, evidence and SBOM go from book/_build into book/_build/release. The same files give the same
    archives; SOURCE_DATE_EPOCH dates what is in them.
    """
    version = str(book.setting("release") or "")
    if not version:
        raise UserError(f"{relative_path(book.config)} has no version; write it under sphinx: config: release")
    if tag and tag.removeprefix("v") != version:
        raise UserError(f"the tag is {tag}, but {relative_path(book.config)} has release: {version}; make them agree")
    for path in archive.gather(book.build, archive.day_of(os.environ)):
        click.echo(f"{relative_path(path)} {path.stat().st_size:,} bytes")
