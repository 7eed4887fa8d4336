"""Read references that other programs export: BibTeX and biblatex, RIS, CSL-JSON, PubMed's .nbib, lists of DOIs."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro, month_names
from pybtex.exceptions import PybtexError

from evidencebook.evidence.bibtex_fields import plain
from evidencebook.evidence.diagnostics import Diagnostic, UserError, relative_path
from evidencebook.evidence.identifiers import DOI

#: The kinds of entries that are kept, and the field without which none can be printed; all else becomes misc.
_NEEDS = {
    "article": "journal",
    "book": "publisher",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "phdthesis": "school",
    "techreport": "institution",
}
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


def read(path: Path) -> Iterator[Reference | Diagnostic]:
    """Yield each reference of a file, or what is wrong with it, by the ending of the file's name.

    Raises UserError for another ending, and for a file that is no text.
    """
    try:
        reader = _READERS[path.suffix.lower()]
    except KeyError:
        raise UserError(
            f"{relative_path(path)} is of no kind that can be read; there are: .bib (BibTeX, biblatex), .ris, .json "
            "(CSL-JSON), .nbib (PubMed), .txt (a DOI on each line)"
        ) from None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as broken:
        raise UserError(f"{relative_path(path)} cannot be read: {broken}; save it as UTF-8") from broken
    return reader(relative_path(path), text)


def _bibtex(file: str, text: str) -> Iterator[Reference | Diagnostic]:
    broken: dict[int, Diagnostic] = {}

    def note(fault: PybtexError) -> None:
        if not isinstance(fault, UndefinedMacro):  # such as month = sept; nothing is lost by it
            line = text.count("\n", 0, parser.command_start) + 1
            broken.setdefault(line, Diagnostic(file, line, f"the entry is broken: {fault}"))

    parser = LowLevelParser(text, macros=dict(month_names), handle_error=note)
    for kind, content in parser:
        line = text.count("\n", 0, parser.command_start) + 1
        if line not in broken and kind.lower() not in {"string", "preamble", "comment"} and content[0]:
            raw = {name.lower(): " ".join("".join(parts).split()) for name, parts in content[1]}
            names = re.split(r"\s+and\s+(?![^{]*\})", raw.get("author") or raw.get("editor", ""))
            own = {name: raw[name] for name in ("keywords", "note") if name in raw}
            try:
                known = {name: _text(name, text) for name, text in raw.items() if name not in own}
                authors = [f"{{{_text('', name)}}}" if name.startswith("{") else _text("", name) for name in names]
            except PybtexError as fault:
                note(fault)
                continue
            yield _reference(file, line, content[0], kind, known, authors, own)
    yield from broken.values()


def _text(name: str, raw: str) -> str:
    """Turn the content of a BibTeX field into plain text; a % is meant as one, and an address is no LaTeX."""
    if name in {"doi", "url"}:
        return re.sub(r"\\([_&%#$~])", r"\1", raw).strip("{}")
    return plain(raw)


def _ris(file: str, text: str) -> Iterator[Reference | Diagnostic]:
    import rispy  # noqa: PLC0415  needs the extra "import"

    for line, block in _blocks(text, r"^TY {0,2}- ?"):
        try:
            (record,) = rispy.loads(block, skip_unknown_tags=True)
        except Exception as broken:
            yield Diagnostic(file, line, f"the record cannot be read ({broken}); it must end with ER  -")
            continue
        authors = [_name(name) for name in record.get("authors") or record.get("first_authors") or ()]
        pages = "--".join(filter(None, (record.get("start_page"), record.get("end_page"))))
        yield _reference(
            file, line, record.get("id", ""), record.get("type_of_reference", ""), {**record, "pages": pages}, authors
        )


def _csl_json(file: str, text: str) -> Iterator[Reference | Diagnostic]:
    try:
        items = json.loads(text)
    except ValueError as broken:
        yield Diagnostic(file, getattr(broken, "lineno", 1), f"the file is no JSON: {broken}")
        return
    for item in items if isinstance(items, list) else [items]:
        key = str(item.get("id", "")) if isinstance(item, dict) else ""
        line = text.count("\n", 0, max(0, text.find(json.dumps(key)))) + 1
        if not key:
            yield Diagnostic(file, line, "an item has no id; CSL-JSON is a list of items with id, type and title")
            continue
        issued = (item.get("issued") or {}).get("date-parts") or [[""]]
        people = item.get("author") or item.get("editor") or ()
        authors = [
            _name(", ".join(filter(None, (person.get("family"), person.get("given")))) or person.get("literal", ""))
            for person in people
        ]
        known = {**item, "issued": str(issued[0][0])}
        yield _reference(file, line, key, str(item.get("type", "")), known, authors)


def _nbib(file: str, text: str) -> Iterator[Reference | Diagnostic]:
    import nbib  # noqa: PLC0415  needs the extra "import"

    for line, block in _blocks(text, r"^PMID ?- "):
        try:
            (record,) = nbib.read(block.strip("\n") + "\n\n")
        except Exception as broken:
            yield Diagnostic(file, line, f"the record cannot be read: {broken}")
            continue
        authors = [_name(person["author"]) for person in record.get("authors", ()) if "author" in person]
        authors += [f"{{{record['corporate_author']}}}"] if "corporate_author" in record else []
        title = str(record.get("title", "")).removesuffix(".")
        yield _reference(file, line, "", "article", {**record, "title": title}, authors)


def _doi_list(file: str, text: str) -> Iterator[Reference | Diagnostic]:
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].strip()
        if doi := DOI.bare(words):
            yield Reference(file, number, doi, "", {"doi": doi})
        elif words:
            yield Diagnostic(file, number, f'"{words}" is not a DOI; write one on each line; save PMIDs as .nbib')


_READERS: Mapping[str, Callable[[str, str], Iterator[Reference | Diagnostic]]] = {
    ".bib": _bibtex,
    ".ris": _ris,
    ".json": _csl_json,
    ".nbib": _nbib,
    ".txt": _doi_list,
}


def _blocks(text: str, start: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each record, so that a broken one hides no other."""
    begins = [found.start() for found in re.finditer(start, text, re.MULTILINE)]
    for begin, end in zip(begins, [*begins[1:], len(text)], strict=True):
        yield text.count("\n", 0, begin) + 1, text[begin:end]


def _name(name: str) -> str:
    """Write a name for BibTeX: "Family, Given" as it is, anything else in braces, as that of an organisation."""
    return name if "," in name else f"{{{name}}}"


def _reference(
    file: str,
    line: int,
    key: str,
    kind: str,
    known: Mapping[str, Any],
    authors: Iterable[str],
    own: Mapping[str, str] | None = None,
) -> Reference:
    """Make a reference of what another format knows, under the names that BibTeX has for it."""
    kind = _KINDS.get(kind.lower(), "misc")
    fields = {"author": " and ".join(name.strip() for name in authors if name.strip()), **(own or {})}
    for name, others in _NAMES.items():
        value = next((known[other] for other in others if known.get(other)), "")
        text = " ".join(str(value[0] if isinstance(value, list) else value).split())
        if text and (name not in _NEEDS.values() or name == _NEEDS.get(kind)):
            fields[name] = text
    if year := re.search(r"(?<!\d)\d{4}(?!\d)", fields.pop("year", "")):
        fields["year"] = year[0]
    if "doi" in fields:
        fields["doi"] = DOI.bare(fields["doi"]) or fields["doi"]
    return Reference(file, line, key, kind if _NEEDS.get(kind) in fields else "misc", fields)
