"""evidencebook check: validate the evidence base without Sphinx."""

from pathlib import Path

import click

from evidencebook.evidence import project as bookfolder
from evidencebook.evidence import todo_markers as stubs
from evidencebook.evidence.loader import inspect
from evidencebook.surveillance import base
from evidencebook.surveillance.screen import waiting


@click.command(epilog="\b\nExamples:\n  evidencebook check\n  evidencebook check path/to/evidence")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("evidence"))
def check(folder: Path) -> int:
    """Validate sources, findings, claims and assertions.

    Names every fault with file and line, and ends with status 1 when there is one. A stub that waits to be written is
    named and is no fault, and so is a source that was included and waits for its findings. FOLDER is "evidence" unless
    given.
    """
    config = bookfolder.BookFolder(folder.parent).config
    if config.is_file():
        bookfolder.title(config)
    evidence, problems = inspect(folder)
    living, more = base.inspect(folder, evidence)
    problems += more
    for problem in (*problems, *stubs.left(evidence), *waiting.left(living, evidence)):
        click.echo(problem, err=True)
    if problems:
        click.echo("1 problem" if len(problems) == 1 else f"{len(problems)} problems", err=True)
        return 1
    kinds = {
        "source": "sources",
        "finding": "findings",
        "search": "searches",
        "claim": "claims",
        "assertion": "assertions",
    }
    counts = {one: len(getattr(evidence, several)) for one, several in kinds.items()}
    click.echo(", ".join(f"{count} {one if count == 1 else kinds[one]}" for one, count in counts.items()))
    return 0
