"""Read the records of each format in which programs export references: lines, and records or why there is none."""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError

from evidencebook.evidence import bibtex_fields
from evidencebook.evidence.bibtex_reader import NO_COMMA, commands
from evidencebook.evidence.identifiers import DOI, PMID
from evidencebook.evidence.latex_text import simplified, unknown, without_tags
from evidencebook.evidence.reference_record import Record, body, person

#: What a reader yields: the line, and a record or why there is none.
Read = Iterator[tuple[int, Record | str]]

_SUFFIX = r"(?:[JS]r|2nd|3rd|4th|I{2,3}|IV)\.?"
#: A key that is missing, or that holds blanks.
_NO_KEY = re.compile(r"(@\s*(?!string\b|preamble\b)\w+\s*[{(]\s*)(,|(?=[A-Za-z][\w-]*\s*=\s*[{\"\d]))", re.IGNORECASE)
_BLANKS_IN_KEY = re.compile(r"(@\s*\w+\s*\{\s*)([^\s,={}\"()]+(?:[ \t]+[^\s,={}\"()]+)+)(?=\s*,)")
_KEYLESS = "no-key"
_COMMENT = re.compile(r"@comment\s*\{", re.IGNORECASE)
#: What a child of `crossref` does not take over from its parent.
_OWN = {"title", "subtitle", "author", "crossref", "keywords", "note", "abstract", "doi", "pages", "ids", "xdata"}
_JOINED = {"author": " and ", "editor": " and ", "keywords": ", "}
_PRINTED = ("title", "journal", "booktitle", "publisher", "school", "institution", "author", "editor", "howpublished")


class _Macros(dict[str, str]):
    """Know a @string in any case; of one that nobody defined the name is taken, and noted."""

    def __init__(self) -> None:
        super().__init__(month_names)
        self.missing: list[str] = []

    def __setitem__(self, name: str, text: str) -> None:
        super().__setitem__(name.lower(), text)

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __missing__(self, name: str) -> str:
        if name[:3] in month_names:
            return str(month_names[name[:3]])
        self.missing.append(name)
        return name


def _bibtex(text: str) -> Read:
    """Read BibTeX and biblatex; entries are parsed one by one, so that an open brace hides no other."""
    macros = _Macros()
    entries: list[tuple[int, str, str, dict[str, str], tuple[str, ...]]] = []
    broken: dict[int, str] = {}
    names: dict[str, str] = {}

    def renamed(found: re.Match[str]) -> str:
        names[name := re.sub(r"\s+", "-", found[2])] = found[2]
        return found[1] + name

    for command in commands(_without_comments(text)):
        source = _NO_KEY.sub(rf"\g<1>{_KEYLESS},", _BLANKS_IN_KEY.sub(renamed, command.text))
        faults: list[PybtexError] = []
        parser = LowLevelParser(source, macros=macros, handle_error=faults.append)
        for kind, content in chain(parser, [("", "")]):
            line = command.line + source.count("\n", 0, parser.command_start)
            if faults:
                fault = re.sub(r"^syntax error in line \d+: ", "", str(faults[0]))
                comma = f'no comma behind its key "{command.key}"; write {command.key},'
                broken[line] = f"the entry is broken: {comma if NO_COMMA.match(command.text) else fault}"
            elif content and kind.lower() not in {"string", "preamble"}:
                missing = [f'"{name}" is no @string of the file; the word itself is taken' for name in macros.missing]
                key = "" if content[0] == _KEYLESS else names.get(content[0], content[0])
                entries.append((line, key, kind, _fields(content[1]), tuple(missing)))
            faults.clear()
            macros.missing.clear()
    by_key = {key.lower(): fields for _, key, _, fields, _ in entries if key}
    for line, key, kind, fields, remarks in entries:
        try:
            yield line, _of_bibtex(key, kind, _inherited(fields, by_key), remarks)
        except PybtexError as fault:
            yield line, f'the reference "{key}" cannot be read: {fault}'
    yield from broken.items()


def _without_comments(text: str) -> str:
    """Blank what @comment{…} holds: entries that somebody took out; lines stay where they are."""
    for found in list(_COMMENT.finditer(text)):
        depth = 0
        for brace in re.finditer(r"[{}]", text[found.start() :]):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                inside = text[found.start() : found.start() + brace.end()]
                text = text.replace(inside, re.sub(r"[^\n]", " ", inside), 1)
                break
    return text


def _fields(given: list[tuple[str, list[str]]]) -> dict[str, str]:
    """Gather the fields of an entry; of names and keywords that are given twice all are kept."""
    fields: dict[str, str] = {}
    for raw, parts in given:
        name, text = raw.lower(), " ".join("".join(parts).split())
        if name in fields and text and text != fields[name]:
            fields[name] = f"{fields[name]}{_JOINED[name]}{text}" if name in _JOINED else fields[name]
        elif text:
            fields[name] = text
    return fields


def _inherited(fields: Mapping[str, str], by_key: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Fill in what a work takes over from the one that holds it."""
    parent = by_key.get(fields.get("crossref", "").lower())
    if parent is None:
        return dict(fields)
    taken = {name: text for name, text in _inherited(parent, {}).items() if name not in _OWN}
    outer = {name: parent[name] for name in ("title", "subtitle") if name in parent}
    return {**taken, **{f"book{name}": text for name, text in outer.items()}, **fields}


def _of_bibtex(key: str, kind: str, raw: Mapping[str, str], remarks: tuple[str, ...]) -> Record:
    """Make a record of an entry: plain text, and people taken apart as BibTeX does."""
    given = bibtex_fields.normalised(raw)
    remarks += tuple(
        f"{name} holds {command}, which is left out"
        for name in _PRINTED
        if (command := unknown(simplified(given.get(name, ""))))
    )
    known = {
        name: text if name in {"doi", "url", "keywords", "note"} else bibtex_fields.plain(text)
        for name, text in given.items()
    }
    address = re.fullmatch(r"\W*(https?://\S+?)[.,;}]*", known.get("howpublished", ""))
    if address and not known.get("url"):
        known |= {"url": address[1].replace("\\", ""), "howpublished": ""}
    if re.search(r"\d[~?%]", raw.get("date", "")):
        remarks += (f"its date, {raw['date']}, is not sure; the year alone is taken",)
    known["month"] = _month(known.get("month", ""))
    people = {role: [_person(name) for name in bibtex_fields.names(given.get(role, ""))] for role in _JOINED}
    return Record(key, kind, known, people["author"], people["editor"], remarks)


def _month(text: str) -> str:
    """Name a month that is given as a number."""
    names = [*month_names.values()]
    return names[int(text) - 1] if text.isdecimal() and 0 < int(text) < len(names) + 1 else text


def _person(name: str) -> str:
    """Write a name of BibTeX in plain letters, the family first."""
    if bibtex_fields.in_braces(name):
        return body(bibtex_fields.plain(name))
    if name.count(",") > 2 or ";" in name:  # several people; who reads the entry says what to write
        return bibtex_fields.plain(name)
    parts = Person(name)
    family = bibtex_fields.plain(" ".join([*parts.prelast_names, *parts.last_names]))
    given = bibtex_fields.plain(" ".join([*parts.first_names, *parts.middle_names]))
    if not given and " " not in family:
        return family
    return person(family, given, bibtex_fields.plain(" ".join(parts.lineage_names)))


def _ris(text: str) -> Read:
    import rispy  # noqa: PLC0415  needs the extra "import"
    from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING  # noqa: PLC0415

    loads = partial(
        rispy.loads,
        skip_unknown_tags=True,
        mapping={**TAG_KEY_MAPPING, "ED": "editors"},
        list_tags=[*LIST_TYPE_TAGS, "ED"],
        delimiter_tags_mapping={},  # a semicolon is a sign of an address
    )
    for line, block in _blocks(text, r"^TY {0,2}- ?"):
        try:
            (record,) = loads(block)
        except Exception as broken:  # rispy raises what it meets; one record is named and the rest is read
            yield line, f"the record cannot be read ({broken}); it must end with ER  -"
            continue
        authors = [_name(name) for name in record.get("authors") or record.get("first_authors") or ()]
        editors = [_name(name) for name in record.get("editors") or record.get("secondary_authors") or ()]
        pages = "--".join(filter(None, (record.get("start_page"), record.get("end_page"))))
        known = {name: _words(value) for name, value in record.items() if name not in {"keywords", "note"}}
        known["urls"] = re.sub(r";\s*https?://.*", "", " ".join(record.get("urls") or ()).split(" ")[0])
        yield (
            line,
            Record(
                record.get("id", ""),
                record.get("type_of_reference", "misc"),
                known | {"pages": pages},
                authors,
                editors,
            ),
        )


def _csl_json(text: str) -> Read:
    try:
        items = json.loads(text)
    except ValueError as broken:
        yield getattr(broken, "lineno", 1), f"the file is no JSON: {broken}"
        return
    if isinstance(items, dict):
        items = next((items[name] for name in ("items", "references") if isinstance(items.get(name), list)), [items])
    for item in items if isinstance(items, list) else [items]:
        shown = json.dumps(item.get("id", item.get("title")) if isinstance(item, dict) else item, ensure_ascii=False)
        line = text.count("\n", 0, max(0, text.find(shown))) + 1
        if not isinstance(item, dict) or not (item.keys() & {"id", "title", "DOI"}):
            yield line, f"{shown[:40]} is no item; CSL-JSON is a list of items with id, type and title"
            continue
        people = {role: [_of_csl(one) for one in _listed(item.get(role))] for role in ("author", "editor")}
        issued, remarks = _issued(item.get("issued"))
        known = {name: _words(value) for name, value in item.items() if name not in {"keywords", "note", "type"}}
        title, subtitle = (_first(known.get(name)) for name in ("title", "subtitle"))
        known |= {"title": bibtex_fields.joined(title, subtitle), "issued": issued}
        key = str(item.get("id", ""))
        yield line, Record(key, str(item.get("type", "misc")), known, people["author"], people["editor"], remarks)


def _issued(given: Any) -> tuple[str, tuple[str, ...]]:
    """Return the year of a date of CSL, or both of a range, and what it says beside them."""
    if not isinstance(given, dict):
        return str(given or ""), ()
    years = [str(part[0]) for part in _listed(given.get("date-parts")) if isinstance(part, list) and part and part[0]]
    text = "–".join(dict.fromkeys(years)) or str(given.get("raw") or given.get("literal") or "")
    return text, (f"the date is about {text}; the year is written alone",) if given.get("circa") else ()


def _of_csl(one: Any) -> str:
    """Write a person of CSL for BibTeX."""
    if not isinstance(one, dict):
        return _name(str(one))
    given, family = (str(one.get(name) or "") for name in ("given", "family"))
    if not (given or family):
        return body(str(one.get("literal") or one.get("name") or ""))
    particles = (one.get(f"{name}dropping-particle") for name in ("", "non-"))
    return person(" ".join([*filter(None, particles), family]).strip(), given, str(one.get("suffix") or ""))


def _nbib(text: str) -> Read:
    import nbib  # noqa: PLC0415  needs the extra "import"

    for line, block in _blocks(text, r"^PMID ?- "):
        try:
            (record,) = nbib.read(block.strip("\n") + "\n\n")
        except Exception as broken:  # as above
            yield line, f"the record cannot be read: {broken}"
            continue
        authors = [_name(one["author"], " ") for one in record.get("authors", ()) if "author" in one]
        # The library keeps the last of several bodies, and neither editors nor the title of a book.
        authors += [body(name) for name in _tagged(block, "CN")]
        editors = [_name(name, " ") for name in _tagged(block, "FED")]
        known = {name: _words(value) for name, value in record.items()} | {"keywords": None}
        known["title"] = str(known.get("title", "")).removesuffix(".")
        known["booktitle"] = next(iter(_tagged(block, "BTI")), "")
        known["publisher"] = next(iter(_tagged(block, "PB")), "")
        kind = "incollection" if known["booktitle"] and not known.get("journal") else "article"
        yield line, Record("", kind, known, authors, editors)


def _tagged(block: str, tag: str) -> list[str]:
    """Return what stands behind a tag of PubMed, its continuing lines joined."""
    found = re.findall(rf"^{tag} *- (.*(?:\n {{6}}.*)*)", block, re.MULTILINE)
    return [" ".join(text.split()) for text in found]


def _doi_list(text: str) -> Read:
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].strip()
        if doi := DOI.bare(words):
            yield number, Record(doi, "", {"doi": doi})
        elif pmid := PMID.bare(words):
            yield number, Record(pmid, "", {"pmid": pmid})
        elif words:
            yield number, f'"{words}" is neither a DOI nor a PMID; write one on each line, as 10.1000/xyz or PMID: 123'


READERS: Mapping[str, Callable[[str], Read]] = {
    ".bib": _bibtex,
    ".ris": _ris,
    ".json": _csl_json,
    ".nbib": _nbib,
    ".txt": _doi_list,
}


def _blocks(text: str, start: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each record, so that a broken one hides no other."""
    begins = [found.start() for found in re.finditer(start, text, re.MULTILINE)]
    line, place = 1, 0
    for begin, end in zip(begins, [*begins[1:], len(text)] if begins else [], strict=True):
        line += text.count("\n", place, begin)
        place = begin
        yield line, text[begin:end]


def _words(value: Any) -> Any:
    """Take HTML out of a text, or of each of a list; these formats hold no LaTeX."""
    if isinstance(value, list):
        return [_words(one) for one in value]
    return html.unescape(without_tags(value)) if isinstance(value, str) else value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _first(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else ""


def _name(name: str, between: str = ", ") -> str:
    """Write "Family, Given" for BibTeX, with "Jr" where BibTeX has it; anything else as the name of an organisation."""
    family, comma, rest = (part.strip() for part in name.partition(","))
    if not comma:
        return body(name)
    found = re.fullmatch(rf"(.*){between}({_SUFFIX})", rest)
    return person(family, found[1], found[2]) if found else person(family, rest)
