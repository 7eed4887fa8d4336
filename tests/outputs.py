"""Compare what formats of the book say, whatever the lines, hyphens and pages they say it on.

A page of the site is taken apart into passages: claims with their certainty, rows of tables, paragraphs, headings. Each
must be found, letter by letter and digit by digit, in the same chapter of another format.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bs4 import BeautifulSoup, Tag

#: Apparatus that belongs to one format: buttons, the foot of a page, code, numbers that each format counts for itself.
#: Links to files that lie beside the pages, the sentence that says so where there are none, and what a card folds, of
#: which print shows the sources alone, differ by intention.
_APPARATUS = (
    ".on-site, .off-site, .evidence-basis, .bibtex-citation sup, .evidence-citations, .evidence-data-columns, "
    ".headerlink, .page-tools, .formats, .cell_input, .caption-number, .cell-head, .citation .label, "
    "details.hide > summary, details.code, nav, script, style"
)
_PASSAGES = ("h1", "h2", "h3", "h4", "p", "dt", "tr", "caption", "summary", "pre")
#: Between two digits these make a number what it is; elsewhere a line may end there.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,–](?=\d)")
#: Of a list of numbers, which a page may end within.
_BEHIND_DIGIT = re.compile(r"(?<=\d),\s+")
_OTHER = re.compile(r"[^\w%±−.,–\2]|_")
_STRAY = re.compile(r"[.,–]")


@dataclass(frozen=True)
class Passage:
    """Hold a piece of a page: what it is ("claim", "row", "reference" or "text"), and its words."""

    kind: str
    words: str


def squeezed(text: str) -> str:
    """Reduce a text to letters, digits and what belongs to numbers, so that it compares across line breaks."""
    text = _BEHIND_DIGIT.sub("\2", unicodedata.normalize("NFKC", text).casefold())
    text = "".join(text.split()).replace("\u00ad", "")
    kept = _OTHER.sub("", text)
    return _STRAY.sub("", _BETWEEN_DIGITS.sub(lambda found: {".": "\1", ",": "\2", "–": "\3"}[found[0]], kept))


def passages(html: str) -> list[Passage]:
    """Take the article of a page apart, in its order; the words of a claim end with its certainty."""
    soup = BeautifulSoup(html, "html.parser")
    page = soup.find("article") or soup.body or soup
    for apparatus in page.select(_APPARATUS):
        apparatus.decompose()
    return [found for tag in page.find_all(_PASSAGES) if (found := _passage(tag)) and squeezed(found.words)]


def _passage(tag: Tag) -> Passage | None:
    """Make a passage of an element, or nothing when its words belong to the element around it."""
    if tag.name != "tr" and tag.find_parent("tr"):
        return None
    if tag.find_parent(class_="citation"):
        return Passage("reference", tag.get_text())
    if tag.name == "tr":
        return Passage("row", " ".join(cell.get_text() for cell in tag.find_all(["th", "td"])))
    if "claim-statement" in tag.get("class", []):
        certainty = tag.find_next_sibling(class_="claim-certainty")
        return Passage("claim", f"{tag.get_text()} {certainty.get_text() if certainty else ''}")
    return Passage("text", tag.get_text())


def missing(wanted: Iterable[Passage], pages: Sequence[str]) -> list[Passage]:
    """Return the passages that the pages of another format do not hold, or not as often."""
    reduced = [squeezed(page) for page in pages]
    times: dict[str, list[Passage]] = {}
    for passage in wanted:
        times.setdefault(squeezed(passage.words), []).append(passage)
    return [lost for words, passages in times.items() for lost in passages[_times_held(words, reduced) :]]


def _times_held(words: str, pages: Sequence[str]) -> int:
    """Count reduced words on each page and across each turn of a page."""
    within = sum(page.count(words) for page in pages)
    return within + sum(_is_split(words, first, second) for first, second in pairwise(pages))


def _is_split(words: str, first: str, second: str) -> bool:
    """Tell whether words begin on one page and go on on the next, where a figure or a repeated head may stand above.

    They end the one page or begin the other: a changed digit could else be found anywhere on either.
    """
    for cut in range(1, len(words)):
        before, after = words[:cut], words[cut:]
        if before not in first:
            return False
        if after in second and (first.endswith(before) or second.startswith(after)):
            return True
    return False


def chapters(
    titles: Mapping[str, str], outline: Iterable[tuple[str, int, int]], pages: Sequence[str]
) -> dict[str, list[str]]:
    """Cut the pages of a PDF into chapters by its outline: each from its first page to the first page of the next.

    `outline` gives title, first page counted from 0, and depth; of two entries with one title the less deep is meant.
    """
    keys = {squeezed(title): key for key, title in titles.items()}
    first: dict[str, int] = {}
    for title, page, _ in sorted(outline, key=lambda entry: entry[2]):
        if key := keys.get(squeezed(title)):
            first.setdefault(key, page)
    following = dict(pairwise(sorted({*first.values(), len(pages)})))
    return {key: list(pages[page : following[page]]) for key, page in first.items()}


def told(format_name: str, page: str, lost: Iterable[Passage]) -> Iterator[str]:
    """Say what a format lacks, for people."""
    for passage in lost:
        yield f"{format_name}, {page}: no such {passage.kind}: {' '.join(passage.words.split())[:160]}"
