"""evidencebook schemas: write the JSON Schemas that editors use."""

import click

from evidencebook.cli._book import book_option
from evidencebook.evidence import json_schema
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.project import BookFolder
from evidencebook.surveillance import models


@click.command(epilog="\b\nExample:\n  evidencebook schemas")
@book_option
def schemas(book: BookFolder) -> None:
    """Write the JSON Schemas for editors.

    With those in evidence/schemas an editor completes and checks entries as one types.
    """
    texts = json_schema.texts(json_schema.RECORDS | models.RECORDS)
    write_together({book.evidence / "schemas" / name: text for name, text in texts.items()})
