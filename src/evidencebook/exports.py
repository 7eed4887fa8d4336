"""Write the evidence base in the forms that other tools read: JSON, CSV, BibTeX and a data package."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evidencebook import evidence_map, mentions, wording
from evidencebook.ledger import Ledger
from evidencebook.metadata import columns, data_package
from evidencebook.metadata.citation import Book
from evidencebook.metadata.columns import Kept
from evidencebook.records import as_json

#: Gives the address of a record, such as chapter.html#claim-some-claim.
Page = Callable[[str, str], str | None]
Rows = list[dict[str, Any]]


NAMES = (
    "evidence.json",
    "claims.csv",
    "findings.csv",
    "assertions.csv",
    "evidence-map.csv",
    "sources.bib",
    "datapackage.json",
)


def tables(ledger: Ledger, page: Page) -> dict[str, Rows]:
    """Return every record as plain values, grouped by kind, with the address where it stands."""
    return {
        "sources": [_source(ledger, key, page) for key in ledger.sources],
        "findings": [_finding(ledger, name, page) for name in ledger.findings],
        "searches": [as_json(search) | {"page": page("search", name)} for name, search in ledger.searches.items()],
        "claims": [_claim(ledger, name, page) for name in ledger.claims],
        "assertions": [_assertion(ledger, name, page) for name in ledger.assertions],
    }


def files(ledger: Ledger, page: Page, book: Book, kept: Sequence[Kept] = ()) -> dict[str, str]:
    """Return the content of each exported file by its path, the tables that executed pages keep among them."""
    rows = tables(ledger, page)
    made = {"evidence.json": _json(rows)}
    for kind in ("claims", "findings", "assertions"):
        made[f"{kind}.csv"] = _csv([_flat(row) for row in rows[kind]], columns.NAMES[kind])
    made["evidence-map.csv"] = _csv([_flat(row) for row in evidence_map.rows(ledger)], columns.NAMES["evidence-map"])
    made["sources.bib"] = _bibtex(ledger)
    made |= {one.path: one.text for one in kept}
    described = data_package.describe(book, [*columns.RECORDS, *map(columns.read, kept)], made)
    return made | {"datapackage.json": _json(described)}


def _source(ledger: Ledger, key: str, page: Page) -> dict[str, Any]:
    """Describe a source, with the findings taken from it or the reason why there are none."""
    source = ledger.sources[key]
    row = as_json(source)
    row.pop("fields")
    return row | {
        "href": source.href,
        "findings": list(ledger.findings_of_source.get(key, ())),
        "excluded": ledger.excluded_sources.get(key),
        "page": page("source", key),
    }


def _finding(ledger: Ledger, name: str, page: Page) -> dict[str, Any]:
    """Describe a finding, with the claims that use it."""
    found = ledger.findings[name]
    extra = {"topic": ledger.topic("finding", name), "words": wording.full(found)}
    return (
        as_json(found) | extra | {"claims": list(ledger.claims_of_finding.get(name, ())), "page": page("finding", name)}
    )


def _claim(ledger: Ledger, name: str, page: Page) -> dict[str, Any]:
    """Describe a claim with its numbers put into words."""
    claim = ledger.claims[name]
    row = as_json(claim) | {"topic": ledger.topic("claim", name), "statement": mentions.plain(claim.statement, ledger)}
    row["because"] = [{"domain": r.domain, "note": mentions.plain(r.note, ledger)} for r in claim.because]
    row["changed"] = claim.changed.isoformat() if claim.changed else None
    return row | {"assertions": list(ledger.assertions_of_claim.get(name, ())), "page": page("claim", name)}


def _assertion(ledger: Ledger, name: str, page: Page) -> dict[str, Any]:
    """Describe an assertion with its numbers put into words."""
    made = ledger.assertions[name]
    words = {part: mentions.plain(getattr(made, part) or "", ledger) for part in ("statement", "answer", "fair")}
    return as_json(made) | words | {"page": page("assertion", name)}


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Flatten a row for CSV: lists become words, a spread becomes columns."""
    flat = dict(row)
    for end in ("kind", "value", "low", "high"):
        flat[f"spread_{end}"] = (row.get("spread") or {}).get(end)
    flat["where"] = json.dumps(row["where"], ensure_ascii=False, sort_keys=True) if row.get("where") else ""
    flat["because"] = "; ".join(f"{reason['domain']}: {reason['note']}" for reason in row.get("because", ()))
    for name, value in flat.items():
        if isinstance(value, list):
            flat[name] = " ".join(str(item) for item in value)
        elif isinstance(value, bool):
            flat[name] = str(value).lower()
    return flat


def _csv(rows: Rows, columns: Sequence[str]) -> str:
    """Write rows as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _json(value: Any) -> str:
    """Write JSON as a person can read it."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _bibtex(ledger: Ledger) -> str:
    """Write the sources as BibTeX, sorted by key."""
    entries = []
    for key, source in sorted(ledger.sources.items()):
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in sorted(source.fields.items()))
        entries.append(f"@{source.kind}{{{key},\n{fields}}}\n")
    return "\n".join(entries)
