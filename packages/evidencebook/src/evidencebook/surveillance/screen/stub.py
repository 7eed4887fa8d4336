"""Write the entry that an included record will have, as far as the record itself tells it."""

import re
from collections.abc import Container, Iterable

from evidencebook.evidence import bibtex_writer as bibentry
from evidencebook.evidence import source_key as sourcekey
from evidencebook.evidence.todo_markers import source_note, stub
from evidencebook.evidence.vocabulary import Design
from evidencebook.surveillance.models import Candidate
from evidencebook.surveillance.screen.oneline import one_line

#: The BibTeX field that ties an entry to the record it was made of.
FIELD = "candidate"
#: What a record of this kind is, where its kind says it.
_DESIGNS: dict[str, Design] = {"registration": "registry", "notice": "regulatory"}
_UNKNOWN: Design = "narrative-review"  # as `new source` leaves it until a person says


def rendered(candidate: Candidate, key: str) -> str:
    """Write the stub: the same letters whoever includes the record, so that git finds nothing to merge."""
    design = _DESIGNS.get(candidate.kind)
    venue = "journal" if candidate.kind == "article" else "howpublished"
    fields = {
        "author": " and ".join(_people(candidate)),
        FIELD: candidate.id,
        "doi": candidate.doi,
        "keywords": design or _UNKNOWN,
        "note": source_note(design, None),
        "pmid": candidate.pmid,
        "title": _title(candidate),
        "url": _url(candidate),
        venue: _bare(candidate.venue or ""),
        "year": str(candidate.year or ""),
    }
    kind = "article" if candidate.kind == "article" and candidate.venue else "misc"
    return bibentry.rendered(kind, key, fields)


def key(candidate: Candidate, rivals: Iterable[Candidate], taken: Container[str]) -> str:
    """Return the key of a record: no other record that could want it gets the same, whoever is included first.

    Rivals are the records without a stub whose keys may begin alike; they choose in the order of their ids. Taken is
    what sources and other stubs are called already.
    """
    given: set[str] = set()
    for one in sorted({each.id: each for each in (*rivals, candidate)}.values(), key=lambda each: each.id):
        chosen = next(name for name in _keys(one) if name not in taken and name not in given)
        if one.id == candidate.id:
            return chosen
        given.add(chosen)
    raise LookupError(candidate.id)


def stem(candidate: Candidate) -> str:
    """Give what every key of a record begins with."""
    return sourcekey.stem_of(_first(candidate), candidate.year) or f"record{candidate.year or 'nd'}"


def _keys(candidate: Candidate) -> list[str]:
    """List the keys a record may have, the best first; the last is its own whatever else there is."""
    return [*sourcekey.keys_of(_first(candidate), candidate.year, candidate.title), f"{stem(candidate)}{candidate.id}"]


def _first(candidate: Candidate) -> str:
    """Name who comes first: a person by the surname, a body of several words by its initials."""
    name = one_line((*candidate.authors, candidate.venue or "", candidate.found[0].service)[0] or "")
    capitals = re.findall(r"\b[A-Z]", name)
    is_body = "," not in name and len(capitals) > 2
    return "".join(capitals) if is_body else name or candidate.found[0].service


def _people(candidate: Candidate) -> list[str]:
    """Write the authors so that BibTeX reads each as one; without any, who published it, or a mark."""
    names = [_one(name) for name in candidate.authors if _bare(name).strip(", ")]
    if not names and candidate.kind != "article" and _bare(candidate.venue or ""):
        names = [_one(candidate.venue or "")]
    return names or [f"{{{stub('authors, as Family, Given and Family, Given')}}}"]


def _one(name: str) -> str:
    """Write one author: "Family, Given" as it is, anything else in braces, as the name of a body."""
    plain = _bare(name)
    family, _, given = (part.strip() for part in plain.partition(","))
    if family and given and not re.search(r"\band\b", plain, re.IGNORECASE):
        return f"{family}, {given.replace(',', '')}"
    return f"{{{plain.strip(', ')}}}"


def _bare(text: str) -> str:
    """Take away what BibTeX would take for the end of a field, or for a command."""
    return " ".join(re.sub(r"[{}\\]", "", one_line(text)).split())


def _title(candidate: Candidate) -> str:
    """Put the number of a registration behind its title, by which it is found again."""
    title = _bare(candidate.title) or stub("title")
    number = _bare(candidate.registry or "")
    return f"{title} ({number})" if number and number not in title else title


def _url(candidate: Candidate) -> str | None:
    """Give the page, when neither DOI nor PubMed leads there; braces would end the field."""
    if candidate.doi or candidate.pmid or not candidate.url:
        return None
    return one_line(candidate.url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
