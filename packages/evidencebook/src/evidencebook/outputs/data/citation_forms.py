"""Write a citation as plain text, BibTeX, RIS and CSL-JSON."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from evidencebook.outputs.data.citation import Citation


class _Writer(Writer):  # type: ignore[misc]  # pybtex ships no types
    """Leave addresses as they are: programs read these fields verbatim, and an escaped address leads nowhere."""

    def _encode(self, text: str) -> str:
        return text if text.startswith(("https://", "http://", "10.")) else str(super()._encode(text))


def plain(cited: Citation) -> str:
    """Write as a reference list does: who, when, what, in what, which version, where."""
    book = cited.book
    whole = f"{book.title}{f', version {book.version}' if book.version else ''}."
    end = "" if cited.title.endswith(("?", "!", ".")) else "."
    what = whole if cited.is_book else f"{cited.title}{end} In: {whole}"
    note = f"{cited.note}." if cited.note else ""
    who = "; ".join(book.authors)
    return " ".join(part for part in (f"{who} ({book.day.year}).", what, note, cited.link) if part)


def bibtex(cited: Citation) -> str:
    """Write one BibTeX entry."""
    book = cited.book
    own = {"title": book.title} if cited.is_book else {"title": cited.title, "booktitle": book.title}
    fields = own | {
        "year": str(book.day.year),
        "date": book.day.isoformat(),
        "edition": book.version,
        "language": book.language,
        "url": cited.address,
        "doi": book.doi if cited.is_book else "",
        "note": cited.note,
    }
    # Braces keep a group from being taken apart, and a title's capitals from being lowered.
    fields |= {name: f"{{{fields[name]}}}" for name in ("title", "booktitle") if name in fields}
    people = [Person(name if "," in name else f"{{{name}}}") for name in book.authors]
    entry = Entry("book" if cited.is_book else "incollection", _full(fields.items()), {"author": people})
    return str(_Writer().to_string(BibliographyData({cited.key: entry}))).strip() + "\n"


def ris(cited: Citation) -> str:
    """Write one RIS record."""
    book = cited.book
    lines = [
        ("TY", "BOOK" if cited.is_book else "CHAP"),
        ("ID", cited.key),
        *(("AU", name) for name in book.authors),
        ("TI", cited.title or book.title),
        ("T2", "" if cited.is_book else book.title),
        ("PY", str(book.day.year)),
        ("DA", book.day.strftime("%Y/%m/%d")),
        ("ET", book.version),
        ("LA", book.language),
        ("UR", cited.address),
        ("DO", book.doi if cited.is_book else ""),
        ("N1", cited.note),
    ]
    return "".join(f"{tag}  - {text}\n" for tag, text in lines if text) + "ER  - \n"


def csl(cited: Citation) -> str:
    """Write CSL-JSON: a list of one item, as citation processors read it."""
    book = cited.book
    day = book.day
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "book" if cited.is_book else "chapter",
        "title": cited.title or book.title,
        "container-title": "" if cited.is_book else book.title,
        "author": [_csl_name(name) for name in book.authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "edition": book.version,
        "language": book.language,
        "URL": cited.address,
        "DOI": book.doi if cited.is_book else "",
        "note": cited.note,
    }
    lines = [
        f"    {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in _full(item.items()).items()
    ]
    return "[\n  {\n" + ",\n".join(lines) + "\n  }\n]\n"  # a field for each line, which a person can read


#: The end of a file's name, the name of the form, and what writes it.
FORMS: tuple[tuple[str, str, Callable[[Citation], str]], ...] = (
    ("bib", "BibTeX", bibtex),
    ("ris", "RIS", ris),
    ("json", "CSL-JSON", csl),
)


def files(cited: Citation) -> dict[str, str]:
    """Return the content of each citation file by its path below the folder of citations."""
    return {f"{cited.name}.{end}": write(cited) for end, _, write in FORMS}


def _csl_name(name: str) -> dict[str, str]:
    """Take a person's name apart; a group keeps its name whole."""
    family, comma, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": name}


def _full(fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Leave out what is empty."""
    return {name: value for name, value in fields if value}
