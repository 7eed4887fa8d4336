"""Remember from one run to the next what was made of a text: who edits one file has one file read.

What a remembered function returns depends on its arguments alone. The file belongs to one state of this package and
of the libraries beside it; one that cannot be read counts as none.
"""

import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.digests import software

_P = ParamSpec("_P")
_R = TypeVar("_R")
_before: dict[bytes, Any] = {}
_asked: dict[bytes, Any] | None = None


def file(pages: Path, name: str) -> Path:
    """Name a file of memories of the book that has its pages in a folder."""
    return pages / "_build" / ".memo" / name


def remembered(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Take the result of a function of plain arguments, which are no sets, from the open file, where it knows it."""

    @wraps(function)
    def asked(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if _asked is None:
            return function(*args, **kwargs)
        name = f"{function.__module__}.{function.__qualname__}"
        key = blake2b(f"{name}{args!r}{sorted(kwargs.items())!r}".encode(), digest_size=16).digest()
        if key not in _asked:
            _asked[key] = _before[key] if key in _before else function(*args, **kwargs)
        return _asked[key]  # type: ignore[no-any-return]  # what this function returned

    return asked


@contextmanager
def kept_in(place: Path, *, keep: bool = True) -> Iterator[None]:
    """Open the file for the time of the block, and then keep what was asked for, if that was not the same."""
    global _before, _asked  # noqa: PLW0603  one file is open at a time
    state = (software(), sys.version)
    try:
        found, before = pickle.loads(place.read_bytes())  # noqa: S301  we wrote it, into the folder of builds
        _before = before if found == state else {}
    except Exception:  # left half written, or by an older package
        _before = {}
    _asked = {}
    try:
        yield
        if keep and _asked.keys() != _before.keys():
            with suppress(OSError):  # it is only slower then
                write_together({place: pickle.dumps((state, _asked), protocol=pickle.HIGHEST_PROTOCOL)})
    finally:
        _before, _asked = {}, None
