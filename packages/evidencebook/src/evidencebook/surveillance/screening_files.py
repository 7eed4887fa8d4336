"""Screen in another program: write the records that wait as CSV or RIS, read back what a person decided there.

RIS and CSV are what ASReview and Rayyan read and write. A decision is read from our own columns (decision, reason),
from ASReview's label (asreview_label or included, 1 or 0; in RIS its note) and from Rayyan's note.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import rispy

from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError, UserError, relative_path
from evidencebook.evidence.identifiers import DOI, PMID
from evidencebook.surveillance import dedupe
from evidencebook.surveillance.models import Candidate, Decision, Verdict
from evidencebook.surveillance.text import one_line

_COLUMNS = ("id", "decision", "reason", "title", "authors", "year", "venue", "doi", "pmid", "url", "abstract")
#: What makes a spreadsheet take a cell for a formula; and an id that it would take for a number and round.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[0-9]+(e[0-9]+)?")
_DECISIONS: Mapping[str, Verdict | None] = {
    **{"include": "include", "i": "include", "1": "include", "asreview_relevant": "include", "included": "include"},
    **{"exclude": "exclude", "e": "exclude", "0": "exclude", "asreview_irrelevant": "exclude", "excluded": "exclude"},
    **{"later": "later", "l": "later", "maybe": "later"},
    **{"": None, "-1": None, "asreview_not_seen": None, "undecided": None},
}
_RAYYAN = re.compile(r"RAYYAN-INCLUSION:\s*\{[^}]*=>\s*\"?(\w+)", re.IGNORECASE)
_RAYYAN_REASON = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*([^|]+)", re.IGNORECASE)
_ASREVIEW = re.compile(r"ASReview_\w+", re.IGNORECASE)
#: The reason that stands for a decision of a program that asks for none.
NO_REASON = "excluded by title and abstract"


def written(path: Path, candidates: Iterable[Candidate]) -> str:
    """Return the records as RIS or, under any other suffix, as CSV."""
    return _as_ris(candidates) if path.suffix.lower() == ".ris" else _as_csv(candidates)


def decisions(path: Path, candidates: Mapping[str, Candidate], day: date) -> list[Decision]:
    """Return what a file decides; raise EvidenceError with every fault in it, by line or number of the record."""
    index = dedupe.Index()
    for name, candidate in candidates.items():
        index.add(name, dedupe.of_record(candidate))
    made: dict[str, Decision] = {}
    diagnostics = []
    for number, row in _rows(path):
        try:
            decision = _decision(row, candidates, index, day)
            if decision and made.setdefault(decision.id, decision) != decision:
                raise UserError(f'record "{decision.id}" is decided twice; keep one row')
        except UserError as wrong:
            diagnostics.append(Diagnostic(relative_path(path), number, str(wrong)))
    if diagnostics:
        raise EvidenceError(diagnostics)
    return list(made.values())


def _decision(
    row: Mapping[str, str], candidates: Mapping[str, Candidate], index: dedupe.Index, day: date
) -> Decision | None:
    """Read one row; None where it decides nothing."""
    notes = row.get("notes", "")
    rayyan, asreview = _RAYYAN.search(notes), _ASREVIEW.search(notes)
    label = row.get("asreview_label") or row.get("included") or (asreview[0] if asreview else "")
    word = row.get("decision") or (rayyan[1] if rayyan else "") or label
    verdict = _DECISIONS.get(word.lower(), "unknown")
    found = _RAYYAN_REASON.search(notes)
    reason = row.get("reason") or (one_line(found[1]) if found else "")
    if verdict == "unknown":
        raise UserError(f'the decision "{word}" is none of include, exclude, later')
    if verdict is None:
        if reason:
            raise UserError("there is a reason and no decision; write include, exclude or later, or empty the reason")
        return None
    if verdict == "exclude" and not reason:
        if row.get("decision"):
            raise UserError("a record is excluded for a reason; write it into the column reason")
        reason = NO_REASON
    name = row.get("id", "") if row.get("id") in candidates else index.find(_work(row))
    if name is None:
        raise UserError(
            f'record "{row.get("id") or row.get("title")}" is not in queue.yml; leave ids and titles as they were'
        )
    return Decision(id=name, decision=verdict, date=day, reason=reason if verdict == "exclude" else None)


def _work(row: Mapping[str, str]) -> dedupe.Work:
    year = re.search(r"[0-9]{4}", row.get("year", ""))
    about = {"doi": DOI.standard(row.get("doi", "")), "pmid": PMID.standard(row.get("pmid", ""))}
    authors = tuple(filter(None, row.get("authors", "").split("; ")))
    return dedupe.work("article", row.get("title", ""), authors, int(year[0]) if year else None, about)


def _as_csv(candidates: Iterable[Candidate]) -> str:
    """Write a table; the mark at its start has spreadsheets read it as Unicode."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for one in candidates:
        values = dict(one) | {"authors": "; ".join(one.authors), "decision": "", "reason": ""}
        table.writerow([_guarded(one_line(str(values[name] or ""))) for name in _COLUMNS])
    return "\ufeff" + text.getvalue()


def _as_ris(candidates: Iterable[Candidate]) -> str:
    entries = []
    for one in candidates:
        entry: dict[str, Any] = {
            "type_of_reference": "JOUR" if one.kind == "article" else "GEN",
            "accession_number": one.id,
            "title": one.title,
            "authors": [name.strip("{}") for name in one.authors],
            "year": str(one.year or ""),
            "journal_name": one.venue,
            "doi": one.doi,
            "urls": [one.url] if one.url else [],
            "abstract": one.abstract,
        }
        entries.append({name: value for name, value in entry.items() if value})
    return rispy.dumps(entries)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each record with the line or the number at which it stands."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise UserError(f"{relative_path(path)}:1: it is not in UTF-8; save it so; nothing was written") from broken
    try:
        if path.suffix.lower() == ".ris":
            yield from enumerate(map(_ris_row, rispy.loads(text)), 1)
        else:
            yield from _csv_rows(text)
    except (csv.Error, OSError, ValueError, rispy.parser.ParseError) as broken:
        raise UserError(f"{relative_path(path)}:1: it is broken: {broken}; nothing was written") from broken


def _ris_row(entry: Mapping[str, Any]) -> dict[str, str]:
    return {
        "id": str(entry.get("accession_number") or entry.get("id") or ""),
        "title": str(entry.get("title") or entry.get("primary_title") or ""),
        "authors": "; ".join(entry.get("authors") or entry.get("first_authors") or ()),
        "year": str(entry.get("year") or ""),
        "doi": str(entry.get("doi") or ""),
        "notes": " ".join(entry.get("notes") or ()),
    }


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table, whatever spreadsheet wrote it."""
    text = text.partition("\n")[2] if re.match(r'"?sep=.', text) else text  # by which Excel tells itself the separator
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    columns = [one.strip().lower() for one in next(reader, [])]
    if not {"id", "title", "doi"} & set(columns):
        raise ValueError("the first line names no column id, title or doi")
    line = reader.line_num + 1
    for cells in reader:
        if "".join(cells[len(columns) :]).strip():
            raise ValueError(
                f"line {line} has more cells than the first line; put quotes around a text with a separator"
            )
        yield line, {name: one_line(_unguarded(cell)) for name, cell in zip(columns, cells, strict=False)}
        line = reader.line_num + 1


def _guarded(cell: str) -> str:
    """Keep a spreadsheet from calculating with a cell, by the apostrophe that it takes for "this is text"."""
    return f"'{cell}" if _FORMULA.match(cell) or _NUMBER.fullmatch(cell) else cell


def _unguarded(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and (_FORMULA.match(cell[1:]) or _NUMBER.fullmatch(cell[1:])) else cell
