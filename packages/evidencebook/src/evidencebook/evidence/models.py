"""Define the records of the evidence base; what is not declared here is refused."""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from evidencebook.evidence import units
from evidencebook.evidence.vocabulary import (
    RAISING,
    AppliesTo,
    Certainty,
    Design,
    Domain,
    ExclusionKind,
    Flag,
    Seen,
    SpreadKind,
    Step,
    Verdict,
)

SourceKey = Annotated[
    str, Field(pattern=r"^[^\s,{}()\"'#%\\=~]+$", description="BibTeX key; new ones are surname + year + word")
]
FindingId = Annotated[str, Field(pattern=r"^[A-Z]+-[0-9]{3,}$", description="topic prefix and number, as PK-001")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="kebab-case name")]
AssertionId = Annotated[str, Field(pattern=r"^A[0-9]{2,}$")]
Text = Annotated[str, Field(min_length=1)]
Number = int | Annotated[float, Field(allow_inf_nan=False)]
#: A day, or a month where only the month was recorded: a day is never guessed.
When = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$")]


class Record(BaseModel):
    """Refuse unknown keys, wrong types and later changes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Spread(Record):
    """Say how far the values lie apart: one value (sd, sem, se), or low and high."""

    kind: SpreadKind
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _has_numbers(self) -> "Spread":
        pair = self.low is not None and self.high is not None
        if self.kind in {"sd", "sem", "se"}:
            if self.value is None or self.low is not None or self.high is not None:
                raise ValueError(f"a spread of kind {self.kind} takes one number, as {{kind: {self.kind}, value: 1.5}}")
        elif self.value is not None or not (pair or (self.kind == "range" and (self.low, self.high) != (None, None))):
            raise ValueError(
                f"a spread of kind {self.kind} takes low and high, as {{kind: {self.kind}, low: 1, high: 2}}"
            )
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low ({self.low}) is above high ({self.high})")
        return self


class Finding(Record):
    """State one reported result as its source gives it; a finding never judges."""

    id: FindingId
    source: SourceKey
    about: Text = Field(description="what is reported, one sentence of ours")
    measure: Text = Field(description="the field's standard name for what was measured")
    value: Number | None = Field(default=None, description="the number, or null for a finding in words or a range")
    unit: str | None = Field(default=None, description="parsed by pint; % and counted things are units too")
    spread: Spread | None = None
    n: int | None = Field(default=None, ge=0, description="how many were studied: the denominator")
    population: Text
    where: dict[Slug | Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], str | int | float | bool] = Field(
        default_factory=dict, description="free keys that become columns, as {species: human}"
    )
    comparator: str | None = None
    locator: Text = Field(description="where in the source")
    seen: Seen
    caution: str | None = None

    @field_validator("unit")
    @classmethod
    def _unit_parses(cls, unit: str | None) -> str | None:
        return unit if unit is None else units.checked(unit)

    @model_validator(mode="after")
    def _numbers_have_units(self) -> "Finding":
        if (self.value is not None or self.spread is not None) and self.unit is None:
            raise ValueError('a number needs a unit; write unit: ratio for a pure number, or unit: "%"')
        return self


class Search(Record):
    """Keep what was looked for and not found."""

    id: Slug
    question: Text
    where: Text
    terms: Text
    date: When
    result: Text


class Reason(Record):
    """Name one GRADE domain, how many levels it moves the certainty, and what in the evidence says so."""

    domain: Domain
    step: Step = Field(description="levels lowered (-1, -2) or raised (1, 2); 0: considered, and not moved")
    note: Text

    @model_validator(mode="after")
    def _step_has_the_sign_of_its_domain(self) -> "Reason":
        if self.step < 0 and self.domain in RAISING:
            raise ValueError(f"{self.domain} can only raise a certainty; write step: 0, 1 or 2")
        if self.step > 0 and self.domain not in RAISING:
            raise ValueError(f"{self.domain} can only lower a certainty; write step: 0, -1 or -2")
        return self


class Effect(Record):
    """Name the findings that fill a claim's row in a summary of findings."""

    outcome: Text = Field(description="what was counted, in few words")
    size: FindingId | None = Field(default=None, description="how many studies, with their people as n")
    relative: FindingId | None = Field(default=None, description="the ratio")
    without: FindingId | None = Field(default=None, description="the risk or rate without it")
    exposed: FindingId | None = Field(default=None, description="the risk or rate with it; computed if left out")


class Change(Record):
    """Note a later change of wording or certainty."""

    date: dt.date
    what: Text


class Claim(Record):
    """State one sentence of ours, its certainty, and what it rests on."""

    id: Slug
    statement: Text
    applies_to: AppliesTo
    certainty: Certainty
    because: tuple[Reason, ...] = Field(default=(), description="start and steps add up to the certainty")
    argument: Text | None = Field(default=None, description="why GRADE allows the raise")
    caution: Text | None = Field(default=None, description="what to beware of in a claim that is not graded")
    effect: Effect | None = Field(default=None, description="its row in a summary of findings")
    would_change: Text
    findings: tuple[FindingId, ...] = ()
    searches: tuple[Slug, ...] = ()
    analyses: tuple[Slug, ...] = Field(default=(), description="pages under analyses/ whose result it states")
    against: tuple[FindingId, ...] = ()
    outcomes: tuple[Slug, ...] = Field(default=(), description="rows of the evidence map that it speaks to")
    about_pages: bool = Field(default=False, description="true if it only says what web pages say")
    stated: dt.date = Field(description="day on which it was first stated; never changed")
    checked: dt.date = Field(description="day on which it was last held against the evidence")
    history: tuple[Change, ...] = Field(default=(), description="later changes of wording or certainty, oldest first")

    @property
    def changed(self) -> dt.date | None:
        """Give the day of the last change, if there was one."""
        return self.history[-1].date if self.history else None

    @model_validator(mode="after")
    def _days_follow_each_other(self) -> "Claim":
        days = [self.stated, *(change.date for change in self.history), self.checked]
        if days != sorted(days):
            told = ", ".join(day.isoformat() for day in days)
            raise ValueError(f"dates out of order, {told}; the order is stated, each change of history, checked")
        return self

    @model_validator(mode="after")
    def _rests_on_something(self) -> "Claim":
        if not (self.findings or self.searches or self.analyses):
            raise ValueError("rests on nothing; name at least one finding, search or analysis")
        return self

    @model_validator(mode="after")
    def _reasons_fit_the_certainty(self) -> "Claim":
        graded = self.certainty not in ("no evidence", "not graded")
        if graded and not self.because:
            raise ValueError("is graded without a reason; add because: [{domain: …, step: …, note: …}]")
        if not graded and self.because:
            raise ValueError(f"is {self.certainty} and gives GRADE domains; say it under caution: and drop because:")
        alone = bool(self.searches) and not (self.findings or self.analyses or self.against)
        if self.certainty == "no evidence" and not alone:
            raise ValueError("has no evidence only where it rests on searches alone; grade what its findings show")
        if alone and self.certainty != "no evidence":
            raise ValueError("rests on searches alone; write certainty: no evidence")
        return self


class Assertion(Record):
    """Answer one statement of the text under examination."""

    id: AssertionId
    section: Text
    kind: Text | None = None
    statement: Text
    verdict: Verdict = Field(description="how the statement stands, not how sure the evidence is")
    answer: Text
    fair: Text | None = Field(default=None, description="what a fair sentence would have been")
    claims: tuple[Slug, ...] = Field(min_length=1, description="what the verdict rests on, the nearest first")
    against: tuple[Slug, ...] = Field(default=(), description="those of the claims that speak against the statement")


class Outcome(Record):
    """Name something that evidence may be had on: one row of the evidence map."""

    id: Slug
    name: Text = Field(description="two or three words")
    group: Text = Field(description="rows of one group stand together")


class Exclusion(Record):
    """Say why sources or findings that were seen are not used."""

    reason: Text
    kind: ExclusionKind | None = Field(default=None, description="what sort of reason it is, so that it can be counted")
    sources: tuple[SourceKey, ...] = ()
    findings: tuple[FindingId, ...] = ()

    @model_validator(mode="after")
    def _names_something(self) -> "Exclusion":
        if not (self.sources or self.findings):
            raise ValueError("names no source and no finding")
        return self


class Source(Record):
    """Describe one bibliography entry: what it is and what was seen of it."""

    key: SourceKey
    kind: Text
    title: Text
    authors: tuple[str, ...]
    year: int | None
    letter: str = Field(default="", description="behind the year, where several sources share author and year")
    design: Design
    flags: tuple[Flag, ...] = ()
    seen: Seen | None
    note: str = ""
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    fields: dict[str, str] = Field(default_factory=dict, repr=False)

    @field_validator("doi")
    @classmethod
    def _doi_is_one(cls, doi: str | None) -> str | None:
        if doi is not None and not re.fullmatch(r"10\.[0-9]{4,9}/[^\s{}]+", doi):
            raise ValueError(f'"{doi}" is no DOI; write it bare, as 10.1000/xyz123, or leave the field out')
        return doi

    @property
    def dated(self) -> str:
        """Write the year with its letter, as "2020a" or "n.d.-a"."""
        return f"{self.year}{self.letter}" if self.year else "n.d." + (f"-{self.letter}" if self.letter else "")

    @property
    def href(self) -> str | None:
        """Give the address to send a reader to: DOI, else PubMed, else the page."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url


def as_json(record: Record) -> dict[str, Any]:
    """Turn a record into plain JSON values, in the order of its fields."""
    return record.model_dump(mode="json")
