"""Choose the file of a topic, of those there are or a new one."""

import re
from collections.abc import Sequence
from pathlib import Path

from evidencebook.evidence.diagnostics import UserError

_TOPIC = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def file_of(folder: Path, topic: str | None, guesses: Sequence[str], kind: str) -> Path:
    """Return the file of a topic; without one, of the topic that all guesses agree on, or of the only one there is."""
    if topic is None:
        known = sorted(path.stem for path in folder.glob("*.yml"))
        choice = sorted(set(guesses)) or known
        if len(choice) != 1:
            listed = f"; there are: {', '.join(known)}" if known else ""
            raise UserError(f"which topic? Say --topic NAME, the file under {kind}/ to add to, or a new one{listed}")
        topic = choice[0]
    if not _TOPIC.fullmatch(topic):
        raise UserError(f'"{topic}" is no name for a topic; write it in small letters and hyphens, as blood-levels')
    return folder / f"{topic}.yml"
