"""Read the BibTeX file into sources."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text
from pydantic import ValidationError

from evidencebook.evidence import conflict_markers as gitmarks
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.evidence.models import Source
from evidencebook.evidence.validation_messages import described
from evidencebook.evidence.vocabulary import Flag, Seen

_ENTRY = re.compile(r"^@(\w+)\s*\{\s*([^,\s]+)", re.MULTILINE)
_FLAGS = frozenset(get_args(Flag))
_SEEN = re.compile(rf"^seen: ({'|'.join(get_args(Seen))})\b[.;,]?\s*(.*)$", re.DOTALL)


def read(path: Path, text: str | None = None) -> tuple[dict[str, Source], dict[str, int], list[Diagnostic]]:
    """Return the sources, the line of each, and what is wrong with the file, or with the text that is to become it."""
    sources: dict[str, Source] = {}
    problems: list[Diagnostic] = []
    try:
        text = path.read_text(encoding="utf-8") if text is None else text
    except UnicodeDecodeError as broken:
        line = broken.object.count(b"\n", 0, broken.start) + 1
        return {}, {}, [Diagnostic(relative_path(path), line, f"the file cannot be read: {broken}; save it as UTF-8")]
    if left := gitmarks.conflicts(path, text):  # between entries nothing else would see them
        return {}, {}, left
    starts = list(_starts(text))
    lines = {key: line for _, line, key in starts}
    for line, kind, key, fields in _entries(path, text, starts, problems):
        if key in sources:
            problems.append(Diagnostic(relative_path(path), line, f'source "{key}" stands twice; keep one entry'))
            continue
        try:
            sources[key] = _source(kind, key, fields)
        except ValidationError as wrong:
            problems += [
                Diagnostic(relative_path(path), line, f"source {key}: {described(error)}") for error in wrong.errors()
            ]
        except PybtexError as wrong:
            problems.append(Diagnostic(relative_path(path), line, f"source {key}: {wrong}"))
    return sources, lines, problems


def _starts(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield place, line and key of each entry; lines are counted on from the entry before, not from the top."""
    place, line = 0, 1
    for found in _ENTRY.finditer(text):
        line += text.count("\n", place, found.start())
        place = found.start()
        yield place, line, found[2]


def _entries(
    path: Path, text: str, starts: list[tuple[int, int, str]], problems: list[Diagnostic]
) -> Iterator[tuple[int, str, str, dict[str, str]]]:
    """Yield line, kind, key and fields of each entry; parse entry by entry so that one broken entry hides no other."""
    ends = [place for place, _, _ in starts[1:]]
    for (start, line, _), end in zip(starts, [*ends, len(text)], strict=True):
        try:
            for kind, (key, fields) in LowLevelParser(text[start:end]):
                yield line, kind, key, {name.lower(): "".join(parts) for name, parts in fields}
        except PybtexError as broken:
            problems.append(Diagnostic(relative_path(path), line, f"the BibTeX entry is broken: {broken}"))


def _source(kind: str, key: str, fields: dict[str, str]) -> Source:
    """Make a source of one entry; `keywords` holds the design and flags, `note` what was seen."""
    words = [word.strip() for word in fields.get("keywords", "").split(",") if word.strip()]
    seen = _SEEN.match(fields.get("note", ""))
    year = fields.get("year", "")
    values = {
        "key": key,
        "kind": kind.lower(),
        "title": plain(fields.get("title", "")),
        "authors": tuple(_name(name) for name in _names(fields.get("author") or fields.get("editor", ""))),
        "year": int(year) if year.isdigit() else None,
        "design": next((word for word in words if word not in _FLAGS), ""),
        "flags": tuple(word for word in words if word in _FLAGS),
        "seen": seen[1] if seen else None,
        "note": plain(seen[2]) if seen else plain(fields.get("note", "")),
        "fields": fields,
    } | {name: fields.get(name) for name in ("doi", "pmid", "pmcid", "url")}
    return Source.model_validate(values)


def _names(people: str) -> list[str]:
    """Split at "and", but not inside braces, where an organisation keeps its own "and"."""
    return [name for name in re.split(r"\s+and\s+(?![^{]*\})", people) if name]


def _name(name: str) -> str:
    """Write a person as "Family, Given", an organisation as it is."""
    if name.startswith("{"):
        return plain(name)
    person = Person(name)
    family = " ".join([*person.prelast_names, *person.last_names])
    given = " ".join([*person.first_names, *person.middle_names])
    return plain(f"{family}, {given}" if given else family)


def plain(text: str) -> str:
    """Turn BibTeX's braces, escapes and accents into plain text."""
    if "\\" in text:
        text = str(Text.from_latex(text))
    return text.replace("{", "").replace("}", "").replace("--", "–").strip()
