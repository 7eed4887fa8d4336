"""Define the records of the evidence base; what is not declared here is refused."""

import datetime as dt

from pydantic import Field, model_validator

from evidencebook.evidence.fields import (
    AssertionId,
    Day,
    FieldError,
    FindingId,
    Number,
    Record,
    Slug,
    SourceKey,
    Terms,
    Text,
    When,
    as_json,
)
from evidencebook.evidence.finding import Finding, Spread
from evidencebook.evidence.source import Source
from evidencebook.evidence.subject import GroupName
from evidencebook.evidence.vocabulary import (
    RAISING,
    Certainty,
    Domain,
    ExclusionKind,
    Step,
    Verdict,
)

__all__ = [
    "Assertion",
    "Change",
    "Claim",
    "Effect",
    "Exclusion",
    "Finding",
    "Number",
    "Outcome",
    "Reason",
    "Record",
    "Search",
    "Slug",
    "Source",
    "SourceKey",
    "Spread",
    "Text",
    "as_json",
]


class Search(Record):
    """Keep what was looked for and not found."""

    id: Slug
    question: Text
    where: Text
    terms: Terms
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

    date: Day
    what: Text


class Claim(Record):
    """State one sentence of ours, its certainty, and what it rests on."""

    id: Slug
    statement: Text
    applies_to: GroupName
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
    stated: Day = Field(description="day on which it was first stated; never changed")
    checked: Day = Field(description="day on which it was last held against the evidence")
    history: tuple[Change, ...] = Field(default=(), description="later changes of wording or certainty, oldest first")

    @property
    def changed(self) -> dt.date | None:
        """Give the day of the last change, if there was one."""
        return self.history[-1].date if self.history else None

    @model_validator(mode="after")
    def _days_follow_each_other(self) -> "Claim":
        days = [self.stated, *(change.date for change in self.history), self.checked]
        if days == sorted(days):
            return self
        places = [("stated",), *(("history", at) for at in range(len(self.history))), ("checked",)]
        others = [days[:at] + days[at + 1 :] for at in range(len(days))]
        # The day without which the others are in order; the first is never changed, so it is the last to be doubted.
        place = next((places[at] for at in range(1, len(days)) if others[at] == sorted(others[at])), places[0])
        told = ", ".join(day.isoformat() for day in days)
        told = f"dates out of order, {told}; the order is stated, each change of history, checked"
        raise FieldError([(place, told)])

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
        domains = [reason.domain for reason in self.because]
        if twice := next((one for at, one in enumerate(domains) if one in domains[:at]), None):
            told = f"names {twice} twice; keep one, with the sum of both steps"
            raise FieldError([(("because", len(domains) - 1 - domains[::-1].index(twice)), told)])
        if self.argument and not any(reason.step > 0 for reason in self.because):
            told = "says why the certainty is raised, and no step raises it; take it out"
            raise FieldError([(("argument",), told)])
        if not graded and self.because:
            told = f"is {self.certainty} and gives GRADE domains; say it under caution: and drop because:"
            raise FieldError([(("certainty",), told)])
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


class Result(Record):
    """Keep what an analysis computed and a claim states; the id is its page under analyses/."""

    id: Slug
    numbers: dict[str, Number] = Field(min_length=1)


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
