"""Judge what Crossref says of a work, with the data of Retraction Watch: what differs from its entry, and notices.

The kinds of updates are Crossref's: https://www.crossref.org/documentation/register-maintain-records/crossmark/.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from rapidfuzz import fuzz

from evidencebook.evidence.models import Source
from evidencebook.surveillance.providers.crossref import CrossrefWork
from evidencebook.surveillance.text import letters, plain

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


#: What publishers write before the title of a work that they took back: some file no other notice.
_TAKEN_BACK = re.compile(
    r"^\W*(?:retracted|withdrawn|removed)(?:[ -](?:article|paper|chapter|publication|manuscript))?\s*[:\])}–—-]+\s*",
    re.IGNORECASE,
)
#: Likeness from 0 to 100 from which on two titles are the same but for how they are written.
_SAME = 96


def differences(source: Source, work: CrossrefWork) -> Iterator[str]:
    """Yield what differs between an entry and a record: title, first author, number of authors, year.

    What is only written otherwise is no difference: case, accents, markup, a subtitle that one side lacks, a particle
    of a surname, the year online for that in print.
    """
    titles = [_TAKEN_BACK.sub("", title) for title in work.titles]
    if titles and not any(_same_title(source.title, title) for title in titles):
        yield f'title: "{plain(source.title, 200)}" in the entry, "{titles[0][:200]}" in the registry'
    people = [name for name in source.authors if name != "others"]
    if work.authors and not (people and _same_surname(people[0], work.authors[0])):
        ours = people[0] if people else "none"
        yield f'first author: "{ours}" in the entry, "{work.authors[0].strip("{}")}" in the registry'
    persons = [name for name in work.authors if not name.startswith("{")]
    if work.authors and people == list(source.authors) and len(people) not in {len(work.authors), len(persons)}:
        yield f"authors: {len(people)} in the entry, {len(work.authors)} in the registry"
    if work.years and source.year not in work.years:
        years = " or ".join(map(str, sorted(work.years)))
        yield f"year: {source.year or 'none'} in the entry, {years} in the registry"


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
    if not any(kind == "retracted" for kind, _, _ in found) and any(map(_TAKEN_BACK.match, work.titles)):
        found.append(("retracted", "", "its title says that it was taken back"))
    if not found:
        return "clear", "", ""
    found.sort(key=lambda notice: _GRAVITY.index(notice[0]))
    gravest = found[0][0]
    dois = sorted({doi for kind, doi, _ in found if kind == gravest and doi})
    return gravest, " ".join(dois), "; ".join(dict.fromkeys((*(words for *_, words in found), *remarks)))


def _same_title(ours: str, theirs: str) -> bool:
    """Compare two titles, and the main title of one side with the whole of the other."""
    mains = {re.split(r"[:?.]\s|\s[–—-]\s", plain(title))[0] for title in (ours, theirs)}
    one, other = letters(plain(ours)), letters(plain(theirs))
    if {one, other} & {letters(main) for main in mains} and (one.startswith(other) or other.startswith(one)):
        return True
    numbers = [re.findall(r"\d+", title) for title in (one, other)]  # part 1 is not part 2
    return numbers[0] == numbers[1] and fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")) >= _SAME


def _same_surname(ours: str, theirs: str) -> bool:
    names = [re.sub("['’]", "", name.strip("{}").partition(",")[0]) for name in (ours, theirs)]
    short, long = sorted((letters(name).split() for name in names), key=len)
    return bool(short) and short in (long[: len(short)], long[-len(short) :])


def _kind(update: str) -> tuple[Notice, str]:
    """Sort an update; a kind that we do not know is told as a correction, not left out."""
    if update in _RETRACTIONS:
        return "retracted", _RETRACTIONS[update]
    if update == "expression_of_concern":
        return "concern", "an expression of concern was published"
    return "corrected", "it was corrected" if update in _CORRECTIONS else f"an update of kind {update!r}"
