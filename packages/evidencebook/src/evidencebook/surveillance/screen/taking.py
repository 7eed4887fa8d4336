"""Take the stub of an included source out of waiting, as the entry that it becomes."""

import re
from collections.abc import Sequence
from pathlib import Path

from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.todo_markers import MARK, source_note
from evidencebook.surveillance.base import Living


def chosen(living: Living, name: str) -> str:
    """Return the id of the record whose stub has this key, or this id; raise UserError when there is none, or several."""
    found = [one for one, source in living.waiting.items() if name in {one, source.key}]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f'{len(found)} waiting sources are called "{name}"; say the record: {", ".join(found)}')
    waiting = ", ".join(sorted(source.key for source in living.waiting.values()))
    raise UserError(f'no source "{name}" waits; {f"there are: {waiting}" if waiting else "none does"}')


def entry(path: Path, key: str | None, design: str | None, flags: Sequence[str], seen: str | None) -> str:
    """Return the text of a stub with what a person says of it now; what the person wrote into it stays."""
    text = path.read_text(encoding="utf-8").strip() + "\n"
    if key:
        text = re.sub(r"^(@\w+\s*\{\s*)[^,\s]+", lambda found: found[1] + key, text, count=1, flags=re.MULTILINE)
    written = _field(text, "keywords")
    if design or flags:
        words = [design or (written or "").partition(",")[0].strip(), *flags]
        text = _with_field(path, text, "keywords", ", ".join(words))
    if design or seen:
        note = _field(text, "note") or ""
        if seen and note and MARK not in note:
            raise UserError(
                f'{relative_path(path)}: its note was edited; write there what was seen, as "seen: {seen}. …"'
            )
        if MARK in note:
            known = design or (None if "the design in keywords" in note else written)
            text = _with_field(path, text, "note", source_note(known, seen))
    return text


def _field(text: str, name: str) -> str | None:
    """Return what stands in a field that has a line of its own."""
    found = re.search(rf"^\s*{name}\s*=\s*\{{(.*)\}},?\s*$", text, re.MULTILINE)
    return found[1] if found else None


def _with_field(path: Path, text: str, name: str, content: str) -> str:
    """Put a content in the place of a field's."""
    after, count = re.subn(
        rf"^(\s*{name}\s*=\s*)\{{.*\}}(,?[^\S\n]*)$",
        lambda found: f"{found[1]}{{{content}}}{found[2]}",
        text,
        count=1,
        flags=re.MULTILINE,
    )
    if not count:
        raise UserError(f"{relative_path(path)}: it has no line {name} = {{…}}; write one, or leave the option out")
    return after
