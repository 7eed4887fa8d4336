"""Read a file of BibTeX or biblatex into sources, entry by entry, so that a broken one hides no other."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import get_args

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.utils import CaseInsensitiveDict
from pydantic import ValidationError

from evidencebook.evidence import bibtex_entries, bibtex_fields, text_file
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.evidence.memo import remembered
from evidencebook.evidence.models import Source
from evidencebook.evidence.short_citation import with_letters
from evidencebook.evidence.subject import MEDICINE, Subject
from evidencebook.evidence.validation_messages import located_errors
from evidencebook.evidence.vocabulary import Flag, Seen

_COMMAND = re.compile(r"^[ \t]*@[ \t]*(\w+)\s*[{(]\s*([^\s,}]*)", re.MULTILINE)
#: The beginning of an entry that has no comma behind its key.
NO_COMMA = re.compile(r"\s*@\s*\w+\s*[{(]\s*[^\s,{}()]+\s+(?![,})])")
_FIELD = re.compile(r"^[ \t]*([\w-]+)[ \t]*=[ \t]*(.?)", re.MULTILINE)
_LONGEST, _MOST_JOINED = 60_000, 500
_NO_ENTRY = frozenset({"string", "preamble", "comment"})
_FLAGS = frozenset(get_args(Flag))
_SEEN = re.compile(rf"^seen: ({'|'.join(get_args(Seen))})\b[.;,]?\s*(.*)$", re.DOTALL)

#: The lines on which the parts of an entry stand, counted from its own; its head is ().
Lines = dict[tuple[str | int, ...], int]


@dataclass(frozen=True)
class Command:
    """Hold one command of a file, an entry or a @string, as text with its place."""

    line: int
    kind: str
    key: str
    text: str


@dataclass(frozen=True)
class _Parsed:
    """Hold what one command says, and what is wrong with it by line counted from its own."""

    source: Source | None = None
    macro: tuple[str, str] | None = None
    lines: Lines = field(default_factory=dict)
    faults: tuple[text_file.Fault, ...] = ()


def read(
    path: Path,
    text: str | None = None,
    day: dt.date | None = None,
    subject: Subject = MEDICINE,
    *,
    background: bool = False,
) -> tuple[dict[str, Source], dict[str, Lines], list[Diagnostic]]:
    """Return the sources, the lines of each key, and what is wrong with the file, or with the text to become it.

    `day` is that of the edition: no source is of a later year than the next. `subject` names the designs.
    What is `background`, cited and never extracted, needs no design and counts as a narrative review; a file of it may
    be empty.
    """
    sources: dict[str, Source] = {}
    wrong: list[text_file.Fault] = []
    if text is None:
        text, wrong = text_file.read(path)
    wrong = wrong or [*text_file.check(text)]
    found = [] if wrong else list(commands(text))
    lines: dict[str, Lines] = {}
    names: dict[str, str] = {}  # to BibTeX a key in capitals is the same key
    if not wrong:
        wrong += _outside(text[: text.find(found[0].text)] if found else text, 1)
    macros = tuple(month_names.items())
    for command in found:
        if len(wrong) >= text_file.MOST_FAULTS:
            break
        default = "narrative-review" if background else ""
        parsed = _parsed(command.kind, command.key, command.text, macros, day, default, subject)
        macros += (parsed.macro,) if parsed.macro else ()
        wrong += [(command.line + line, message) for line, message in parsed.faults]
        if command.kind in _NO_ENTRY:
            continue
        if (other := names.setdefault(command.key.lower(), command.key)) in lines:
            told = f'duplicate id: source "{other}" is first at line {lines[other][()]}; keep one'
            wrong.append((command.line, told))
            continue
        lines[command.key] = {place: command.line + line for place, line in parsed.lines.items()} | {(): command.line}
        if parsed.source:
            sources[command.key] = parsed.source
    for key, source in sources.items():
        if (named := source.fields.get("crossref", "")) and named.lower() not in names:
            told = f'source {key}: crossref "{named}" is in this file under no key; correct it, or take it out'
            wrong.append((lines[key].get(("crossref",), lines[key][()]), told))
    return with_letters(sources), lines, [Diagnostic(relative_path(path), line, message) for line, message in wrong]


def commands(text: str) -> Iterator[Command]:
    """Yield each command of a file with its line; lines are counted on from the command before, not from the top."""
    starts = list(_COMMAND.finditer(text))
    place, line = 0, 1
    for index, found in enumerate(starts):
        line += text.count("\n", place, found.start())
        place = found.start()
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        yield Command(line, found[1].lower(), found[2], text[place:end].rstrip())  # so that one is parsed once


@lru_cache(maxsize=8192)
@remembered
def _parsed(
    kind: str,
    key: str,
    text: str,
    macros: tuple[tuple[str, str], ...],
    day: dt.date | None,
    default: str,
    subject: Subject,
) -> _Parsed:
    """Parse one command into a source, or into a @string that later entries may name."""
    if kind in {"preamble", "comment"}:
        return _Parsed(faults=tuple(one for one in _outside(text, 0) if "without @" in one[1]))
    if len(text) > _LONGEST or text.count("#") > _MOST_JOINED:  # its parser would take minutes
        told = f"the BibTeX entry is broken, or longer than {_LONGEST} letters; close its braces, or shorten it"
        return _Parsed(faults=((_unclosed(text) or 0, told),))
    parser = LowLevelParser(text, macros=CaseInsensitiveDict(macros))
    try:
        name, body = next(iter(parser), (kind, ("", [])))[1]
        if kind == "string":
            return _Parsed(macro=(name, "".join(body)))
        if NO_COMMA.match(text):
            return _Parsed(faults=((0, f'the BibTeX entry is broken: no comma behind its key "{key}"; write {key},'),))
        raw = [(name.lower(), "".join(parts)) for name, parts in body]
    except PybtexError as broken:
        line = _unclosed(text) or (getattr(broken, "lineno", None) or 1) - 1
        told = re.sub(r"^syntax error in line \d+: ", "", str(broken))
        return _Parsed(faults=((line, f"the BibTeX entry is broken: {told}"),))
    lines = _lines(text)
    faults = _outside(text[parser.pos :], text.count("\n", 0, parser.pos))
    for name in sorted({name for name, _ in raw if [one for one, _ in raw].count(name) > 1}):
        faults.append((lines.get((name, 1), 0), f"source {key}: {name} is given twice; keep one"))
    fields = bibtex_fields.normalised(dict(raw))

    def report(name: str, message: str) -> None:
        faults.append((lines.get((name,), 0), f"source {key}: {message}"))

    for name, message in (*_hanging(raw), *bibtex_entries.check(kind, fields, subject.designs, day)):
        report(name, message)
    source = None
    try:
        source = _source(kind, key, fields, day, default, subject)
    except ValidationError as wrong:
        for place, message in located_errors(wrong):
            report({"design": "keywords", "authors": "author"}.get(str(place[0]), str(place[0])), message)
    except PybtexError as broken:
        if not faults:  # such as a name with commas, of which what to write is told already
            report("", str(broken))
    return _Parsed(source, None, lines, tuple(faults))


def _hanging(raw: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each second "and" between two names; one behind the last, as exporters leave it, loses nobody."""
    for name, text in raw:
        if name in ("author", "editor") and (odd := re.search(r"\band\s+and\b", text)):
            yield name, f'{name} holds "{odd[0].strip()}" with no name beside it; name who is meant, or take it out'


def _outside(text: str, line: int) -> list[text_file.Fault]:
    """Return one fault for the first words that stand outside every entry: BibTeX would pass over them in silence."""
    for at, row in enumerate(text.split("\n")):
        if row.strip() and not row.lstrip().startswith("%"):
            what = "an entry without @" if re.match(r"\s*\w+\s*[{(]", row) else f'"{row.strip()[:40]}"'
            return [(line + at, f"{what} stands outside every entry, where nobody reads it; an entry begins with @")]
    return []


def _lines(text: str) -> Lines:
    """Return the line of each field, counted from that of the entry; of one that stands twice the second too."""
    lines: Lines = {}
    for found in _FIELD.finditer(text):
        name = bibtex_fields.other_name(found[1].lower())
        lines[(name, 1) if (name,) in lines else (name,)] = text.count("\n", 0, found.start())
    return lines


def _unclosed(text: str) -> int | None:
    """Return the line of the first field whose braces or quotation marks do not close, counted from the entry's."""
    starts = list(_FIELD.finditer(text))
    for index, found in enumerate(starts):
        last = index + 1 == len(starts)
        chunk = text[found.start() : len(text) if last else starts[index + 1].start()]
        quotes = chunk.count('"') - chunk.count('\\"')
        if chunk.count("{") - chunk.count("}") != (-1 if last else 0) or (found[2] == '"' and quotes % 2):
            return text.count("\n", 0, found.start())
    return None


def _source(
    kind: str, key: str, fields: Mapping[str, str], day: dt.date | None, default: str, subject: Subject
) -> Source:
    """Make a source of one entry; `keywords` holds the design and flags, `note` what was seen."""
    words = [word.strip() for word in fields.get("keywords", "").split(",") if word.strip()]
    seen = _SEEN.match(fields.get("note", ""))
    # Exporters fill the keywords with words of their own; one alone that is no design is a misspelt one.
    designs = [word for word in words if word in subject.designs] or [
        word for word in words if word not in _FLAGS and not default
    ]
    values = {
        "key": key,
        "kind": kind,
        "title": bibtex_fields.plain(fields.get("title", "")),
        "authors": bibtex_fields.authors(fields),
        "year": bibtex_fields.year(fields),
        "design": next(iter(designs), default),
        "flags": tuple(word for word in words if word in _FLAGS),
        "seen": seen[1] if seen else None,
        "note": bibtex_fields.plain(seen[2] if seen else fields.get("note", "")),
        "fields": dict(fields),
    } | {name: fields.get(name) for name in ("doi", "pmid", "pmcid", "url")}
    return Source.model_validate(values, context={"day": day, "subject": subject})
