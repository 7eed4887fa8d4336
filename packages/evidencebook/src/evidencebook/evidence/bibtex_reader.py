"""Read a file of BibTeX or biblatex into sources, entry by entry, so that a broken one hides no other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pydantic import ValidationError

from evidencebook.evidence import bibtex_fields
from evidencebook.evidence.conflict_markers import conflicts
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.evidence.models import Source
from evidencebook.evidence.short_citation import with_letters
from evidencebook.evidence.validation_messages import describe_error
from evidencebook.evidence.vocabulary import DESIGNS, Flag, Seen

_COMMAND = re.compile(r"^[ \t]*@[ \t]*(\w+)\s*[{(]\s*([^\s,}]*)", re.MULTILINE)
_NO_ENTRY = frozenset({"string", "preamble", "comment"})
_FLAGS = frozenset(get_args(Flag))
_SEEN = re.compile(rf"^seen: ({'|'.join(get_args(Seen))})\b[.;,]?\s*(.*)$", re.DOTALL)


@dataclass(frozen=True)
class Command:
    """Hold one command of a file, an entry or a @string, as text with its place."""

    line: int
    kind: str
    key: str
    text: str


def read(path: Path, text: str | None = None) -> tuple[dict[str, Source], dict[str, int], list[Diagnostic]]:
    """Return the sources, the line of each key, and what is wrong with the file, or with the text to become it."""
    sources: dict[str, Source] = {}
    diagnostics: list[Diagnostic] = []
    try:
        text = path.read_text(encoding="utf-8-sig") if text is None else text.removeprefix("\ufeff")
    except UnicodeDecodeError as broken:
        line = broken.object.count(b"\n", 0, broken.start) + 1
        return {}, {}, [Diagnostic(relative_path(path), line, f"the file cannot be read: {broken}; save it as UTF-8")]
    if left := conflicts(path, text):  # between entries nothing else would see them
        return {}, {}, left
    found = list(commands(text))
    lines = {one.key: one.line for one in reversed(found) if one.kind not in _NO_ENTRY}

    def report(line: int, message: str) -> None:
        diagnostics.append(Diagnostic(relative_path(path), line, message))

    macros = dict(month_names)
    for command in found:
        try:
            fields = _fields(command, macros)
        except PybtexError as broken:
            report(command.line, f"the BibTeX entry is broken: {broken}")
            continue
        if fields is None:
            continue
        if command.key in sources:
            report(
                command.line, f'duplicate id: source "{command.key}" is first at line {lines[command.key]}; keep one'
            )
            continue
        try:
            sources[command.key] = _source(command, fields)
        except ValidationError as wrong:
            for error in wrong.errors():
                report(command.line, f"source {command.key}: {describe_error(error)}")
        except PybtexError as wrong:
            report(command.line, f"source {command.key}: {wrong}")
    return with_letters(sources), lines, diagnostics


def commands(text: str) -> Iterator[Command]:
    """Yield each command of a file with its line; lines are counted on from the command before, not from the top."""
    starts = list(_COMMAND.finditer(text))
    place, line = 0, 1
    for index, found in enumerate(starts):
        line += text.count("\n", place, found.start())
        place = found.start()
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        yield Command(line, found[1].lower(), found[2], text[place:end])


def _fields(command: Command, macros: dict[str, str]) -> dict[str, str] | None:
    """Parse one command; return the fields of an entry, nothing for @string (added to the macros) and @preamble."""
    if command.kind in {"preamble", "comment"}:
        return None
    for _, (_, body) in LowLevelParser(command.text, macros=macros):
        if command.kind != "string":
            return bibtex_fields.normalised({name: "".join(parts) for name, parts in body})
    return None


def _source(command: Command, fields: dict[str, str]) -> Source:
    """Make a source of one entry; `keywords` holds the design and flags, `note` what was seen."""
    words = [word.strip() for word in fields.get("keywords", "").split(",") if word.strip()]
    seen = _SEEN.match(fields.get("note", ""))
    # Exporters fill the keywords with words of their own; one alone that is no design is a misspelt one.
    designs = [word for word in words if word in DESIGNS] or [word for word in words if word not in _FLAGS]
    values = {
        "key": command.key,
        "kind": command.kind,
        "title": bibtex_fields.plain(fields.get("title", "")),
        "authors": bibtex_fields.authors(fields),
        "year": bibtex_fields.year(fields),
        "design": next(iter(designs), ""),
        "flags": tuple(word for word in words if word in _FLAGS),
        "seen": seen[1] if seen else None,
        "note": bibtex_fields.plain(seen[2] if seen else fields.get("note", "")),
        "fields": fields,
    } | {name: fields.get(name) for name in ("doi", "pmid", "pmcid", "url")}
    return Source.model_validate(values)
