"""Screen by a table: write the records that wait, read back what a person decided."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencebook.evidence.diagnostics import Diagnostic, EvidenceError, UserError, relative_path
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate, Decision, Verdict
from evidencebook.surveillance.screen.desk import Desk
from evidencebook.surveillance.screen.leaflet import link, said
from evidencebook.surveillance.screen.oneline import one_line

COLUMNS = (
    *("id", "decision", "reason", "title", "authors", "year", "venue", "kind", "link"),
    *("found", "decided", "abstract"),
)
_NEEDED = ("id", "decision", "reason")
#: What makes a spreadsheet take a cell for a formula; and an id that it would take for a number and round.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[0-9]+(e[0-9]+)?")
_WORDS: dict[str, Verdict] = {
    **{"include": "include", "exclude": "exclude", "later": "later"},
    **{"i": "include", "e": "exclude", "l": "later"},
}


@dataclass(frozen=True)
class Row:
    """Hold a row of the table and the line on which it begins."""

    line: int
    cells: dict[str, str]
    #: What stands beyond the columns: a text with a separator in it that lost its quotes goes on there.
    beyond: str = ""


def table(living: Living, candidates: tuple[Candidate, ...]) -> str:
    """Write the records as CSV; the mark at its start has spreadsheets read it as Unicode."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in candidates:
        decided = "; ".join(f"{person} {said(made)}" for person, made in living.decided.get(one.id, {}).items())
        found = "; ".join(f"{seen.date} {seen.service} {seen.query}" for seen in one.found)
        about = (one.title, "; ".join(one.authors), str(one.year or ""), one.venue, one.kind, link(one))
        cells = (_guarded(cell or "") for cell in ("", "", *about, found, decided, one.abstract))
        writer.writerow([f"'{one.id}" if _NUMBER.fullmatch(one.id) else one.id, *cells])
    return "\ufeff" + text.getvalue()


def decisions(path: Path, desk: Desk) -> list[Decision]:
    """Return what the table decides anew; raise EvidenceError with every fault in it."""
    problems: list[Diagnostic] = []
    made: dict[str, Decision] = {}
    for row in _rows(path):
        try:
            one = _decision(row, desk)
        except UserError as wrong:
            problems.append(Diagnostic(relative_path(path), row.line, str(wrong)))
            continue
        if one is None:
            continue
        if one.id in made and made[one.id] != one:
            problems.append(
                Diagnostic(relative_path(path), row.line, f'record "{one.id}" is decided twice; keep one row')
            )
        made[one.id] = one
    if problems:
        raise EvidenceError(problems)
    return [one for one in made.values() if not _stands(one, desk)]


def _decision(row: Row, desk: Desk) -> Decision | None:
    """Read one row; nothing where it decides nothing."""
    name, word, reason = (one_line(_bare(row.cells.get(column, ""))) for column in _NEEDED)
    if not word and not reason:
        return None
    if row.beyond:
        raise UserError("the row has more cells than the first line; put quotes around a text with a separator in it")
    if name not in desk.living.candidates:
        raise UserError(f'record "{name}" is not in queue.yml; leave the ids as they were written')
    if not word:
        raise UserError("there is a reason and no decision; write include, exclude or later, or empty the reason")
    verdict = _WORDS.get(word.lower())
    if verdict is None:
        raise UserError(f'the decision "{word}" is none of include, exclude, later')
    if verdict == "exclude" and not reason:
        raise UserError("a record is excluded for a reason; write it into the column reason")
    return Decision(id=name, decision=verdict, date=desk.day, reason=reason or None)


def _stands(made: Decision, desk: Desk) -> bool:
    """Tell whether the person decided the same before."""
    last = desk.living.decided.get(made.id, {}).get(desk.person.slug)
    return last is not None and (last.decision, last.reason) == (made.decision, made.reason)


def _rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a table, whatever spreadsheet wrote it."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise UserError(
            f'{relative_path(path)}:1: it is not in UTF-8; save it as "CSV UTF-8"; nothing was written'
        ) from broken
    skipped = 0
    if re.match(r'"?sep=.', text):  # a first line by which Excel tells itself the separator
        skipped, text = 1, text.partition("\n")[2]
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        columns = [one.strip().lower() for one in next(reader, [])]
        if missing := [one for one in _NEEDED if one not in columns]:
            raise UserError(
                f"{relative_path(path)}:{skipped + 1}: the first line names no column {', '.join(missing)}; "
                "write these names above the columns that hold them, or begin anew with a file that does not exist "
                "yet; nothing was written"
            )
        if twice := [one for one in _NEEDED if columns.count(one) > 1]:
            raise UserError(
                f"{relative_path(path)}:{skipped + 1}: the first line names {', '.join(twice)} twice; keep one column; "
                "nothing was written"
            )
        line = reader.line_num + 1
        for cells in reader:
            beyond = "".join(cells[len(columns) :]).strip()
            yield Row(skipped + line, dict(zip(columns, cells, strict=False)), beyond)
            line = reader.line_num + 1
    except csv.Error as broken:
        raise UserError(
            f"{relative_path(path)}:{skipped + max(reader.line_num, 1)}: the table is broken: {broken}; nothing was written"
        ) from broken


def _guarded(cell: str) -> str:
    """Keep a spreadsheet from calculating with a cell, by the apostrophe that it takes for "this is text"."""
    plain = one_line(cell)
    return f"'{plain}" if _FORMULA.match(cell) or _FORMULA.match(plain) else plain


def _bare(cell: str) -> str:
    """Take that apostrophe away again."""
    cell = cell.strip()
    guarded = cell.startswith("'") and (_FORMULA.match(cell[1:]) or _NUMBER.fullmatch(cell[1:]))
    return cell[1:] if guarded else cell
