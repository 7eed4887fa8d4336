"""Tell whether a record is known: by DOI, PubMed or registration number, else by title, first author and year.

To see a record twice costs a minute; to lose one costs the record. Where two records contradict, they stay apart.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from evidencebook.evidence.identifiers import NCT
from evidencebook.evidence.models import Source
from evidencebook.surveillance.models import FoundRecord
from evidencebook.surveillance.text import letters

#: Titles of fewer words are shared by many works.
_FEWEST_WORDS = 3
#: In shorter words one letter makes another word: rats and cats, II and III.
_LONG_WORD = 6


@dataclass(frozen=True)
class Work:
    """Hold what tells one work from another; `surname` and `words` of the title are small letters and digits."""

    kind: str
    words: tuple[str, ...]
    surname: str
    year: int | None
    identifiers: frozenset[tuple[str, str]]

    def may_be(self, other: "Work") -> bool:
        """Tell whether nothing contradicts that two works are one: no identifier, no author, no year, no title."""
        kinds = {kind for kind, _ in self.identifiers} & {kind for kind, _ in other.identifiers}
        if kinds or self.kind != other.kind or (self.surname and other.surname and self.surname != other.surname):
            return False
        if self.year and other.year and abs(self.year - other.year) > 1:  # online in one year, printed in the next
            return False
        return self.words == other.words or (
            bool(self.surname and other.surname) and _one_slip(self.words, other.words)
        )


def of_record(record: FoundRecord) -> Work:
    """Describe a record that was found."""
    own = {"doi": record.doi, "pmid": record.pmid}
    if record.kind != "article":  # an article names registrations, but is none
        own["registry"] = record.registry
    return work(record.kind, record.title, record.authors, record.year, own)


def of_source(source: Source) -> Work:
    """Describe a source of the bibliography; a registration is known by the number it names."""
    number = NCT.find(" ".join((source.url or "", *source.fields.values()))) if source.design == "registry" else None
    own = {"doi": source.doi, "pmid": source.pmid, "registry": number}
    return work("registration" if number else "article", source.title, source.authors, source.year, own)


@dataclass
class Index:
    """Find the name of a known work."""

    _by_identifier: dict[tuple[str, str], str] = field(default_factory=dict)
    _by_author: dict[str, list[tuple[str, Work]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, work: Work) -> None:
        """Remember a work; the first of two with one identifier holds."""
        for identifier in work.identifiers:
            self._by_identifier.setdefault(identifier, name)
        if len(work.words) >= _FEWEST_WORDS:
            self._by_author[work.surname].append((name, work))

    def find(self, work: Work) -> str | None:
        """Return the name of the work that this one is; None when it is new."""
        for identifier in sorted(work.identifiers):
            if identifier in self._by_identifier:
                return self._by_identifier[identifier]
        return next((name for name, other in self._rivals(work) if work.may_be(other)), None)

    def _rivals(self, work: Work) -> Iterable[tuple[str, Work]]:
        """List the works whose first author is the same or not named; every work when this one names none."""
        if work.surname:
            return [*self._by_author.get(work.surname, ()), *self._by_author.get("", ())]
        return [one for works in self._by_author.values() for one in works]


def work(kind: str, title: str, authors: tuple[str, ...], year: int | None, own: dict[str, str | None]) -> Work:
    """Reduce what is known of a work to what tells it from another; `own` are its identifiers by kind."""
    words = tuple(letters(title).split())
    words = words[1:] if words[:1] in (("a",), ("an",), ("the",)) else words
    surname = letters(authors[0].partition(",")[0]) if authors else ""
    return Work(kind, words, surname, year, frozenset((name, value.lower()) for name, value in own.items() if value))


def _one_slip(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether titles differ by one letter wrong, left out, added or swapped in a long word; never by a digit."""
    pairs = [(one, other) for one, other in zip(ours, theirs, strict=False) if one != other]
    if len(ours) != len(theirs) or len(pairs) != 1:
        return False
    one, other = pairs[0]
    return min(len(one), len(other)) >= _LONG_WORD and (one + other).isalpha() and OSA.distance(one, other) == 1
