"""Read what Crossref says of a work; its notices are in `updated-by`, those of Retraction Watch among them."""

from collections.abc import Iterator, Mapping
from typing import Any

from evidencebook.surveillance import crossref_lookup as crossref
from evidencebook.surveillance.asking.plain import fields, items, plain
from evidencebook.surveillance.links import NOTICES
from evidencebook.surveillance.verify.seen import Notice, Notices, Seen, marked

#: Further kinds of updates; those of `links.NOTICES` say that readers should trust an article less.
_MENDING = frozenset({"correction", "corrigendum", "erratum", "addendum", "clarification"})
_FURTHER: Mapping[str, str] = {
    "reinstatement": "it was reinstated",
    "new_version": "a new version was published",
    "new_edition": "a new edition was published",
}
_DATES = ("published-print", "published-online", "published", "issued")


def seen(asked: str, answer: Any) -> Seen:
    """Return the work of an answer; raise ValueError when it holds none."""
    message = fields(fields(answer).get("message"))
    if not isinstance(message.get("DOI"), str):
        raise ValueError("it describes no work")
    titles = tuple(filter(None, (plain(title) for title in items(message.get("title")))))
    subtitles = tuple(filter(None, (plain(title) for title in items(message.get("subtitle")))))
    whole = tuple(f"{title.rstrip(':')}: {subtitle}" for title in titles[:1] for subtitle in subtitles)
    others = tuple(filter(None, (plain(title) for title in items(message.get("original-title")))))
    updates = [fields(update) for update in items(message.get("updated-by"))]
    notices = tuple(_notices(updates))
    return Seen(
        registry="Crossref",
        titles=(*whole, *titles, *others),
        authors=_authors(asked, message),
        years=frozenset(year for name in _DATES if (year := _year(message.get(name))) is not None),
        doi=plain(message["DOI"]).lower(),
        notices=notices if any(one.kind == "retracted" for one in notices) else (*notices, *marked(titles)),
        remarks=tuple(f"{_FURTHER[kind]}: {_doi(update)}" for update in updates if (kind := _type(update)) in _FURTHER),
    )


def _notices(updates: list[dict[str, Any]]) -> Iterator[Notice]:
    """Yield what was published about the work; a kind that we do not know is told as a correction, not left out."""
    for update in updates:
        kind = _type(update)
        if kind in _FURTHER:
            continue
        by = ", as Retraction Watch says" if update.get("source") == "retraction-watch" else ""
        words = NOTICES.get(kind) or ("it was corrected" if kind in _MENDING else f"an update of kind {kind!r}")
        yield Notice(_gravity(kind), _doi(update), f"{words}{by}")


def _gravity(kind: str) -> Notices:
    if kind == "expression_of_concern":
        return "concern"
    return "retracted" if kind in NOTICES else "corrected"


def _type(update: Mapping[str, Any]) -> str:
    """Name the kind of an update as Crossref's schema does, however it was written."""
    return plain(update.get("type"), 60).lower().replace(" ", "_").replace("-", "_")


def _doi(update: Mapping[str, Any]) -> str:
    """Give the DOI of a notice without spaces, since names of notices stand in one line."""
    return plain(update.get("DOI"), 300).lower().replace(" ", "")


def _authors(asked: str, message: Mapping[str, Any]) -> tuple[str, ...]:
    """Read the names as for a new entry; editors stand in where there are no authors."""
    people = [fields(one) for one in items(message.get("author")) or items(message.get("editor"))]
    texts = [{name: plain(text, 300) for name, text in one.items() if isinstance(text, str)} for one in people]
    return crossref.work_of(asked, {"author": texts}).authors


def _year(date: Any) -> int | None:
    """Read the year out of Crossref's dates, which are lists of lists and may be empty."""
    first = items((items(fields(date).get("date-parts")) or [None])[0])
    return first[0] if first and type(first[0]) is int else None
