"""Say what the text of a record may hold: words, *emphasis*, **strength**, `code`, and the roles below; nothing else.

Evidence is data. It comes from many hands, so that no text of it may run a program, load a file or link to anything but
evidence. What is meant as something else is refused with file and line, and whatever is left is printed as it stands.
"""

import re
from collections.abc import Iterator
from typing import Any

from evidencebook.evidence.number_check import PARTS
from evidencebook.evidence.text_file import UNSEEN

#: The roles by which a text points to records and sources.
ROLES = frozenset(
    {"claim", "finding", "result", "assertion", "cite:p", "cite:t", *(f"finding:{part}" for part in PARTS)}
)
#: Where a link may lead, in a record or on a page.
LINK_SCHEMES = ("http", "https", "mailto", "tel")
_ROLE = re.compile(r"\{([^{}`]*)\}`")
#: Without one of these a text holds nothing of what follows.
_SUSPECT = re.compile(r"[^\n -;=?-Z^_a-z|\u00a1-\u00ac\u00ae-\u0600]|^\s*:{3}|\{")
_REFUSED = (
    (re.compile(r"\{\{|\{%"), "a template"),
    (re.compile(r"</?[A-Za-z][^<>]*>|<!--|<[!?][A-Za-z\[]"), "HTML"),
    (re.compile(r"^\s*(?:`{3}|~{3}|:{3})", re.MULTILINE), "a block or directive"),
    (
        re.compile(rf"\]\(\s*<?(?!(?i:{'|'.join(LINK_SCHEMES)}):)(?:&|[A-Za-z][\w+.-]*:)"),
        "a link that is no address of a page",
    ),
    (re.compile(r"^\s*\[[^\]]+\]:", re.MULTILINE), "the target of a link"),
)


def check_text(text: str) -> Iterator[str]:
    """Yield what a text holds that no text of a record may, with what to write."""
    if not _SUSPECT.search(text):
        return
    if unseen := UNSEEN.search(text):
        yield f"a non-printable character, U+{ord(unseen[0]):04X}; remove it"
    for pattern, name in _REFUSED:
        if found := pattern.search(text):
            yield f'"{found[0].strip()}" begins {name}; a record holds words, *emphasis*, `code` and roles alone'
    for role in sorted(set(_ROLE.findall(text)) - ROLES):
        yield f'"{role}" is no role for a record; write claim, finding, finding:value and the like, or cite:p'


def texts(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield every text below a value that was read from YAML, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts(key, (*place, key))
            yield from texts(one, (*place, key))
    elif isinstance(value, list | tuple):
        for index, one in enumerate(value):
            yield from texts(one, (*place, index))
