"""Read YAML by the core schema of YAML 1.2, and remember on which line each value stands."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import yaml

from evidencebook.evidence import text_file
from evidencebook.evidence.diagnostics import Diagnostic, relative_path

Place = tuple[str | int, ...]
# The C loader is ten times faster; it is missing only where libyaml was not compiled in.
_Base: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CoreLoader(_Base):  # type: ignore[misc]  # chosen at run time
    """Read only what anyone would read the same way.

    PyYAML follows YAML 1.1, where 045 is 37, 2:1 is 121, 1_000 is 1000 and NO is false: here they are texts, and so a
    telephone number keeps its zero and a record that wants a number says that it got a text.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}


_FLOAT = r"[-+]?(?:0|[1-9][0-9]*)?(?:\.[0-9]+|(?<=[0-9])\.|(?<=[0-9])(?=[eE]))(?:[eE][-+]?[0-9]+)?"
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", _FLOAT, "-+.0123456789"),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))

#: Deeper than any record; a bound, so that no input takes the reader with it.
_DEEPEST = 20
_MOST_DIGITS = 15
#: A line that begins with a key: within a quoted text, it was swallowed.
_KEY = re.compile(r"\s*(?:- )?[a-z_]+:(?: |$)")


@dataclass
class Document:
    """Hold the values of one file, their lines, and what was wrong with it."""

    path: Path
    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Give the line of the value at this place, or of the nearest one around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def lines_of_items(self) -> dict[int, dict[Place, int]]:
        """Give for each item of a list the line of each of its parts, by the place in the item."""
        found: dict[int, dict[Place, int]] = {}
        for place, line in self.lines.items():
            if place and isinstance(place[0], int):
                found.setdefault(place[0], {})[place[1:]] = line
        return found

    def report(self, place: Place, message: str) -> None:
        """Add a diagnostic at this place."""
        self.report_line(self.line(place), message)

    def report_line(self, line: int, message: str) -> None:
        """Add a diagnostic at this line."""
        if len(self.diagnostics) < text_file.MOST_FAULTS:
            self.diagnostics.append(Diagnostic(relative_path(self.path), line, message))


def read(path: Path, text: str | None = None) -> Document:
    """Read one file, or the text to become it; a broken one gives a diagnostic with its line, never a traceback."""
    document = Document(path)
    wrong: list[text_file.Fault] = []
    if text is None:
        text, wrong = text_file.read(path)
    for line, message in wrong or text_file.check(text):
        document.report_line(line, message)
    if not document.diagnostics:
        try:
            _read_into(document, text)
        except yaml.MarkedYAMLError as broken:
            _report_syntax(document, broken)
        except yaml.YAMLError as broken:
            document.report_line(1, f"the file cannot be read: {broken}")
    return document


def _report_syntax(document: Document, broken: yaml.MarkedYAMLError) -> None:
    """Say where the YAML is broken: where a quotation mark opens that is never closed, else where it was seen."""
    unclosed = "quoted" in (broken.context or "")
    if document.diagnostics and not unclosed:
        return  # a quotation mark that swallowed lines was told, and all that follows comes of it
    mark = broken.context_mark if unclosed else broken.problem_mark or broken.context_mark
    told = "a quotation mark that is never closed" if unclosed else broken.problem or broken.context
    document.report_line(mark.line + 1 if mark else 1, f"the YAML is broken: {told}")


def _read_into(document: Document, text: str) -> None:
    """Build the value of a text from its events, so that nothing grows deeper than it may, and no alias unfolds."""
    loader = CoreLoader(text)
    loader.get_event()  # the stream
    if loader.check_event(yaml.StreamEndEvent):
        return
    begun: Any = loader.get_event()  # the document
    if begun.version or begun.tags:
        document.report_line(1, "a directive, which begins with %, changes how YAML is read; take it out")
        return
    document.value = _Builder(loader, document, text).value(loader.get_event(), ())
    loader.get_event()
    if not loader.check_event(yaml.StreamEndEvent):
        line = loader.get_event().start_mark.line + 1
        document.report_line(line, "a second document begins here; remove the line of three dashes")


class _Builder:
    """Build values from events; sequences become tuples, because records are frozen."""

    def __init__(self, loader: Any, document: Document, text: str) -> None:
        self.loader, self.document = loader, document
        self.rows = text.splitlines()

    def value(self, event: Any, place: Place) -> Any:
        """Return the value that begins with an event, and keep the line of all that is in it."""
        mark: Any = event.start_mark
        self.document.lines[place] = mark.line + 1
        if told := _adorned(event):
            raise yaml.MarkedYAMLError(problem=told, problem_mark=mark)
        if len(place) > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="brackets or lists nested too deep", problem_mark=mark)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.AliasEvent):
            told = f"an alias, *{event.anchor}; write out what it stands for"
            raise yaml.MarkedYAMLError(problem=told, problem_mark=mark)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := self.loader.get_event(), yaml.SequenceEndEvent):
                items.append(self.value(event, (*place, len(items))))
            return tuple(items)
        return self._mapping(place)

    def _mapping(self, place: Place) -> dict[Any, Any]:
        """Build a mapping and refuse a duplicate key."""
        built: dict[Any, Any] = {}
        while not isinstance(event := self.loader.get_event(), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            key = self.value(event, (*place, "?"))
            if not isinstance(event, yaml.ScalarEvent):
                told = "a list or braces instead of a key; a text that begins with { or [ needs quotes"
                self.document.report_line(line, told)
                key = None
            elif key in built:
                self.document.report_line(line, f'duplicate key: "{key}"; keep one')
            built[key] = self.value(self.loader.get_event(), (*place, key))
            self.document.lines[(*place, key)] = line
        return built

    def _scalar(self, event: Any, place: Place) -> Any:
        """Build a text, a number, a truth value, a day or nothing."""
        text, tag = event.value, event.tag
        first, last = event.start_mark.line + 1, event.end_mark.line + 1
        if last > first and event.style in ("'", '"') and any(map(_KEY.match, self.rows[first:last])):
            self.document.report_line(first, "a quotation mark opens here that swallows the keys below; close it")
        if tag is None or tag == "!":
            tag = self.loader.resolve(yaml.ScalarNode, text, event.implicit)
        if not event.style and (told := _ambiguous(tag, text)):
            self.document.report(place, told)
        if tag.endswith(":str"):  # as most are; what follows would give the same, slowly
            return text
        try:
            return self.loader.construct_object(yaml.ScalarNode(tag, text, event.start_mark, event.end_mark))
        except ValueError as broken:  # such as the date 2026-02-30
            self.document.report(place, f'"{text[:60]}" cannot be read: {broken}')
            return text


def _adorned(event: Any) -> str | None:
    """Say what stands before a value and makes it another to some readers: a tag, or a name for aliases."""
    if isinstance(event, yaml.AliasEvent):
        return None
    if event.tag not in (None, "!"):
        name = event.tag.replace("tag:yaml.org,2002:", "!!")
        return f"a tag, {name}; write the value alone, a text in quotes and a number without"
    return f"a name for aliases, &{event.anchor}; take it out" if event.anchor else None


def _ambiguous(tag: str, text: str) -> str | None:
    """Say why a plain word or number is not what it seems: YAML 1.1 reads it otherwise, or it loses digits."""
    if tag.endswith(":str"):
        others = yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], [])
        if any(other.match(text) for _, other in others):
            return f'"{text}" is a text to some readers of YAML and to others a number, true or false; put it in quotes'
    elif tag.endswith((":int", ":float")):
        digits = re.sub(r"[eE].*|\D", "", text).lstrip("0")
        if digits and not float(text):
            return f"{text[:40]} is so near 0 that it is read as 0; correct it"
        if len(digits) > _MOST_DIGITS or abs(float(text)) == float("inf"):
            return f"{text[:40]} has more digits than a number keeps; write {_MOST_DIGITS} at most, or a text in quotes"
    return None
