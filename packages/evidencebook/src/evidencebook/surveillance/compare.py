"""Compare an entry of the bibliography with the registry's record of the work."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from evidencebook.evidence.models import Source
from evidencebook.surveillance.providers.crossref import CrossrefWork
from evidencebook.surveillance.text import letters, plain

#: What publishers write before the title of a work that they took back.
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


def is_marked_retracted(title: str) -> bool:
    """Tell whether a title says that its work was taken back: some publishers file no other notice."""
    return _TAKEN_BACK.match(title) is not None


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
