"""Write the evidence base in the forms that other tools read: JSON, CSV and BibTeX."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evidencebook.analysis import evidence_map
from evidencebook.evidence import formatting, grade, number_check
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import as_json
from evidencebook.locale import gettext_noop
from evidencebook.outputs.data import columns, feed
from evidencebook.outputs.data.citation import Book
from evidencebook.pages.executed_tables import PageTable

#: The folder of the exports beside the built book.
FOLDER = "evidence"
#: Below it, the folder of the claims one by one.
CLAIMS = "claims"
#: Gives the address of a record, such as chapter.html#claim-some-claim.
Address = Callable[[str, str], str | None]
Rows = list[dict[str, Any]]
#: What is not a table: its path, media type and what it holds.
OTHER = (
    ("evidence.json", "application/json", gettext_noop("the whole evidence base as one file")),
    ("sources.bib", "application/x-bibtex", gettext_noop("every source as BibTeX")),
    (feed.NAME, "application/atom+xml", gettext_noop("what changed in the claims, as a feed")),
)
NAMES = (*columns.RECORDS, *(name for name, _, _ in OTHER))


def tables(evidence: EvidenceBase, page: Address) -> dict[str, Rows]:
    """Return every record as plain values, grouped by kind, with the address where it stands."""
    return {
        "sources": [_source(evidence, key, page) for key in evidence.sources],
        "findings": [_finding(evidence, name, page) for name in evidence.findings],
        "searches": [as_json(search) | {"page": page("search", name)} for name, search in evidence.searches.items()],
        "claims": [_claim(evidence, name, page) for name in evidence.claims],
        "assertions": [_assertion(evidence, name, page) for name in evidence.assertions],
    }


def files(evidence: EvidenceBase, book: Book, page: Address, of_pages: Sequence[PageTable] = ()) -> dict[str, str]:
    """Return the content of each exported file by its path, the tables of executed pages among them."""
    rows = tables(evidence, page)
    made = {"evidence.json": _json(rows)}
    made |= {f"{CLAIMS}/{row['id']}.json": _json(row) for row in rows["claims"]}
    made[feed.NAME] = feed.atom(book, evidence, lambda name: f"{book.root or '../'}{page('claim', name) or ''}")
    rows |= {"evidence-map": evidence_map.rows(evidence)}
    for path, table in columns.RECORDS.items():
        made[path] = _csv([_flat(row) for row in rows[path.removesuffix(".csv")]], table.names)
    made["sources.bib"] = _bibtex(evidence)
    return made | {one.path: one.text for one in of_pages}


def _source(evidence: EvidenceBase, key: str, page: Address) -> dict[str, Any]:
    source = evidence.sources[key]
    row = as_json(source)
    row.pop("fields")
    return row | {
        "href": source.href,
        "findings": list(evidence.findings_of_source.get(key, ())),
        "excluded": evidence.excluded_sources.get(key),
        "page": page("source", key),
    }


def _finding(evidence: EvidenceBase, name: str, page: Address) -> dict[str, Any]:
    found = evidence.findings[name]
    extra = {"topic": evidence.topic("finding", name), "words": formatting.full(found)}
    return (
        as_json(found)
        | extra
        | {"claims": list(evidence.claims_of_finding.get(name, ())), "page": page("finding", name)}
    )


def _claim(evidence: EvidenceBase, name: str, page: Address) -> dict[str, Any]:
    claim = evidence.claims[name]
    row = as_json(claim) | {
        "topic": evidence.topic("claim", name),
        "statement": number_check.plain(claim.statement, evidence),
    }
    row["because"] = [
        {"domain": r.domain, "step": r.step, "note": number_check.plain(r.note, evidence)} for r in claim.because
    ]
    for part in ("argument", "caution"):
        row[part] = number_check.plain(row[part], evidence) if row[part] else None
    graded = claim.certainty in grade.LEVELS
    row["starts"] = grade.start(evidence, claim).level if graded else None
    row["sum"] = grade.arithmetic(evidence, claim) or None
    row["changed"] = claim.changed.isoformat() if claim.changed else None
    return row | {"assertions": list(evidence.assertions_of_claim.get(name, ())), "page": page("claim", name)}


def _assertion(evidence: EvidenceBase, name: str, page: Address) -> dict[str, Any]:
    made = evidence.assertions[name]
    words = {part: number_check.plain(getattr(made, part) or "", evidence) for part in ("statement", "answer", "fair")}
    return as_json(made) | words | {"page": page("assertion", name)}


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Flatten a row for CSV: lists become words, a spread becomes columns."""
    flat = dict(row)
    for end in ("kind", "value", "low", "high"):
        flat[f"spread_{end}"] = (row.get("spread") or {}).get(end)
    flat["where"] = json.dumps(row["where"], ensure_ascii=False, sort_keys=True) if row.get("where") else ""
    flat["because"] = "; ".join(
        f"{reason['domain']} {grade.signed(reason['step'])}: {reason['note']}" for reason in row.get("because", ())
    )
    effect = row.get("effect") or {}
    flat["effect"] = "; ".join(f"{part}: {value}" for part, value in effect.items() if value)
    for name, value in flat.items():
        if isinstance(value, list):
            flat[name] = " ".join(str(item) for item in value)
        elif isinstance(value, bool):
            flat[name] = str(value).lower()
    return flat


def _json(rows: Any) -> str:
    """Write values as JSON that a person can read."""
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _csv(rows: Rows, columns: Sequence[str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _bibtex(evidence: EvidenceBase) -> str:
    entries = []
    for key, source in sorted(evidence.sources.items()):
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in sorted(source.fields.items()))
        entries.append(f"@{source.kind}{{{key},\n{fields}}}\n")
    return "\n".join(entries)
