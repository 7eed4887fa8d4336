"""Read a file of the evidence as text, whatever lies under its name, and tell what no text of it may hold."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

#: No file of records grows to this; a larger one would keep its reader waiting.
_MOST_BYTES = 3_000_000
#: So many faults of one file are told; who mends them is told the next.
MOST_FAULTS = 200
#: Controls, and what turns or hides the text behind it: nobody sees it, so that two people would read two things. The
#: two joiners are letters of some scripts, and are taken beside these.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ue000-\uf8ff\U000e0000-\U0010ffff\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0e]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
#: What a text that is no plain ASCII may hold beside it, and what to do about it; chemists write Greek beside Latin.
_DECEIVES = (
    (UNSEEN, "a non-printable character, {codes}; remove it"),
    (
        re.compile(
            "(?<=[A-Za-z])[\u0400-\u052f\u0531-\u0587\u13a0-\u13ff\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f"
            "\u03a1\u03a4\u03a5\u03a7\u03bf]|[\u0400-\u052f\u0531-\u0587\u13a0-\u13ff\u0391\u0392\u0395-\u0397\u0399\u039a"
            "\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf](?=[A-Za-z])"
        ),
        '"{signs}", {codes}, which only looks like a letter of the word that it stands in; type that letter',
    ),
    (
        re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a3\U0001d7ce-\U0001d7ff]"),
        '"{signs}", {codes}; write {plain}',
    ),
    (
        re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3,}"),
        "marks heaped on a letter, {codes}; leave them out",
    ),
    (
        re.compile(
            "[\u00c3\u00c2][\u0080-\u00bf]|\u00e2\u20ac[\u0080-\u00bf\u2018-\u203a\u0152-\u0178\u02c6\u02dc\u2122]"
        ),
        '"{signs}", a letter that was read in another encoding; write the letter that is meant',
    ),
)
_MARK = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)

Fault = tuple[int, str]


def read(path: Path) -> tuple[str, list[Fault]]:
    """Return the text of a file, and what is wrong with it as lines and messages; the text is "" when it has none."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return "", [(1, "this is no file but a folder, a pipe or a device; put a text file in its place")]
        if found.st_size > _MOST_BYTES:
            return "", [(1, f"the file is larger than {_MOST_BYTES // 10**6} MB; split it by topic")]
        raw = path.read_bytes()
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as broken:
        return "", [(raw.count(b"\n", 0, broken.start) + 1, f"the file cannot be read: {broken}; save it as UTF-8")]
    except OSError as broken:
        leads = " (it is a link that leads nowhere, or to itself)" if path.is_symlink() else ""
        return "", [(1, f"the file cannot be read: {os.strerror(broken.errno or 0)}{leads}; restore or remove it")]


@lru_cache(maxsize=64)
def check(text: str) -> list[Fault]:
    """Return what stands in a text that is of no format: the marks of git, and characters that nobody sees."""
    if left := conflicts(text):
        return left
    return [
        (text.count("\n", 0, place) + 1, f"the file cannot be read: {told}")
        for place, told in islice(deceptive(text), MOST_FAULTS)
    ]


def deceptive(text: str) -> Iterator[tuple[int, str]]:
    """Yield place and fault of what in a text nobody sees, or everybody takes for something else."""
    if text.isascii() and text.isprintable():
        return
    for pattern, told in _DECEIVES if not text.isascii() else _DECEIVES[:1]:
        for found in pattern.finditer(text):
            codes = " ".join(f"U+{ord(sign):04X}" for sign in found[0][:3])
            yield found.start(), told.format(signs=found[0], codes=codes, plain=unicodedata.normalize("NFKC", found[0]))


def exists(path: Path) -> bool:
    """Tell whether anything has this name, a link that leads nowhere included."""
    return os.path.lexists(path)


def conflicts(text: str) -> list[Fault]:
    """Return line and message of each conflict that stands in a text, from the first mark of it to the last."""
    told: list[Fault] = []
    marks = [
        (text.count("\n", 0, found.start()) + 1, found[0][0]) for found in islice(_MARK.finditer(text), MOST_FAULTS)
    ]
    while marks:
        inside = [marks.pop(0)]
        while marks and inside[-1][1] != ">" and marks[0][1] != "<":
            inside.append(marks.pop(0))
        told.append(
            (
                inside[0][0],
                f"git left a conflict here, down to line {inside[-1][0]}; keep what is right of both sides, and take "
                "out the lines that begin with <<<<<<<, =======, >>>>>>> or |||||||",
            )
        )
    return told
