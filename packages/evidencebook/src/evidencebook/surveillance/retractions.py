"""Know the notices about a work: retractions, expressions of concern, corrections."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from evidencebook.evidence.identifiers import DOI
from evidencebook.surveillance.compare import is_marked_retracted
from evidencebook.surveillance.providers.crossref import Update
from evidencebook.surveillance.text import part, parts, plain

NoticeKind = Literal["retracted", "concern", "corrected"]
#: Graver first.
_GRAVITY: tuple[NoticeKind, ...] = ("retracted", "concern", "corrected")
#: Kinds of updates as Crossref names them, after which readers should trust a work less.
_CROSSREF: Mapping[str, tuple[NoticeKind, str]] = {
    "retraction": ("retracted", "it was retracted"),
    "partial_retraction": ("retracted", "it was retracted in part"),
    "withdrawal": ("retracted", "it was withdrawn"),
    "removal": ("retracted", "it was removed"),
    "expression_of_concern": ("concern", "an expression of concern was published"),
    **dict.fromkeys(
        ("correction", "corrigendum", "erratum", "addendum", "clarification"), ("corrected", "it was corrected")
    ),
}
#: Updates that are no notices.
_REMARKS: Mapping[str, str] = {
    "reinstatement": "it was reinstated",
    "new_version": "a new version was published",
    "new_edition": "a new edition was published",
}
#: Links between records as PubMed, and Europe PMC after it, names them.
_PUBMED: Mapping[str, tuple[NoticeKind, str]] = {
    "retraction in": ("retracted", "it was retracted"),
    "retracted and republished in": ("retracted", "it was retracted and published again"),
    "partial retraction in": ("retracted", "it was retracted in part"),
    "expression of concern in": ("concern", "an expression of concern was published"),
    "erratum in": ("corrected", "it was corrected"),
    "corrected and republished in": ("corrected", "it was corrected and published again"),
}


@dataclass(frozen=True)
class Notice:
    """Name one notice: what it says of the work, and its DOI or PubMed number (as PMID:1) where one is known."""

    kind: NoticeKind
    name: str
    words: str


def of_updates(updates: Iterable[Update], titles: Iterable[str]) -> tuple[list[Notice], list[str]]:
    """Return the notices and the remarks in a Crossref record; a kind that we do not know counts as a correction."""
    notices, remarks = [], []
    for update in updates:
        if update.kind in _REMARKS:
            remarks.append(f"{_REMARKS[update.kind]}: {update.doi}")
            continue
        kind, words = _CROSSREF.get(update.kind, ("corrected", f"an update of kind {update.kind!r}"))
        by = ", as Retraction Watch says" if update.by_retraction_watch else ""
        notices.append(Notice(kind, update.doi, f"{words}{by}"))
    return [*notices, *_of_titles(titles, notices)], remarks


def of_article(article: Any, titles: Iterable[str]) -> list[Notice]:
    """Return the notices in a Europe PMC record of a PubMed article."""
    notices = []
    for link in parts(article, "commentCorrectionList", "commentCorrection"):
        if known := _PUBMED.get(plain(part(link, "type"), 60).lower()):
            number = plain(part(link, "id"))
            name = DOI.find(plain(part(link, "reference"))) or (f"PMID:{number}" if number.isdecimal() else "")
            notices.append(Notice(known[0], name, f"{known[1]}, as PubMed says"))
    kinds = {plain(kind).lower() for kind in parts(article, "pubTypeList", "pubType")}
    if "retracted publication" in kinds and not any(one.kind == "retracted" for one in notices):
        notices.append(Notice("retracted", "", "it is a retracted publication, as PubMed says"))
    return [*notices, *_of_titles(titles, notices)]


def judged(notices: Iterable[Notice], remarks: Iterable[str] = ()) -> tuple[NoticeKind | Literal["clear"], str, str]:
    """Return the gravest kind, the names of the notices of that kind (apart by spaces), and all of it in words."""
    ordered = sorted(notices, key=lambda one: _GRAVITY.index(one.kind))
    words = dict.fromkeys(f"{one.words}: {one.name}" if one.name else one.words for one in ordered)
    if not ordered:
        return "clear", "", ""
    names = sorted({one.name for one in ordered if one.kind == ordered[0].kind and one.name})
    return ordered[0].kind, " ".join(names), "; ".join((*words, *remarks))


def _of_titles(titles: Iterable[str], notices: Iterable[Notice]) -> Iterator[Notice]:
    if not any(one.kind == "retracted" for one in notices) and any(map(is_marked_retracted, titles)):
        yield Notice("retracted", "", "its title says that it was taken back")
