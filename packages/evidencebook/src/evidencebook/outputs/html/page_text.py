"""Read the words of a built page, section by section, as a reader has them before the eyes.

Read by Python's own parser, as the words come: to build a tree of each page took a tenth of a whole build.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from evidencebook.evidence.memo import remembered

#: What stands in the search index under its own name, or is no prose: classes, and elements.
_SKIPPED = frozenset(
    {"headerlink", "claim", "lookup", "cell_input", "citation-list"}
    | {"evidence-claims", "evidence-findings", "evidence-sources", "evidence-citations", "evidence-columns"}
)
_NO_PROSE = frozenset({"script", "style", "svg", "pre", "button", "noscript", "template"})
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Elements that have no end, https://html.spec.whatwg.org/#void-elements.
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass
class _Section:
    """Hold the words of a section: of its headings, one after the other, and all others."""

    anchor: str
    heads: list[list[str]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Sort words into the section they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Section] = []
        self._open: list[_Section | None] = []  # for each open <section>; None for one without an id
        self._skipped: list[str] = []  # the elements that are open in one that is skipped, and itself
        self._in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        if tag in _VOID:
            return
        known = dict(attrs)
        if self._skipped or tag in _NO_PROSE or not _SKIPPED.isdisjoint((known.get("class") or "").split()):
            self._skipped.append(tag)
        elif tag == "section":
            section = _Section(known["id"] or "") if "id" in known else None
            self._open.append(section)
            self.found += [section] if section else []
        elif tag in _HEADS and (section := self._here()):
            section.heads.append([])
            self._in_head = True

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if self._skipped:
            if tag in self._skipped:  # ends those in it too, of which somebody wrote no end
                del self._skipped[len(self._skipped) - 1 - self._skipped[::-1].index(tag) :]
        elif tag == "section" and self._open:
            self._open.pop()
        elif tag in _HEADS:
            self._in_head = False

    def handle_data(self, data: str) -> None:
        """Take words down."""
        if not self._skipped and (section := self._here()):
            (section.heads[-1] if self._in_head else section.text).append(data)

    def _here(self) -> _Section | None:
        return next((section for section in reversed(self._open) if section), None)


def sections(html: str) -> list[tuple[str, str, str]]:
    """Return anchor, heading and text of each section of a page's article, without the sections inside it."""
    return _sections(html[html.find("<article") : html.find("</article>")])


@remembered
def _sections(article: str) -> list[tuple[str, str, str]]:
    reader = _Reader()
    reader.feed(article)
    reader.close()
    return [(one.anchor, " ".join(map(_joined, one.heads)), _joined(one.text)) for one in reader.found]


def _joined(parts: list[str]) -> str:
    """Join words with single spaces."""
    return " ".join("".join(parts).split())
