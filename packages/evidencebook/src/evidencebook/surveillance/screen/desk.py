"""Take decisions and keep them: the line of each, and the stub that follows from it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from evidencebook.evidence import loader as load
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import EvidenceError, UserError, relative_path
from evidencebook.surveillance import base
from evidencebook.surveillance.base import DECISIONS, QUEUE, Living
from evidencebook.surveillance.models import Decision, Verdict
from evidencebook.surveillance.screen import decisions, waiting
from evidencebook.surveillance.screen.people import Person


@dataclass
class Desk:
    """Hold what is known while a person decides; what is decided is in the files at once."""

    folder: Path
    evidence: EvidenceBase
    living: Living
    person: Person
    day: dt.date
    #: The files that were written or removed, to be shared.
    touched: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        mine = (made[self.person.slug] for made in self.living.decided.values() if self.person.slug in made)
        last = max((made.date for made in mine), default=self.day)
        if last > self.day:
            raise UserError(
                f"{relative_path(self.person.path)} has a decision of {last}, and today is {self.day}; a new one would not "
                "hold against it; set the clock right, or mend the date; nothing was written"
            )

    def decide(self, name: str, verdict: Verdict, reason: str | None = None) -> list[str]:
        """Keep one decision, and tell what became of the stub."""
        return self.keep([Decision(id=name, decision=verdict, date=self.day, reason=reason)])

    def keep(self, made: list[Decision]) -> list[str]:
        """Keep decisions and their stubs, all or none, and tell what became of the stubs."""
        after = decisions.with_decisions(self.living, self.person, made)
        texts = {self.person.path: decisions.appended(self.person, made)} if made else {}
        return self._settle(after, {one.id: one for one in made}, texts)

    def mend(self) -> list[str]:
        """Write and remove the stubs that a merge or a killed run left wrong."""
        return self._settle(self.living, self.living.decided, {})

    def _settle(self, after: Living, names: Iterable[str], texts: dict[Path, str]) -> list[str]:
        """Write what follows from the decisions; the line goes first, since the stub can be made again of it."""
        due = waiting.due(self.folder, after, self.evidence, names)
        write_together({**texts, **due.written})
        for path in due.gone:
            path.unlink()
        self.touched |= {*texts, *due.written, *due.gone}
        self.living = after
        return [
            *(f"stub written: {relative_path(path)}" for path in due.written),
            *(f"stub removed: {relative_path(path)}" for path in due.gone),
            *(
                f"record {name} is source {key} already, so no stub is written"
                for name, key in due.known.items()
                if texts
            ),
            *(f"{relative_path(path)} was edited and stays; remove it if nobody needs it" for path in due.edited),
        ]


def opened(folder: Path) -> tuple[EvidenceBase, Living]:
    """Read what screening needs; raise EvidenceError with all that is wrong in it, and pass over any other fault."""
    evidence, problems = load.inspect(folder)
    living, more = base.inspect(folder, evidence)
    needed = {relative_path(path) for path in (folder / QUEUE, *(folder / DECISIONS).glob("*.yml"))}
    if not evidence.is_whole("source"):  # a source that cannot be read would get a stub a second time
        needed.add(relative_path(folder / "sources.bib"))
    wrong = [problem for problem in (*problems, *more) if problem.file in needed]
    if wrong:
        raise EvidenceError(wrong)
    return evidence, living
