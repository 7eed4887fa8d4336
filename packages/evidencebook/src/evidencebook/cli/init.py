"""evidencebook init: begin a book on any subject."""

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import click

from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import relative_path

_EPILOG = """\b
Examples:
  evidencebook init tea --title "Tea and Sleep" --author "Ada Example"
  evidencebook init tea --bare --title "Tea and Sleep" --author "Example, Ada; Other, Bo; {The Tea Group}"
  cd tea && make book && make test
"""


@click.command(epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="The title of the book.")
@click.option("--author", help='"Ada Example" or "Example, Ada"; several with semicolons; organisations in braces.')
@click.option("--bare", is_flag=True, help="Leave the sample out.")
@click.option("--press", "wanted", metavar="PRESS", help="Depend on this: evidencebook==0.3.0, git+https://…, a wheel.")
def init(folder: Path, title: str | None, author: str | None, bare: bool, wanted: str | None) -> None:
    """Begin a book in DIR.

    The sample is complete: sources, findings, claims, an assertion, a chapter and an executed page, with tests and
    settings. It says of itself that it is one; evidencebook forget-sample removes it. The book depends on this
    evidencebook, of which a wheel is put into vendor/, or on another by --press. What is in DIR already stays as it is.
    """
    from evidencebook.release import new_book, wheel  # noqa: PLC0415  they read the package, which others need not

    title = new_book.one_line("title", _asked("Title", title))
    authors = new_book.parse_authors(_asked("Authors, several with semicolons", author))
    line, files = wheel.requirement(wanted)
    plan = new_book.Plan(title, authors, dt.datetime.now(tz=dt.UTC).date(), line, folder.absolute().name)
    text = new_book.template(new_book.installed_template(), plan.words, bare=bare)
    root = folder.absolute()
    contents, kept = new_book.contents(root, {**text, **files})
    write_together(contents)
    for path, content in contents.items():
        if isinstance(content, str) and content.startswith("#!"):
            path.chmod(0o755)
    if kept:
        click.echo(f"kept as it was: {', '.join(kept)}", err=True)
    _make_repository(root)
    click.echo(f"{relative_path(root)} holds the book. Next:\n  cd {folder}\n  make book\n  make test")


def _asked(question: str, given: str | None) -> str:
    if given is None and sys.stdin.isatty():
        return str(click.prompt(question))
    return given or ""


def _make_repository(folder: Path) -> None:
    """Make a git repository, unless the folder is in one or there is no git."""
    if shutil.which("git") and not any((above / ".git").exists() for above in (folder, *folder.parents)):
        subprocess.run(["git", "init", "--quiet", str(folder)], check=True)  # noqa: S603, S607  the git of the writer
