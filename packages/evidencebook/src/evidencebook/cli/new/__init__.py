"""evidencebook new: add a page or a record; source and page are modules, the other kinds are made from their models."""

import click

from evidencebook.cli._group import CommandsOfPackage
from evidencebook.cli.new._record import KINDS, record_command

_EPILOG = """\b
Examples:
  evidencebook new source --doi 10.1016/j.smrv.2016.01.006 --design systematic-review
  evidencebook new finding --topic sleep --source drake2013caffeine
  evidencebook new claim coffee-and-dreams --finding SLEEP-004
  evidencebook new page dreams --title "Coffee and Dreams" --claim coffee-and-dreams
"""


class _Kinds(CommandsOfPackage):
    """Add a command for each kind of record to those of the modules."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, sorted."""
        return sorted({*super().list_commands(ctx), *KINDS})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Make the command of a kind of record, or import that of a module."""
        return record_command(name) if name in KINDS else super().get_command(ctx, name)


@click.group(cls=_Kinds, package=__name__, epilog=_EPILOG)
def new() -> None:
    """Add a page or a record to the book.

    What you do not say is marked TO WRITE, and evidencebook check names it until it is written. The entry goes to the
    end of its file as text; when it would be unsound, nothing is written.
    """
