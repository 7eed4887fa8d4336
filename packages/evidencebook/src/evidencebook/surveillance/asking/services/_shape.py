"""Look into an answer that may have any shape."""

from typing import Any

from evidencebook.surveillance.asking.client import NoAnswerError


def part(value: Any, *path: str | int) -> Any:
    """Give what stands at a path, or nothing."""
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def several(value: Any, *path: str | int) -> list[Any]:
    """Give the list at a path, or an empty one."""
    found = part(value, *path)
    return found if isinstance(found, list) else []


def demanded(service: str, value: Any, *path: str | int) -> list[Any]:
    """Give the list at a path, without which the answer is none."""
    found = part(value, *path)
    if not isinstance(found, list):
        place = ".".join(map(str, path))
        raise NoAnswerError(f"{service} gave an answer of another shape: there is no list {place}")
    return found


def number(value: Any) -> int | None:
    """Give a count, which some services write as text."""
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) < 12 and not isinstance(value, bool) else None


def token(value: Any) -> str | None:
    """Give the sign of the next page, or nothing."""
    return value if isinstance(value, str) and 0 < len(value) < 5_000 else None
