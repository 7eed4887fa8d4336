"""Know whom a service can write to when a program asks it for much: nobody is asked without saying so."""

import re
from pathlib import Path
from typing import Any

import yaml

from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.project import BookFolder

#: What the option of a command is read from when it is not given.
VARIABLE = "EVIDENCEBOOK_MAILTO"
#: Where a book keeps it: in book/_config.yml, below sphinx, config.
SETTING = "evidence_contact"
#: Strict on purpose: it stands in a header, where a space or a line break would say something else.
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def contact_of(book: BookFolder, said: str = "") -> str:
    """Return the mail address said with the command or its variable, else the book's; raise UserError without one."""
    if said.strip():
        return _checked(said.strip(), f"--contact, or {VARIABLE}")
    config = book.config
    text, line = _setting(config)
    if not text:
        raise UserError(
            f"{relative_path(config)}:{line}: there is no contact address, and the services ask programs for one; write below "
            f"sphinx, config one line such as {SETTING}: you@example.org, give --contact you@example.org, or set "
            f"{VARIABLE}"
        )
    return _checked(text, f"{relative_path(config)}:{line}: {SETTING}")


def _checked(text: str, where: str) -> str:
    """Refuse what is no mail address."""
    if len(text) > 254 or not _MAIL.fullmatch(text):
        raise UserError(f"{where}: {text[:80]!r} is no address of mail; write one such as you@example.org")
    return text


def _setting(config: Path) -> tuple[str, int]:
    """Read the setting and the line it stands on; line 1 when it is missing."""
    try:
        text = config.read_text(encoding="utf-8")
        settings: Any = yaml.safe_load(text)
    except FileNotFoundError:
        return "", 1
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        line = getattr(getattr(broken, "problem_mark", None), "line", 0) + 1
        raise UserError(f"{relative_path(config)}:{line}: the settings cannot be read: {broken}") from broken
    for name in ("sphinx", "config", SETTING):
        settings = settings.get(name) if isinstance(settings, dict) else None
    found = next((n for n, line in enumerate(text.splitlines(), 1) if line.strip().startswith(f"{SETTING}:")), 1)
    return str(settings or "").strip(), found
