"""Read evidence/search-words.yml: words that readers search for, and the page that must answer each.

- {words: [7oh, seven hydroxy], page: 7-oh}
- {words: [someone will not wake], page: index, anchor: help-now}
"""

from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.evidence import yaml_reader
from evidencebook.pages.warnings import report

_FORM = "write - {words: [first, second], page: name-of-page}, with anchor: name where a section must come first"


def read(app: Sphinx) -> dict[str, str]:
    """Map each page, or page#anchor, to the words that find it; nothing where the book has no such file."""
    words: dict[str, str] = {}
    for place, found, _ in _entries(_file(app)):
        if found:
            words[place] = " ".join([words[place], found] if place in words else [found])
    return words


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each entry that leads to no page or has no words; for env-updated."""
    path = _file(app)
    for place, found, line in _entries(path):
        page = place.partition("#")[0]
        if not found:
            report(env, "settings", f"this entry has no words or no page; {_FORM}", f"{path}:{line}")
        elif page not in env.found_docs:
            told = f'no page is called "{page}"; write its path below the folder of the pages, without .md'
            report(env, "unknown", told, f"{path}:{line}")


def _file(app: Sphinx) -> Path:
    """Name the file, whether it is there or not."""
    return Path(app.srcdir, app.config.evidence_folder, "search-words.yml").resolve()


def _entries(path: Path) -> Iterable[tuple[str, str, int]]:
    """Yield page or page#anchor, its words and its line; the words of what is no entry are empty."""
    if not path.is_file():
        return
    document = yaml_reader.read(path)
    entries = document.value if isinstance(document.value, tuple | list) else [document.value]
    for at, entry in enumerate(entries):
        known = entry if isinstance(entry, dict) else {}
        words, page, anchor = known.get("words"), known.get("page"), known.get("anchor")
        found = " ".join(map(str, words)) if isinstance(words, tuple | list) and page else ""
        yield f"{page or ''}{f'#{anchor}' if anchor else ''}", found, document.line((at,))
