"""Say what each column of a published table holds: the one place, from which descriptions and pages are made."""

import csv
import io
import re
from dataclasses import dataclass

from evidencebook.evidence.models import Assertion, Claim, Finding, Record

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class Column:
    """Name a column, its Frictionless type, and what it holds; a table of a page says the last on the page."""

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
    def name(self) -> str:
        """Give the name by which a data package knows it."""
        return self.path.removesuffix(".csv").replace("/", "-")


#: Of each table: its file, what it holds, and its columns; where the record itself says what a field holds, "".
_RECORDS: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "claims.csv",
        "every claim with its certainty, its reasons and what it rests on",
        (
            ("id", "string", "permanent name of the claim"),
            ("topic", "string", "file under evidence/claims/ that holds it"),
            ("statement", "string", "the claim, its numbers put into words"),
            ("applies_to", "string", "humans, animals, cells, products, practice, law or chemistry"),
            ("certainty", "string", "GRADE: high, moderate, low or very low; no evidence, or not graded"),
            ("starts", "string", "where the grading starts, high or low, as its designs decide"),
            ("sum", "string", "start, the design that decides it, and the steps that add up to the certainty"),
            ("because", "string", "reasons for the certainty, as domain, step: note"),
            ("argument", "string", ""),
            ("effect", "string", "findings of its row in a summary of findings, as part: finding"),
            ("caution", "string", ""),
            ("would_change", "string", "what would change the claim"),
            ("findings", "string", "findings it rests on, separated by spaces"),
            ("searches", "string", "searches it rests on, separated by spaces"),
            ("analyses", "string", ""),
            ("against", "string", "findings that point the other way"),
            ("outcomes", "string", ""),
            ("assertions", "string", "assertions of the examined text that it answers"),
            ("about_pages", "boolean", ""),
            ("stated", "date", ""),
            ("checked", "date", ""),
            ("changed", "date", "day of the last change of wording or certainty, empty where there was none"),
            ("page", "string", "address beside this file's parent folder"),
        ),
    ),
    (
        "findings.csv",
        "every finding as its source reports it",
        (
            ("id", "string", "permanent name of the finding"),
            ("topic", "string", "file under evidence/findings/ that holds it"),
            ("source", "string", "BibTeX key in sources.bib"),
            ("about", "string", ""),
            ("measure", "string", ""),
            ("value", "number", ""),
            ("unit", "string", ""),
            ("spread_kind", "string", "sd, sem, se, ci95, ci90, iqr or range"),
            ("spread_value", "number", "the spread, where it is one number"),
            ("spread_low", "number", "lower end"),
            ("spread_high", "number", "upper end"),
            ("n", "integer", ""),
            ("population", "string", "who or what was studied"),
            ("where", "string", "further columns as JSON"),
            ("comparator", "string", "what it was compared with"),
            ("locator", "string", ""),
            ("seen", "string", "full-text, abstract or secondary"),
            ("caution", "string", "what a careful reader must know"),
            ("words", "string", "value, unit and spread as the book prints them"),
            ("page", "string", "address beside this file's parent folder"),
        ),
    ),
    (
        "assertions.csv",
        "every statement of the examined text with its verdict and our answer",
        (
            ("id", "string", "permanent name of the assertion"),
            ("section", "string", "where the examined text says it"),
            ("kind", "string", "health, framing or advice"),
            ("statement", "string", "what it says, in our words"),
            ("verdict", "string", ""),
            ("answer", "string", "our answer"),
            ("fair", "string", ""),
            ("claims", "string", "claims it rests on, separated by spaces"),
            ("against", "string", "those of the claims that speak against the statement"),
            ("page", "string", "address beside this file's parent folder"),
        ),
    ),
    (
        "evidence-map.csv",
        "how many studies of each kind there are on each outcome",
        (
            ("group", "string", "what the outcome is an outcome of"),
            ("outcome", "string", "what evidence may be had on"),
            ("kind", "string", "kind of evidence"),
            ("studies", "integer", "sources of that kind with a finding for or against a claim on the outcome"),
            (
                "people",
                "integer",
                "people looked at in them, each study counted once; 0 where the kind counts no people",
            ),
            ("claims", "string", "claims that use them, separated by spaces"),
            (
                "surest_claim_about_people",
                "string",
                "the highest certainty among the claims about people on the outcome",
            ),
        ),
    ),
)
_MODELS: dict[str, type[Record]] = {"claims.csv": Claim, "findings.csv": Finding, "assertions.csv": Assertion}


def _said(path: str, name: str) -> str:
    """Return what the record of a table says of a field."""
    return _MODELS[path].model_fields[name].description or ""


#: The tables that are written from the records.
RECORDS = tuple(
    Table(path, holds, tuple(Column(name, kind, text or _said(path, name)) for name, kind, text in fields))
    for path, holds, fields in _RECORDS
)
#: The names of the columns, by the name of the table.
NAMES = {table.name: [column.name for column in table.columns] for table in RECORDS}


@dataclass(frozen=True)
class Kept:
    """Hold a table that an executed page keeps: its path below the folder of the evidence, what it holds, its text."""

    path: str
    holds: str
    text: str


def read(kept: Kept) -> Table:
    """Describe a table by what stands in it: the first row names the columns, the others show their types."""
    head, *rows = csv.reader(io.StringIO(kept.text))
    return Table(
        kept.path, kept.holds, tuple(Column(name, _type([row[at] for row in rows])) for at, name in enumerate(head))
    )


def _type(values: list[str]) -> str:
    """Tell what all values of a column are; empty ones are missing."""
    given = [value for value in values if value]
    if given and all(_INTEGER.fullmatch(value) for value in given):
        return "integer"
    if given and all(_NUMBER.fullmatch(value) for value in given):
        return "number"
    return "boolean" if given and set(given) <= {"True", "False", "true", "false"} else "string"
