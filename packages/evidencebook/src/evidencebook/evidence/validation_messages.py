"""Word validation errors for the person who has to mend the entry."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from evidencebook.evidence.fields import FieldError

Place = tuple[int | str, ...]

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is an unknown key; remove it or correct its spelling",
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
    "finite_number": "must be a number",
}


#: What pydantic adds to a place beside the keys: which member of a union it tried, and that a key itself is meant.
_TRIED = frozenset({"str", "int", "float", "bool", "constrained-str", "[key]"})


def located_errors(wrong: ValidationError) -> Iterator[tuple[Place, str]]:
    """Yield each fault of a record with its place: the key itself, or what should hold the key that is missing."""
    for error in wrong.errors():
        place, cause = error["loc"], error.get("ctx", {}).get("error")
        if isinstance(cause, FieldError):
            for below, message in cause.faults:
                yield (*place, *below), f"{'.'.join(_keys((*place, *below)))}: {message}"
        else:
            yield place[:-1] if error["type"] == "missing" else place, describe_error(error)


def describe_error(error: Mapping[str, Any]) -> str:
    """Say which key is wrong, what stands there, and what to write instead; `error` as pydantic gives it."""
    place = ".".join(_keys(error["loc"]))
    given, kind = error.get("input"), error["type"]
    if kind == "value_error":
        return f"{place}: {error['ctx']['error']}" if place else str(error["ctx"]["error"])
    if kind == "literal_error":
        allowed = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return f'{place} "{given}" is none of {allowed}'
    if kind == "string_pattern_mismatch":
        return f'{place} "{given}" does not have the form {error["ctx"]["pattern"]}'
    if kind in _WORDS:
        found = f" (it is {given!r})" if kind.endswith("_type") else ""
        return f"{place} {_WORDS[kind]}{found}"
    return f"{place}: {error['msg']}"


def _keys(place: Sequence[int | str]) -> Iterator[str]:
    """Yield the keys and positions of a place; a key of `where` may have any name, that of a type included."""
    for before, part in pairwise(("", *map(str, place))):
        if before == "where" or not (part in _TRIED or part.startswith("function-")):
            yield part
