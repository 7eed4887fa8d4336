"""evidencebook pack: gather what a release carries."""

import os
import sys
from pathlib import Path

import click
import yaml

from evidencebook.release import contents as release
from evidencebook.release import packing


@click.command(epilog="\b\nExample:\n  evidencebook pack book/_build --tag v0.1.0")
@click.argument("build", type=click.Path(exists=True, file_okay=False, path_type=Path), default="book/_build")
@click.option("--tag", default="", help="Tag of the release, as v0.1.0; refused when the book bears another version.")
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default="book/_config.yml",
    help="Where the book's version stands, as sphinx: config: release.",
)
def pack(build: Path, tag: str, config: Path) -> None:
    """Gather site, PDF, EPUB, evidence and list of parts from BUILD into BUILD/release.

    The same files give the same archives; SOURCE_DATE_EPOCH dates what is in them.
    """
    bears = _version(config)
    if tag and tag.removeprefix("v") != bears:
        raise click.UsageError(f"the tag is {tag}, but {config} says release: {bears}; make them agree")
    try:
        made = release.gather(build, packing.day_of(os.environ))
    except (release.NotReadyError, ValueError) as wrong:
        click.echo(wrong, err=True)
        sys.exit(1)
    for path in made:
        click.echo(f"{path} {path.stat().st_size:,} bytes")


def _version(config: Path) -> str:
    """Read the version that the book bears."""
    try:
        return str(yaml.safe_load(config.read_text(encoding="utf-8"))["sphinx"]["config"]["release"])
    except (yaml.YAMLError, KeyError, TypeError):
        raise click.UsageError(f"{config} names no version; write it under sphinx: config: release") from None


if __name__ == "__main__":
    pack()
