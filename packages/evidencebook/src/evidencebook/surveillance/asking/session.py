"""See that one run goes on at a time, and remember which of its queries are done in case that it is interrupted."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import UserError, relative_path

try:
    import fcntl
except ImportError:  # where there is none, people see to it themselves
    fcntl = None  # type: ignore[assignment]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; raise UserError while another process has it.

    The system lets go of the lock when its process ends, in whatever way: the file itself means nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "lock"
    with path.open("a+", encoding="utf-8") as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                who = file.read().strip()
                raise UserError(
                    f"another run is under way (process {who or 'unknown'}, lock {relative_path(path)}); wait until it ends"
                ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


class Session:
    """Remember which queries of a run are done, so that one that was killed does not ask them twice."""

    def __init__(self, path: Path | None, day: date, queries: Sequence[str]) -> None:
        self._path = path
        self._begun = {"day": day.isoformat(), "queries": list(queries)}
        self.done = self._taken_up()

    def _taken_up(self) -> list[str]:
        """Read what an interrupted run of this day with these queries had done."""
        try:
            before = json.loads(self._path.read_bytes()) if self._path else {}
            same = all(before.get(name) == value for name, value in self._begun.items())
            return [name for name in before["done"] if name in self._begun["queries"]] if same else []
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return []

    def finish(self, query: str) -> None:
        """Note that a query is done."""
        if query not in self.done:
            self.done.append(query)
        if self._path:
            write_together({self._path: json.dumps({**self._begun, "done": self.done}) + "\n"})

    def close(self) -> None:
        """Forget the run: it came to its end."""
        if self._path:
            self._path.unlink(missing_ok=True)
