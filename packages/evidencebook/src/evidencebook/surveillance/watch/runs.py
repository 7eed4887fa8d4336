"""Add a run to its query in watch.yml as text, so that what people wrote there stays as they wrote it."""

import re
from pathlib import Path
from typing import Any

from evidencebook.evidence import yaml_reader as yamllines
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.models import Record
from evidencebook.surveillance.models import Run


def added(path: Path, text: str, query: str, run: Run) -> str:
    """Return the text with one run more; raise UserError when it would change anything else."""
    document = yamllines.read(path, text)
    entries = document.value if isinstance(document.value, tuple) else ()
    place = next((index for index, one in enumerate(entries) if isinstance(one, dict) and one.get("id") == query), None)
    if place is None:
        raise UserError(f'{relative_path(path)}:1: there is no query "{query}" any more; nothing was written')
    entry = "- " + _written(run)
    after = _inserted(text, document, place, entry)
    runs = entries[place].get("runs") or ()
    meant = (*entries[:place], {**entries[place], "runs": (*runs, run.model_dump())}, *entries[place + 1 :])
    if yamllines.read(path, after).value != meant:
        raise UserError(
            f"{relative_path(path)}:{document.line((place, 'runs'))}: the runs of {query} do not stand on a line each, so that "
            f"none can be added; nothing was written. Write them so:\n  runs:\n    {entry}"
        )
    return after


def _inserted(text: str, document: yamllines.Document, place: int, entry: str) -> str:
    """Put the line after the last run, or below the key, or the key and the line at the end of the query."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    value: Any = document.value[place]
    if value.get("runs"):
        last = document.line((place, "runs", len(value["runs"]) - 1)) - 1
        indent = _indent(lines[last])
        lines.insert(_end(lines, last, indent), f"{indent}{entry}\n")
    elif "runs" in value:
        key = document.line((place, "runs")) - 1
        indent = _key_indent(lines[key])
        lines[key] = re.sub(r"runs:\s*\[\s*\]", "runs:", lines[key], count=1)
        lines.insert(key + 1, f"{indent}  {entry}\n")
    else:
        indent = _key_indent(lines[document.line((place,)) - 1])
        end = document.line((place + 1,)) - 1 if place + 1 < len(document.value) else len(lines)
        while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
            end -= 1  # what stands before the next query belongs to it
        lines.insert(end, f"{indent}runs:\n{indent}  {entry}\n")
    return "".join(lines)


def _end(lines: list[str], first: int, indent: str) -> int:
    """Find the line after an entry: the next one that is not indented more than its dash."""
    end = first + 1
    while end < len(lines) and lines[end].strip() and len(_indent(lines[end])) > len(indent):
        end += 1
    return end


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _key_indent(line: str) -> str:
    """Give the spaces before a key, a dash before it counted as spaces."""
    return re.sub("-", " ", (re.match(r"[ -]*", line) or [""])[0])


def _written(run: Record) -> str:
    """Write a run on one line."""
    return "{" + ", ".join(f"{name}: {value}" for name, value in run.model_dump(mode="json").items()) + "}"
