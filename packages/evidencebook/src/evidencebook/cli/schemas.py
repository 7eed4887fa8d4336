"""evidencebook schemas: write the JSON Schemas that editors use."""

from pathlib import Path

import click

from evidencebook.evidence.json_schema import write


@click.command(epilog="\b\nExample, after a change of records.py:\n  evidencebook schemas")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("evidence/schemas"))
def schemas(folder: Path) -> None:
    """Write the JSON Schemas with which an editor completes and checks entries.

    FOLDER is "evidence/schemas" unless given.
    """
    write(folder)
