"""Say what the text of a record may hold: words, *emphasis*, **strength**, `code`, and the roles below; nothing else.

Evidence is data. It comes from many hands, so that no text of it may run a program, load a file or link to anything but
evidence. What is meant as something else is refused with file and line, and whatever is left is printed as it stands.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from evidencebook.evidence.number_check import PARTS
from evidencebook.evidence.text_file import deceptive

#: The roles by which a text points to records and sources.
ROLES = frozenset(
    {"claim", "finding", "result", "assertion", "cite:p", "cite:t", *(f"finding:{part}" for part in PARTS)}
)
#: Where a link may lead, in a record or on a page.
LINK_SCHEMES = ("http", "https", "mailto", "tel")
_ROLE = re.compile(r"\{([^{}`]*)\}`")
#: Without one of these a text holds nothing of what follows.
_SUSPECT = re.compile(
    r"[^\n -;=?-Z^_a-z|\u00a1-\u00ac\u00ae-\u00c1\u00c4-\u00e1\u00e3-\u02ff\u03b1-\u03be\u03c0-\u03ff]"
    r"|^\s*:{3}|\{|&#?\w+;"
)
_REFUSED = (
    (re.compile(r"\{\{|\{%"), "a template"),
    (re.compile(r"</?[A-Za-z][^<>]*>|<!--|<[!?][A-Za-z\[]"), "HTML"),
    (re.compile(r"^\s*(?:`{3}|~{3}|:{3})", re.MULTILINE), "a block or directive"),
    (
        re.compile(rf"\]\(\s*<?(?!(?i:{'|'.join(LINK_SCHEMES)}):)(?:&|[A-Za-z][\w+.-]*:)"),
        "a link that is no address of a page",
    ),
    (re.compile(r"^\s*\[[^\]]+\]:", re.MULTILINE), "the target of a link"),
    (re.compile(r"!\[[^\]]*\][(\[]"), "a picture"),
    (re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);"), "a sign of HTML"),
)
#: A role that lost a part of itself: its words would be printed as they stand.
_BROKEN_ROLE = re.compile(
    r"\{[a-z:]+\}(?!`[^`]+`)\S*"
    r"|(?<![{\w:-])(?:(?:finding:\w+|claim|finding|result|assertion|cite:[pt])\}?`|:(?:[a-z]+:)+`)[^`\s]*"
)


def check_text(text: str) -> Iterator[str]:
    """Yield what a text holds that no text of a record may, with what to write."""
    if not _SUSPECT.search(text):
        return
    yield from (told for _, told in islice(deceptive(text), 1))
    for pattern, name in _REFUSED:
        if found := pattern.search(text):
            yield f'"{found[0].strip()}" begins {name}; a record holds words, *emphasis*, `code` and roles alone'
    if broken := _BROKEN_ROLE.search(text):
        yield f'"{broken[0]}" is half a role; write it whole, as {{finding:value}}`PK-001`'
    elif text.count("`") % 2:
        yield "a backtick stands here without its other half; close it, or leave it out"
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
