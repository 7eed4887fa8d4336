"""Write a source as a BibTeX entry at the end of sources.bib."""

import re
from collections.abc import Mapping

_SPECIAL = re.compile(r"([&%#$_])")
#: BibTeX fields whose content is an address or a code, not text.
_VERBATIM = frozenset({"doi", "url", "keywords", "note"})


def rendered(kind: str, key: str, fields: Mapping[str, str | None]) -> str:
    """Write the entry, its fields in the order of the alphabet, the empty ones left out."""
    given = {name: text for name, text in sorted(fields.items()) if text}
    lines = [f"  {line(name, text)}" for name, text in given.items()]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def line(name: str, text: str) -> str:
    """Write one field."""
    return f"{name} = {{{text if name in _VERBATIM else _escaped(name, text)}}}"


def appended(text: str, entry: str) -> str:
    """Put an entry at the end of a bibliography."""
    return f"{text.rstrip()}\n\n{entry}" if text.strip() else entry


def _escaped(name: str, text: str) -> str:
    """Protect what LaTeX would take for a command; braces stay only around the name of an organisation."""
    text = text.replace("\\", "").replace("~", "\u223c")  # to LaTeX a tilde is a space
    if name not in {"author", "editor"}:
        text = text.replace("{", "").replace("}", "")
    return _SPECIAL.sub(r"\\\1", text)
