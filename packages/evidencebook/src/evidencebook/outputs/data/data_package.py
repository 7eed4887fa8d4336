"""Describe all tables beside the book as a Frictionless data package."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from evidencebook.outputs.data import columns
from evidencebook.outputs.data.citation import Book
from evidencebook.outputs.data.columns import Table
from evidencebook.outputs.data.licence import DATA

#: What is not a table.
OTHER = (
    ("evidence.json", "json", "application/json", "the whole evidence base as one file"),
    ("sources.bib", "bib", "application/x-bibtex", "every source as BibTeX"),
)


def describe(book: Book, tables: Iterable[Table], contents: Mapping[str, str]) -> dict[str, Any]:
    """Return the description of the tables; `contents` holds every file beside it by its path."""
    resources = [_table(table) | _sum(contents[table.path]) for table in tables]
    resources += [
        {"name": path.partition(".")[0], "path": path, "description": holds, "format": form, "mediatype": kind}
        | _sum(contents[path])
        for path, form, kind, holds in OTHER
    ]
    made = {
        "profile": "data-package",
        "name": slug(book.title),
        "title": book.title,
        "version": book.version,
        "created": f"{book.day.isoformat()}T00:00:00Z",
        "homepage": book.base,
        "contributors": [{"title": author, "role": "author"} for author in book.authors],
        "licenses": [{"name": DATA.spdx, "path": DATA.address}],
        "resources": resources,
    }
    return {key: value for key, value in made.items() if value}


def _table(table: Table) -> dict[str, Any]:
    """Describe a table as a tabular resource."""
    fields = [
        {"name": one.name, "type": one.type} | ({"description": one.holds} if one.holds else {})
        for one in table.columns
    ]
    key = {"primaryKey": "id"} if table in columns.RECORDS and fields[0]["name"] == "id" else {}
    made = {
        "name": table.name,
        "path": table.path,
        "description": table.holds,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, **key, "missingValues": [""]},
    }
    return {name: value for name, value in made.items() if value}


def _sum(text: str) -> dict[str, Any]:
    """Say how long a file is and what it sums to, so that a copy can be told from the file."""
    raw = text.encode("utf-8")
    return {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}


def slug(title: str) -> str:
    """Turn a title into a name that a data package accepts."""
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
