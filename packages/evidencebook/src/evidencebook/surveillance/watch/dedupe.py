"""Tell which records are the same work: by DOI, PMID or registration number, else by a title that is nearly equal.

To see a record twice costs a minute; to lose one costs the record. Where signs contradict, records stay apart.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from evidencebook.evidence.models import Source
from evidencebook.surveillance.models import Candidate

#: Titles shorter than this are shared by many works.
_WORDS = 3
#: In shorter words a letter makes another word: rats and cats, II and III.
_LETTERS = 6
_REGISTRATION = re.compile(r"\b(NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|ChiCTR\w{8,14}|TCTR\d{11}|IRCT\w{12,18})\b")


@dataclass(frozen=True)
class Work:
    """Hold what tells one work from another."""

    title: str
    kind: str = "article"
    surname: str = ""
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None
    registry: str | None = None

    @cached_property
    def identifiers(self) -> tuple[tuple[str, str], ...]:
        """List the numbers that only this work has; an article names registrations, but is none."""
        own = None if self.kind == "article" else self.registry
        named = {"doi": self.doi, "pmid": self.pmid, "registry": own}
        return tuple((name, value.lower()) for name, value in named.items() if value)

    @cached_property
    def words(self) -> str:
        """Give the title as small letters and digits, its words one space apart; nothing if it is too short to tell."""
        words = normalised(self.title).split()
        words = words[1:] if words[:1] in (["a"], ["an"], ["the"]) else words
        return " ".join(words) if len(words) >= _WORDS else ""


def of_candidate(found: Candidate) -> Work:
    """Describe a record that was found."""
    first = found.authors[0] if found.authors else ""
    return Work(
        title=found.title,
        kind=found.kind,
        surname=normalised(first.partition(",")[0]),
        year=found.year,
        doi=found.doi,
        pmid=found.pmid,
        registry=found.registry,
    )


def of_source(source: Source) -> Work:
    """Describe a source of the bibliography; one that is a registration is known by the number it names."""
    number = _REGISTRATION.search(" ".join((source.url or "", *source.fields.values())))
    registered = source.design == "registry" and number is not None
    first = source.authors[0] if source.authors else ""
    return Work(
        title=source.title,
        kind="registration" if registered else "article",
        surname=normalised(first.partition(",")[0]),
        year=source.year,
        doi=source.doi,
        pmid=source.pmid,
        registry=number[1] if number and registered else None,
    )


def normalised(text: str) -> str:
    """Reduce a text to small letters and digits without accents, other signs to single spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return " ".join(letters.split())


def groups(works: Sequence[Work]) -> list[tuple[int, ...]]:
    """Return the places of the works that are the same, each group and the whole in ascending order.

    The groups do not depend on the order of the works. Time grows with the letters of all titles, not with pairs.
    """
    joined = _Union(len(works))
    _join(joined, ((place, key) for place, work in enumerate(works) for key in work.identifiers))
    _join_if_sound(joined, works, _by_author)
    _join_if_sound(joined, works, _by_title_alone)
    return joined.groups()


class _Union:
    """Join numbers into sets."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def find(self, one: int) -> int:
        """Return the smallest number of the set."""
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        low, high = sorted((self.find(one), self.find(other)))
        self._above[high] = low

    def groups(self) -> list[tuple[int, ...]]:
        """List the sets."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for one in range(len(self._above)):
            found[self.find(one)].append(one)
        return [tuple(found[one]) for one in sorted(found)]


def _join(joined: _Union, keys: Iterator[tuple[int, Hashable]]) -> None:
    """Join all that share a key."""
    first: dict[Hashable, int] = {}
    for place, key in keys:
        joined.join(first.setdefault(key, place), place)


def _join_if_sound(
    joined: _Union, works: Sequence[Work], keys: Callable[[list[list[Work]]], Iterator[tuple[int, Hashable]]]
) -> None:
    """Join what shares a key of titles, save where the whole that would come of it contradicts itself."""
    before = joined.groups()
    trial = _Union(len(before))
    _join(trial, ((number, key) for number, key in keys([[works[one] for one in group] for group in before])))
    for numbers in trial.groups():
        if len(numbers) > 1 and _sound([[works[one] for one in before[number]] for number in numbers]):
            for number in numbers[1:]:
                joined.join(before[numbers[0]][0], before[number][0])


def _sound(parts: list[list[Work]]) -> bool:
    """Tell whether parts may be one work: no two bring an identifier of one kind, an author, or years far apart."""
    brought = [{name for work in part for name, _ in work.identifiers} for part in parts]
    if any(sum(name in one for one in brought) > 1 for name in ("doi", "pmid", "registry")):
        return False
    every = [work for part in parts for work in part]
    years = [work.year for work in every if work.year is not None]
    return (
        len({work.surname for work in every if work.surname}) <= 1
        and len({work.kind for work in every}) == 1
        and (not years or max(years) - min(years) <= 1)  # online in one year, printed in the next
    )


def _by_author(parts: list[list[Work]]) -> Iterator[tuple[int, Hashable]]:
    """Yield keys that works of one first author share when their titles are equal but for one slip of the pen."""
    told = [{(one.kind, one.surname, one.words) for one in part if one.surname and one.words} for part in parts]
    titles = {title for titles in told for title in titles}
    wrote = Counter(author for titles in told for author in {title[:2] for title in titles})
    for number, own in enumerate(told):
        for kind, surname, words in own:
            if wrote[kind, surname] > 1:
                yield from ((number, (kind, surname, key)) for key in _slips(words))
                # A letter too many or two swapped makes the title of another work out of this one.
                others = ((kind, surname, other) for other in _mended(words))
                yield from ((number, other) for other in others if other in titles)


def _by_title_alone(parts: list[list[Work]]) -> Iterator[tuple[int, Hashable]]:
    """Yield the title where a part names no author, and wherever such a part could belong."""
    bare = {(work.kind, work.words) for part in parts for work in part if work.words and not work.surname}
    for number, part in enumerate(parts):
        yield from ((number, key) for key in {(work.kind, work.words) for work in part} & bare)


def _slips(words: str) -> Iterator[str]:
    """Yield a title, and it with each letter of its longer words blotted out."""
    yield words
    for place in _places(words):
        yield f"{words[:place]}*{words[place + 1 :]}"


def _mended(words: str) -> Iterator[str]:
    """Yield a title with each letter of its longer words left out, and with each two swapped."""
    for place in _places(words):
        yield words[:place] + words[place + 1 :]
        after = words[place + 1 : place + 2]
        if after.isalpha():
            yield words[:place] + after + words[place] + words[place + 2 :]


def _places(words: str) -> Iterator[int]:
    """Yield the places of the letters of words long enough for a slip to be one; a digit is never a slip."""
    for word in re.finditer(r"\S+", words):
        if len(word[0]) >= _LETTERS:
            yield from (place for place in range(*word.span()) if words[place].isalpha())
