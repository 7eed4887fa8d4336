"""Write down each page of an answer before the next is asked for, so that a run that was killed goes on where it was.

A journal is a file of JSON lines: what is asked, then each page with the cursor of the next, then the counts. A line
that was half-written when the process died is left out, and its page is asked for again.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from evidencebook.surveillance.asking.services import Cursor, Page
from evidencebook.surveillance.models import Query, Run
from evidencebook.surveillance.watch.found import Found

#: The format of these lines; a journal of another one is put aside.
_FORMAT = 1


class UnreadableError(Exception):
    """Say why a journal is of no use."""


@dataclass(frozen=True)
class Asking:
    """Say what one run asks a service for; a journal is taken up only for the very same."""

    query: Query
    first_day: date | None
    day: date

    def as_line(self) -> dict[str, Any]:
        """Give what a journal begins with; the runs before it tell later whether this one was counted already."""
        asked = self.query.model_dump(mode="json", include={"id", "service", "terms", "require"})
        first = self.first_day.isoformat() if self.first_day else None
        return {"format": _FORMAT, **asked, "from": first, "day": self.day.isoformat(), "runs": len(self.query.runs)}


@dataclass
class Journal:
    """Hold what came so far, in memory and in its file; without a path in memory alone."""

    asking: Asking
    path: Path | None = None
    records: list[Found] = field(default_factory=list)
    given: int = 0
    total: int | None = None
    cursor: Cursor | None = None
    pages: int = 0
    run: Run | None = None  # its counts, once every page came
    queue: str = ""  # what tells that queue.yml is written already
    counted: bool = False  # whether they stand in watch.yml already

    @property
    def whole(self) -> bool:
        """Tell whether every page came."""
        return self.pages > 0 and self.cursor is None

    def reset(self) -> None:
        """Forget what came so far."""
        self.records, self.given, self.total, self.cursor, self.pages = [], 0, None, None, 0

    def begin(self) -> None:
        """Write down what is asked."""
        if self.path:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.unlink(missing_ok=True)
        self._append(self.asking.as_line())

    def add(self, page: Page) -> None:
        """Write down a page, then count it."""
        line = {
            "records": [asdict(one) for one in page.records],
            "given": page.given,
            "total": page.total,
            "cursor": dict(page.cursor) if page.cursor else None,
        }
        self._append(line)
        self._count(line)

    def close(self, run: Run, queue: str) -> None:
        """Write down the counts, which hold from now on, and what tells the new queue from any other."""
        self._append({"run": run.model_dump(mode="json"), "queue": queue})
        self.run, self.queue = run, queue

    def remove(self) -> None:
        """Forget a run that is counted."""
        if self.path:
            self.path.unlink(missing_ok=True)

    def put_aside(self) -> None:
        """Keep a journal of no use for a person who wants to look, out of the way."""
        if self.path and self.path.exists():
            self.path.replace(self.path.with_suffix(".aside"))

    def _append(self, line: Mapping[str, Any]) -> None:
        if self.path:
            with self.path.open("ab") as file:
                file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())

    def _count(self, line: Mapping[str, Any]) -> None:
        self.records += [Found(**one | {"authors": tuple(one["authors"])}) for one in line["records"]]
        self.given += line["given"]
        self.total = line["total"] if self.pages == 0 or self.total is None else self.total
        self.cursor = line["cursor"]
        self.pages += 1

    def read(self, line: Mapping[str, Any]) -> None:
        """Take up a line that was written down."""
        if "run" in line:
            run = line["run"]
            self.run, self.queue = Run(**run | {"date": date.fromisoformat(run["date"])}), str(line["queue"])
        else:
            self._count(line)


def resumed(path: Path, asking: Asking) -> Journal:
    """Take up a journal; raise UnreadableError when it is broken, or of something else, or of no more use."""
    text = path.read_bytes()
    whole = text[: text.rfind(b"\n") + 1]
    journal = Journal(asking, path)
    try:
        first, *rest = map(json.loads, whole.splitlines())
        for line in rest:
            journal.read(line)
        fits = _waits(journal, first) if journal.run else first == asking.as_line()
    except (ValueError, LookupError, TypeError, AttributeError) as broken:
        raise UnreadableError("it is broken") from broken
    if not fits:
        raise UnreadableError("it is of another day, of other terms or of another version of the program")
    if len(whole) < len(text):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    return journal


def _waits(journal: Journal, first: Mapping[str, Any]) -> bool:
    """Tell whether a closed journal, of whatever day, fits watch.yml, and whether it was counted there already."""
    asked, runs, before = journal.asking.as_line(), journal.asking.query.runs, first["runs"]
    journal.asking = replace(journal.asking, day=date.fromisoformat(first["day"]))
    journal.counted = runs[before : before + 1] == (journal.run,)
    same = all(first[name] == asked[name] for name in ("format", "id", "service", "terms", "require"))
    return same and (journal.counted or len(runs) == before)
