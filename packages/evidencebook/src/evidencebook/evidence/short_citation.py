"""Name a source briefly, and tell apart those that would bear the same name and year."""

from collections import defaultdict
from collections.abc import Mapping
from string import ascii_lowercase

from evidencebook.evidence.models import Source
from evidencebook.locale import _


def cited(source: Source) -> str:
    """Write "Surname and others 2015" where the bibliography does not cite."""
    names = _names(source)
    more = len(source.authors) > 2
    who = _("%s and others") % names[0] if more and names else _(" and ").join(names) or source.title
    return f"{who} {source.dated}"


def listed(source: Source) -> str:
    """Name all authors, with "…" for those whom the bibliography calls "others"."""
    return "; ".join("…" if name == "others" else name for name in source.authors)


def with_letters(sources: Mapping[str, Source]) -> dict[str, Source]:
    """Return the sources, with letters behind the year where several share a label, in the order of the list."""
    shared: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, source in sources.items():
        names = _names(source)
        several = len(source.authors) > 2 or "others" in source.authors
        who = [*names[:1], "et al."] if several else names
        shared[(*who, str(source.year))].append(key)
    lettered = dict(sources)
    for keys in shared.values():
        keys.sort(key=lambda key: (sources[key].authors, sources[key].title))
        for place, key in enumerate(keys if len(keys) > 1 else ()):
            lettered[key] = sources[key].model_copy(update={"letter": _letter(place)})
    return lettered


def _letter(place: int) -> str:
    more, last = divmod(place, len(ascii_lowercase))
    return (_letter(more - 1) if more else "") + ascii_lowercase[last]


def _names(source: Source) -> list[str]:
    """Give the surnames, without the "others" that stand for more."""
    return [name.split(",")[0] for name in source.authors if name != "others"]
