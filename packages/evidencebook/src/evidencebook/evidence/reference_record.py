"""Bring what any program says of a reference into a BibTeX entry of a kind that is printed whole."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from evidencebook.evidence.bibtex_entries import NEEDS
from evidencebook.evidence.identifiers import DOI

_THESES = ("phdthesis", "mastersthesis")
#: Kinds in which editors stand beside authors.
_EDITED = ("book", "incollection", "inproceedings")
#: Where a work came out, each under the name that its kind has for it.
_PLACES = frozenset({*NEEDS.values(), "howpublished"})
#: The kinds of entries that are kept, and what is like them; all else becomes misc.
_KINDS = {
    **{kind: kind for kind in NEEDS},
    **{"thesis": "phdthesis", "report": "techreport", "inbook": "incollection", "conference": "inproceedings"},
    **dict.fromkeys(("collection", "mvbook", "mvcollection", "ebook", "edbook"), "book"),
    **dict.fromkeys(("jour", "ejour", "mgzn", "news", "inpr"), "article"),
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper"), "article"),
    **dict.fromkeys(("chap", "echap", "encyc", "dict", "chapter", "entry-encyclopedia", "inreference"), "incollection"),
    **dict.fromkeys(("cpaper", "conf", "paper-conference"), "inproceedings"),
    **{"thes": "phdthesis", "rprt": "techreport"},
}
#: Fields under the names that other formats give them; the first that is there is taken.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "primary_title"),
    "journal": (
        *("journal", "container-title", "journal_name", "alternate_title3", "secondary_title"),
        *("alternate_title2", "alternate_title1", "journal_abbreviated"),
    ),
    "booktitle": ("booktitle", "container-title", "secondary_title", "event-title", "eventtitle"),
    "publisher": ("publisher",),
    "school": ("school", "institution", "publisher"),
    "institution": ("institution", "publisher", "organization"),
    "year": ("year", "date", "issued", "publication_date", "publication_year", "status", "pubstate"),
    "month": ("month",),
    "volume": ("volume", "journal_volume"),
    "number": ("number", "issue", "journal_issue"),
    "pages": ("pages", "page", "eid", "article-number", "art_number", "elocation-id"),
    "chapter": ("chapter", "chapter-number"),
    "edition": ("edition",),
    "series": ("series", "collection-title", "tertiary_title"),
    "address": ("address", "publisher-place", "place_published"),
    "type": ("type", "genre", "type_of_work"),
    "isbn": ("isbn", "ISBN", "issn"),
    "doi": ("doi", "DOI"),
    "url": ("url", "URL", "urls"),
    "urldate": ("urldate",),
    "eprint": ("eprint",),
    "pmid": ("pmid", "PMID", "pubmed_id"),
    "pmcid": ("pmcid", "PMCID", "pmc_id"),
}
#: Fields that are taken only for works that have them in their reference.
_ONLY = {
    "isbn": ("book", "incollection"),
    "type": ("phdthesis", "techreport"),
    "series": _EDITED,
    "address": (*_EDITED, *_THESES, "techreport"),
}
#: What a misc is printed with, behind its title: where it came out, who brought it out, and which one it is.
_OF_MISC = (
    ("howpublished", "journal", "booktitle", "container-title", "secondary_title", "event-title", "eventtitle"),
    ("publisher", "institution", "school", "organization"),
    ("version", "edition"),
)
_OF_NUMBER = frozenset({"patent", "standard", "legislation", "pat", "stand", "bill", "legal_case", "unpublished"})
_MASTERS = re.compile(r"\bmaster|\bM\.? ?(?:A|Sc|Phil)\b", re.IGNORECASE)
_DOCTORAL = re.compile(r"^(?:ph\.? ?d\.?|doctoral)(?: thesis)?$|^thesis$|^technical report$", re.IGNORECASE)
_RANGE = re.compile(r"[12]\d{3}[a-z]?|[12]\d{3}\s*[-–/]+\s*[12]\d{3}")
_DATE = re.compile(r"([12]\d{3})(?:[-/. ][^~?%]*)?")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_UNDATED = re.compile(r"n\.? ?d\.?|no date|undated|null|none|[-–?\s]*", re.IGNORECASE)


@dataclass(frozen=True)
class Record:
    """Hold what a format says of one reference, under its own names; people as BibTeX has them."""

    key: str
    kind: str
    known: Mapping[str, Any]
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    #: What was read otherwise than it stands there.
    remarks: tuple[str, ...] = ()


#: What a reader yields: the line, and a record or why there is none.
Read = Iterator[tuple[int, Record | str]]


def as_bibtex(record: Record) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """Return kind and fields of a record as BibTeX has them, with remarks; of a kind that lacks its place, misc."""
    kind = _kind(record)
    remarks = [*record.remarks]
    fields = {name: record.known[name] for name in ("keywords", "note") if isinstance(record.known.get(name), str)}
    for name, others in _NAMES.items():
        value = next((record.known[other] for other in others if record.known.get(other)), "")
        text = as_line(value)
        wanted = name not in _PLACES or name == NEEDS.get(kind, "howpublished")
        if text and (wanted or (name == "publisher" and kind in _EDITED)) and kind in _ONLY.get(name, (kind,)):
            fields[name] = text
    if kind in NEEDS and NEEDS[kind] not in fields:
        return as_bibtex(replace(record, kind="misc"))
    people = {"author": record.authors, "editor": record.editors}
    if not record.authors and (kind not in ("book", "") or not record.editors):
        people = {"author": record.editors or _bodies(record)}
    elif kind not in _EDITED:
        del people["editor"]
    if kind == "misc":
        shown = {fields.get("title", ""), *(name.strip("{}") for name in people["author"])}
        fields["howpublished"] = ", ".join(text for text in dict.fromkeys(_places(record)) if text not in shown)
    fields |= {role: " and ".join(names) for role, names in people.items() if names}
    if _DOCTORAL.search(fields.get("type", "")):  # as its kind says
        del fields["type"]
    if year := fields.pop("year", ""):
        fields["year"] = _year(year)
        if _is_changed(year):
            remarks.append(f'of its year, "{year}", {fields["year"] or "nothing"} is taken')
    if "doi" in fields:
        fields["doi"] = DOI.bare(fields["doi"]) or fields["doi"]
    if fields.get("pmcid", "").isdigit():
        fields["pmcid"] = f"PMC{fields['pmcid']}"
    return kind, {name: text for name, text in fields.items() if text}, tuple(remarks)


def _kind(record: Record) -> str:
    """Choose the kind of the entry; nothing of a record of which only a number is known."""
    if not record.kind:
        return ""
    kind = _KINDS.get(record.kind.lower(), "misc")
    if kind == "phdthesis" and _MASTERS.search(" ".join(as_line(record.known.get(one)) for one in _NAMES["type"])):
        return "mastersthesis"
    return kind


def _places(record: Record) -> Iterator[str]:
    """Yield what a misc is printed with."""
    for names in _OF_MISC:
        if text := next((text for name in names if (text := as_line(record.known.get(name)))), ""):
            yield f"version {text}" if names[0] == "version" and text[:1].isdigit() else text
    if record.kind.lower() in _OF_NUMBER:
        yield from filter(None, (as_line(record.known.get(name)) for name in ("number", "note")))


def _bodies(record: Record) -> list[str]:
    """Return the body that made a work without authors, as the handbook of a program has it."""
    body = as_line(record.known.get("organization")) or as_line(record.known.get("institution"))
    return [f"{{{body}}}"] if body and isinstance(record.known.get("organization", body), str) else []


def as_line(value: Any) -> str:
    """Write a value, or the first of several, on one line."""
    value = value[0] if isinstance(value, list) and value else value
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _year(text: str) -> str:
    """Return a year, or a range of years; of a work that is not out what is said instead, as "in press"."""
    if _RANGE.fullmatch(text):
        return re.sub(r"\s*[-–/]+\s*", "–", text)
    found = _YEAR.search(text)
    return found[0] if found else "" if _UNDATED.fullmatch(text) or re.search(r"\d", text) else text


def _is_changed(text: str) -> bool:
    """Tell whether a text says more of a year than the year."""
    return not (_RANGE.fullmatch(text) or _DATE.fullmatch(text) or _UNDATED.fullmatch(text)) and _year(text) != text


def person(family: str, given: str = "", suffix: str = "") -> str:
    """Write a person for BibTeX; who has one name is written as a body is, so that nothing takes it apart."""
    if not (family and given) or re.search(r"\sand\s", f"{family} {given}", re.IGNORECASE):
        return body(", ".join(filter(None, (family, given, suffix))))
    return ", ".join(filter(None, (family, suffix, given)))


def body(name: str) -> str:
    """Write the name of a body for BibTeX."""
    return f"{{{name}}}" if name and name != "others" else name
