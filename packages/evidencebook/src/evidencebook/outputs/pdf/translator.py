"""Walk through the nodes of a page and write each as Typst."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.diagnostics import Fault, Kind, place

#: The address of a page within the book begins with it, so that no address of the web can be taken for one.
INSIDE = "%"


@dataclass(frozen=True)
class Picture:
    """Hold where Typst finds a picture, the characters that stand in it, and its height in points where it says it."""

    path: str
    signs: str = ""
    height: float = 0.0


@dataclass(frozen=True)
class Surroundings:
    """Hold what a page needs to know of the rest of the book."""

    page: str
    #: The heading level of the page's own title.
    level: int = 1
    #: Places in the book that some link leads to, as page:id.
    linked: frozenset[str] = frozenset()
    #: Places that exist.
    existing: frozenset[str] = frozenset()
    #: What stands before the caption of a figure or table, by its id, such as "Fig. 3".
    numbers: Mapping[str, str] = field(default_factory=dict)
    #: Characters that no font has.
    missing: frozenset[str] = frozenset()
    #: Pictures by their address in the page.
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    #: The folder of the sources, which is left out of what is told.
    folder: Path = Path()


class Translator:
    """Write nodes as Typst and gather what cannot be written."""

    def __init__(self, writers: "Mapping[type[nodes.Node], Write]", around: Surroundings) -> None:
        """Remember who writes what, and where the page stands."""
        self.writers = writers
        self.around = around
        self.faults: list[Fault] = []

    def write(self, node: nodes.Node) -> str:
        """Write one node; one that nobody knows is a fault."""
        for kind in type(node).__mro__:
            if kind in self.writers:
                return self.writers[kind](self, node)
        name = type(node).__name__
        told = f'"{name}" cannot be set in print; write it in another way, or teach it to evidencebook.outputs.pdf'
        self.fault(node, "unknown-node", told)
        return ""

    def inline(self, node: nodes.Element) -> str:
        """Write what stands inside a line."""
        return "".join(self.write(child) for child in node.children)

    def blocks(self, children: Iterable[nodes.Node]) -> str:
        """Write blocks one below the other, each with the line it comes from."""
        written = []
        for child in children:
            block = self.write(child)
            if not block:
                continue
            # A place of its own belongs to what follows.
            written.append(block if isinstance(child, nodes.target) else f"{self.origin(child)}{block}\n\n")
        return "".join(written)

    def origin(self, node: nodes.Node) -> str:
        """Write where a block comes from; a message of Typst is traced back by it."""
        if not (node.source and node.line):
            return ""
        return f"// {_shown(node.source, self.around.folder)}:{node.line}\n"

    def places(self, node: nodes.Element) -> list[str]:
        """Name the places at a node that something links to."""
        named = (f"{self.around.page}:{one}" for one in dict.fromkeys(node["ids"]))
        return [name for name in named if name in self.around.linked]

    def marks(self, node: nodes.Element) -> str:
        """Write the places at a node."""
        return "".join(f"#mark({markup.place(name)})" for name in self.places(node))

    def check_signs(self, node: nodes.Node, words: str) -> None:
        """Note the characters that no font has."""
        if self.around.missing and (lacking := sorted(self.around.missing.intersection(words))):
            told = ", ".join(f'"{sign}" (U+{ord(sign):04X})' for sign in lacking)
            self.fault(node, "glyph", f"no font of the PDF has {told}; write it in another way")

    def fault(self, node: nodes.Node, kind: Kind, message: str) -> None:
        """Note what cannot be written."""
        self.faults.append(Fault(kind, message, *place(node)))


@cache
def _shown(path: str, folder: Path) -> str:
    """Give a path without the folder of the sources."""
    file = Path(path)
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else path


Write = Callable[[Translator, Any], str]
