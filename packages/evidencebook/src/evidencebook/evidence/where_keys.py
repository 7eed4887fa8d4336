"""Hold the free keys of a finding to what their names say: a year is one, and a dose is not below 0."""

import re
from collections.abc import Mapping
from math import inf
from typing import Any

from pydantic import ValidationInfo

from evidencebook.evidence import quantities, units
from evidencebook.evidence.fields import FieldError, checked_year, edition_of, measured, month_or_day

_AMOUNT = re.compile(r"(?:^|_)(?:u?g|mg|kg|mL|weeks|days|hours|h|per_day|laboratories)$")
#: Keys whose values have a form: the format, and what to write.
_FORMS = {
    "phone": (
        re.compile(r"(?=(?:\D*\d){2,15}\D*$)\+?\d[\d ()-]*"),
        "a number to call; write digits, as '1-800-222-1222'",
    ),
    "sha256": (re.compile(r"[0-9a-f]{64}"), "a checksum; write its 64 digits"),
}
_TIMES = {key: many for key, many in units.YEARS.items() if not key.startswith("year")}
_YEARS = re.compile(r"(\d{4})(?:[-–](\d{4}))?")


def checked_where(where: Mapping[str, Any], info: ValidationInfo) -> Mapping[str, Any]:
    """Return the keys; raise FieldError for a year, a date or an amount that cannot be one."""
    faults = []
    for key, value in where.items():
        try:
            _check(key, value, info)
        except ValueError as wrong:
            faults.append(((key,), str(wrong)))
    if faults:
        raise FieldError(faults)
    return where


def _check(key: str, value: Any, info: ValidationInfo) -> None:
    """Raise ValueError for a value that cannot be what its key says."""
    if isinstance(value, int | float) and measured(value) < 0 and _AMOUNT.search(key):
        raise ValueError(f"{value} is below 0; correct it")
    if isinstance(value, int | float) and value > quantities.OLDEST * _TIMES.get(key, inf):
        raise ValueError(f"{value} {key} are longer than anyone lives; correct it")
    if key in ("year", "years"):
        if not (found := _YEARS.fullmatch(str(value))):
            raise ValueError(f'"{value}" is no year; write 2019, or "2017-2019"')
        years = [checked_year(int(one), edition_of(info)) for one in found.groups() if one]
        if years != sorted(years):
            raise ValueError(f"{value} is out of order; write the earlier year first")
    if key in _FORMS and not _FORMS[key][0].fullmatch(str(value)):
        raise ValueError(f'"{value}" is not {_FORMS[key][1]}')
    if _AMOUNT.search(key) and not re.search(r"\d|^(?:no|none|not|un|any|var)", str(value)):
        raise ValueError(f'"{value}" has no number, and the key is one of an amount; write digits')
    if key == "allocation" and str(value).lower().startswith("rand") and value != "random":
        raise ValueError(f'"{value}" is not read by the grading; write random')
    if key == "date" and re.fullmatch(r"[\d-]+-[\d-]+", str(value)):
        month_or_day(str(value), edition_of(info))
    if key == "date" and re.fullmatch(r"\d{4}", str(value)):
        checked_year(int(value), edition_of(info))
