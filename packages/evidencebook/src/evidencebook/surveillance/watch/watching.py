"""Put the queries of a book to their services, one after another, and keep what they bring."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.surveillance import base, files
from evidencebook.surveillance.asking.client import Client, NoAnswerError, RefusedQueryError, UnknownError
from evidencebook.surveillance.asking.services import pages_of
from evidencebook.surveillance.asking.session import Session
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate, Query, Run
from evidencebook.surveillance.watch import queue, runs
from evidencebook.surveillance.watch.journal import Asking, Journal, UnreadableError, resumed

#: Indexes lag: a record may appear under a day that was asked for already.
_OVERLAP = timedelta(days=14)
#: Services count records that were deleted or merged since; no run would ever bring them.
_ENOUGH = 0.98


@dataclass(frozen=True)
class Outcome:
    """Say what came of one query: its counts and the ids of what is new, or why there is nothing."""

    query: Query
    run: Run | None = None
    new: tuple[str, ...] = ()
    failure: str = ""


@dataclass
class Watch:
    """Hold what a run works with."""

    folder: Path
    #: The scratch beside the evidence; nothing when nothing is to be written.
    scratch: Path | None
    client: Client
    evidence: EvidenceBase
    living: Living
    today: date
    #: Told the query, and how many records came of how many, where the service says.
    progress: Callable[[Query, int, int | None], None] = lambda *_: None
    #: Told what a person should know and need not act on.
    remark: Callable[[str], None] = lambda _: None
    found: dict[str, Candidate] = field(default_factory=dict)
    _stood: str = ""

    def __post_init__(self) -> None:
        self._stood = self._mark()

    def queries(self, names: Sequence[str]) -> list[Query]:
        """List the queries to ask, in the order of the file."""
        return [query for name, query in self.living.queries.items() if not names or name in names]

    def run(self, names: Sequence[str] = ()) -> list[Outcome]:
        """Ask each query; the failure of one stops no other."""
        wanted = self.queries(names)
        for query in wanted:  # who learns it after an hour of asking has asked for nothing
            self._counted(query, Run(date=self.today, found=0, known=0, new=0))
        session = Session(self.scratch / "run.json" if self.scratch else None, self.today, [one.id for one in wanted])
        if session.done:
            self.remark(f"going on with the run that was interrupted; done already: {', '.join(session.done)}")
        outcomes = [self._tried(query, session) for query in wanted if query.id not in session.done]
        session.close()
        return outcomes

    def _tried(self, query: Query, session: Session) -> Outcome:
        """Ask one query, and say so when nothing comes of it."""
        try:
            outcome = self._done(query)
        except NoAnswerError as failed:
            return Outcome(query, failure=str(failed))
        except UnknownError:
            return Outcome(query, failure=f"{query.service} knows no such search; is its address right?")
        session.finish(query.id)
        journal = self._path(query)
        if journal:
            journal.unlink(missing_ok=True)
        return outcome

    def _done(self, query: Query) -> Outcome:
        """Ask one query and write what it brought; finish one first that was asked and not yet counted."""
        journal = self._journal(query)
        if journal.run is None:
            self._fetch(journal)
        new = () if journal.counted else self._write(query, journal)
        if journal.asking.day != self.today:
            journal.remove()
            return self._done(self.living.queries[query.id])
        return Outcome(query, journal.run, new)

    def _write(self, query: Query, journal: Journal) -> tuple[str, ...]:
        """Write the queue and the counts together; the counts last, since they tell that the queue is written."""
        if journal.run and journal.queue == self._mark():  # the process died between the two files
            write_together({self.folder / base.WATCH: self._counted(query, journal.run)})
            self._know(query, journal.run)
            return ()
        if self._mark() != self._stood:
            raise UserError(
                f"{relative_path(self.folder / base.QUEUE)} was changed while the services were asked, as by git pull; it is "
                "left as it is. Give the command again: what was asked for is kept"
            )
        found = queue.wanted(query, journal.records)
        after = queue.merged(query, journal.asking.day, found, self.living, self.evidence)
        text = files.blocks(base.QUEUE, after.candidates) if after.candidates else ""
        if journal.run is None:
            journal.close(after.run, _marked(text.encode()))
        run = journal.run or after.run  # what was counted first holds: a second look would know everything
        texts = {self.folder / base.QUEUE: text} if text else {}
        texts[self.folder / base.WATCH] = self._counted(query, run)
        if self.scratch:
            write_together(texts)
            self._stood = self._mark()
        self.found |= {one.id: one for one in after.candidates if one.id in after.new}
        self.living = replace(self.living, candidates={one.id: one for one in after.candidates})
        self._know(query, run)
        return after.new

    def _know(self, query: Query, run: Run) -> None:
        """Note that a query ran."""
        asked = query.model_copy(update={"runs": (*query.runs, run)})
        self.living = replace(self.living, queries={**self.living.queries, query.id: asked})

    def _mark(self) -> str:
        """Tell the queue that stands in the file from any other."""
        path = self.folder / base.QUEUE
        return _marked(path.read_bytes() if path.exists() else b"")

    def _counted(self, query: Query, run: Run) -> str:
        """Give the text of watch.yml with one run more."""
        path = self.folder / base.WATCH
        return runs.added(path, path.read_text(encoding="utf-8"), query.id, run)

    def _fetch(self, journal: Journal) -> None:
        """Fetch every page that has not come yet; a cursor that a service knows no more is given up once."""
        taken_up = journal.pages > 0
        try:
            self._pages(journal)
        except (RefusedQueryError, UnknownError):
            if not taken_up:
                raise
            return self._fetch(self._afresh(journal, "the service does not go on where it stopped"))
        if journal.total is not None and journal.given < journal.total:
            if taken_up:
                return self._fetch(self._afresh(journal, "the service did not go on where it stopped"))
            self._come_short(journal, journal.total)
        return None

    def _come_short(self, journal: Journal, total: int) -> None:
        """Let a few records go that a service counts and does not give; more are a failure, or they would be lost."""
        told = f"{journal.given} of {total} records came, and no more were to be had"
        if journal.given < _ENOUGH * total:
            raise NoAnswerError(f"{journal.asking.query.service}: {told}")
        self.remark(f"{journal.asking.query.id}: {told}")

    def _pages(self, journal: Journal) -> None:
        asking = journal.asking
        if journal.whole:
            return
        ask = pages_of(asking.query.service)
        try:
            for page in ask(self.client, asking.query, asking.first_day, asking.day, journal.cursor):
                journal.add(page)
                self.progress(asking.query, journal.given, journal.total)
        except UnknownError:
            raise
        except (LookupError, TypeError, ValueError, AttributeError) as strange:
            raise NoAnswerError(
                f"{asking.query.service} gave an answer of an unknown shape ({type(strange).__name__})"
            ) from strange

    def _journal(self, query: Query) -> Journal:
        """Take up the journal of the query, or begin one."""
        asking = Asking(query, first_day(query), self.today)
        path = self._path(query)
        fresh = Journal(asking, path)
        if path and path.exists():
            try:
                journal = resumed(path, asking)
            except UnreadableError as useless:
                return self._afresh(fresh, str(useless))
            if journal.pages and not journal.run:
                self.remark(f"{query.id}: going on after {journal.given} records that came before an interruption")
            return journal
        fresh.begin()
        return fresh

    def _afresh(self, journal: Journal, why: str) -> Journal:
        """Put a journal aside and begin anew."""
        self.remark(f"{journal.asking.query.id}: the journal of an earlier run is put aside ({why}); asking anew")
        journal.put_aside()
        journal.reset()
        journal.begin()
        return journal

    def _path(self, query: Query) -> Path | None:
        return self.scratch / "journal" / f"{query.id}.jsonl" if self.scratch else None


def _marked(queue_file: bytes) -> str:
    return hashlib.sha256(queue_file).hexdigest()


def first_day(query: Query) -> date | None:
    """Say from which day on a query is asked: some days before its last run, never before the day it begins with."""
    if query.last_run is None:
        return query.since
    again = query.last_run - _OVERLAP
    return max(again, query.since) if query.since else again


def failed(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """List the queries of which nothing came."""
    return [one for one in outcomes if one.failure]


def summary(outcomes: Sequence[Outcome], found: Mapping[str, Candidate]) -> list[str]:
    """Say in lines what a run brought, and in a dry run what is new by its title."""
    lines = []
    for one in outcomes:
        counts = f"{one.run.found} found, {one.run.known} known, {one.run.new} new" if one.run else one.failure
        lines.append(f"{one.query.id}: {counts}")
        lines += [f"  {found[name].title}" for name in one.new if name in found]
    return lines
