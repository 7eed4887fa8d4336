"""Word what the head of a page says of it to citation managers, search engines and previews."""

import re
from collections.abc import Iterable
from html import escape

from evidencebook.locale import _
from evidencebook.outputs.data.citation import Citation

#: The attribute that names a tag, its name and its content.
Tag = tuple[str, str, str]
#: A description shorter than this says little, a longer one is cut by those who show it.
SHORTEST, LONGEST = 50, 160
_END = re.compile(r"(?<=[.?!])\s+(?=[\"“'(A-Z])")


def tags(cited: Citation, description: str, pdf: str = "") -> list[Tag]:
    """Return the tags of a page: description, Highwire's for Google Scholar and Zotero, Open Graph; none is empty."""
    book, title = cited.book, cited.title or cited.book.title
    whole = cited.is_book
    highwire = [
        ("title", title),
        # An author without a comma is a group: "The group," keeps readers of the tags from taking it apart.
        *(("author", name if "," in name else f"{name},") for name in book.authors),
        ("publication_date", book.day.strftime("%Y/%m/%d")),
        ("inbook_title", "" if whole else book.title),
        ("language", book.language),
        ("doi", book.doi if whole else ""),
        ("public_url", cited.address),
        ("pdf_url", pdf),
    ]
    graph = {"type": "book" if whole else "article", "title": title, "description": description}
    graph |= {"site_name": book.title, "url": cited.address}
    made = [("name", "description", description)]
    made += [("name", f"citation_{name}", content) for name, content in highwire]
    made += [("property", f"og:{name}", content) for name, content in graph.items()]
    return [tag for tag in made if tag[2]]


def html(tags: Iterable[Tag]) -> str:
    """Write tags as HTML."""
    return "".join(f'<meta {by}="{name}" content="{escape(content)}">\n' for by, name, content in tags)


def describe(paragraphs: Iterable[str], title: str, book: str) -> str:
    """Describe a page by its first sentences: as many as make 50 characters, and no more than 160 of them.

    What stands in brackets behind a sentence, as a certainty does, is left out.
    """
    text = ""
    for sentence in (part for words in paragraphs for part in _END.split(" ".join(words.split()))):
        text = f"{text} {sentence}".strip() if not sentence.startswith("(") else text
        if len(text) >= SHORTEST:
            return _cut(text)
    known = {"title": title, "book": book}
    return _cut(_("%(title)s: a page of %(book)s, where every number leads to its source.") % known)


def _cut(text: str) -> str:
    """End a text that is too long after a whole word."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:.(–") + "…"
