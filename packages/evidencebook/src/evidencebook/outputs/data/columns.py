"""Say what each column of a published table holds, as columns.yml says it for exports and pages."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from evidencebook.evidence.models import Assertion, Claim, Finding, Record
from evidencebook.pages.executed_tables import PageTable

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_MODELS: dict[str, type[Record]] = {"claims.csv": Claim, "findings.csv": Finding, "assertions.csv": Assertion}


@dataclass(frozen=True)
class Column:
    """Name a column, its type, and what it holds; of a table of a page the page says the last."""

    name: str
    type: str
    holds: str = ""


@dataclass(frozen=True)
class Table:
    """Describe a table: its path below the folder of the evidence, what it holds, and its columns."""

    path: str
    holds: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """List the names of the columns."""
        return [column.name for column in self.columns]


def _column(path: str, name: str, kind: str, holds: str = "") -> Column:
    """Describe a column in the words of columns.yml, else in those of the record."""
    return Column(name, kind, holds or _MODELS[path].model_fields[name].description or "")


#: The tables that are written from the records, by their path.
RECORDS: dict[str, Table] = {
    path: Table(path, table["holds"], tuple(_column(path, name, *row) for name, row in table["columns"].items()))
    for path, table in yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")).items()
}


def of_page_table(table: PageTable) -> Table:
    """Describe a table of an executed page: its first row names the columns, the others show their types."""
    head, *rows = csv.reader(io.StringIO(table.text))
    columns = (Column(name, _type([row[at] for row in rows])) for at, name in enumerate(head))
    return Table(table.path, table.holds, tuple(columns))


def _type(values: list[str]) -> str:
    """Tell what all values of a column are; empty ones are missing."""
    present = [value for value in values if value]
    if present and all(_INTEGER.fullmatch(value) for value in present):
        return "integer"
    if present and all(_NUMBER.fullmatch(value) for value in present):
        return "number"
    return "boolean" if present and set(present) <= {"True", "False", "true", "false"} else "string"
