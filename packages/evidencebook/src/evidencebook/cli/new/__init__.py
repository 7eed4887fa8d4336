"""evidencebook new: add a page or a record; each kind is the module of its name."""

import click

from evidencebook.cli._group import CommandsOfPackage

_EPILOG = """\b
Examples:
  evidencebook new source --doi 10.1016/j.smrv.2016.01.006 --design systematic-review
  evidencebook new finding --topic sleep --source drake2013caffeine
  evidencebook new claim coffee-and-dreams --finding SLEEP-004
  evidencebook new page dreams --title "Coffee and Dreams" --claim coffee-and-dreams
"""


@click.group(cls=CommandsOfPackage, package=__name__, epilog=_EPILOG)
def new() -> None:
    """Add a page, source, finding, claim, search or assertion.

    What you do not say is marked TO WRITE, and evidencebook check names it until it is written. The entry goes to the
    end of its file as text; when it would be unsound, nothing is written.
    """
