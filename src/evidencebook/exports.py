"""Write the evidence base in the forms that other tools read: JSON, CSV, BibTeX and a data package."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evidencebook import evidence_map, mentions, wording
from evidencebook.ledger import Ledger
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


def files(ledger: Ledger, page: Page, about: Mapping[str, str]) -> dict[str, str]:
    """Return the content of each exported file by name."""
    rows = tables(ledger, page)
    made = {"evidence.json": _json(rows)}
    for kind in ("claims", "findings", "assertions"):
        made[f"{kind}.csv"] = _csv([_flat(row) for row in rows[kind]], COLUMNS[kind])
    made["evidence-map.csv"] = _csv([_flat(row) for row in evidence_map.rows(ledger)], COLUMNS["evidence-map"])
    made["sources.bib"] = _bibtex(ledger)
    made["datapackage.json"] = _json(_package(about))
    return made


#: Column, its Frictionless type, and what it holds.
_FIELDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "claims": (
        ("id", "string", "permanent name of the claim"),
        ("topic", "string", "file under evidence/claims/ that holds it"),
        ("statement", "string", "the claim, its numbers put into words"),
        ("applies_to", "string", "humans, animals, cells, products, practice, law or chemistry"),
        ("certainty", "string", "GRADE: high, moderate, low, very low, or not graded"),
        ("because", "string", "reasons for the certainty, as domain: note"),
        ("would_change", "string", "what would change the claim"),
        ("findings", "string", "findings it rests on, separated by spaces"),
        ("searches", "string", "searches it rests on, separated by spaces"),
        ("analyses", "string", "analyses whose result it states"),
        ("against", "string", "findings that point the other way"),
        ("outcomes", "string", "outcomes of the evidence map that it speaks to"),
        ("assertions", "string", "assertions of the examined text that it answers"),
        ("about_pages", "boolean", "true if it only says what web pages say"),
        ("checked", "date", "day of the last check"),
        ("page", "string", "address beside this file's parent folder"),
    ),
    "findings": (
        ("id", "string", "permanent name of the finding"),
        ("topic", "string", "file under evidence/findings/ that holds it"),
        ("source", "string", "BibTeX key in sources.bib"),
        ("about", "string", "what is reported"),
        ("measure", "string", "what was measured"),
        ("value", "number", "the number, empty for a range or a finding in words"),
        ("unit", "string", "unit of value and spread"),
        ("spread_kind", "string", "sd, sem, se, ci95, ci90, iqr or range"),
        ("spread_value", "number", "the spread, where it is one number"),
        ("spread_low", "number", "lower end"),
        ("spread_high", "number", "upper end"),
        ("n", "integer", "how many were studied"),
        ("population", "string", "who or what was studied"),
        ("where", "string", "further columns as JSON"),
        ("comparator", "string", "what it was compared with"),
        ("locator", "string", "where in the source"),
        ("seen", "string", "full-text, abstract or secondary"),
        ("caution", "string", "what a careful reader must know"),
        ("words", "string", "value, unit and spread as the book prints them"),
        ("page", "string", "address beside this file's parent folder"),
    ),
    "assertions": (
        ("id", "string", "permanent name of the assertion"),
        ("section", "string", "where the examined text says it"),
        ("kind", "string", "health, framing or advice"),
        ("statement", "string", "what it says, in our words"),
        ("verdict", "string", "supported, partly supported, unproven, contradicted or not checkable"),
        ("answer", "string", "our answer"),
        ("fair", "string", "what a fair sentence would have been"),
        ("claims", "string", "claims it rests on, separated by spaces"),
        ("against", "string", "those of the claims that speak against the statement"),
        ("page", "string", "address beside this file's parent folder"),
    ),
    "evidence-map": (
        ("group", "string", "what the outcome is an outcome of"),
        ("outcome", "string", "what evidence may be had on"),
        ("kind", "string", "kind of evidence"),
        ("studies", "integer", "sources of that kind with a finding for or against a claim on the outcome"),
        ("people", "integer", "people looked at in them, each study counted once; 0 where the kind counts no people"),
        ("claims", "string", "claims that use them, separated by spaces"),
        ("surest_claim_about_people", "string", "the highest certainty among the claims about people on the outcome"),
    ),
}
COLUMNS: dict[str, list[str]] = {kind: [name for name, _, _ in fields] for kind, fields in _FIELDS.items()}


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


def _package(about: Mapping[str, str]) -> dict[str, Any]:
    """Describe the tables as a Frictionless data package."""
    resources: Rows = [
        {
            "name": kind,
            "path": f"{kind}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [{"name": name, "type": type_, "description": text} for name, type_, text in fields],
                **({"primaryKey": "id"} if fields[0][0] == "id" else {}),
                "missingValues": [""],
            },
        }
        for kind, fields in _FIELDS.items()
    ]
    resources.append({"name": "evidence", "path": "evidence.json", "format": "json", "mediatype": "application/json"})
    resources.append({"name": "sources", "path": "sources.bib", "format": "bib", "mediatype": "application/x-bibtex"})
    licence = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    return {"profile": "data-package", "name": about["name"], "title": about["title"], "version": about["version"]} | {
        "licenses": [licence],
        "resources": resources,
    }
