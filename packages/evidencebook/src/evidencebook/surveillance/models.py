"""Define what a living book keeps: queries and their runs, records found, decisions on them, checks of sources."""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from evidencebook.evidence.models import Record, Slug, SourceKey, Text

Service = Literal["pubmed", "europe-pmc", "crossref", "clinicaltrials", "federal-register"]
#: A registration announces a study and a notice a rule: neither is the article that may come of it.
CandidateKind = Literal["article", "registration", "notice"]
Verdict = Literal["include", "exclude", "later"]
#: What is checked: the work that a DOI names, notices about it, the PubMed record, the registered trial, the web page.
Checked = Literal["work", "notice", "pmid", "trial", "page"]
Outcome = Literal[
    # of a work, a PubMed record, a trial
    "agrees",
    "differs",
    "unknown",
    # of notices
    "clear",
    "corrected",
    "concern",
    "retracted",
    # of a trial
    "changed",
    # of a page; the first also of a DOI that another registry than Crossref keeps
    "there",
    "moved",
    "gone",
    "refused",
    # of anything; verify never writes it, since an answer never got is no check
    "no answer",
]
#: Made of what identifies a record and of nothing else, so that it can name a file.
CandidateId = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]


class Run(Record):
    """Count what one run of a query brought."""

    date: dt.date
    found: int = Field(ge=0, description="records that the service gave and that the query wanted")
    known: int = Field(ge=0, description="of these: already a source, or in the queue, or found twice")
    new: int = Field(ge=0, description="of these: added to the queue")

    @model_validator(mode="after")
    def _adds_up(self) -> "Run":
        if self.known + self.new != self.found:
            raise ValueError(f"known ({self.known}) and new ({self.new}) do not add up to found ({self.found})")
        return self


class Query(Record):
    """Ask one service for one thing, again and again."""

    id: Slug
    service: Service
    terms: Text = Field(description="in the language of the service")
    why: Text = Field(description="what it is meant to find")
    require: tuple[Text, ...] = Field(
        default=(), description="keep only records whose title or abstract has one of these"
    )
    since: dt.date | None = Field(default=None, description="the first run asks from this day on; null asks for all")
    runs: tuple[Run, ...] = Field(default=(), description="written by watch, oldest first; empty: never run")

    @property
    def last_run(self) -> dt.date | None:
        """Give the day of the last run; nothing when it never ran."""
        return max((run.date for run in self.runs), default=None)


class Sighting(Record):
    """Say where and when a record was found."""

    query: Slug
    service: Service
    date: dt.date


class Candidate(Record):
    """Describe a record that was found and waits for a decision, or had one."""

    id: CandidateId
    kind: CandidateKind = "article"
    title: Text
    authors: tuple[Text, ...] = Field(default=(), description='each as "Family, Given"')
    year: int | None = None
    venue: str | None = Field(default=None, description="journal, register or agency")
    doi: str | None = None
    pmid: str | None = Field(default=None, pattern=r"^[0-9]{1,9}$")
    registry: str | None = Field(default=None, description="the number of a registration, as NCT01234567")
    url: str | None = Field(default=None, pattern=r"^https?://[^\s<>\"]+$")
    status: str | None = Field(default=None, description="of a registered study")
    abstract: str | None = Field(default=None, description="kept until the record is decided on")
    found: tuple[Sighting, ...] = Field(min_length=1)

    @field_validator("doi")
    @classmethod
    def _doi_is_one(cls, doi: str | None) -> str | None:
        if doi is not None and not re.fullmatch(r"10\.[0-9]{4,9}/[^\s{}]+", doi):
            raise ValueError(f'"{doi}" is no DOI; write it bare, as 10.1000/xyz123')
        return doi


class Decision(Record):
    """Keep what one person decided on one record; the file is named after the person."""

    id: CandidateId
    decision: Verdict
    date: dt.date
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
    date: dt.date = Field(description="the last time it was asked and answered")
    outcome: Outcome
    since: dt.date = Field(description="the first day with this outcome and this value")
    value: str | None = Field(
        default=None, description="what was seen: DOIs of notices, the state of a trial, an address"
    )
    note: str | None = Field(default=None, description="differences, and what to write instead")
