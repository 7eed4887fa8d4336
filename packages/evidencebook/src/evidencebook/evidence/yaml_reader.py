"""Read YAML by the core schema of YAML 1.2, and remember on which line each value stands."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import yaml

from evidencebook.evidence.conflict_markers import conflicts
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

    def report(self, place: Place, message: str) -> None:
        """Add a diagnostic at this place."""
        self.report_line(self.line(place), message)

    def report_line(self, line: int, message: str) -> None:
        """Add a diagnostic at this line."""
        self.diagnostics.append(Diagnostic(relative_path(self.path), line, message))


def read(path: Path, text: str | None = None) -> Document:
    """Read one file, or the text to become it; a broken one gives a diagnostic with its line, never a traceback."""
    document = Document(path)
    try:
        text = path.read_text(encoding="utf-8-sig") if text is None else text
        document.diagnostics += conflicts(path, text)
        if document.diagnostics:
            return document
        loader = CoreLoader(text)
        node = loader.get_single_node()
        document.value = _value(loader, node, (), document) if node else None
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        document.report_line(mark.line + 1 if mark else 1, f"the YAML is broken: {broken.problem or broken.context}")
    except yaml.reader.ReaderError as broken:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text or "")
        character = f"U+{broken.character:04X}" if isinstance(broken.character, int) else repr(broken.character)
        line = (text or "").count("\n", 0, found.start()) + 1 if found else 1
        document.report_line(line, f"the file cannot be read: a non-printable character, {character}; remove it")
    except UnicodeDecodeError as broken:
        line = broken.object.count(b"\n", 0, broken.start) + 1
        document.report_line(line, f"the file cannot be read: {broken}; save it as UTF-8")
    except RecursionError:
        document.report_line(1, "the file cannot be read: a recursive alias (& and *), or brackets nested too deep")
    except yaml.YAMLError as broken:
        document.report_line(1, f"the file cannot be read: {broken}")
    return document


def _value(loader: Any, node: yaml.Node, place: Place, document: Document) -> Any:
    """Build the value of a node; sequences become tuples, because records are frozen."""
    document.lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return tuple(_value(loader, item, (*place, index), document) for index, item in enumerate(node.value))
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, place, document)
    try:
        return loader.construct_object(node)
    except ValueError as broken:  # such as the date 2026-02-30
        document.report(place, f'"{node.value}" cannot be read: {broken}')
        return node.value


def _mapping(loader: Any, node: yaml.MappingNode, place: Place, document: Document) -> dict[Any, Any]:
    """Build a mapping and refuse a duplicate key."""
    built: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            document.report_line(line, "a list or braces instead of a key; a text that begins with { or [ needs quotes")
            continue
        key = loader.construct_object(key_node)
        if key in built:
            document.report_line(line, f'duplicate key: "{key}"; keep one')
        built[key] = _value(loader, value_node, (*place, key), document)
        document.lines[(*place, key)] = line
    return built
