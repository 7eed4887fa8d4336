"""Read the words of a built page, section by section, as a reader has them before the eyes."""

from html.parser import HTMLParser

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "source", "wbr"})
#: What stands in the search index under its own name, or is no prose.
_SKIPPED_CLASSES = frozenset(
    {"headerlink", "claim", "lookup", "cell_input", "citation-list"}
    | {f"evidence-{kind}" for kind in ("claims", "findings", "sources", "citations", "columns")}
)
_SKIPPED_TAGS = frozenset({"script", "style", "svg", "pre", "button", "noscript"})
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class _Sections(HTMLParser):
    """Gather heading and words of each section of the article."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str], list[str]]] = []  # anchor, heading, words
        self._open: list[tuple[str, str]] = []  # tag and what it means here
        self._sections: list[int] = []
        self._skipped = 0
        self._heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what opens."""
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        meaning = ""
        if tag in _SKIPPED_TAGS or _SKIPPED_CLASSES & set(given.get("class", "").split()):
            meaning = "skipped"
            self._skipped += 1
        elif tag == "section" and "id" in given:
            meaning = "section"
            self._sections.append(len(self.found))
            self.found.append((given["id"], [], []))
        elif tag in _HEADS:
            meaning = "heading"
            self._heading += 1
        self._open.append((tag, meaning))

    def handle_endtag(self, tag: str) -> None:
        """Forget what closes, and what a careless page left open inside it."""
        if tag not in {name for name, _ in self._open}:
            return
        while self._open:
            name, meaning = self._open.pop()
            self._skipped -= meaning == "skipped"
            self._heading -= meaning == "heading"
            if meaning == "section":
                self._sections.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Keep words that stand in a section."""
        if self._sections and not self._skipped:
            _, heading, words = self.found[self._sections[-1]]
            (heading if self._heading else words).append(data)


def sections(html: str) -> list[tuple[str, str, str]]:
    """Return anchor, heading and text of each section of a page's article."""
    start, end = html.find("<article"), html.find("</article>")
    reader = _Sections()
    reader.feed(html[start:end])
    return [(anchor, _flat(head), _flat(words)) for anchor, head, words in reader.found]


def _flat(parts: list[str]) -> str:
    """Join words with single spaces."""
    return " ".join("".join(parts).split())
