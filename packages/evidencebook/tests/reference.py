"""Make REFERENCE.md of the package from docstrings and settings; run with --write to renew it, import to compare it."""

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from evidencebook import analysis, extension
from evidencebook.cli import commands
from evidencebook.evidence import json_schema
from evidencebook.settings import Settings
from evidencebook.surveillance import models

PAGE = Path(__file__).parents[1] / "REFERENCE.md"
HEAD = """# Reference of evidencebook

Made from the docstrings by `make reference`; do not edit.
"""


class Recorder:
    """Stand in for a Sphinx application and note what an extension registers."""

    def __init__(self) -> None:
        self.directives: dict[str, Any] = {}
        self.roles: dict[str, Any] = {}

    def add_directive(self, name: str, directive: Any, **_: Any) -> None:
        """Note a directive."""
        self.directives[name] = directive

    def add_role(self, name: str, role: Any, **_: Any) -> None:
        """Note a role."""
        self.roles[name] = role

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None


def registered() -> Recorder:
    """Return what the extension registers."""
    recorder = Recorder()
    extension.setup(recorder)  # type: ignore[arg-type]  # it is asked for nothing but registration
    return recorder


def paths(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Yield each command with its name, those of groups after the group."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        yield " ".join((*above, name)), command
        if isinstance(command, click.Group):
            yield from paths(command, (*above, name))


def functions() -> Iterator[tuple[str, Any]]:
    """Yield each public function of the analysis room with the name to import it by."""
    for found in pkgutil.walk_packages(analysis.__path__, f"{analysis.__name__}."):
        module: ModuleType = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if not name.startswith("_") and inspect.isfunction(value) and value.__module__ == module.__name__:
                yield f"{module.__name__}.{name}", value


def text() -> str:
    """Return the page."""
    recorder = registered()
    lines = [HEAD, "## Commands\n"]
    for name, command in paths(commands):
        lines.append(f"- `evidencebook {name}`: {_first(command.help or '')}")
    lines.append("\n## Directives\n")
    for name, directive in sorted(recorder.directives.items()):
        options = ", ".join(f"`{one}`" for one in sorted(directive.option_spec or {}))
        lines.append(f"### `{name}`\n\n{_body(directive)}\n\n{_body(directive.run)}\n")
        if options:
            lines.append(f"Options: {options}.\n")
    lines.append("## Roles\n")
    lines += [f"- `{name}`: {_first(inspect.getdoc(role) or '')}" for name, role in sorted(recorder.roles.items())]
    lines.append("\n## Settings\n")
    lines += [f"- `evidence_{one.name}`: {one.metadata['help']}" for one in fields(Settings)]
    lines.append("\n## Files of the evidence, each with a JSON Schema\n")
    lines += [f"- `{name}`" for name in sorted({*json_schema.RECORDS, *models.RECORDS})]
    lines.append("\n## Functions for executed pages\n")
    for name, function in sorted(functions()):
        signature = re.sub(r"<function (\w+) at 0x[0-9a-f]+>", r"\1", str(inspect.signature(function)))
        lines.append(f"### `{name}{signature}`\n\n{_body(function)}\n")
    return "\n".join(lines).rstrip() + "\n"


def _first(words: str) -> str:
    """Return the first sentence of a help text."""
    return " ".join(inspect.cleandoc(words).split("\n\n")[0].split())


def _body(thing: Any) -> str:
    """Return a docstring."""
    return inspect.cleandoc(inspect.getdoc(thing) or "")


if __name__ == "__main__" and "--write" in sys.argv:
    PAGE.write_text(text(), encoding="utf-8")
