"""Compare what a registry says of a work with its entry; what is only written otherwise is no difference."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from evidencebook.evidence import bibtex_writer as bibentry
from evidencebook.evidence.models import Source
from evidencebook.surveillance.asking.plain import plain
from evidencebook.surveillance.verify.seen import Seen, without_mark

#: Below this likeness a title is not mistyped: it is another work's.
_ANOTHER = 0.6
#: No entry needs more names than this; Crossref lists thousands for some works.
_NAMES = 25
_GREEK = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda"},
    **{"μ": "mu", "π": "pi", "σ": "sigma", "τ": "tau", "ω": "omega"},
}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Difference:
    """Say what differs, and what to write instead."""

    what: str
    ours: str
    theirs: str
    mend: str

    def __str__(self) -> str:
        return f"{self.what}: {self.ours} in the entry, {self.theirs}; {self.mend}"


def compare(source: Source, seen: Seen) -> tuple[Difference, ...]:
    """Return every difference, or none when the entry describes the work that the registry describes."""
    return tuple(_differences(source, seen))


def _differences(source: Source, seen: Seen) -> Iterator[Difference]:
    if seen.titles and not any(same_title(source.title, title) for title in seen.titles):
        yield _title(source, seen)
    people = [name for name in source.authors if name != "others"]
    if seen.authors:
        yield from _authors(people, seen, whole=len(people) == len(source.authors))
    if seen.years and source.year not in seen.years:
        year = max(seen.years)  # of the issue, which is how a work is cited
        years = " or ".join(str(one) for one in sorted(seen.years))
        yield Difference("year", str(source.year or "none"), f"{years} in {seen.registry}", _line("year", str(year)))
    if seen.doi and source.doi and seen.doi.lower() != source.doi.lower():
        yield Difference("doi", source.doi, f"{seen.doi} in {seen.registry}", _doi(seen))


def _title(source: Source, seen: Seen) -> Difference:
    """Tell a title that was mistyped from that of another work."""
    theirs = without_mark(seen.titles[0])
    likeness = max(_likeness(source.title, without_mark(title)) for title in seen.titles)
    mend = (
        _line("title", theirs)
        if likeness >= _ANOTHER
        else "this is another work: compare the DOI or the number with the article, and mend that"
    )
    return Difference("title", f'"{plain(source.title, 200)}"', f'"{plain(theirs, 200)}" in {seen.registry}', mend)


def _authors(people: list[str], seen: Seen, *, whole: bool) -> Iterator[Difference]:
    """Compare the first name, and the number of names where the entry gives them all."""
    theirs = seen.authors
    persons = sum(not name.startswith("{") for name in theirs)
    if not people or not _same_name(people[0], theirs[0]):
        ours = f'first "{people[0]}"' if people else "none"
        yield Difference("authors", ours, f'first "{theirs[0].strip("{}")}" in {seen.registry}', _names(theirs))
    elif whole and len(people) not in {len(theirs), persons}:
        yield Difference("authors", f"{len(people)}", f"{len(theirs)} in {seen.registry}", _names(theirs))


def same_title(one: str, other: str) -> bool:
    """Tell whether two titles are the same but for how they are written and for a subtitle that one of them lacks."""
    ours, theirs = _beginnings(one), _beginnings(without_mark(other))
    return ours[-1] in theirs or theirs[-1] in ours


def _beginnings(title: str) -> list[str]:
    """Give a title without its subtitles, with the first, and so on to the whole."""
    parts = re.split(r"(?<=[:?.])\s+|\s[–—-]\s", title)
    keys = [key for key in accumulate(_key(part) for part in parts) if key]
    return keys or [""]


def _key(text: str) -> str:
    """Reduce a text to its letters and digits: no case, no accents, no markup, no dashes, no spaces."""
    text = unicodedata.normalize("NFKD", plain(text)).casefold()
    return "".join(_WORD.findall("".join(_GREEK.get(sign, sign) for sign in text if not unicodedata.combining(sign))))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _key(one), _key(other), autojunk=False).ratio()


def _same_name(ours: str, theirs: str) -> bool:
    """Compare surnames; a particle or a second surname that one side leaves out is no difference."""
    one, other = (_words(name.strip("{}").partition(",")[0]) for name in (ours, theirs))
    short, long = sorted((one, other), key=len)
    return bool(short) and short in (long[: len(short)], long[-len(short) :])


def _words(name: str) -> list[str]:
    name = name.replace("'", "").replace("’", "")
    return [key for word in _WORD.findall(unicodedata.normalize("NFC", name)) if (key := _key(word))]


def _names(authors: tuple[str, ...]) -> str:
    names = [_braced(name) for name in authors[:_NAMES]]
    return _line("author", " and ".join([*names, *(("others",) if len(authors) > _NAMES else ())]))


def _braced(name: str) -> str:
    """Leave braces only around a whole name: a stray one would swallow the rest of the entry."""
    bare = name.replace("{", "").replace("}", "")
    return f"{{{bare}}}" if name.startswith("{") else bare


def _doi(seen: Seen) -> str:
    proposed = bibentry.bare_doi(seen.doi or "")
    return (
        f"compare both with the article, then {_line('doi', proposed)}" if proposed else "compare it with the article"
    )


def _line(name: str, text: str) -> str:
    """Propose a line of the entry."""
    return f"write {bibentry.line(name, text)},"
