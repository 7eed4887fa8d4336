"""evidencebook show: print a record with its chain to the sources."""

import shutil
from pathlib import Path

import click

from evidencebook.analysis import trace as chain
from evidencebook.evidence import project as bookfolder
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.loader import inspect

_EPILOG = """\b
Examples:
  evidencebook show some-claim           a claim, its findings, their sources
  evidencebook show SLEEP-001            a finding, its source, the claims that use it
  evidencebook show drake2013caffeine    a source and what was taken from it
  evidencebook show A01                  an assertion, its verdict, its claims
"""


@click.command(epilog=_EPILOG)
@click.argument("name", metavar="ID")
@click.option(
    "--evidence", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Default: that of the book here."
)
def show(name: str, evidence: Path | None) -> None:
    """Print a claim with its chain to the sources; a finding, source, assertion, search or outcome likewise."""
    base, problems = inspect(evidence or _evidence())
    if problems:
        click.echo(f"the evidence has {len(problems)} faults; evidencebook check names them", err=True)
    try:
        lines = chain.told(base, name, min(shutil.get_terminal_size().columns, 100))
    except LookupError as unknown:
        raise UserError(str(unknown.args[0])) from unknown
    click.echo("\n".join(lines))


def _evidence() -> Path:
    """Give the evidence below the working folder, so that paths stay short, or else that of the book around it."""
    near = Path("evidence")
    return near if near.is_dir() else bookfolder.here().evidence
