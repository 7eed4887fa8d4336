"""Know, before any page is read, which page holds the card of which claim."""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.pages.domain import domain_of

_CARD = re.compile(r"^(?:`{3,}|:{3,})\{claim\}\s+(\S+)\s*$", re.MULTILINE)
_REST = re.compile(r"^:style:\s+homeless\s*$", re.MULTILINE)


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Look up the homes; when a claim has moved, read the pages again that show the claims without a home."""
    domain = domain_of(env)
    pages = {page: Path(env.doc2path(page)).read_text(encoding="utf-8") for page in sorted(env.found_docs)}
    homes = {name: page for page, text in reversed(pages.items()) for name in _CARD.findall(text)}
    moved = {name for name in homes.keys() | domain.homes.keys() if homes.get(name) != domain.homes.get(name)}
    domain.data["homes"] = homes
    return [page for page, text in pages.items() if moved and _REST.search(text)]
