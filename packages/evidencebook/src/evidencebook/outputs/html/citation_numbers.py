"""Set citations on a site as small numbers: the authors, whom paper and screen readers get, leave the line."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from evidencebook.outputs.html.theme import is_ours

#: Where a citation is what a reader looks for, so that its authors stay: tables of records, and what a card folds.
_LISTS = frozenset({"evidence-findings", "evidence-sources", "evidence-basis"})


class NumberCitations(SphinxPostTransform):
    """Give each source a number by its first citation on the page.

    inline.bibtex-citation
      inline.cite-words "["
      reference              inline.cite-words "Author, year", superscript "1"
      inline.cite-words "]"
    """

    default_priority = 505  # after the citations are written (5)

    def run(self, **kwargs: object) -> None:
        """Go through the citations of the page in their order; those set as part of a sentence stay."""
        if not is_ours(self.app):
            return
        numbers: dict[str, str] = {}
        lists_references = any(self.document.findall(nodes.citation))
        for span in list(self.document.findall(nodes.inline)):
            if "bibtex-citation" in span["classes"] and span.astext().startswith("[") and not _listed(span):
                _number(span, numbers)
                if not lists_references:  # nothing else leads back to a citation
                    span["ids"] = []


def _listed(node: nodes.Node) -> bool:
    """Tell whether a node stands in one of the lists."""
    while (node := node.parent) is not None:
        if _LISTS.intersection(node["classes"]):
            return True
    return False


def _number(span: nodes.inline, numbers: dict[str, str]) -> None:
    """Put a number behind the words of each link of a citation, and mark all words; no blank parts number and text."""
    place = span.parent.index(span)
    before = span.parent[place - 1] if place else None
    if isinstance(before, nodes.Text) and before.rstrip() != before:
        span.parent[place - 1] = nodes.Text(before.rstrip())
        span.insert(0, nodes.Text(" "))  # among the words, for those who hear them
    for child in list(span.children):
        if isinstance(child, nodes.reference):
            place = child.get("refuri") or child.get("refid", "")
            number = numbers.setdefault(place, str(len(numbers) + 1))
            child.children = [_words(child.children), nodes.superscript(number, number)]
            for each in child.children:
                each.parent = child
        else:
            span.replace(child, _words([child]))


def _words(children: list[nodes.Node]) -> nodes.inline:
    return nodes.inline("", "", *children, classes=["cite-words"])
