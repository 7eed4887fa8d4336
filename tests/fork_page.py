"""Read the commands and the files that the page for authors shows, in the order in which they stand."""

import re
from dataclasses import dataclass

import pages

PAGE = pages.BOOK / "fork.md"
_BLOCK = re.compile(
    r"^(?:`(?P<file>[^`\n]+)`:\n\n)?(?P<fence>`{3,})(?P<kind>\w+)\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Step:
    """Hold what a reader does next: type commands, or write a file."""

    text: str
    file: str | None = None


def steps() -> list[Step]:
    """Return every command block and every file of the page."""
    found = []
    for block in _BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        assert block["file"] or block["kind"] == "sh", f"a file without its name before it:\n{block['text']}"
        found.append(Step(block["text"], block["file"]))
    return found
