"""Read the pages of the book as their authors wrote them."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
BOOK = ROOT / "book"
START = ("plain", "7-oh", "mixing", "decide", "clinicians", "questions")
CHAPTERS = (
    "plant-and-products",
    "mechanism",
    "withdrawal",
    "next-day-headache",
    "long-term-use",
    "recovery",
    "safety",
    "conclusions",
)
ALL = sorted(path for path in BOOK.rglob("*.md") if "_build" not in path.parts)
_CONTAINER = re.compile(r"^(:{3,})\{container\}[^\n]*\n(.*?)^\1\s*$", re.MULTILINE | re.DOTALL)
#: What a build writes: one page for each file, the search and the index.
BUILT = sorted(
    ["search.html", "genindex.html"]
    + [path.relative_to(BOOK).with_suffix(".html").as_posix() for path in ALL if "_includes" not in path.parts]
)
_FENCED = re.compile(r"^(`{3,}|:{3,}).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_TARGET = re.compile(r"^\([\w-]+\)=\n", re.MULTILINE)
_HEADER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CELL = re.compile(r"^```\{code-cell\}.*?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OPTIONS = re.compile(r"\A(?:---\n.*?\n---\n|(?::[\w-]+:[^\n]*\n)*)", re.DOTALL)


def prose(path: Path) -> str:
    """Return a page without its header, anchors, directives and cells; what a container holds is prose."""
    text = _TARGET.sub("", _HEADER.sub("", path.read_text(encoding="utf-8")))
    return _FENCED.sub("", _CONTAINER.sub(r"\2", text))


def words(path: Path) -> int:
    """Count the words of a page's prose; a role counts as one word, a heading and a citation as none."""
    text = re.sub(r"\{cite:[pt]\}`[^`]*`", "", prose(path))
    text = re.sub(r"\{claim\}`([^`<]*)[^`]*`", r"\1", text)
    text = re.sub(r"\{[a-z:]+\}`[^`]*`", "number", text)
    text = re.sub(r"^#+ .*$", "", text, flags=re.MULTILINE)
    return len(re.findall(r"\b[\w'’-]+\b", re.sub(r"\]\([^)]*\)", "", text)))


def cells(path: Path) -> list[str]:
    """Return the code of each cell."""
    return [_OPTIONS.sub("", cell, count=1).strip() for cell in _CELL.findall(path.read_text(encoding="utf-8"))]
