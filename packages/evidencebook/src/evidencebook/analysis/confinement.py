"""Refuse network, processes and writing outside given folders while cells of a page run, by an audit hook of Python.

It guards against a page that would not come out the same tomorrow, and against a slip. It is no wall against malice:
what a compiled extension or ctypes does without Python's own functions it does not see, nor clock, environment and
random numbers without a seed; and files may be read.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

_REFUSED = {
    **dict.fromkeys(
        ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"),
        "a page asks no network",
    ),
    **dict.fromkeys(
        (
            "subprocess.Popen",
            "os.system",
            "os.exec",
            "os.posix_spawn",
            "os.spawn",
            "os.fork",
            "os.forkpty",
            "pty.spawn",
        ),
        "a page starts no process",
    ),
}
#: Events that change a path, with the places of the paths among their arguments.
_CHANGES = {
    **dict.fromkeys(("os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "os.chown", "os.utime"), (0,)),
    **dict.fromkeys(("os.rename", "os.link", "os.symlink"), (0, 1)),
}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(*folders: Path) -> None:
    """Refuse from now on, until the process ends, what a page may not do; raise PermissionError where it is tried.

    It may write into `folders`, the folder for temporary files, and the caches of Python and matplotlib.
    """
    allowed = [Path(str(one)).resolve() for one in (*folders, tempfile.gettempdir(), os.devnull)]
    if "matplotlib" in sys.modules:
        allowed.append(Path(sys.modules["matplotlib"].get_cachedir()).resolve())

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _REFUSED:
            raise PermissionError(f"{_REFUSED[event]}; compute under src/ from the evidence alone")
        for path in _changed(event, arguments):
            where = Path(os.fsdecode(path)).absolute()
            inside = any(where.parent.resolve().joinpath(where.name).is_relative_to(one) for one in allowed)
            if not inside and "__pycache__" not in where.parts:
                raise PermissionError(f"a page writes no file, as {where}; keep a table with download()")

    sys.addaudithook(hook)


def _changed(event: str, arguments: tuple[Any, ...]) -> list[Any]:
    """Name the paths that an event changes; what is open already has a number and no path."""
    if event == "open":
        path, mode, flags = arguments
        writes = set("wxa+") & set(mode) if isinstance(mode, str) else (flags or 0) & _WRITES
        changed = [path] if writes else []
    else:
        changed = [arguments[place] for place in _CHANGES.get(event, ())]
    return [path for path in changed if isinstance(path, str | bytes | os.PathLike)]
