"""Describe all tables beside the book as a Frictionless data package, so that a program knows the type of each column.

Written here and not by the library `frictionless`, which reads it in the tests: that brings 15 packages to every build.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from evidencebook.outputs.data.citation import Book
from evidencebook.outputs.data.columns import RECORDS, Table
from evidencebook.outputs.data.licence import DATA

#: What is not a table: its path, media type and what it holds.
OTHER = (
    ("evidence.json", "application/json", "the whole evidence base as one file"),
    ("sources.bib", "application/x-bibtex", "every source as BibTeX"),
)


def describe(book: Book, tables: Iterable[Table], contents: Mapping[str, str]) -> dict[str, Any]:
    """Return the description of the tables; `contents` holds every file beside it by its path."""
    resources = [_table(table) for table in tables]
    resources += [{"path": path, "description": holds, "mediatype": kind} for path, kind, holds in OTHER]
    made = {
        "profile": "data-package",
        "name": "-".join("".join(c if c.isalnum() else " " for c in book.title.lower()).split()),
        "title": book.title,
        "version": book.version,
        "created": f"{book.day.isoformat()}T00:00:00Z",
        "homepage": book.base,
        "contributors": [{"title": author, "role": "author"} for author in book.authors],
        "licenses": [{"name": DATA.spdx, "path": DATA.address}],
        "resources": [_named(one) | _sum(contents[one["path"]]) for one in resources],
    }
    return {key: value for key, value in made.items() if value}


def _table(table: Table) -> dict[str, Any]:
    """Describe a table as a tabular resource."""
    fields = [{"name": one.name, "type": one.type, "description": one.holds} for one in table.columns]
    key = {"primaryKey": "id"} if table.path in RECORDS and table.names[0] == "id" else {}
    return {
        "path": table.path,
        "description": table.holds,
        "profile": "tabular-data-resource",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, **key, "missingValues": [""]},
    }


def _named(resource: dict[str, Any]) -> dict[str, Any]:
    """Name a resource and its format by its path."""
    name, _, end = resource["path"].replace("/", "-").rpartition(".")
    return {"name": name, "format": end} | resource


def _sum(text: str) -> dict[str, Any]:
    """Say how long a file is and what it sums to, so that a copy can be told from the file."""
    raw = text.encode("utf-8")
    return {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}
