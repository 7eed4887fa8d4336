"""evidencebook editions: lay earlier editions beside the newest build."""

from pathlib import Path

import click

from evidencebook.cli._book import book_option
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.project import BookFolder
from evidencebook.release.editions import lay


@click.command(epilog="\b\nExamples:\n  evidencebook editions\n  evidencebook editions --archives downloads")
@click.option(
    "--archives",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with <version>.zip of each edition. Default: book/_build/editions.",
)
@book_option
def editions(archives: Path | None, book: BookFolder) -> None:
    """Put earlier editions beside the built site.

    Each <version>.zip is unpacked below book/_build/html, at v/<version>/. Each of its pages says which edition it
    is of, and links to the page of today.
    """
    site, folder = book.build / "html", archives or book.build / "editions"
    if not (site / "index.html").is_file():
        raise UserError(f"{site / 'index.html'} is missing; build the book first")
    laid = lay(site, {path.name.removesuffix(".zip"): path for path in folder.glob("*.zip")})
    click.echo(f"{len(laid)} editions: {', '.join(laid)}" if laid else "no edition was released yet")
