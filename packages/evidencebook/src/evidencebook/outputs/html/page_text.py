"""Read the words of a built page, section by section, as a reader has them before the eyes."""

from bs4 import BeautifulSoup, Tag

from evidencebook.evidence.memo import remembered

#: What stands in the search index under its own name, or is no prose.
_SKIPPED = (
    ".headerlink, .claim, .lookup, .cell_input, .citation-list, .evidence-claims, .evidence-findings,"
    ".evidence-sources, .evidence-citations, .evidence-columns, script, style, svg, pre, button, noscript"
)
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")


def sections(html: str) -> list[tuple[str, str, str]]:
    """Return anchor, heading and text of each section of a page's article, without the sections inside it."""
    return _sections(html[html.find("<article") : html.find("</article>")])


@remembered
def _sections(article: str) -> list[tuple[str, str, str]]:
    page = BeautifulSoup(article, "html.parser")
    for skipped in page.select(_SKIPPED):
        skipped.decompose()
    found = []
    for section in reversed(page.find_all("section", id=True)):  # those inside it are taken out first
        heads = [_words(head.extract()) for head in section.find_all(_HEADS)]
        found.append((str(section["id"]), " ".join(heads), _words(section.extract())))
    return found[::-1]


def _words(element: Tag) -> str:
    """Join the words of an element with single spaces."""
    return " ".join(element.get_text().split())
