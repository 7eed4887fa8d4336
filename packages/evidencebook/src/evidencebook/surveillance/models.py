"""Define what keeps a book current: queries and their runs, records found, decisions on them, checks of sources."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from evidencebook.evidence.base import Entry
from evidencebook.evidence.fields import Day, Terms, Year
from evidencebook.evidence.identifiers import DOI
from evidencebook.evidence.models import Record, Slug, SourceKey, Text

Service = Literal["europe-pmc", "clinicaltrials", "federal-register"]
#: What a reader calls each service, in the order of tables.
SERVICES: Mapping[Service, str] = {
    "europe-pmc": "Europe PMC",
    "clinicaltrials": "ClinicalTrials.gov",
    "federal-register": "Federal Register",
}
#: A registration announces a study and a notice a rule: neither is the article that may come of it.
CandidateKind = Literal["article", "registration", "notice"]
Verdict = Literal["include", "exclude", "later"]
#: What is checked: the registry's record of the work, notices about it, the registered trial, the web page.
Checked = Literal["work", "notice", "trial", "page"]
Outcome = Literal[
    "agrees", "differs", "unknown", "clear", "corrected", "concern", "retracted", "changed", "there", "moved", "gone",
    "refused",
]  # fmt: skip
#: What can come of each check; a work is "there" whose DOI another registry than Crossref keeps.
OUTCOMES: Mapping[Checked, tuple[Outcome, ...]] = {
    "work": ("agrees", "differs", "unknown", "there"),
    "notice": ("clear", "corrected", "concern", "retracted"),
    "trial": ("agrees", "differs", "unknown", "changed"),
    "page": ("there", "moved", "gone", "refused"),
}
#: Made of what identifies a record and of nothing else, so that it can name a file.
CandidateId = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]


class Query(Record):
    """Ask one service for one thing, again and again."""

    id: Slug
    service: Service
    terms: Terms = Field(description="in the language of the service")
    why: Text = Field(description="what it is meant to find")
    since: Day | None = Field(default=None, description="the first run asks from this day on; null asks for all")


class Run(Record):
    """Count what one run of a query brought."""

    query: Slug
    date: Day
    found: int = Field(ge=0, description="records that the service gave")
    known: int = Field(ge=0, description="of these: already a source, or in the queue, or found twice")
    new: int = Field(ge=0, description="of these: added to the queue")

    @model_validator(mode="after")
    def _adds_up(self) -> "Run":
        if self.known + self.new != self.found:
            raise ValueError(f"known ({self.known}) and new ({self.new}) do not add up to found ({self.found})")
        return self


class FoundRecord(Record):
    """Describe a record as a service gives it, cleaned."""

    id: CandidateId
    kind: CandidateKind = "article"
    title: Text
    authors: tuple[Text, ...] = Field(default=(), description='each as "Family, Given"')
    year: Year | None = None
    venue: str | None = Field(default=None, description="journal, register or agency")
    doi: Annotated[str, AfterValidator(DOI.checked)] | None = None
    pmid: str | None = Field(default=None, pattern=r"^[0-9]{1,9}$")
    registry: str | None = Field(default=None, description="the number of a registration, as NCT01234567")
    url: str | None = Field(default=None, pattern=r"^https?://[^\s<>\"]+$")
    status: str | None = Field(default=None, description="of a registered study")
    abstract: str | None = Field(default=None, description="kept until the record is decided on")


class Candidate(FoundRecord):
    """Describe a record that was found and waits for a decision, or had one."""

    query: Slug = Field(description="the query that found it first")
    date: Day = Field(description="the day on which it was found first")


class Decision(Record):
    """Keep what one person decided on one record; the file is named after the person."""

    id: CandidateId
    decision: Verdict
    date: Day
    reason: str | None = Field(default=None, description="why it was excluded")

    @model_validator(mode="after")
    def _exclusion_has_a_reason(self) -> "Decision":
        if self.decision == "exclude" and not (self.reason or "").strip():
            raise ValueError("a record is excluded for a reason; add reason: …")
        return self


class Check(Record):
    """Keep what came of one check of a source."""

    source: SourceKey
    what: Checked
    target: Text | None = Field(
        default=None, description="what was asked for: a DOI, a number, an address; another one was not checked yet"
    )
    date: Day = Field(description="the last time it was asked and answered")
    outcome: Outcome
    since: Day = Field(description="the first day with this outcome and this value")
    value: str | None = Field(
        default=None, description="what was seen: DOIs of notices, the state of a trial, an address"
    )
    note: str | None = Field(default=None, description="differences, and what to write instead")

    @model_validator(mode="after")
    def _fits_what_was_checked(self) -> "Check":
        if self.outcome not in OUTCOMES[self.what]:
            raise ValueError(f'a {self.what} is never "{self.outcome}"; write one of {", ".join(OUTCOMES[self.what])}')
        if self.since > self.date:
            raise ValueError(f"since ({self.since}) is after date ({self.date}), when it was last asked; correct one")
        return self


@dataclass(frozen=True)
class Surveillance:
    """Hold queries, their runs, records found, decisions by person, and checks of sources."""

    queries: Mapping[str, Query] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()
    candidates: Mapping[str, Candidate] = field(default_factory=dict)
    #: By person and number of the entry in the person's file, as ada-example/0, in the order of the files.
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    entries: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    files: tuple[Path, ...] = ()

    @cached_property
    def checks_of(self) -> Mapping[str, Mapping[Checked, Check]]:
        """Map each source to its checks by what was checked."""
        found: dict[str, dict[Checked, Check]] = defaultdict(dict)
        for check in self.checks:
            found[check.source][check.what] = check
        return dict(found)

    @cached_property
    def decided(self) -> Mapping[str, Mapping[str, Decision]]:
        """Map each record to the last decision of each person on it: of the latest day, and there the lowest line.

        The day counts first, because git puts the lines of two branches one below the other.
        """
        found: dict[str, dict[str, Decision]] = defaultdict(dict)
        for name, made in sorted(self.decisions.items(), key=lambda item: item[1].date):
            found[made.id][name.rpartition("/")[0]] = made
        return dict(found)

    def runs_of(self, query: str) -> list[Run]:
        """List the runs of a query."""
        return [run for run in self.runs if run.query == query]

    def last_run(self, query: str) -> dt.date | None:
        """Give the day of the last run of a query; None when it never ran."""
        return max((run.date for run in self.runs_of(query)), default=None)


#: The records of each file that a search, a screening or a check writes, by the name of the file.
RECORDS: dict[str, type[Record]] = {
    "watch": Query,
    "runs": Run,
    "queue": Candidate,
    "decisions": Decision,
    "checks": Check,
}
