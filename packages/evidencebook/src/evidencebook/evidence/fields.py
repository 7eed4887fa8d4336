"""Declare the types of which the fields of records are made; what does not hold of a field is refused by its type."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

#: Nothing that a record dates happened before, and a year far ahead is a slip of the hand.
_FIRST, _OLDEST, _LAST = 1900, 1500, 2100
_MOST = 10**15
_LONGEST_TEXT, _LONGEST_WORD = 20_000, 200


class FieldError(ValueError):
    """Carry what is wrong between the keys of a record: for each fault the place below the record, and the message."""

    def __init__(self, faults: Iterable[tuple[tuple[str | int, ...], str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(message for _, message in self.faults))


def visible(text: str) -> str:
    """Return the text; raise ValueError when it has neither a letter nor a digit, or has no end.

    The bounds keep every later look at a text short, whatever stands in the file.
    """
    if len(text) > _LONGEST_TEXT or max(map(len, text.split()), default=0) > _LONGEST_WORD:
        raise ValueError(
            f"is longer than {_LONGEST_TEXT} letters, or has a word of more than {_LONGEST_WORD}; shorten it"
        )
    if not any(map(str.isalnum, text)):
        raise ValueError("holds no word; write one, or leave the key out where it may be left out")
    return text


def measured(number: float) -> float:
    """Return the number; raise ValueError when nothing that was counted or measured is so large."""
    if abs(number) > _MOST:
        raise ValueError(f"{number} is more than anything that was counted or measured; correct it")
    return number


def asked(terms: str) -> str:
    """Return the terms of a search; raise ValueError for those that no service can have been asked."""
    if terms.count("(") != terms.count(")") or terms.count('"') % 2:
        raise ValueError("holds half a pair of brackets or quotation marks; close it")
    if alone := re.search(r"^(?:AND|OR)\b|\b(?:AND|OR|NOT)$|\b(?:AND|OR|NOT) +(?:AND|OR)\b", terms.strip()):
        raise ValueError(f'"{alone[0]}" stands with nothing to join; write what it joins, or leave it out')
    return terms


def edition_of(info: ValidationInfo) -> dt.date | None:
    """Give the day of the edition, which is not known wherever no book stands around the evidence."""
    return (info.context or {}).get("day")


def checked_day(day: dt.date, edition: dt.date | None = None) -> dt.date:
    """Return the day; raise ValueError when it is of another age than this, or after the edition."""
    if not _FIRST <= day.year <= _LAST:
        raise ValueError(f"{day} is before {_FIRST} or after {_LAST}; correct the year")
    if edition and day > edition:
        raise ValueError(
            f"{day} is after the day of this edition, {edition}; correct it, or set today: in book/_config.yml"
        )
    return day


def month_or_day(text: str, edition: dt.date | None = None) -> str:
    """Return 2026-11 or 2026-11-22; raise ValueError for a month of 13, a day that the month has not, and as above."""
    try:
        day = dt.date.fromisoformat(text if len(text) > len("2026-11") else f"{text}-01")
    except ValueError as broken:
        raise ValueError(f"{text} is no date ({broken}); write 2026-11-22, or 2026-11 where no day is known") from None
    checked_day(day, edition)
    return text


def checked_year(number: int, edition: dt.date | None = None) -> int:
    """Return the year; raise ValueError when it is more than one after the edition's: journals date ahead."""
    if not _OLDEST <= number <= (edition.year + 1 if edition else _LAST):
        raise ValueError(f"{number} is no year of a work, or still to come; correct it")
    return number


SourceKey = Annotated[
    str,
    Field(pattern=r"^[^\s,{}()\"'#%\\=~<>`]{1,100}$", description="BibTeX key; new ones are surname + year + word"),
]
FindingId = Annotated[str, Field(pattern=r"^[A-Z]+-[0-9]{3,}$", description="topic prefix and number, as PK-001")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="kebab-case name")]
AssertionId = Annotated[str, Field(pattern=r"^A[0-9]{2,}$")]
Text = Annotated[str, Field(min_length=1), AfterValidator(visible)]
Terms = Annotated[Text, AfterValidator(asked)]
Number = Annotated[int | Annotated[float, Field(allow_inf_nan=False)], AfterValidator(measured)]
#: A day, or a month where only the month was recorded: a day is never guessed.
When = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"),
    AfterValidator(lambda text, info: month_or_day(text, edition_of(info))),
]
Day = Annotated[dt.date, AfterValidator(lambda day, info: checked_day(day, edition_of(info)))]
Year = Annotated[int, AfterValidator(lambda number, info: checked_year(number, edition_of(info)))]


class Record(BaseModel):
    """Refuse unknown keys, wrong types and later changes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def as_json(record: Record) -> dict[str, Any]:
    """Turn a record into plain JSON values, in the order of its fields."""
    return record.model_dump(mode="json")
