"""Ask Crossref what a DOI stands for, and what was published about it since (Retraction Watch data included)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from evidencebook.surveillance.http import Client, NoAnswerError, UnknownError
from evidencebook.surveillance.text import part, parts, plain

_DATES = ("published-print", "published-online", "published", "issued")


@dataclass(frozen=True)
class Update:
    """Name something that was published about a work: its kind as Crossref has it, its DOI, who says so."""

    kind: str
    doi: str
    by_retraction_watch: bool = False


@dataclass(frozen=True)
class CrossrefWork:
    """Hold what Crossref says of a work.

    `authors` are written as BibTeX wants them: "Family, Given", an organisation in braces. `titles` has every form of
    the title, the fullest first; `years` every year of publication, in print or online.
    """

    doi: str
    titles: tuple[str, ...]
    authors: tuple[str, ...]
    year: int | None
    years: frozenset[int]
    journal: str | None
    kind: str
    updates: tuple[Update, ...] = ()


def work(doi: str, client: Client) -> CrossrefWork | None:
    """Return the work of a DOI; None when Crossref does not know it, raise NoAnswerError when it cannot be asked."""
    try:
        answer = client.json("crossref", f"works/{quote(doi, safe='')}")
    except UnknownError:
        return None
    message = part(answer, "message")
    if not isinstance(part(message, "DOI"), str):
        raise NoAnswerError("crossref gave an answer that cannot be read: it describes no work")
    return read_work(message)


def read_work(message: Mapping[str, Any]) -> CrossrefWork:
    """Take a work out of Crossref's record, whatever its shape."""
    title, subtitle = plain(part(message, "title", 0)), plain(part(message, "subtitle", 0))
    whole = f"{title.rstrip(':')}: {subtitle}" if title and subtitle else ""
    years = {name: part(message, name, "date-parts", 0, 0) for name in _DATES}
    sound = {name: year for name, year in years.items() if type(year) is int}
    return CrossrefWork(
        doi=plain(message.get("DOI")).lower(),
        titles=tuple(filter(None, (whole, title))),
        authors=tuple(_names(parts(message, "author") or parts(message, "editor"))),
        year=sound.get("issued") or next(iter(sound.values()), None),
        years=frozenset(sound.values()),
        journal=plain(part(message, "container-title", 0)) or None,
        kind=plain(message.get("type")),
        updates=tuple(_update(one) for one in parts(message, "updated-by")),
    )


def _names(people: Iterable[Any]) -> Iterable[str]:
    for person in people:
        family, given = plain(part(person, "family"), 300), plain(part(person, "given"), 300)
        if family:
            suffix = plain(part(person, "suffix"), 60)
            yield ", ".join(filter(None, (family, suffix, given)))  # as BibTeX has "Jr."
        elif body := plain(part(person, "name"), 300).replace("{", "").replace("}", ""):
            yield f"{{{body}}}"


def _update(record: Any) -> Update:
    kind = plain(part(record, "type"), 60).lower().replace(" ", "_").replace("-", "_")
    doi = plain(part(record, "DOI"), 300).lower().replace(" ", "")
    return Update(kind, doi, part(record, "source") == "retraction-watch")
