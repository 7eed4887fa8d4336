"""Find the sentences of a page that rest on nothing: no claim, finding, citation, result, nor a way to one."""

import re
from collections.abc import Iterator
from pathlib import Path

_FENCE = re.compile(r"^\s*(`{3,}|:{3,})(?:\{([\w:-]+)\})?")
#: Directives that hold sentences of an author; others hold names of records, options or code.
_PROSE = re.compile(r"admonition|container|note|tip|caution|warning|important|seealso|glossary|dropdown|attention")
_SUPPORT = re.compile(r"\{(?:claim|finding|cite|assertion|glue|export|doc|ref|any)(?::\w+)?\}`|\]\(|<http")
_SENTENCE = re.compile(r"(?<=[.!?])[*”\"]*\s+(?=[A-Z\"“*{\[])")
_NO_SENTENCE = re.compile(r"\s*(?:#|\||:\w|\(\S+\)=|<!--|>?\s*$|\+\+\+|---)")


def unsupported(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and words of each statement of a page in Markdown that rests on nothing; questions state nothing."""
    for number, line in _prose_lines(text):
        for sentence in _SENTENCE.split(re.sub(r"^\s*(?:[-*]|\d+\.|:)\s+", "", line).strip()):
            states = len(sentence.split()) > 3 and not sentence.rstrip('*"”').endswith("?")
            if states and not _SUPPORT.search(sentence):
                yield number, sentence


def of_book(folder: Path) -> dict[Path, list[tuple[int, str]]]:
    """Map each page below a folder, and each part that pages include, to what `unsupported` finds there."""
    pages = (page for page in sorted(folder.rglob("*.md")) if "_build" not in page.relative_to(folder).parts)
    return {page: list(unsupported(page.read_text(encoding="utf-8"))) for page in pages}


def _prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold sentences, with their numbers, without front matter, code and options."""
    lines = text.splitlines()
    begin = lines.index("---", 1) + 1 if lines[:1] == ["---"] and "---" in lines[1:] else 0
    fences: list[tuple[str, bool]] = []
    for number, line in enumerate(lines[begin:], begin + 1):
        fence = _FENCE.match(line)
        if fence and fences and not fence[2] and fence[1].startswith(fences[-1][0]):
            fences.pop()
        elif fence and all(prose for _, prose in fences):
            fences.append((fence[1], bool(fence[2] and _PROSE.fullmatch(fence[2]))))
        elif all(prose for _, prose in fences) and not _NO_SENTENCE.match(line):
            yield number, line
