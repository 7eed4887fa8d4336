"""evidencebook init: begin a book on any subject."""

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import click

from evidencebook import locale
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import relative_path
from evidencebook.outputs.data.citation import TEXT_LICENCES

_EPILOG = """\b
Examples:
  evidencebook init tea --title "Tea and Sleep" --author "Ada Example"
  evidencebook init tea --bare --title "Tea and Sleep" --author "Example, Ada; Other, Bo; {The Tea Group}"
  evidencebook init tee --language de --subject "Tee; Schlaf" --title "Tee und Schlaf" --author "Ada Example"
  cd tea && make book && make test
"""


@click.command(epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="The title of the book.")
@click.option("--author", help='"Ada Example" or "Example, Ada"; several with semicolons; organisations in braces.')
@click.option("--licence", type=click.Choice([*TEXT_LICENCES]), help="Of text and data. Default: CC-BY-4.0.")
@click.option("--language", help="As en, de or es. Default: en.")
@click.option("--subject", help="What it is about, several with semicolons: the keywords of the book.")
@click.option("--bare", is_flag=True, help="Leave the sample out.")
@click.option("--press", "wanted", metavar="PRESS", help="Depend on this: evidencebook==0.3.0, git+https://…, a wheel.")
def init(
    folder: Path,
    title: str | None,
    author: str | None,
    licence: str | None,
    language: str | None,
    subject: str | None,
    bare: bool,
    wanted: str | None,
) -> None:
    """Begin a book in DIR.

    The sample is complete: sources, findings, claims, an assertion, a chapter and an executed page, with tests and
    settings. It says of itself that it is one; evidencebook forget-sample removes it. The book depends on this
    evidencebook, of which a wheel is put into vendor/, or on another by --press. What is in DIR already stays as it is.
    What is not given is asked for on a terminal. The sample is in English: a book in another language has none.
    """
    from evidencebook.release import new_book, wheel  # noqa: PLC0415  they read the package, which others need not

    title = new_book.one_line("title", _asked("Title", title))
    authors = new_book.parse_authors(_asked("Authors, several with semicolons", author))
    licence = new_book.parse_licence(_asked("Licence of text and data", licence, "CC-BY-4.0"))
    language = new_book.parse_language(_asked("Language", language, locale.ENGLISH))
    subjects = [one.strip() for one in _asked("Subject, several words with semicolons", subject, " ").split(";")]
    locale.use(language)
    line, files = wheel.requirement(wanted)
    day = dt.datetime.now(tz=dt.UTC).date()
    plan = new_book.Plan(
        title, authors, day, line, licence, language, tuple(filter(None, subjects)), folder.absolute().name
    )
    bare = bare or language != locale.ENGLISH
    text = new_book.template(new_book.installed_template(language), plan.words, bare=bare)
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


def _asked(question: str, given: str | None, default: str | None = None) -> str:
    """Return what was given, or ask for it on a terminal; elsewhere the default."""
    if given is None and sys.stdin.isatty():
        return str(click.prompt(question, default=default, show_default=bool((default or "").strip())))
    return (default if given is None else given) or ""


def _make_repository(folder: Path) -> None:
    """Make a git repository, unless the folder is in one or there is no git."""
    if shutil.which("git") and not any((above / ".git").exists() for above in (folder, *folder.parents)):
        subprocess.run(["git", "init", "--quiet", str(folder)], check=True)  # noqa: S603, S607  the git of the writer
