"""Know of the book around the evidence what its records must agree with: day of the edition, language, pages."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import yaml

from evidencebook.evidence.dates import read_day
from evidencebook.evidence.project import BookFolder

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Edition:
    """Hold day and language of the edition, where the settings give one, and the pages, as paths without ending."""

    day: dt.date | None = None
    language: str = ""
    pages: frozenset[str] | None = None


def around(folder: Path) -> Edition:
    """Return the edition of the book whose evidence lies in a folder; an empty one where no book stands around it."""
    book = BookFolder(folder.resolve().parent)
    if not book.config.is_file():
        return Edition()
    try:
        settings = yaml.load(book.config.read_text(encoding="utf-8"), _LOADER)  # noqa: S506  both are safe loaders
        config = dict(settings["sphinx"]["config"])
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, ValueError):  # the build and find_book tell of it
        config = {}
    pages = (
        path.relative_to(book.pages).with_suffix("").as_posix()
        for pattern in ("*.md", "*.ipynb", "*/*.md", "*/*.ipynb")
        for path in book.pages.glob(pattern)
    )
    language = str(config.get("language") or "")
    return Edition(read_day(str(config.get("today", ""))), language, frozenset(pages))
