"""Describe everything that was built as an RO-Crate, the form in which research data are packed and archived."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evidencebook.outputs.data.citation import Book
from evidencebook.outputs.data.licence import CODE, DATA

NAME = "ro-crate-metadata.json"
_VERSION = "https://w3id.org/ro/crate/1.1"


@dataclass(frozen=True)
class File:
    """Name a file: its path from the root of the book, its media type and what it holds."""

    path: str
    kind: str
    holds: str


def text(book: Book, pages: Iterable[File], evidence: Iterable[File]) -> str:
    """Write the metadata of a built book: its pages, its evidence, its citation files and what runs in its pages."""
    parts = [_file(one) for one in pages]
    inside = [_file(one) for one in evidence]
    folders = [
        _folder("evidence/", "Evidence base", "The records and calculated tables behind the book.", inside),
        _folder("cite/", "Citations", "How to cite the book, each page and each claim: BibTeX, RIS, CSL-JSON.", []),
        _folder("_static/", "Programs and styles", "What a browser loads with the pages.", []) | _under(CODE.address),
    ]
    people = [_author(number, name) for number, name in enumerate(book.authors, start=1)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": book.title,
        "description": f"{book.title}: a book whose every number leads to its source, with its evidence base.",
        "datePublished": book.day.isoformat(),
        "version": book.version,
        "inLanguage": book.language,
        "url": book.base,
        "identifier": f"https://doi.org/{book.doi}" if book.doi else "",
        "author": [{"@id": one["@id"]} for one in people],
        "hasPart": [{"@id": one["@id"]} for one in (*parts, *folders)],
    } | _under(DATA.address)
    about = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _VERSION},
        "about": {"@id": "./"},
    }
    licences = [
        {"@id": one.address, "@type": "CreativeWork", "name": one.spdx, "identifier": one.spdx} for one in (DATA, CODE)
    ]
    whole = [about, _full(root), *parts, *folders, *inside, *people, *licences]
    return json.dumps({"@context": f"{_VERSION}/context", "@graph": whole}, ensure_ascii=False, indent=1) + "\n"


def _file(one: File) -> dict[str, Any]:
    """Describe one file."""
    return {"@id": one.path, "@type": "File", "name": one.holds, "encodingFormat": one.kind} | _under(DATA.address)


def _folder(path: str, name: str, holds: str, inside: list[dict[str, Any]]) -> dict[str, Any]:
    """Describe one folder and what is in it."""
    made = {"@id": path, "@type": "Dataset", "name": name, "description": holds} | _under(DATA.address)
    return made | {"hasPart": [{"@id": one["@id"]} for one in inside]} if inside else made


def _author(number: int, name: str) -> dict[str, Any]:
    """Describe an author: a person where the name has a comma, else a group."""
    family, comma, given = name.partition(",")
    if comma:
        return {"@id": f"#author-{number}", "@type": "Person", "familyName": family, "givenName": given.strip()} | {
            "name": f"{given.strip()} {family}"
        }
    return {"@id": f"#author-{number}", "@type": "Organization", "name": name}


def _under(licence: str) -> dict[str, Any]:
    """Name the licence."""
    return {"license": {"@id": licence}}


def _full(made: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty."""
    return {name: value for name, value in made.items() if value}
