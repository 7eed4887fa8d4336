"""Walk through the nodes of a page and write each as Typst."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes

from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.outputs.pdf import markup
from evidencebook.pages.warnings import location

#: The address of a page within the book begins with it, so that no address of the web can be taken for one.
INTERNAL = "%"


@dataclass(frozen=True)
class PageContext:
    """Hold what the writers of a page must know of the rest of the book."""

    page: str
    #: The heading level of the page's own title.
    level: int = 1
    #: Anchors that exist in the book, as page:id, and those of them to which some link leads.
    existing: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()
    #: What stands before a caption, by the id of its figure, table or equation, such as "Fig. 3".
    numbers: Mapping[str, str] = field(default_factory=dict)
    #: Where Typst finds an image, by its address in the page.
    images: Mapping[str, str] = field(default_factory=dict)


class Translator:
    """Write nodes as Typst, and gather diagnostics on what cannot be written."""

    def __init__(self, writers: "Mapping[type, Writer]", context: PageContext) -> None:
        """Take the writer of each class of nodes."""
        self.writers = writers
        self.context = context
        self.diagnostics: list[Diagnostic] = []

    def write(self, node: nodes.Node) -> str:
        """Write one node; a class that has no writer, nor a base with one, is a diagnostic."""
        for kind in type(node).__mro__:
            if kind in self.writers:
                return self.writers[kind](self, node)
        self.report(node, f'"{type(node).__name__}" cannot be set in print; write it in another way')
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
            # An anchor of its own belongs to what follows.
            written.append(block if isinstance(child, nodes.target) else f"{_origin(child)}{block}\n\n")
        return "".join(written)

    def anchors(self, node: nodes.Element) -> list[str]:
        """Name the anchors of a node to which something links."""
        named = (f"{self.context.page}:{name}" for name in dict.fromkeys(node["ids"]))
        return [name for name in named if name in self.context.linked]

    def marks(self, node: nodes.Element) -> str:
        """Write the anchors of a node."""
        return "".join(f"#mark({markup.anchor(name)})" for name in self.anchors(node))

    def number(self, node: nodes.Element) -> str:
        """Give what stands before the caption of a node, or nothing."""
        return next((self.context.numbers[name] for name in node["ids"] if name in self.context.numbers), "")

    def caption(self, node: nodes.Element, title: nodes.Element | None) -> str:
        """Write the number of a node and its caption or title, where it has them."""
        number = markup.call("number", markup.text(self.number(node))) if self.number(node) else ""
        return f"{number} {self.marks(title) + self.inline(title) if title is not None else ''}".strip()

    def report(self, node: nodes.Node, message: str) -> None:
        """Note what cannot be written."""
        self.diagnostics.append(Diagnostic(*location(node), message))


def survey(trees: Mapping[str, nodes.document]) -> tuple[frozenset[str], frozenset[str]]:
    """Give all anchors, as page:id, and those to which links lead, whether they exist or not."""
    existing, linked = set(), set()
    for page, tree in trees.items():
        existing.add(f"{page}:")
        for node in tree.findall(nodes.Element):
            existing.update(f"{page}:{name}" for name in node["ids"])
            if isinstance(node, nodes.reference | nodes.citation_reference) and (name := destination(page, node)):
                linked.add(name)
    return frozenset(existing), frozenset(linked)


def destination(page: str, link: nodes.Element) -> str:
    """Name the anchor in the book to which a link leads; nothing if it leads out of the book."""
    if "refid" in link:
        return f"{page}:{link['refid']}"
    address = str(link.get("refuri", ""))
    if not address.startswith(INTERNAL):
        return ""
    other, _, name = address.removeprefix(INTERNAL).partition("#")
    return f"{other}:{name}"


def _origin(node: nodes.Node) -> str:
    """Write where a block comes from; a message of Typst is traced back by it."""
    return f"// {node.source}:{node.line}\n" if node.source and node.line else ""


Writer = Callable[[Translator, Any], str]
