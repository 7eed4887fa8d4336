"""Choose what the reading edition in print holds: pages that the book names, without code and lists of records."""

from collections.abc import Iterable, Mapping
from itertools import chain

from docutils import nodes

from evidencebook.outputs.pdf.translator import destination, survey


def chosen(setting: Iterable[str]) -> dict[str, str]:
    """Read `page` or `page#section` of each entry: the pages, and the section of each that is alone to be printed."""
    return {page: section for page, _, section in (entry.partition("#") for entry in setting)}


def trim(trees: Mapping[str, nodes.document], sections: Mapping[str, str]) -> None:
    """Take out of the trees code, what stands outside a chosen section, references that no page cites, empty links."""
    for page, tree in trees.items():
        if section := sections.get(page):
            _keep_section(tree, section)
        for node in [one for one in tree.findall(nodes.Element) if _is_left_out(one)]:
            node.parent.remove(node)
    existing, linked = survey(trees)
    for page, tree in trees.items():
        for entry in list(tree.findall(nodes.citation)):
            if not linked.intersection(f"{page}:{name}" for name in entry["ids"]):
                entry.parent.remove(entry)
        for link in list(chain(tree.findall(nodes.reference), tree.findall(nodes.citation_reference))):
            goal = destination(page, link)
            if goal and goal not in existing and (goal.partition(":")[0] not in trees or sections.get(page)):
                link.parent.replace(link, link.children)


def _is_left_out(node: nodes.Element) -> bool:
    """Tell whether a node is the code of a cell, or names under a reference the findings taken from it."""
    return not {"cell_input", "reference-findings"}.isdisjoint(node.get("classes", ()))


def _keep_section(tree: nodes.document, name: str) -> None:
    """Keep of a page its title and one section; raise LookupError where it has none of this name."""
    top = next(tree.findall(nodes.section))
    sections = [part for part in top.children if isinstance(part, nodes.section) and name in part["ids"]]
    if not sections:
        raise LookupError(name)
    top.children = [top.children[0], *sections]
