"""Write the evidence base in the forms that other tools read: JSON, CSV, BibTeX and a data package."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evidencebook.analysis import evidence_map
from evidencebook.evidence import formatting as wording
from evidencebook.evidence import grade as certainty
from evidencebook.evidence import number_check as mentions
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import as_json
from evidencebook.outputs.data import columns, data_package
from evidencebook.outputs.data.citation import Book
from evidencebook.outputs.data.columns import Kept

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


def tables(evidence: EvidenceBase, page: Page) -> dict[str, Rows]:
    """Return every record as plain values, grouped by kind, with the address where it stands."""
    return {
        "sources": [_source(evidence, key, page) for key in evidence.sources],
        "findings": [_finding(evidence, name, page) for name in evidence.findings],
        "searches": [as_json(search) | {"page": page("search", name)} for name, search in evidence.searches.items()],
        "claims": [_claim(evidence, name, page) for name in evidence.claims],
        "assertions": [_assertion(evidence, name, page) for name in evidence.assertions],
    }


def files(evidence: EvidenceBase, page: Page, book: Book, kept: Sequence[Kept] = ()) -> dict[str, str]:
    """Return the content of each exported file by its path, the tables that executed pages keep among them."""
    rows = tables(evidence, page)
    made = {"evidence.json": _json(rows)}
    for kind in ("claims", "findings", "assertions"):
        made[f"{kind}.csv"] = _csv([_flat(row) for row in rows[kind]], columns.NAMES[kind])
    made["evidence-map.csv"] = _csv([_flat(row) for row in evidence_map.rows(evidence)], columns.NAMES["evidence-map"])
    made["sources.bib"] = _bibtex(evidence)
    made |= {one.path: one.text for one in kept}
    described = data_package.describe(book, [*columns.RECORDS, *map(columns.read, kept)], made)
    return made | {"datapackage.json": _json(described)}


def _source(evidence: EvidenceBase, key: str, page: Page) -> dict[str, Any]:
    """Describe a source, with the findings taken from it or the reason why there are none."""
    source = evidence.sources[key]
    row = as_json(source)
    row.pop("fields")
    return row | {
        "href": source.href,
        "findings": list(evidence.findings_of_source.get(key, ())),
        "excluded": evidence.excluded_sources.get(key),
        "page": page("source", key),
    }


def _finding(evidence: EvidenceBase, name: str, page: Page) -> dict[str, Any]:
    """Describe a finding, with the claims that use it."""
    found = evidence.findings[name]
    extra = {"topic": evidence.topic("finding", name), "words": wording.full(found)}
    return (
        as_json(found)
        | extra
        | {"claims": list(evidence.claims_of_finding.get(name, ())), "page": page("finding", name)}
    )


def _claim(evidence: EvidenceBase, name: str, page: Page) -> dict[str, Any]:
    """Describe a claim with its numbers put into words."""
    claim = evidence.claims[name]
    row = as_json(claim) | {
        "topic": evidence.topic("claim", name),
        "statement": mentions.plain(claim.statement, evidence),
    }
    row["because"] = [
        {"domain": r.domain, "step": r.step, "note": mentions.plain(r.note, evidence)} for r in claim.because
    ]
    for part in ("argument", "caution"):
        row[part] = mentions.plain(row[part], evidence) if row[part] else None
    graded = claim.certainty in certainty.LEVELS
    row["starts"] = certainty.start(evidence, claim).level if graded else None
    row["sum"] = certainty.arithmetic(evidence, claim) or None
    row["changed"] = claim.changed.isoformat() if claim.changed else None
    return row | {"assertions": list(evidence.assertions_of_claim.get(name, ())), "page": page("claim", name)}


def _assertion(evidence: EvidenceBase, name: str, page: Page) -> dict[str, Any]:
    """Describe an assertion with its numbers put into words."""
    made = evidence.assertions[name]
    words = {part: mentions.plain(getattr(made, part) or "", evidence) for part in ("statement", "answer", "fair")}
    return as_json(made) | words | {"page": page("assertion", name)}


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Flatten a row for CSV: lists become words, a spread becomes columns."""
    flat = dict(row)
    for end in ("kind", "value", "low", "high"):
        flat[f"spread_{end}"] = (row.get("spread") or {}).get(end)
    flat["where"] = json.dumps(row["where"], ensure_ascii=False, sort_keys=True) if row.get("where") else ""
    flat["because"] = "; ".join(
        f"{reason['domain']} {certainty.signed(reason['step'])}: {reason['note']}" for reason in row.get("because", ())
    )
    effect = row.get("effect") or {}
    flat["effect"] = "; ".join(f"{part}: {value}" for part, value in effect.items() if value)
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


def _bibtex(evidence: EvidenceBase) -> str:
    """Write the sources as BibTeX, sorted by key."""
    entries = []
    for key, source in sorted(evidence.sources.items()):
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in sorted(source.fields.items()))
        entries.append(f"@{source.kind}{{{key},\n{fields}}}\n")
    return "\n".join(entries)
