"""Ask Crossref what a DOI stands for; say plainly when it does not know, or does not answer."""

import html
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidencebook import __version__

BASE = "https://api.crossref.org"
_SECONDS = 10
_TAG = re.compile(r"<[^>]+>")


class NoAnswerError(Exception):
    """Say why Crossref could not be asked."""


@dataclass(frozen=True)
class Work:
    """Hold what a bibliography needs of a published work."""

    doi: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    journal: str | None
    kind: str


def fetch(doi: str, base: str = BASE, mailto: str = "") -> Work:
    """Return the work of a DOI.

    Raises LookupError when Crossref does not know the DOI, and NoAnswerError when it cannot be asked or understood.
    """
    address = f"{base.rstrip('/')}/works/{urllib.parse.quote(doi, safe='')}"
    if not address.startswith(("https://", "http://")):
        raise NoAnswerError(f"{base} is no address of a server")
    # Crossref asks programs to name themselves and a person to write to; it then answers more reliably.
    name = f"evidencebook/{__version__}" + (f" (mailto:{mailto})" if mailto else "")
    request = urllib.request.Request(address, headers={"User-Agent": name, "Accept": "application/json"})  # noqa: S310  checked above
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  checked above
            return work_of(doi, json.load(answer)["message"])
    except urllib.error.HTTPError as refused:
        if refused.code == 404:
            raise LookupError(f'Crossref does not know the DOI "{doi}"') from refused
        raise NoAnswerError(f"Crossref answered with status {refused.code}") from refused
    except (OSError, TimeoutError) as broken:
        raise NoAnswerError(f"Crossref did not answer ({getattr(broken, 'reason', broken)})") from broken
    except (ValueError, LookupError, TypeError, AttributeError) as strange:
        raise NoAnswerError("Crossref gave an answer that cannot be read") from strange


def work_of(doi: str, message: Mapping[str, Any]) -> Work:
    """Take the fields of a bibliography out of Crossref's record."""
    titles = [_plain(one) for one in message.get("title") or ()]
    journals = [_plain(one) for one in message.get("container-title") or ()]
    dates = ((message.get("issued") or {}).get("date-parts") or [[None]])[0]
    names = (_name(one) for one in message.get("author") or message.get("editor") or ())
    return Work(
        doi=doi,
        title=titles[0] if titles else "",
        authors=tuple(name for name in names if name),
        year=int(dates[0]) if dates and dates[0] else None,
        journal=journals[0] if journals else None,
        kind=str(message.get("type") or ""),
    )


def _name(person: Mapping[str, Any]) -> str:
    """Write a person as "Family, Given", an organisation in braces, as BibTeX wants it."""
    if family := person.get("family"):
        return _plain(", ".join(filter(None, (family, person.get("given")))))
    name = _plain(str(person.get("name") or ""))
    return f"{{{name}}}" if name else ""


def _plain(text: str) -> str:
    """Take markup, entities and line breaks out of a text."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())
