"""Know the notices about a work, as Crossref has them with the data of Retraction Watch.

The kinds of updates are Crossref's: https://www.crossref.org/documentation/register-maintain-records/crossmark/.
"""

from collections.abc import Mapping
from typing import Literal

from evidencebook.surveillance.compare import is_marked_retracted
from evidencebook.surveillance.providers.crossref import CrossrefWork

Notice = Literal["retracted", "concern", "corrected", "clear"]
#: The gravest first.
_GRAVITY: tuple[Notice, ...] = ("retracted", "concern", "corrected")
_RETRACTIONS: Mapping[str, str] = {
    "retraction": "it was retracted",
    "partial_retraction": "it was retracted in part",
    "withdrawal": "it was withdrawn",
    "removal": "it was removed",
}
_CORRECTIONS = frozenset({"correction", "corrigendum", "erratum", "addendum", "clarification"})
#: Updates that are told and are no notices.
_REMARKS: Mapping[str, str] = {
    "reinstatement": "it was reinstated",
    "new_version": "a new version was published",
    "new_edition": "a new edition was published",
}


def judged(work: CrossrefWork) -> tuple[Notice, str, str]:
    """Return the gravest kind of notice, the DOIs of that kind (apart by spaces), and all of it in words."""
    found: list[tuple[Notice, str, str]] = []
    remarks = []
    for update in work.updates:
        if update.kind in _REMARKS:
            remarks.append(f"{_REMARKS[update.kind]}: {update.doi}")
            continue
        kind, words = _kind(update.kind)
        by = ", as Retraction Watch says" if update.by_retraction_watch else ""
        found.append((kind, update.doi, f"{words}{by}: {update.doi}"))
    if not any(kind == "retracted" for kind, _, _ in found) and any(map(is_marked_retracted, work.titles)):
        found.append(("retracted", "", "its title says that it was taken back"))
    if not found:
        return "clear", "", ""
    found.sort(key=lambda notice: _GRAVITY.index(notice[0]))
    gravest = found[0][0]
    dois = sorted({doi for kind, doi, _ in found if kind == gravest and doi})
    return gravest, " ".join(dois), "; ".join(dict.fromkeys((*(words for *_, words in found), *remarks)))


def _kind(update: str) -> tuple[Notice, str]:
    """Sort an update; a kind that we do not know is told as a correction, not left out."""
    if update in _RETRACTIONS:
        return "retracted", _RETRACTIONS[update]
    if update == "expression_of_concern":
        return "concern", "an expression of concern was published"
    return "corrected", "it was corrected" if update in _CORRECTIONS else f"an update of kind {update!r}"
