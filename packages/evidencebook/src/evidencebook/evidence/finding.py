"""Define the record of one reported result, and what must hold between its numbers."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from evidencebook.evidence import quantities, units
from evidencebook.evidence.fields import FieldError, FindingId, Number, Record, Slug, SourceKey, Text
from evidencebook.evidence.subject import subject_of
from evidencebook.evidence.vocabulary import Seen, SpreadKind
from evidencebook.evidence.where_keys import checked_where


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
            if self.value < 0:
                raise ValueError(f"a spread of kind {self.kind} is not below 0, and {self.value} is; correct it")
        elif self.value is not None or not (pair or (self.kind == "range" and (self.low, self.high) != (None, None))):
            raise ValueError(
                f"a spread of kind {self.kind} takes low and high, as {{kind: {self.kind}, low: 1, high: 2}}"
            )
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low ({self.low}) is above high ({self.high})")
        if self.low == self.high and self.low is not None and self.kind.startswith("ci"):
            raise ValueError(f"low and high are both {self.low}, and an interval has a width; correct one of them")
        return self


class Finding(Record):
    """State one reported result as its source gives it; a finding never judges."""

    id: FindingId
    source: SourceKey
    about: Text = Field(description="what is reported, one sentence of ours")
    measure: Text = Field(description="the field's standard name for what was measured")
    value: Number | None = Field(default=None, description="the number, or null for a finding in words or a range")
    unit: str | None = Field(default=None, description="of measurement, as ng/mL; % and counted things are units too")
    spread: Spread | None = None
    n: int | None = Field(default=None, ge=1, le=10**10, description="how many were studied: the denominator")
    population: Text
    where: Annotated[
        dict[Slug | Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], Text | int | float | bool],
        AfterValidator(checked_where),
    ] = Field(default_factory=dict, description="free keys that become columns, as {species: human}")
    comparator: Text | None = None
    locator: Text = Field(description="where in the source")
    seen: Seen
    caution: Text | None = None

    @field_validator("unit")
    @classmethod
    def _unit_parses(cls, unit: str | None, info: ValidationInfo) -> str | None:
        return unit if unit is None else units.checked(unit, subject_of(info).units)

    @model_validator(mode="after")
    def _numbers_fit_together(self) -> "Finding":
        if faults := list(_check_numbers(self)):
            raise FieldError(((key,), told) for key, told in faults)
        return self


def _check_numbers(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield the key and what is wrong with its number beside measure, unit, spread and n."""
    measure, unit, spread = finding.measure, finding.unit, finding.spread
    ends = {"low": spread.low, "high": spread.high} if spread else {}
    numbers = {name: number for name, number in {"value": finding.value, **ends}.items() if number is not None}
    if unit is None:
        if numbers or spread:
            yield "value", 'a number needs a unit; write unit: ratio for a pure number, or unit: "%"'
        return
    for end, number in numbers.items():
        what = "range" if spread and spread.kind == "range" and end != "value" else end
        if told := quantities.impossible(measure, unit, number, what):
            yield "value" if end == "value" else "spread", told
    value, low, high = numbers.get("value"), numbers.get("low"), numbers.get("high")
    yield from _check_spread(finding, unit)
    if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        yield "value", f"{value} is outside its own spread, {low} to {high}; correct one of them"
    elif value is not None and quantities.lopsided(unit, value, low, high):
        yield "spread", f"{low} to {high} has {value} near one end, as no interval of a ratio has; correct it"
    if finding.comparator and finding.comparator == finding.population:
        yield "comparator", "is the population itself; name those with whom it was compared"
    if not finding.comparator and quantities.compares(measure, unit):
        yield "unit", f"{unit} compares two groups, and no comparator is named; write one"
    if value is not None and finding.n and quantities.exceeds(measure, unit, value, finding.n, finding.where):
        yield (
            "value",
            f"{value} {unit} of {finding.n} studied; correct one, or say in measure that it is weighted or an "
            "estimate, or in where: what n counted instead",
        )


def _check_spread(finding: Finding, unit: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a unit that has no number, and with a spread beside value, unit and n."""
    spread = finding.spread
    if finding.value is None and not spread:
        yield "unit", f"{unit} is the unit of no number; give value or a range, or take the unit out"
    if spread and spread.kind != "range" and finding.value is None:
        yield "spread", f"{spread.kind} is a spread around a value, and there is none; give value"
    if spread and finding.n == 1:
        yield "spread", f"one alone has no {spread.kind}; correct n, or take the spread out"
    if spread and spread.value and spread.value > quantities.widest(finding.measure, unit):
        yield "spread", f"{spread.kind} {spread.value} is wider than all that {unit} can be; correct it"
