"""evidencebook editions: lay earlier editions beside the newest build."""

import sys
import zipfile
from pathlib import Path

import click

from evidencebook.release.editions import lay

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(epilog="\b\nExample:\n  evidencebook editions book/_build/html book/_build/editions")
@click.argument("site", type=_FOLDER)
@click.argument("archives", type=_FOLDER)
def editions(site: Path, archives: Path) -> None:
    """Unpack every <version>.zip of ARCHIVES below SITE, at v/<version>/.

    Each kept page says that it is kept, and links to the page of today.
    """
    if not (site / "index.html").is_file():
        raise click.UsageError(f"{site / 'index.html'} is missing; build the book first")
    try:
        laid = lay(site, {path.name.removesuffix(".zip"): path for path in archives.glob("*.zip")})
    except (ValueError, zipfile.BadZipFile) as wrong:
        click.echo(wrong, err=True)
        sys.exit(1)
    click.echo(f"{len(laid)} editions: {', '.join(laid)}" if laid else "no edition was released yet")


if __name__ == "__main__":
    editions()
