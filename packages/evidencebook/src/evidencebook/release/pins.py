"""Pin what is installed: the press's own metadata says what it needs, so nothing is listed twice."""

import json
import re
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from evidencebook.evidence.diagnostics import UserError

_HEAD = "# Written by `make pins`: the versions that are installed. What is wanted stands in {where}.\n"
_NAMES = "# wanted: "


def needed() -> tuple[str, ...]:
    """Return what the installed press needs, as requirements."""
    return tuple(one for one in _press().requires or () if "extra ==" not in one)


def entry_points_as_toml() -> str:
    """Return the commands and plug-ins that the press registers, as tables of a pyproject.toml."""
    groups: dict[str, list[metadata.EntryPoint]] = {}
    for point in _press().entry_points:
        groups.setdefault(point.group, []).append(point)
    tables = []
    for group, points in sorted(groups.items()):
        name = "project.scripts" if group == "console_scripts" else f"project.entry-points.{json.dumps(group)}"
        lines = [
            f"{json.dumps(one.name)} = {json.dumps(one.value)}" for one in sorted(points, key=lambda one: one.name)
        ]
        tables.append("\n".join([f"[{name}]", *lines]))
    return "\n\n".join(tables)


def pinned(wanted: Iterable[str]) -> dict[str, str]:
    """Return a pin for each requirement and for all that it brings, by name; what is not installed stays as it is."""
    found: dict[str, str] = {}
    waiting = [Requirement(one) for one in wanted]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            found[name] = str(requirement)
            continue
        found[name] = f"{name}=={distribution.version}"
        waiting += _brought(distribution, requirement.extras)
    return found


def write(folder: Path) -> None:
    """Write both files of requirements into the folder of a book; the names of the test tools stand in the second."""
    book = pinned(needed())
    tools = _tools((folder / "requirements-test.txt").read_text(encoding="utf-8"))
    test = {name: pin for name, pin in pinned(tools).items() if name not in book}
    lines = [_HEAD.format(where="pyproject.toml"), *(f"{pin}\n" for _, pin in sorted(book.items())), "-e .\n"]
    (folder / "requirements.txt").write_text("".join(lines), encoding="utf-8", newline="\n")
    lines = [_HEAD.format(where="the next line"), f"{_NAMES}{' '.join(tools)}\n"]
    lines += [f"{pin}\n" for _, pin in sorted(test.items())]
    (folder / "requirements-test.txt").write_text("".join(lines), encoding="utf-8", newline="\n")


def _tools(text: str) -> list[str]:
    """Read the names of the test tools: from the line that keeps them, else from a file that holds nothing else."""
    kept = re.search(rf"^{_NAMES}(.+)$", text, re.MULTILINE)
    return kept[1].split() if kept else text.split()


def _brought(distribution: metadata.Distribution, extras: set[str]) -> Iterator[Requirement]:
    """Yield what a distribution needs here: on this system, with this Python, with these extras."""
    for text in distribution.requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": one}) for one in extras or {""}):
            yield requirement


def _press() -> metadata.Distribution:
    """Return the distribution that the press belongs to: the one that brings its command."""
    for point in metadata.entry_points(group="console_scripts", name="evidencebook"):
        if point.dist is not None:
            return point.dist
    raise UserError(
        "the press is not installed here, so what it needs is not known; install it (make book, or pip install -e .)"
    )


if __name__ == "__main__":
    write(Path.cwd())
