"""Tell by digests whether files, values, and the package itself are still what they were."""

import json
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any


@cache
def software(*rooms: str) -> str:
    """Name one state of this package, or of some of its rooms, and of the libraries installed beside it."""
    here = Path(__file__).parent.parent
    places = [here / room for room in rooms] or [here]
    files = sorted(path for place in places for path in files_of(place) if path.suffix != ".pyc")
    # The name of the folder of a package's metadata holds its name and version; to read all of them takes 0.2 s.
    folders = (Path(one) for one in sys.path if Path(one).is_dir())
    installed = sorted({path.name for one in folders for path in one.glob("*.*-info")})
    return hashed([installed, [[path.relative_to(here).as_posix(), of_file(path)] for path in files]])


def files_of(path: Path) -> Iterator[Path]:
    """Yield a file, or all files of a folder."""
    yield from sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]


def of_file(path: Path) -> str:
    """Give the digest of a file's content; of one that is not there, nothing."""
    return blake2b(path.read_bytes(), digest_size=16).hexdigest() if path.is_file() else ""


def hashed(value: Any) -> str:
    """Give the digest of plain values."""
    return blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=16).hexdigest()
