"""Read references that other programs export: BibTeX and biblatex, RIS, CSL-JSON, PubMed's .nbib, lists of DOIs."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro, month_names
from pybtex.exceptions import PybtexError

from evidencebook.evidence.bibtex_fields import classic, plain
from evidencebook.evidence.diagnostics import Diagnostic, UserError, relative_path
from evidencebook.evidence.identifiers import DOI, PMID

#: The kinds of entries that are kept, and the field without which none can be printed; all else becomes misc.
_NEEDS = {
    "article": "journal",
    "book": "publisher",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "phdthesis": "school",
    "techreport": "institution",
}
#: Where a work came out, each under the name that its kind has for it.
_PLACES = frozenset({*_NEEDS.values(), "howpublished"})
_KINDS = {
    **{kind: kind for kind in _NEEDS},
    **{"thesis": "phdthesis", "report": "techreport", "inbook": "incollection", "conference": "inproceedings"},
    **{"jour": "article", "chap": "incollection", "cpaper": "inproceedings", "thes": "phdthesis", "rprt": "techreport"},
    **{"article-journal": "article", "chapter": "incollection", "paper-conference": "inproceedings"},
}
#: Fields under the names that other formats give them; the first that is there is taken.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "primary_title"),
    "journal": ("journal", "journaltitle", "container-title", "journal_name", "alternate_title3", "secondary_title"),
    "booktitle": ("booktitle", "container-title", "secondary_title"),
    "publisher": ("publisher",),
    "howpublished": ("howpublished", "publisher", "institution", "school", "organization"),
    "school": ("school", "institution", "publisher"),
    "institution": ("institution", "publisher"),
    "year": ("year", "date", "issued", "publication_date", "publication_year"),
    "volume": ("volume", "journal_volume"),
    "number": ("number", "issue", "journal_issue"),
    "pages": ("pages", "page"),
    "doi": ("doi", "DOI"),
    "url": ("url", "URL", "urls"),
    "pmid": ("pmid", "PMID", "pubmed_id"),
    "pmcid": ("pmcid", "PMCID", "pmc_id"),
}


@dataclass(frozen=True)
class Reference:
    """Hold one reference: where it is in its file, the key it has there, and its fields as BibTeX names them."""

    file: str
    line: int
    old_key: str
    kind: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Record:
    """Hold what a format says of one reference, under its own names; authors as BibTeX has them."""

    key: str
    kind: str
    known: Mapping[str, Any]
    authors: list[str] = field(default_factory=list)


#: What a reader yields: the line, and a record or why there is none.
_Read = Iterator[tuple[int, _Record | str]]


def read(path: Path) -> Iterator[Reference | Diagnostic]:
    """Yield each reference of a file, or what is wrong with it, by the ending of the file's name.

    Raises UserError for another ending, and for a file that is no text.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UserError(
            f"{relative_path(path)} is of no kind that can be read; there are: .bib (BibTeX, biblatex), .ris, .json "
            "(CSL-JSON), .nbib (PubMed), .txt (a DOI or PMID on each line)"
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as broken:
        raise UserError(f"{relative_path(path)} cannot be read: {broken}; save it as UTF-8") from broken
    for line, found in reader(text):
        if isinstance(found, str):
            yield Diagnostic(relative_path(path), line, found)
        else:
            kind, fields = _as_bibtex(found)
            yield Reference(relative_path(path), line, found.key, kind, fields)


def _as_bibtex(record: _Record) -> tuple[str, dict[str, str]]:
    """Return kind and fields of a record as BibTeX has them; of a kind that lacks what it is printed with, misc."""
    kind = _KINDS.get(record.kind.lower(), "misc") if record.kind else ""
    authors = [name.strip() for name in record.authors if name.strip()]
    fields = {"author": " and ".join(authors)} if authors else {}
    fields |= {name: record.known[name] for name in ("keywords", "note") if isinstance(record.known.get(name), str)}
    for name, others in _NAMES.items():
        value = next((record.known[other] for other in others if record.known.get(other)), "")
        text = " ".join(str(value[0] if isinstance(value, list) else value).split())
        if text and (name not in _PLACES or name == _NEEDS.get(kind, "howpublished")):
            fields[name] = text
    if year := re.search(r"(?<!\d)\d{4}(?!\d)", fields.pop("year", "")):
        fields["year"] = year[0]
    if "doi" in fields:
        fields["doi"] = DOI.bare(fields["doi"]) or fields["doi"]
    if fields.get("pmcid", "").isdigit():
        fields["pmcid"] = f"PMC{fields['pmcid']}"
    if kind in _NEEDS and _NEEDS[kind] not in fields:
        return _as_bibtex(replace(record, kind="misc"))
    return kind, fields


def _bibtex(text: str) -> _Read:
    broken: dict[int, str] = {}

    def note(fault: PybtexError) -> None:
        if not isinstance(fault, UndefinedMacro):  # such as month = sept; nothing is lost by it
            broken.setdefault(text.count("\n", 0, parser.command_start) + 1, f"the entry is broken: {fault}")

    parser = LowLevelParser(text, macros=dict(month_names), handle_error=note)
    for kind, content in parser:
        line = text.count("\n", 0, parser.command_start) + 1
        if line in broken or kind.lower() in {"string", "preamble", "comment"} or not content[0]:
            continue
        raw = {name.lower(): " ".join("".join(parts).split()) for name, parts in content[1]}
        names = re.split(r"\s+and\s+(?![^{]*\})", raw.get("author") or raw.get("editor", ""))
        try:
            known = {name: _text(name, field) for name, field in raw.items()}
            authors = [f"{{{_text('', name)}}}" if name.startswith("{") else _text("", classic(name)) for name in names]
        except PybtexError as fault:
            note(fault)
            continue
        yield line, _Record(content[0], kind, known, authors)
    yield from broken.items()


def _text(name: str, raw: str) -> str:
    """Turn the content of a BibTeX field into plain text; a % is meant as one, and an address is no LaTeX."""
    if name in {"doi", "url"}:
        return re.sub(r"\\([_&%#$~])", r"\1", raw).strip("{}")
    return raw if name in {"keywords", "note"} else plain(raw)


def _ris(text: str) -> _Read:
    import rispy  # noqa: PLC0415  needs the extra "import"

    for line, block in _blocks(text, r"^TY {0,2}- ?"):
        try:
            (record,) = rispy.loads(block, skip_unknown_tags=True)
        except Exception as broken:  # rispy raises what it meets; one record is named and the rest is read
            yield line, f"the record cannot be read ({broken}); it must end with ER  -"
            continue
        authors = [_name(name) for name in record.get("authors") or record.get("first_authors") or ()]
        pages = "--".join(filter(None, (record.get("start_page"), record.get("end_page"))))
        known = {name: value for name, value in record.items() if name not in {"keywords", "note"}} | {"pages": pages}
        yield line, _Record(record.get("id", ""), record.get("type_of_reference", "misc"), known, authors)


def _csl_json(text: str) -> _Read:
    try:
        items = json.loads(text)
    except ValueError as broken:
        yield getattr(broken, "lineno", 1), f"the file is no JSON: {broken}"
        return
    for item in items if isinstance(items, list) else [items]:
        key = str(item.get("id", "")) if isinstance(item, dict) else ""
        line = text.count("\n", 0, max(0, text.find(json.dumps(key)))) + 1
        if not key:
            yield line, "an item has no id; CSL-JSON is a list of items with id, type and title"
            continue
        people = item.get("author") or item.get("editor") or ()
        names = [", ".join(filter(None, (one.get("family"), one.get("given")))) for one in people]
        authors = [_name(name or one.get("literal", "")) for name, one in zip(names, people, strict=True)]
        issued = (item.get("issued") or {}).get("date-parts") or [[""]]
        known = {name: value for name, value in item.items() if name not in {"keywords", "note"}}
        yield line, _Record(key, str(item.get("type", "misc")), known | {"issued": str(issued[0][0])}, authors)


def _nbib(text: str) -> _Read:
    import nbib  # noqa: PLC0415  needs the extra "import"

    for line, block in _blocks(text, r"^PMID ?- "):
        try:
            (record,) = nbib.read(block.strip("\n") + "\n\n")
        except Exception as broken:  # as above
            yield line, f"the record cannot be read: {broken}"
            continue
        authors = [_name(person["author"]) for person in record.get("authors", ()) if "author" in person]
        authors += [_name(record["corporate_author"])] if "corporate_author" in record else []
        title = str(record.get("title", "")).removesuffix(".")
        yield line, _Record("", "article", {**record, "title": title, "keywords": None}, authors)


def _doi_list(text: str) -> _Read:
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].strip()
        if doi := DOI.bare(words):
            yield number, _Record(doi, "", {"doi": doi})
        elif pmid := PMID.bare(words):
            yield number, _Record(pmid, "", {"pmid": pmid})
        elif words:
            yield number, f'"{words}" is neither a DOI nor a PMID; write one on each line, as 10.1000/xyz or PMID: 123'


_READERS: Mapping[str, Callable[[str], _Read]] = {
    ".bib": _bibtex,
    ".ris": _ris,
    ".json": _csl_json,
    ".nbib": _nbib,
    ".txt": _doi_list,
}


def _blocks(text: str, start: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each record, so that a broken one hides no other."""
    begins = [found.start() for found in re.finditer(start, text, re.MULTILINE)]
    for begin, end in zip(begins, [*begins[1:], len(text)] if begins else [], strict=True):
        yield text.count("\n", 0, begin) + 1, text[begin:end]


def _name(name: str) -> str:
    """Write a name for BibTeX: "Family, Given" as it is, anything else in braces, as that of an organisation."""
    return name if "," in name or not name else f"{{{name}}}"
