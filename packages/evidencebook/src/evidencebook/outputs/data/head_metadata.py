"""Word what the head of a page says of it to citation managers, search engines and previews."""

from collections.abc import Iterable
from html import escape

from evidencebook.outputs.data.citation import Citation

#: The attribute that names a tag, its name and its content.
Tag = tuple[str, str, str]
#: A description shorter than this says little, a longer one is cut by those who show it.
SHORTEST, LONGEST = 50, 160


def tags(cited: Citation, description: str, pdf: str = "") -> list[Tag]:
    """Return the tags of a page: description, Highwire's for Google Scholar and Zotero, Open Graph; none is empty."""
    book, title = cited.book, cited.title or cited.book.title
    made: list[Tag] = [
        ("name", "description", description),
        ("name", "citation_title", title),
        *(("name", "citation_author", _author(name)) for name in book.authors),
        ("name", "citation_publication_date", book.day.strftime("%Y/%m/%d")),
        ("name", "citation_inbook_title", "" if cited.is_book else book.title),
        ("name", "citation_language", book.language),
        ("name", "citation_doi", book.doi if cited.is_book else ""),
        ("name", "citation_public_url", cited.address),
        ("name", "citation_pdf_url", pdf),
        ("property", "og:type", "book" if cited.is_book else "article"),
        ("property", "og:title", title),
        ("property", "og:description", description),
        ("property", "og:site_name", book.title),
        ("property", "og:url", cited.address),
    ]
    return [tag for tag in made if tag[2]]


def html(made: Iterable[Tag]) -> str:
    """Write tags as HTML."""
    return "".join(f'<meta {by}="{name}" content="{escape(content)}">\n' for by, name, content in made)


def describe(sentences: Iterable[str], title: str, book: str) -> str:
    """Describe a page by its first sentences: as many as make 50 characters, and no more than 160 of them."""
    text = ""
    for sentence in sentences:
        text = f"{text} {sentence}".strip()
        if len(text) >= SHORTEST:
            return _cut(text)
    return _cut(f"{title}: a page of {book}, where every number leads to its source.")


def _cut(text: str) -> str:
    """End a text that is too long after a whole word."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:.(–") + "…"


def _author(name: str) -> str:
    """Write an author so that a reader of the tags takes nothing apart: "The group," has no given name."""
    return name if "," in name else f"{name},"
