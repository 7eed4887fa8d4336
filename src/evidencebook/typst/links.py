"""Know which places a page has and to which its links lead."""

from collections.abc import Iterator

from docutils import nodes

from evidencebook.typst.translator import INSIDE


def places(page: str, tree: nodes.document) -> Iterator[str]:
    """Yield the places of a page, first the page itself."""
    yield f"{page}:"
    for node in tree.findall(nodes.Element):
        for name in node["ids"]:
            yield f"{page}:{name}"


def targets(page: str, tree: nodes.document) -> Iterator[str]:
    """Yield the places in the book to which a page links."""
    for node in tree.findall(nodes.Element):
        if isinstance(node, nodes.reference | nodes.citation_reference) and (name := inside(page, node)):
            yield name


def inside(page: str, link: nodes.Element) -> str:
    """Name the place in the book to which a link leads; nothing if it leads out."""
    if "refid" in link:
        return f"{page}:{link['refid']}"
    address = str(link.get("refuri", ""))
    if not address.startswith(INSIDE):
        return ""
    other, _, name = address.removeprefix(INSIDE).partition("#")
    return f"{other}:{name}"
