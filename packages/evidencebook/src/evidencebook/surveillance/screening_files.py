"""Screen in another program: write the records that wait as CSV or RIS, read back what a person decided there.

ASReview and Rayyan read and write both. A decision is read from our own columns (decision, reason), from ASReview's
label (asreview_label or included, 1 or 0; in RIS a note) and from Rayyan's note.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

import rispy

from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError, UserError, relative_path
from evidencebook.evidence.identifiers import DOI, PMID
from evidencebook.surveillance import dedupe
from evidencebook.surveillance.models import Candidate, Decision, Verdict
from evidencebook.surveillance.text import one_line

_COLUMNS = ("id", "decision", "reason", "title", "authors", "year", "venue", "kind", "doi", "pmid", "url", "abstract")
_RIS = {"accession_number": "id", "journal_name": "venue", "title": "title", "year": "year", "doi": "doi"}
#: What makes a spreadsheet take a cell for a formula.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_LABELS: Mapping[str, Verdict] = {"1": "include", "0": "exclude", "included": "include", "excluded": "exclude"}
_NOTE = re.compile(r"ASReview_(?P<asreview>relevant|irrelevant)|RAYYAN-INCLUSION:[^}|]*=>\s*\"?(?P<rayyan>\w+)", re.I)
_NOTE_REASON = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*([^|]+)", re.I)


def written(path: Path, candidates: Iterable[Candidate]) -> str:
    """Return the records as RIS or, under any other suffix, as CSV."""
    return _as_ris(candidates) if path.suffix.lower() == ".ris" else _as_csv(candidates)


def decisions(path: Path, candidates: Mapping[str, Candidate], day: date) -> list[Decision]:
    """Return what a file decides; raise EvidenceError with every fault in it, by number of the record."""
    index = dedupe.Index()
    for name, candidate in candidates.items():
        index.add(name, dedupe.of_record(candidate))
    made: dict[str, Decision] = {}
    diagnostics = []
    for number, row in enumerate(_rows(path), 1):
        try:
            decision = _decision(row, candidates, index, day)
            if decision and made.setdefault(decision.id, decision) != decision:
                raise UserError(f'record "{decision.id}" is decided twice; keep one')
        except UserError as wrong:
            diagnostics.append(Diagnostic(relative_path(path), number, f"record {number}: {wrong}"))
    if diagnostics:
        raise EvidenceError(diagnostics)
    return list(made.values())


def _decision(
    row: Mapping[str, str], candidates: Mapping[str, Candidate], index: dedupe.Index, day: date
) -> Decision | None:
    """Read one row; None where it decides nothing."""
    verdict, reason = _verdict(row)
    if verdict is None:
        if reason:
            raise UserError("there is a reason and no decision; write include, exclude or later, or empty the reason")
        return None
    if verdict == "exclude" and not reason:
        raise UserError("a record is excluded for a reason; write it into the column reason")
    name = row["id"] if row.get("id") in candidates else index.find(_work(row))
    if name is None:
        raise UserError(f'"{row.get("title") or row.get("id")}" is not in queue.yml; leave ids and titles as they were')
    return Decision(id=name, decision=verdict, date=day, reason=reason if verdict == "exclude" else None)


def _verdict(row: Mapping[str, str]) -> tuple[Verdict | None, str]:
    """Return decision and reason; a program that asks for no reason decides by title and abstract."""
    word, reason = row.get("decision", "").lower(), row.get("reason", "")
    if word:
        for verdict in get_args(Verdict):
            if word in {verdict, verdict[0]}:
                return verdict, reason
        raise UserError(f'the decision "{word}" is none of include, exclude, later')
    note = _NOTE.search(row.get("notes", ""))
    label = row.get("asreview_label") or row.get("included") or ""
    if note:
        label = {"relevant": "1", "irrelevant": "0"}.get(
            (note["asreview"] or "").lower(), (note["rayyan"] or "").lower()
        )
    found = _NOTE_REASON.search(row.get("notes", ""))
    verdict = _LABELS.get(label)
    return verdict, reason or (one_line(found[1]) if found else "title and abstract" if verdict == "exclude" else "")


def _work(row: Mapping[str, str]) -> dedupe.Work:
    year = re.search(r"[0-9]{4}", row.get("year", ""))
    about = {"doi": DOI.standard(row.get("doi", "")), "pmid": PMID.standard(row.get("pmid", ""))}
    authors = tuple(filter(None, row.get("authors", "").split("; ")))
    return dedupe.work(
        row.get("kind") or "article", row.get("title", ""), authors, int(year[0]) if year else None, about
    )


def _as_csv(candidates: Iterable[Candidate]) -> str:
    """Write a table; the mark at its start has spreadsheets read it as Unicode."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for one in candidates:
        values = dict(one) | {"authors": "; ".join(one.authors)}
        cells = (one_line(str(values.get(name) or "")) for name in _COLUMNS)
        # An apostrophe is what a spreadsheet takes for "this is text".
        table.writerow(f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells)
    return "\ufeff" + text.getvalue()


def _as_ris(candidates: Iterable[Candidate]) -> str:
    entries = []
    for one in candidates:
        values = dict(one) | {"year": str(one.year or "")}
        entry: dict[str, Any] = {name: values[ours] for name, ours in _RIS.items() if values[ours]}
        entry["type_of_reference"] = "JOUR" if one.kind == "article" else "GEN"
        entry["authors"] = [name.strip("{}") for name in one.authors]
        entry |= {"urls": [one.url]} if one.url else {}
        entries.append(entry | ({"abstract": one.abstract} if one.abstract else {}))
    return str(rispy.dumps(entries))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the records of a file by our names of columns; raise UserError when it cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if path.suffix.lower() == ".ris":
            for entry in rispy.loads(text):
                row = {ours: str(entry.get(name) or "") for name, ours in _RIS.items()}
                notes = {"authors": "; ".join(entry.get("authors", ())), "notes": " ".join(entry.get("notes", ()))}
                yield {**row, **notes}
            return
        head = text.partition("\n")[0]
        for cells in csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True):
            if None in cells:
                raise ValueError("a row has more cells than the first line; put quotes around a text with a separator")
            row = {name.strip().lower(): one_line(cell or "") for name, cell in cells.items()}
            yield {
                name: cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell for name, cell in row.items()
            }
    except (csv.Error, OSError, ValueError, rispy.parser.ParseError) as broken:
        raise UserError(f"{relative_path(path)}:1: it cannot be read ({broken}); nothing was written") from broken
