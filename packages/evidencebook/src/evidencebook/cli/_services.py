"""Give the commands that ask services the options they share, one client, and what Crossref knows of a DOI."""

import os
import re
from typing import TYPE_CHECKING

import click

from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.project import BookFolder

if TYPE_CHECKING:
    from evidencebook.surveillance.http import Client

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
today_option = click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True)


def client(book: BookFolder, contact: str, *, cached: bool = True) -> "Client":
    """Return the client of a command; raise UserError without a contact address."""
    from evidencebook.surveillance.http import Client  # noqa: PLC0415  needs the extra "surveillance"

    return Client(contact_of(book, contact), cache=book.root / ".watch" / "http" if cached else None)


def contact_of(book: BookFolder, given: str = "", *, required: bool = True) -> str:
    """Return the e-mail address given by option or variable, else the book's; raise UserError without a needed one."""
    file = relative_path(book.config)
    address, where = given.strip(), f"--contact, or {VARIABLE}"
    if not address:
        address, where = str(book.setting(SETTING) or "").strip(), f"{file}: {SETTING}"
    if not address and not required:
        return ""
    if not address:
        raise UserError(
            f"{file}:1: there is no contact address, and the services ask programs for one; write below sphinx, config "
            f"one line such as {SETTING}: you@example.org, give --contact you@example.org, or set {VARIABLE}"
        )
    if len(address) > 254 or not _MAIL.fullmatch(address):
        raise UserError(f"{where}: {address[:80]!r} is no e-mail address; write one such as you@example.org")
    return address


def look_up(doi: str, contact: str) -> tuple[dict[str, str], str]:
    """Return the fields of a bibliography that Crossref knows of a DOI, and the kind of its entry.

    Raises NoAnswerError when Crossref cannot be asked, another UserError when it does not know the DOI.
    """
    from evidencebook.surveillance.http import Client  # noqa: PLC0415  as above
    from evidencebook.surveillance.providers.crossref import work  # noqa: PLC0415  as above

    addresses = {"crossref": os.environ.get("EVIDENCEBOOK_CROSSREF", "")}  # where a test answers
    found = work(doi, Client(contact, addresses=addresses, tries=1))
    if found is None:
        raise UserError(f'Crossref does not know the DOI "{doi}"')
    fields = {
        "author": " and ".join(found.authors),
        "title": next(iter(found.titles), ""),
        "year": str(found.year or ""),
        "journal": found.journal or "",
    }
    known = {name: text for name, text in fields.items() if text}
    return known, "article" if found.kind == "journal-article" and "journal" in known else "misc"


def look_up_pmid(pmid: str, contact: str) -> tuple[dict[str, str], str]:
    """Return the fields that Europe PMC knows of a PubMed number, and the kind of its entry; raise as look_up does."""
    from evidencebook.surveillance.http import Client  # noqa: PLC0415  as above
    from evidencebook.surveillance.providers.europe_pmc import by_pmid  # noqa: PLC0415  as above

    addresses = {"europe-pmc": os.environ.get("EVIDENCEBOOK_EUROPE_PMC", "")}  # as above
    found = by_pmid(Client(contact, addresses=addresses, tries=1), pmid)
    if found is None:
        raise UserError(f'Europe PMC does not know the PMID "{pmid}"')
    known = {"title": found.title, "year": str(found.year or ""), "journal": found.venue or "", "doi": found.doi or ""}
    fields = {"author": " and ".join(found.authors), **known}
    return {name: text for name, text in fields.items() if text}, "article" if found.venue else "misc"
