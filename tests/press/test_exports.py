"""What is published beside the book can be read by other tools."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

from frictionless import Package

from evidencebook import columns, exports
from evidencebook.citation import Book
from evidencebook.ledger import Ledger

BOOK = Book("A book", ("The contributors",), dt.date(2026, 11, 22), "0.1")


def made(ledger: Ledger) -> dict[str, str]:
    """Export the evidence with made-up addresses."""
    return exports.files(ledger, lambda kind, name: f"page.html#{kind}-{name}", BOOK)


def test_json_holds_everything_in_its_five_parts(ledger: Ledger) -> None:
    """The shape that design.md fixes, numbers put into words, every claim with its page."""
    data = json.loads(made(ledger)["evidence.json"])

    assert list(data) == ["sources", "findings", "searches", "claims", "assertions"]
    assert len(data["claims"]) == len(ledger.claims)
    assert all(claim["page"] and "{finding" not in claim["statement"] for claim in data["claims"])


def test_csv_has_a_row_for_each_record(ledger: Ledger) -> None:
    """Columns as described, one row each."""
    rows = list(csv.DictReader(io.StringIO(made(ledger)["findings.csv"])))

    assert list(rows[0]) == columns.NAMES["findings"]
    assert [row["id"] for row in rows] == list(ledger.findings)


def test_the_data_package_is_valid(ledger: Ledger, tmp_path: Path) -> None:
    """Frictionless reads every table by its description."""
    for name, text in made(ledger).items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    report = Package(tmp_path / "datapackage.json").validate()
    assert report.valid, report.flatten(["title", "message"])


def test_every_export_can_be_linked_to(ledger: Ledger) -> None:
    """The names that the role {export} accepts are those of the files."""
    assert set(made(ledger)) == set(exports.NAMES)


def test_two_exports_are_the_same(ledger: Ledger) -> None:
    """No order and no date depends on the run."""
    assert made(ledger) == made(ledger)
