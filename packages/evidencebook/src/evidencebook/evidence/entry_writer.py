"""Add an entry to a file of the evidence: as text, so that comments and order stay, and only when it proves sound."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from evidencebook.evidence import yaml_reader as yamllines
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.models import Assertion, Claim, Finding, Record, Search
from evidencebook.evidence.validation_messages import describe_error

_MODELS: Mapping[str, type[Record]] = {"finding": Finding, "claim": Claim, "assertion": Assertion, "search": Search}


def refuse_known(evidence: EvidenceBase, kind: str, name: str) -> None:
    """Raise UserError when a record of this id stands already."""
    if (kind, name) in evidence.entries:
        entry = evidence.entry(kind, name)
        raise UserError(
            f'{kind} "{name}" stands already, at {relative_path(entry.path)}:{entry.line}; edit it, or choose another id'
        )


def add(folder: Path, evidence: EvidenceBase, kind: str, values: Mapping[str, Any], path: Path) -> Path:
    """Append one record to a YAML file and return the path; raise UserError, with nothing written, when it is unsound."""
    name = str(values["id"])
    refuse_known(evidence, kind, name)
    try:
        _MODELS[kind].model_validate(_frozen(values))
    except ValidationError as wrong:
        told = "\n".join(f"  {describe_error(error)}" for error in wrong.errors())
        raise UserError(f"{kind} {name} is not sound; nothing was written:\n{told}") from wrong
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = appended(before, rendered(values))
    if _values(path, after) != (*_values(path, before), _frozen(values)):
        raise UserError(
            f"{relative_path(path)} is not a plain list of entries that begin with a dash; add this by hand:\n{after}"
        )
    judge(folder, {path: after})
    write_together({path: after})
    return path


def judge(folder: Path, texts: Mapping[Path, str], allowed: str = "\0") -> list[Diagnostic]:
    """Raise UserError when the texts would bring new faults into the evidence; return those that are allowed for now."""
    _, after = inspect(folder, texts)
    new = sorted(set(after) - set(inspect(folder)[1])) if after else []
    faults = [problem for problem in new if allowed not in problem.message]
    if faults:
        told = "\n".join(f"  {problem}" for problem in faults)
        raise UserError(f"this would bring new faults into the evidence; nothing was written:\n{told}")
    return [problem for problem in new if allowed in problem.message]


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
            lines += [f"{key}:", *(f"  - {_flow(one)}" for one in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(f"{'- ' if index == 0 else '  '}{line}" for index, line in enumerate(lines)) + "\n"


def appended(text: str, entry: str) -> str:
    """Put an entry at the end of a list, with a blank line before it where the last one has it."""
    if not text.strip():
        return entry
    text = text.rstrip("\n") + "\n"
    before, dash, _ = text.rpartition("\n- ")
    return f"{text}\n{entry}" if dash and before.endswith("\n") else text + entry


def _flow(value: Any) -> str:
    """Write a value on one line."""
    value = list(value) if isinstance(value, tuple) else value
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6)
    return text.removesuffix("...\n").strip()


def _values(path: Path, text: str) -> tuple[Any, ...]:
    """Read the entries of a text."""
    value = yamllines.read(path, text).value
    return value if isinstance(value, tuple) else ()


def _frozen(value: Any) -> Any:
    """Turn lists into tuples, as the reader of YAML does."""
    if isinstance(value, Mapping):
        return {key: _frozen(one) for key, one in value.items()}
    return tuple(_frozen(one) for one in value) if isinstance(value, (list, tuple)) else value
