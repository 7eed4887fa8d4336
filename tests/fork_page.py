"""Read the commands and the files that the page for authors shows, in the order in which they stand."""

import re
from dataclasses import dataclass

import pages

PAGE = pages.BOOK / "fork.md"
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>sh|\{code-block\} \w+)\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
_CAPTION = re.compile(r"\A:caption: (?P<file>\S+)\n(?P<text>.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """Hold what a reader does next: type commands, or write a file."""

    text: str
    file: str | None = None


def steps() -> list[Step]:
    """Return every command block and every file of the page."""
    found = []
    for block in _BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        if block["kind"] == "sh":
            found.append(Step(block["text"]))
            continue
        captioned = _CAPTION.match(block["text"])
        assert captioned, f"a file without a caption that names it:\n{block['text']}"
        found.append(Step(captioned["text"], captioned["file"]))
    return found
