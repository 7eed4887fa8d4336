"""Know which places the pages have, to which their links lead, and with which characters they are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from docutils import nodes

from evidencebook.outputs.pdf.translator import INSIDE


@dataclass
class Survey:
    """Hold what must be known of all pages before one is written."""

    #: Places that exist, as page:id.
    places: set[str] = field(default_factory=set)
    #: Places to which something links.
    targets: set[str] = field(default_factory=set)
    #: Characters.
    signs: set[str] = field(default_factory=set)


def survey(trees: Mapping[str, nodes.document]) -> Survey:
    """Walk through each page once: these walks cost more than what is done on the way."""
    found = Survey()
    for page, tree in trees.items():
        found.places.add(f"{page}:")
        for node in tree.findall():
            if isinstance(node, nodes.Text):
                found.signs.update(node)
            elif isinstance(node, nodes.Element):
                _note(found, page, node)
    return found


def union(surveys: Iterable[Survey]) -> Survey:
    """Put what is known of some pages together."""
    whole = Survey()
    for one in surveys:
        whole.places |= one.places
        whole.targets |= one.targets
        whole.signs |= one.signs
    return whole


def _note(found: Survey, page: str, node: nodes.Element) -> None:
    """Note the places of a node and where it leads."""
    found.places.update(f"{page}:{name}" for name in node.attributes["ids"])
    if isinstance(node, nodes.reference | nodes.citation_reference) and (name := inside(page, node)):
        found.targets.add(name)
    elif isinstance(node, nodes.image):
        found.signs.update(node.get("alt", ""))


def inside(page: str, link: nodes.Element) -> str:
    """Name the place in the book to which a link leads; nothing if it leads out."""
    if "refid" in link:
        return f"{page}:{link['refid']}"
    address = str(link.get("refuri", ""))
    if not address.startswith(INSIDE):
        return ""
    other, _, name = address.removeprefix(INSIDE).partition("#")
    return f"{other}:{name}"
