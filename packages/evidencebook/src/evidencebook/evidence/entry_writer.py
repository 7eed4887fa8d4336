"""Append an entry to a file of the evidence: as text, so that comments and order stay, and only when it is sound."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from evidencebook.evidence import yaml_reader
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.models import Record
from evidencebook.evidence.validation_messages import located_errors


def refuse_known(evidence: EvidenceBase, kind: str, name: str) -> None:
    """Raise UserError when there is a record of this id."""
    if (kind, name) in evidence.entries:
        entry = evidence.entry(kind, name)
        raise UserError(
            f'duplicate id: {kind} "{name}" is at {relative_path(entry.path)}:{entry.line}; '
            "edit it, or choose another id"
        )


def append_record(path: Path, model: type[Record], values: Mapping[str, Any], folder: Path) -> None:
    """Append one record, given as plain values in the order of its keys, to a YAML file of the evidence in `folder`.

    Raises UserError, with nothing written, when the record is not valid, when the file is not a plain list of entries,
    or when the evidence would have a fault that it has not now.
    """
    title = f"{model.__name__.lower()} {values['id']}"
    try:
        model.model_validate(frozen(values), context={"subject": inspect(folder)[0].subject})
    except ValidationError as wrong:
        lines = "\n".join(f"  {message}" for _, message in located_errors(wrong))
        raise UserError(f"{title} is not valid; nothing was written:\n{lines}") from wrong
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = appended(before, rendered(values))
    if _entries(path, after) != (*_entries(path, before), frozen(values)):
        raise UserError(
            f"{relative_path(path)} is not a plain list of entries that begin with a dash; add this by hand:\n{after}"
        )
    write_sound(folder, {path: after})


def refuse_unknown_design(evidence: EvidenceBase, design: str | None) -> None:
    """Raise UserError for a design that neither medicine nor vocabulary.yml knows."""
    if design is not None and design not in evidence.subject.designs:
        told = ", ".join(evidence.subject.designs)
        raise UserError(f'"{design}" is no design; write one of {told}, or add it under designs: in vocabulary.yml')


def write_sound(folder: Path, texts: Mapping[Path, str]) -> None:
    """Write files of the evidence in `folder`; raise UserError, with nothing written, when that would bring faults."""
    _, after = inspect(folder, texts)
    if new := sorted(set(after) - set(inspect(folder)[1])) if after else []:
        lines = "\n".join(f"  {diagnostic}" for diagnostic in new)
        raise UserError(f"this would bring new faults into the evidence; nothing was written:\n{lines}")
    write_together(texts)


def next_number(evidence: EvidenceBase, prefix: str) -> int:
    """Return the number after the highest one that the prefix ever had, excluded findings included."""
    ids = (*evidence.findings, *evidence.assertions, *evidence.excluded_findings)
    found = (re.fullmatch(rf"{re.escape(prefix)}([0-9]+)", name) for name in ids)
    return max((int(one[1]) for one in found if one), default=0) + 1


def rendered(values: Mapping[str, Any]) -> str:
    """Write a record as YAML, one key a line, as a person would."""
    lines: list[str] = []
    for key, value in values.items():
        if isinstance(value, (list, tuple)) and value and isinstance(value[0], Mapping):
            lines += [f"{key}:", *(f"  - {on_one_line(item)}" for item in value)]
        else:
            lines.append(f"{key}: {on_one_line(value)}")
    return "\n".join(f"{'- ' if index == 0 else '  '}{line}" for index, line in enumerate(lines)) + "\n"


def appended(text: str, entry: str) -> str:
    """Put an entry at the end of a list, with a blank line before it where the last one has it."""
    if not text.strip():
        return entry
    text = text.rstrip("\n") + "\n"
    before, dash, _ = text.rpartition("\n- ")
    return f"{text}\n{entry}" if dash and before.endswith("\n") else text + entry


class _NoAliases(yaml.SafeDumper):
    """Write a day that occurs twice as two days."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def on_one_line(value: Any) -> str:
    """Write a value as YAML on one line."""
    value = list(value) if isinstance(value, tuple) else value
    text = yaml.dump(value, None, _NoAliases, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6)
    return str(text).removesuffix("...\n").strip()


def _entries(path: Path, text: str) -> tuple[Any, ...]:
    value = yaml_reader.read(path, text).value
    return value if isinstance(value, tuple) else ()


def frozen(value: Any) -> Any:
    """Turn lists into tuples, as the reader of YAML does."""
    if isinstance(value, Mapping):
        return {key: frozen(item) for key, item in value.items()}
    return tuple(frozen(item) for item in value) if isinstance(value, (list, tuple)) else value
