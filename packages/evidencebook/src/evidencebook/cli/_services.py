"""Give the commands that ask services the options they share."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
import yaml

from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.project import BookFolder
from evidencebook.surveillance.http import ADDRESSES, Client

#: Where a book keeps the e-mail address for services: in book/_config.yml, below sphinx, config.
SETTING, VARIABLE = "evidence_contact", "EVIDENCEBOOK_CONTACT"
#: Strict on purpose: it stands in a header, where a space or a line break would say something else.
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
contact_option = click.option(
    "--contact",
    default="",
    envvar=VARIABLE,
    show_envvar=True,
    metavar="E-MAIL",
    help=f"Your e-mail address, for those asked; default: {SETTING} in book/_config.yml.",
)
_OPTIONS = (
    contact_option,
    click.option("--service", "services", multiple=True, metavar="NAME=ADDRESS", help="Ask a service elsewhere."),
    click.option("--pace", default=1.0, envvar="EVIDENCEBOOK_PACE", hidden=True),
    click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True),
)


def asks_services(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say who asks, whom, at which pace, and on which day."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def client(book: BookFolder, contact: str, services: Iterable[str], pace: float, *, cached: bool = True) -> Client:
    """Return the client of a command; raise UserError for an unknown service and without a contact address."""
    addresses = {}
    for text in services:
        name, _, address = text.partition("=")
        if name not in ADDRESSES:
            raise UserError(
                f'unknown service "{name}"; there are: {", ".join(ADDRESSES)}. Write --service NAME=ADDRESS'
            )
        if not address.startswith(("https://", "http://")):
            raise UserError(f'"{address}" is no address of a server; write it as {name}=https://…')
        addresses[name] = address
    cache = book.root / ".watch" / "http" if cached else None
    return Client(contact_of(book, contact), cache=cache, addresses=addresses, pace=pace)


def contact_of(book: BookFolder, given: str = "") -> str:
    """Return the e-mail address given with the command or its variable, else the book's; raise UserError without one."""
    file = relative_path(book.config)
    address, where = given.strip(), f"--contact, or {VARIABLE}"
    if not address:
        address, where = _setting(book.config), f"{file}: {SETTING}"
    if not address:
        raise UserError(
            f"{file}:1: there is no contact address, and the services ask programs for one; write below sphinx, config "
            f"one line such as {SETTING}: you@example.org, give --contact you@example.org, or set {VARIABLE}"
        )
    if len(address) > 254 or not _MAIL.fullmatch(address):
        raise UserError(f"{where}: {address[:80]!r} is no e-mail address; write one such as you@example.org")
    return address


def _setting(config: Path) -> str:
    settings: Any = yaml.safe_load(config.read_text(encoding="utf-8"))  # it was read once, when the book was found
    for name in ("sphinx", "config", SETTING):
        settings = settings.get(name) if isinstance(settings, dict) else None
    return str(settings or "").strip()
