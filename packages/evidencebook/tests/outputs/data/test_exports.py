"""What is published beside the book can be read by other tools."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

from frictionless import Package

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import Claim
from evidencebook.outputs.data import columns, exports
from evidencebook.outputs.data.citation import Book
from evidencebook.outputs.data.columns import Kept

BOOK = Book("A book", ("The contributors",), dt.date(2026, 11, 22), "0.1")


KEPT = Kept(
    "tables/some-counts.csv", "counts", "id,n,share,of whom,doubtful,empty\nXX-1,3,0.5,all,True,\nXX-2,,1e-3,,False,\n"
)


def made(evidence: EvidenceBase) -> dict[str, str]:
    """Export the evidence with made-up addresses, and one table that a page keeps."""
    return exports.files(evidence, lambda kind, name: f"page.html#{kind}-{name}", BOOK, [KEPT])


def test_json_holds_everything_in_its_five_parts(evidence: EvidenceBase) -> None:
    """The shape that design.md fixes, numbers put into words, every claim with its page."""
    data = json.loads(made(evidence)["evidence.json"])

    assert list(data) == ["sources", "findings", "searches", "claims", "assertions"]
    assert len(data["claims"]) == len(evidence.claims)
    assert all(claim["page"] and "{finding" not in claim["statement"] for claim in data["claims"])


def test_csv_has_a_row_for_each_record(evidence: EvidenceBase) -> None:
    """Columns as described, one row each."""
    rows = list(csv.DictReader(io.StringIO(made(evidence)["findings.csv"])))

    assert list(rows[0]) == columns.NAMES["findings"]
    assert [row["id"] for row in rows] == list(evidence.findings)


def test_the_data_package_is_valid(evidence: EvidenceBase, tmp_path: Path) -> None:
    """Frictionless reads every table by its description."""
    files = made(evidence)
    (tmp_path / "tables").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")

    package = Package(tmp_path / "datapackage.json")
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])
    assert {resource.path for resource in package.resources} == files.keys() - {"datapackage.json"}
    assert all(resource.licenses or package.licenses for resource in package.resources)
    (tmp_path / "claims.csv").write_text(files["claims.csv"].replace("very low", "high"), encoding="utf-8")
    assert not Package(tmp_path / "datapackage.json").validate().valid  # the file is no longer the one described


def test_a_table_of_a_page_tells_its_own_types() -> None:
    """Whole numbers, numbers, words, truth; a column without values is words."""
    kinds = {one.name: one.type for one in columns.read(KEPT).columns}

    assert kinds == {
        **{"id": "string", "n": "integer", "share": "number"},
        **{"of whom": "string", "doubtful": "boolean", "empty": "string"},
    }


def test_every_column_says_what_it_holds() -> None:
    """Where the table does not say it, the record does."""
    assert [f"{t.path}: {c.name}" for t in columns.RECORDS for c in t.columns if not c.holds] == []
    stated = next(c for t in columns.RECORDS for c in t.columns if c.name == "stated")
    assert stated.holds == Claim.model_fields["stated"].description


def test_every_export_can_be_linked_to(evidence: EvidenceBase) -> None:
    """The names that the role {export} accepts are those of the files."""
    assert set(made(evidence)) == {*exports.NAMES, KEPT.path}


def test_two_exports_are_the_same(evidence: EvidenceBase) -> None:
    """No order and no date depends on the run."""
    assert made(evidence) == made(evidence)
