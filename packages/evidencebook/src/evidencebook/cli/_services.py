"""Give the commands that ask services the options they share."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

import click

from evidencebook.evidence.diagnostics import UserError
from evidencebook.surveillance.asking.contact import VARIABLE

Command = Callable[..., Any]
_OPTIONS = (
    click.option(
        "--contact",
        default="",
        envvar=VARIABLE,
        show_envvar=True,
        help="Your address of mail, for those asked; default: evidence_contact in the settings of the book.",
    ),
    click.option(
        "--service", "services", multiple=True, metavar="NAME=ADDRESS", help="Ask a service at another address."
    ),
    click.option("--ncbi-key", default="", envvar="EVIDENCEBOOK_NCBI_KEY", hidden=True),
    click.option("--hurry", default=1.0, envvar="EVIDENCEBOOK_HURRY", hidden=True),
    click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True),
)


def asks_services(command: Command) -> Command:
    """Add the options that say who asks, whom, and in what haste."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def addresses(texts: Iterable[str], known: Collection[str]) -> dict[str, str]:
    """Take apart each NAME=ADDRESS."""
    return dict(_address(text, known) for text in texts)


def _address(text: str, known: Collection[str]) -> tuple[str, str]:
    name, _, address = text.partition("=")
    if name not in known:
        raise UserError(f'there is no service "{name}"; there are: {", ".join(known)}. Write --service NAME=ADDRESS')
    if not address.startswith(("https://", "http://")):
        raise UserError(f'"{address}" is no address of a server; write it as {name}=https://…')
    return name, address
