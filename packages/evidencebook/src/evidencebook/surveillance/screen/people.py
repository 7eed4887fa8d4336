"""Know who decides, and in which file the decisions of that person stand."""

import hashlib
import re
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.surveillance.base import DECISIONS
from evidencebook.surveillance.screen.oneline import one_line

_NAMED = re.compile(r"^# Decided by (.+)\.$", re.MULTILINE)
_LONGEST = 60
#: Names under which Windows keeps no file.
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")


@dataclass(frozen=True)
class Person:
    """Name a person, and the file of the person's decisions."""

    name: str
    path: Path

    @property
    def slug(self) -> str:
        """Give the name as the file has it."""
        return self.path.stem

    @property
    def heading(self) -> str:
        """Give the line that says whose file it is: two names may make one file name."""
        return f"# Decided by {self.name}.\n"


def person(folder: Path, given: str | None) -> Person:
    """Return who decides, as said or as git knows; raise UserError for nobody, and for a file that is another's."""
    name = one_line(given if given is not None else _name_in_git(folder))
    if not name:
        raise UserError(
            'it is not known who decides; say --by "Ada Example", or tell git once and for all: '
            'git config --global user.name "Ada Example"; nothing was written'
        )
    found = Person(name, folder / DECISIONS / f"{slug(name)}.yml")
    for other in _names_in(found.path):
        if _alike(other) != _alike(name):
            raise UserError(
                f'{relative_path(found.path)} holds the decisions of "{other}", and the file for "{name}" would have the same '
                f'name; if this is one person, say --by "{other}"; if not, say a name that differs in its letters, as '
                f'--by "{name} two"; nothing was written'
            )
    return found


def slug(name: str) -> str:
    """Write a name in small letters and hyphens, safe as the name of a file whatever the name holds."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")
    if not short or _RESERVED.fullmatch(short):
        return f"person-{hashlib.sha256(_alike(name).encode()).hexdigest()[:8]}"
    return short


def _name_in_git(folder: Path) -> str:
    """Ask git for the name that it puts on commits; nothing where it knows none or is not there."""
    command = ("git", "config", "user.name")
    try:
        told = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603  nothing in it is given
    except OSError:
        return ""
    return told.stdout.decode("utf-8", "replace")


def _names_in(path: Path) -> list[str]:
    """List the names that a file says it belongs to; git may have joined two."""
    return _NAMED.findall(path.read_text(encoding="utf-8")) if path.exists() else []


def _alike(name: str) -> str:
    """Let capitals and the ways of composing a letter make no difference between names."""
    return unicodedata.normalize("NFC", name).casefold()
