"""Take the sample out of a book that was begun with it: its files, and its parts of other files, bear a mark.

`sample: whole file` anywhere in a file, `sample: begin` … `sample: end` around lines, `# sample` at the end of a line.
"""

import re
from pathlib import Path

from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder

_PART = re.compile(r"^[^\n]*\bsample: begin\b.*?\bsample: end\b[^\n]*\n+|^[^\n]*# sample\n", re.MULTILINE | re.DOTALL)
#: A part of _toc.yml of which no page is left; sphinx-external-toc takes none without pages.
_NO_PAGES = re.compile(r"^ *- caption:[^\n]*\n +chapters:\n(?= *- caption:|\s*\Z)", re.MULTILINE)
_FOLDERS = ("book", "evidence", "src", "tests")


def without_sample(text: str) -> str | None:
    """Return a text without the parts that belong to the sample; None when all of it does."""
    return None if "sample: whole file" in text else _NO_PAGES.sub("", _PART.sub("", text))


def changes(book: BookFolder) -> dict[Path, str | None]:
    """Return what forgetting the sample changes: the new text of each file, None for one that goes.

    Raises UserError when something else in the evidence rests on the sample.
    """
    found: dict[Path, str | None] = {}
    paths = [book.root / "README.md", *(path for name in _FOLDERS for path in sorted((book.root / name).rglob("*")))]
    for path in paths:
        if path.is_file() and "_build" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            if (after := without_sample(text)) != text:
                found[path] = after
    evidence = {path: text or "# removed\n" for path, text in found.items() if path.is_relative_to(book.evidence)}
    new = sorted({*inspect(book.evidence, evidence)[1]} - {*inspect(book.evidence)[1]})
    if new:
        lines = "\n".join(f"  {diagnostic}" for diagnostic in new)
        raise UserError(f"records of yours rest on the sample; change these first, nothing was removed:\n{lines}")
    gone = [path.name for path, text in found.items() if text is None and path.is_relative_to(book.pages)]
    pages = {path: path.read_text("utf-8") for path in book.pages.rglob("*.md") if "_build" not in path.parts}
    linked = [
        f"  {relative_path(page)} names {name}"
        for page, text in pages.items()
        for name in gone
        if name in (found.get(page, text) or "")
    ]
    if linked:
        raise UserError("pages of yours name pages of the sample; change these first:\n" + "\n".join(linked))
    return found
