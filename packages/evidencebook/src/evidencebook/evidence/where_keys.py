"""Hold the free keys of a finding to what their names say: a year is one, and a dose is not below 0."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationInfo

from evidencebook.evidence.fields import FieldError, checked_year, edition_of, measured, month_or_day

_AMOUNT = re.compile(r"(?:^|_)(?:u?g|mg|kg|mL|weeks|days|hours|h|per_day|laboratories)$")
#: Keys whose values have a form: the format, and what to write.
_FORMS = {
    "phone": (re.compile(r"\+?\d[\d ()-]*"), "a number to call; write digits, as '1-800-222-1222'"),
    "sha256": (re.compile(r"[0-9a-f]{64}"), "a checksum; write its 64 digits"),
}
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
    if key in ("year", "years"):
        if not (found := _YEARS.fullmatch(str(value))):
            raise ValueError(f'"{value}" is no year; write 2019, or "2017-2019"')
        years = [checked_year(int(one), edition_of(info)) for one in found.groups() if one]
        if years != sorted(years):
            raise ValueError(f"{value} is out of order; write the earlier year first")
    if key in _FORMS and not _FORMS[key][0].fullmatch(str(value)):
        raise ValueError(f'"{value}" is not {_FORMS[key][1]}')
    if key == "date" and re.fullmatch(r"[\d-]+-[\d-]+", str(value)):
        month_or_day(str(value))
