"""Find the lines that git leaves where it could not merge: no reader of a format says what they are."""

import re
from pathlib import Path

from evidencebook.evidence.diagnostics import Diagnostic, relative_path

_CONFLICT = re.compile(r"^<<<<<<< .*?(?:^>>>>>>> |\Z)", re.MULTILINE | re.DOTALL)


def conflicts(path: Path, text: str) -> list[Diagnostic]:
    """Return one problem for each conflict that stands in a text."""
    return [
        Diagnostic(
            relative_path(path),
            text.count("\n", 0, found.start()) + 1,
            f"git left a conflict here, down to line {text.count(chr(10), 0, found.end()) + 1}; keep what is right of "
            "both sides, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>",
        )
        for found in _CONFLICT.finditer(text)
    ]
