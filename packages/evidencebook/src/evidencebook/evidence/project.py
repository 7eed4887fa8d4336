"""Find a book and name its parts: pages, evidence, settings."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from evidencebook.evidence.diagnostics import UserError, relative_path

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class BookFolder:
    """Name the parts of a book by their paths."""

    root: Path

    @property
    def pages(self) -> Path:
        """Give the folder of the pages."""
        return self.root / "book"

    @property
    def evidence(self) -> Path:
        """Give the folder of the evidence."""
        return self.root / "evidence"

    @property
    def config(self) -> Path:
        """Give the file of the settings."""
        return self.pages / "_config.yml"

    @property
    def contents(self) -> Path:
        """Give the file that lists the pages."""
        return self.pages / "_toc.yml"

    @property
    def build(self) -> Path:
        """Give the folder of what is built."""
        return self.pages / "_build"

    @cached_property
    def settings(self) -> dict[str, Any]:
        """Give the settings; empty where they cannot be read, of which the build and find_book tell."""
        try:
            read = yaml.load(self.config.read_text(encoding="utf-8"), _LOADER)  # noqa: S506  both are safe loaders
        except (OSError, yaml.YAMLError, UnicodeDecodeError):
            read = None
        return read if isinstance(read, dict) else {}

    def setting(self, name: str) -> Any:
        """Give a setting of Sphinx, which stands below sphinx, config; None where there is none."""
        found: Any = self.settings
        for key in ("sphinx", "config", name):
            found = found.get(key) if isinstance(found, dict) else None
        return found


def find_book(start: Path, *, search_above: bool = True) -> BookFolder:
    """Return the book of a folder or of the nearest folder above it; raise UserError when there is none."""
    begin = start.resolve()
    for folder in (begin, *(begin.parents if search_above else ())):
        book = BookFolder(folder)
        if book.config.is_file() and book.evidence.is_dir():
            title(book.config)
            return book
    raise UserError(
        f"there is no book in {begin}{' or above it' if search_above else ''} (book/_config.yml and evidence/). "
        "Go into the folder of one, name it with --book DIR, or begin one with: evidencebook init DIR"
    )


def title(config: Path) -> str:
    """Return the title that the settings give the book; raise UserError when there is none, or _toc.yml is broken."""
    settings = _read(config)
    _read(config.with_name("_toc.yml"))
    given = settings.get("title") if isinstance(settings, dict) else None
    if not isinstance(given, str) or not given.strip():
        raise UserError(
            f'{relative_path(config)}:1: the book has no title; write one line such as: title: "Tea and Sleep"'
        )
    return given


def _read(path: Path) -> Any:
    """Read a file of YAML, where there is one; raise UserError with the line where it is broken."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        mark = getattr(broken, "problem_mark", None)
        line, what = getattr(mark, "line", 0) + 1, getattr(broken, "problem", None) or str(broken)
        advice = "; indent with blanks, not with a tab" if "\\t" in what else ""
        raise UserError(f"{relative_path(path)}:{line}: the file cannot be read: {what}{advice}") from broken


def scalars(config: Path) -> dict[str, str]:
    """Return the values of a file of settings as they are written, by their own keys, the innermost of two alike."""
    waiting: list[Any] = [yaml.compose(config.read_text(encoding="utf-8"))]
    found: dict[str, str] = {}
    while waiting:
        node = waiting.pop(0)
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(value, yaml.ScalarNode):
                found[key.value] = value.value
            else:
                waiting.append(value)
    return found
