"""evidencebook schemas: write the JSON Schemas that editors use."""

import click

from evidencebook.cli._book import book_option
from evidencebook.evidence.json_schema import write
from evidencebook.evidence.project import BookFolder


@click.command(epilog="\b\nExample:\n  evidencebook schemas")
@book_option
def schemas(book: BookFolder) -> None:
    """Write the JSON Schemas for editors.

    With those in evidence/schemas an editor completes and checks entries as one types.
    """
    write(book.evidence / "schemas")
