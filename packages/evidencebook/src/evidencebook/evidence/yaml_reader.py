"""Read YAML and remember on which line each value stands."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from evidencebook.evidence import conflict_markers as gitmarks
from evidencebook.evidence.diagnostics import Diagnostic, relative_path

Place = tuple[str | int, ...]
# The C loader is ten times faster; it is missing only where libyaml was not compiled in.
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """Hold the values of one file, their lines, and what was wrong with it."""

    path: Path
    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Give the line of the value at this place, or of the nearest one around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def complain(self, place: Place, message: str) -> None:
        """Note a problem at this place."""
        self.problems.append(Diagnostic(relative_path(self.path), self.line(place), message))


def read(path: Path, text: str | None = None) -> Document:
    """Read one file, or the text to become it; a broken one becomes a problem with its line, never a traceback."""
    document = Document(path)
    try:
        text = path.read_text(encoding="utf-8") if text is None else text
        document.problems += gitmarks.conflicts(path, text)
        if document.problems:
            return document
        loader = _Loader(text)
        node = loader.get_single_node()
        document.value = _value(loader, node, (), document) if node else None
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line = mark.line + 1 if mark else 1
        document.problems.append(
            Diagnostic(relative_path(path), line, f"the YAML is broken: {broken.problem or broken.context}")
        )
    except yaml.reader.ReaderError as broken:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text or "")
        line, sign = (text or "").count("\n", 0, found.start()) + 1 if found else 1, broken.character
        told = f"U+{sign:04X}" if isinstance(sign, int) else repr(sign)
        document.problems.append(
            Diagnostic(
                relative_path(path),
                line,
                f"the file cannot be read: a sign that nobody sees stands here, {told}; take it out",
            )
        )
    except UnicodeDecodeError as broken:
        line = broken.object.count(b"\n", 0, broken.start) + 1
        document.problems.append(
            Diagnostic(relative_path(path), line, f"the file cannot be read: {broken}; save it as UTF-8")
        )
    except RecursionError:
        message = "the file cannot be read: a value holds itself (by & and *), or too many lie within each other"
        document.problems.append(Diagnostic(relative_path(path), 1, message))
    except yaml.YAMLError as broken:
        document.problems.append(Diagnostic(relative_path(path), 1, f"the file cannot be read: {broken}"))
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
        document.complain(place, f'"{node.value}" cannot be read: {broken}')
        return node.value


def _mapping(loader: Any, node: yaml.MappingNode, place: Place, document: Document) -> dict[Any, Any]:
    """Build a mapping and refuse a key that stands twice."""
    built: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            message = "a list or braces stand where a key was meant; a text that begins with { or [ needs quotes"
            document.problems.append(Diagnostic(relative_path(document.path), key_node.start_mark.line + 1, message))
            continue
        key = loader.construct_object(key_node)
        if key in built:
            line = key_node.start_mark.line + 1
            document.problems.append(
                Diagnostic(relative_path(document.path), line, f'the key "{key}" stands twice; keep one')
            )
        built[key] = _value(loader, value_node, (*place, key), document)
        document.lines[(*place, key)] = key_node.start_mark.line + 1
    return built
