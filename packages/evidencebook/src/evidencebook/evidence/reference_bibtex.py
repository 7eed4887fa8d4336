"""Read the entries of BibTeX and biblatex as programs export them: one by one, as much of each as can be read."""

import re
from collections.abc import Mapping
from itertools import chain

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError

from evidencebook.evidence import bibtex_fields
from evidencebook.evidence.bibtex_reader import NO_COMMA, commands
from evidencebook.evidence.latex_text import simplified, unknown
from evidencebook.evidence.reference_record import Read, Record, body, person

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


def read(text: str) -> Read:
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
    place = 0
    while found := _COMMENT.search(text, place):
        begin, place, depth = found.start(), found.end(), 0
        for brace in re.finditer(r"[{}]", text[begin:]):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                place = begin + brace.end()
                text = text[:begin] + re.sub(r"[^\n]", " ", text[begin:place]) + text[place:]
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
    people = {
        role: [_person(name) for name in bibtex_fields.names(given.get(role, ""))] for role in ("author", "editor")
    }
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
    family, given, suffix = map(bibtex_fields.plain, bibtex_fields.parts(name))
    if not given and " " not in family:
        return family
    return person(family, given, suffix)
