"""Compare an entry of the bibliography with the registry's record of the work."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from evidencebook.evidence import bibtex_writer
from evidencebook.evidence.models import Source
from evidencebook.surveillance.text import letters, plain

#: What publishers write before the title of a work that they took back.
_TAKEN_BACK = re.compile(
    r"^\W*(?:retracted|withdrawn|removed)(?:[ -](?:article|paper|chapter|publication|manuscript))?\s*[:\])}–—-]+\s*",
    re.IGNORECASE,
)
#: Likeness of two titles, from 0 to 100: the same but for how they are written; below the second it is another work.
_SAME, _ANOTHER = 96, 60
_MOST_NAMES = 25


@dataclass(frozen=True)
class RegistryRecord:
    """Describe a work as one registry does; what it does not say is empty."""

    registry: str
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()


def differences(source: Source, record: RegistryRecord) -> list[str]:
    """Say what differs between an entry and a record, and what to write instead; nothing when they agree.

    What is only written otherwise is no difference: case, accents, markup, a subtitle that one side lacks, a particle
    of a surname.
    """
    return list(_differences(source, record))


def is_marked_retracted(title: str) -> bool:
    """Tell whether a title says that its work was taken back: some publishers file no other notice."""
    return _TAKEN_BACK.match(title) is not None


def _differences(source: Source, record: RegistryRecord) -> Iterator[str]:
    titles = [_TAKEN_BACK.sub("", title) for title in record.titles]
    likeness = max((_likeness(source.title, title) for title in titles), default=100)
    if likeness < _SAME:
        write = (
            "this is another work: compare the DOI or the number with the article, and fix that"
            if likeness < _ANOTHER
            else _line("title", titles[0])
        )
        yield f'title: "{plain(source.title, 200)}" in the entry, "{titles[0][:200]}" in {record.registry}; {write}'
    people = [name for name in source.authors if name != "others"]
    persons = [name for name in record.authors if not name.startswith("{")]
    if record.authors and not (people and _same_name(people[0], record.authors[0])):
        first = f'first "{people[0]}"' if people else "none"
        theirs = record.authors[0].strip("{}")
        yield f'authors: {first} in the entry, first "{theirs}" in {record.registry}; {_names(record.authors)}'
    elif record.authors and people == list(source.authors) and len(people) not in {len(record.authors), len(persons)}:
        counts = f"{len(people)} in the entry, {len(record.authors)} in {record.registry}"
        yield f"authors: {counts}; {_names(record.authors)}"
    if record.years and source.year not in record.years:
        years = " or ".join(map(str, sorted(record.years)))
        write = _line("year", str(max(record.years)))  # of the issue, which is how a work is cited
        yield f"year: {source.year or 'none'} in the entry, {years} in {record.registry}; {write}"


def _likeness(ours: str, theirs: str) -> float:
    """Compare two titles, and their beginnings where one side lacks the subtitle."""
    one, other = (letters(plain(title)).replace(" ", "") for title in (ours, theirs))
    begins = {letters(re.split(r"[:?.]\s|\s[–—-]\s", plain(title))[0]).replace(" ", "") for title in (ours, theirs)}
    if {one, other} & begins and (one.startswith(other) or other.startswith(one)):
        return 100.0
    return fuzz.ratio(one, other)


def _same_name(ours: str, theirs: str) -> bool:
    """Compare surnames; a particle or a second surname that one side leaves out is no difference."""
    names = [re.sub("['’]", "", name.strip("{}").partition(",")[0]) for name in (ours, theirs)]
    short, long = sorted((letters(name).split() for name in names), key=len)
    return bool(short) and short in (long[: len(short)], long[-len(short) :])


def _names(authors: tuple[str, ...]) -> str:
    more = ("others",) if len(authors) > _MOST_NAMES else ()
    return _line("author", " and ".join((*authors[:_MOST_NAMES], *more)))


def _line(name: str, text: str) -> str:
    return f"write {bibtex_writer.line(name, text)},"
