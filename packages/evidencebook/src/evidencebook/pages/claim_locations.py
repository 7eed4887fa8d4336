"""Know, before any page is read, which page holds the card of which claim, and how many numbers are marked plain."""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.pages.domain import domain_of

#: At the beginning of a line, in a list, a quotation or a table; in a notebook a line ends in "\\n".
_CARD = re.compile(r"(?:^|\\n|\")[ \t>*+-]*(?:(?:`{3,}|:{3,}|~{3,})\{claim\}|\.\. claim::)[ \t]+([\w-]+)", re.MULTILINE)


def look_up(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Look up the pages of the cards, and count the marks; for env-get-outdated."""
    pages = {page: Path(env.doc2path(page)).read_text(encoding="utf-8") for page in sorted(env.found_docs)}
    domain_of(env).data["homes"] = {
        name: page for page, text in reversed(pages.items()) for name in _CARD.findall(text)
    }
    parts = [path for path in Path(env.srcdir).rglob("*.md") if "_includes" in path.parts]
    texts = [*pages.values(), *(path.read_text(encoding="utf-8") for path in parts)]
    domain_of(env).data["plain"] = sum(text.count("{plain}`") for text in texts)
    return []
