"""Find the sentences of a page that rest on nothing: no claim, finding, citation, result, nor a way to one."""

import re
from collections.abc import Iterator
from pathlib import Path

_FENCE = re.compile(r"^\s*(`{3,}|:{3,})(?:\{([\w:-]+)\})?")
#: Directives that hold sentences of an author; others hold names of records, options or code.
_PROSE = re.compile(r"admonition|container|note|tip|caution|warning|important|seealso|glossary|dropdown|attention")
#: What a sentence rests on: a role, a link, or a work by name and year behind a label, as in "Liver: Ahmad 2021".
_SUPPORT = re.compile(
    r"^\w[\w ]*: [A-Z][\w'’ ]+ \d{4}"
    r"|\{(?:claim|finding|cite|assertion|glue|export|doc|ref|any)(?::\w+)?\}`|\]\(|<http"
)
_SENTENCE = re.compile(r"(?<=[.!?])[*”\"]*\s+(?=[A-Z\"“*{\[])")
#: What states nothing about the world: an instruction, words to say, a blank to fill in, a word about the book itself.
_DO = (
    r"add|ask|avoid|be|bring|call|check|choose|count|cut|do|drink|get|give|go|involve|keep|lay|learn|leave|let|lock|look|make"
    r"|mix|never|offer|order|pick|plan|press|print|put|read|report|rest|say|screen|see|send|shout|show|start|stay|stop|take"
    r"|talk|tell|tick|treat|try|turn|use|wait|watch|write"
)
_INSTRUCTION = re.compile(
    rf"(?:^|[,:;.?!]\W+(?:so |then |and )?|^(?:so|then|also|please|always|not alone)\W+)"
    rf"(?:{_DO})\b(?! (?:is|are|was)\b)",
    re.IGNORECASE,
)
_OF_BOOK = re.compile(
    r"\b(?:this|these|each|every|next|first) (?:page|sheet|book|chapter|table|list|section|sentence|row)s?\b"
    r"|\bin our view\b|\bmedical advice\b|^last checked\b|\b(?:not|never) mean\b|\bin the table\b|\bare ours\b"
    r"|\b(?:need not|do not have to)\b"
    r"|\bwe (?:add|call|count|draw|give|mean|name|print|read|round|saw|show|use|write|wrote)\b"
    r"|\bthe (?:contributors|table|figure|link|numbers?|names?) (?:above|below|says?|shows?|gives?|leads?|wrote)\b",
    re.IGNORECASE,
)
#: Above what is not known, or to be asked: nothing below it states a thing.
_NOT_STATED = re.compile(rf"#+ (?:.*\bnot known\b|(?:{_DO})$)", re.IGNORECASE)
_MARKUP = re.compile(r"[*_>\[\]]|\{\w+\}(?=`)|`")
_NO_SENTENCE = re.compile(r"\s*(?:> [\"“]|.*\.{4}|#|\||:\w|\(\S+\)=|<!--|>?\s*$|\+\+\+|---)")


def unsupported(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and words of each statement of a page in Markdown that rests on nothing; questions state nothing."""
    for number, line in _prose_lines(text):
        for sentence in _SENTENCE.split(re.sub(r"^\s*(?:[-*]|\d+\.|:)\s+", "", line).strip()):
            if not _SUPPORT.search(sentence) and _states(sentence):
                yield number, sentence


def _states(sentence: str) -> bool:
    """Tell whether a sentence says something about the world: no instruction, question, form or word to say does."""
    words = _MARKUP.sub("", sentence).strip()
    return (
        len(words.split()) > (5 if sentence.startswith("**") else 3)
        and not words.rstrip('"”').endswith(("?", ":"))
        and not words.startswith(('"', "“", "☐"))
        and not words[:1].islower()
        and not _INSTRUCTION.search(words)
        and not _OF_BOOK.search(words)
    )


def of_book(folder: Path) -> dict[Path, list[tuple[int, str]]]:
    """Map each page below a folder, and each part that pages include, to what `unsupported` finds there."""
    pages = (page for page in sorted(folder.rglob("*.md")) if "_build" not in page.relative_to(folder).parts)
    return {page: list(unsupported(page.read_text(encoding="utf-8"))) for page in pages}


def _prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold sentences, with their numbers, without front matter, code and options."""
    lines = text.splitlines()
    begin = lines.index("---", 1) + 1 if lines[:1] == ["---"] and "---" in lines[1:] else 0
    fences: list[tuple[str, bool]] = []
    unstated = False
    for number, line in enumerate(lines[begin:], begin + 1):
        if line.startswith("#") and not fences:
            unstated = bool(_NOT_STATED.match(line))
        fence = _FENCE.match(line)
        if fence and fences and not fence[2] and fence[1].startswith(fences[-1][0]):
            fences.pop()
        elif fence and all(prose for _, prose in fences):
            fences.append((fence[1], bool(fence[2] and _PROSE.fullmatch(fence[2]))))
        elif not unstated and all(prose for _, prose in fences) and not _NO_SENTENCE.match(line):
            yield number, line
