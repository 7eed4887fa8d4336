"""Know of the book around the evidence what its records must agree with: day of the edition, language, pages."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from evidencebook.evidence.dates import read_day
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.evidence.project import BookFolder


@dataclass(frozen=True)
class Edition:
    """Hold day and language of the edition, where there are any, the pages as paths without ending, and a fault."""

    day: dt.date | None = None
    language: str = ""
    pages: frozenset[str] | None = None
    fault: Diagnostic | None = None


def around(folder: Path) -> Edition:
    """Return the edition of the book whose evidence lies in a folder; an empty one where no book stands around it."""
    book = BookFolder(folder.resolve().parent)
    if not book.config.is_file():
        return Edition()
    today, language = book.setting("today"), str(book.setting("language") or "")
    day, fault = read_day(str(today)), None
    if today and not day:
        lines = book.config.read_text(encoding="utf-8").splitlines()
        line = next((n for n, row in enumerate(lines, 1) if re.match(r"\s*today:", row)), 1)
        told = f'today "{today}" is no day that can be read; write it as 22 November 2026 or 2026-11-22'
        fault = Diagnostic(relative_path(book.config), line, told)
    pages = (
        path.relative_to(book.pages).with_suffix("").as_posix()
        for pattern in ("*.md", "*.ipynb", "*/*.md", "*/*.ipynb")
        for path in book.pages.glob(pattern)
    )
    return Edition(day, language, frozenset(pages), fault)
