"""Word validation errors for the person who has to mend the entry."""

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is no key of this record; remove it or mend its spelling",
    "string_type": "must be text",
    "int_type": "must be a number",
    "float_type": "must be a number",
    "tuple_type": "must be a list, as [one, two]",
    "dict_type": "must hold keys and values",
    "model_type": "must hold keys and values",
    "date_type": "must be a date, as 2026-11-22",
    "bool_type": "must be true or false",
    "string_too_short": "is empty",
    "too_short": "is empty; name at least one",
}


def described(error: Mapping[str, Any]) -> str:
    """Say which key is wrong, what stands there, and what to write instead."""
    place = ".".join(
        str(part) for part in error["loc"] if not str(part).startswith(("int", "float", "function-", "str"))
    )
    given, kind = error.get("input"), error["type"]
    if kind == "value_error":
        return f"{place}: {error['ctx']['error']}" if place else str(error["ctx"]["error"])
    if kind == "literal_error":
        allowed = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return f'{place} "{given}" is none of {allowed}'
    if kind == "string_pattern_mismatch":
        return f'{place} "{given}" does not have the form {error["ctx"]["pattern"]}'
    if kind in _WORDS:
        told = f" (it is {given!r})" if kind.endswith("_type") else ""
        return f"{place} {_WORDS[kind]}{told}"
    return f"{place}: {error['msg']}"
