"""What is published beside the book can be read by other tools."""

import csv
import datetime as dt
import io
import json

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import Claim
from evidencebook.outputs.data import columns, exports
from evidencebook.outputs.data.citation import Book
from evidencebook.pages.executed_tables import PageTable

BOOK = Book("A book", ("Doe, Jane",), dt.date(2026, 1, 2))
OF_PAGE = PageTable(
    "tables/some-counts.csv", "counts", "id,n,share,of whom,doubtful,empty\nXX-1,3,0.5,all,True,\nXX-2,,1e-3,,False,\n"
)


def made(evidence: EvidenceBase) -> dict[str, str]:
    """Export the evidence with made-up addresses, and one table that a page keeps."""
    return exports.files(evidence, BOOK, lambda kind, name: f"page.html#{kind}-{name}", [OF_PAGE])


def test_evidence_json_parts(evidence: EvidenceBase) -> None:
    """The shape that design.md fixes, numbers put into words, every claim with its page."""
    data = json.loads(made(evidence)["evidence.json"])

    assert list(data) == ["sources", "findings", "searches", "claims", "assertions"]
    assert len(data["claims"]) == len(evidence.claims)
    assert all(claim["page"] and "{finding" not in claim["statement"] for claim in data["claims"])


def test_csv_rows(evidence: EvidenceBase) -> None:
    """Columns as described, one row each."""
    rows = list(csv.DictReader(io.StringIO(made(evidence)["findings.csv"])))

    assert list(rows[0]) == columns.RECORDS["findings.csv"].names
    assert [row["id"] for row in rows] == list(evidence.findings)


def test_column_types_of_page_table() -> None:
    """Whole numbers, numbers, words, truth; a column without values is words."""
    kinds = {one.name: one.type for one in columns.of_page_table(OF_PAGE).columns}

    assert kinds == {
        **{"id": "string", "n": "integer", "share": "number"},
        **{"of whom": "string", "doubtful": "boolean", "empty": "string"},
    }


def test_columns_say_what_they_hold() -> None:
    """Where the table does not say it, the record does."""
    assert [f"{t.path}: {c.name}" for t in columns.RECORDS.values() for c in t.columns if not c.holds] == []
    stated = next(c for t in columns.RECORDS.values() for c in t.columns if c.name == "stated")
    assert stated.holds == Claim.model_fields["stated"].description


def test_export_names(evidence: EvidenceBase) -> None:
    """The names that the role {export} accepts are those of the files."""
    files = {name for name in made(evidence) if not name.startswith("claims/")}

    assert files == {*exports.NAMES, OF_PAGE.path}


def test_claim_json(evidence: EvidenceBase) -> None:
    """Each claim has a file of its own, which says what the whole says of it."""
    files = made(evidence)
    whole = {one["id"]: one for one in json.loads(files["evidence.json"])["claims"]}

    assert {name: json.loads(files[f"claims/{name}.json"]) for name in evidence.claims} == whole


def test_exports_are_repeatable(evidence: EvidenceBase) -> None:
    """No order and no date depends on the run."""
    assert made(evidence) == made(evidence)
