"""Describe the book, its pages and its tables in the words of schema.org, for search engines."""

from collections.abc import Iterable
from typing import Any

from evidencebook.outputs.data.citation import Book, Citation
from evidencebook.outputs.data.licence import DATA
from evidencebook.outputs.data.ro_crate import File

_CONTEXT = {"@context": "https://schema.org"}


def work(cited: Citation, description: str, *, argues: bool) -> dict[str, Any]:
    """Describe the book, or a page as a chapter of it; one that argues claims is a scholarly article too."""
    kind = ["Book"] if cited.is_book else ["ScholarlyArticle", "Chapter"] if argues else ["Chapter"]
    title = cited.title or cited.book.title
    made: dict[str, Any] = {**_CONTEXT, "@type": kind if len(kind) > 1 else kind[0]}
    made |= {"@id": cited.address, "url": cited.address, "name": title}
    made |= {"headline": "" if cited.is_book else title, "description": description} | _shared(cited.book)
    if not cited.is_book:
        made["isPartOf"] = _full({"@type": "Book", "@id": cited.book.base, "name": cited.book.title})
    elif cited.book.doi:
        made["identifier"] = f"https://doi.org/{cited.book.doi}"
    return _full(made)


def dataset(book: Book, files: Iterable[File]) -> dict[str, Any]:
    """Describe the files of the evidence beside the book."""
    given = [
        {
            "@type": "DataDownload",
            "contentUrl": f"{_root(book)}{one.path}",
            "encodingFormat": one.kind,
            "name": one.holds,
        }
        for one in files
    ]
    about = f"The evidence base of {book.title}: sources, findings, claims with their certainty, and calculated tables."
    made: dict[str, Any] = {
        **_CONTEXT,
        "@type": "Dataset",
        "name": f"Evidence base of {book.title}",
        "description": about,
    }
    made |= _shared(book) | {"isAccessibleForFree": True, "isPartOf": {"@type": "Book", "name": book.title}}
    return _full(made | {"distribution": given})


def _root(book: Book) -> str:
    """Give the address below which files lie; without one they are named from the root of the book."""
    return f"{book.base.rstrip('/')}/" if book.base else ""


def _shared(book: Book) -> dict[str, Any]:
    """Say what is the same for all: who, when, which version, in which language, under which licence."""
    people = [{"@type": "Person" if "," in name else "Organization", "name": _natural(name)} for name in book.authors]
    return {
        "author": people[0] if len(people) == 1 else people,
        "datePublished": book.day.isoformat(),
        "version": book.version,
        "inLanguage": book.language,
        "license": DATA.address,
    }


def _natural(name: str) -> str:
    """Write a name in the order in which it is spoken."""
    family, _, given = name.partition(",")
    return f"{given.strip()} {family.strip()}".strip()


def _full(made: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty."""
    return {name: value for name, value in made.items() if value not in ("", [], None)}
