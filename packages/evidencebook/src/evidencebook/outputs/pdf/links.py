"""Know which anchors the pages have, and to which of them links lead."""

from collections.abc import Mapping

from docutils import nodes

#: The address of a page within the book begins with it, so that no address of the web can be taken for one.
INTERNAL = "%"


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
