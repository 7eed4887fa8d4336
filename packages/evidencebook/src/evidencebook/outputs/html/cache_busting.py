"""Mark each page with the release of the data that its script asks for, so that none is read from an older visit."""

import re
import zlib
from pathlib import Path

from sphinx.application import Sphinx

from evidencebook.outputs.html.theme import RELEASE, is_ours

#: What a page loads only when it is used.
_LATER = ("evidence/cards.js", "evidence/search-index.js", "_static/search.js", "_static/vendor/minisearch.js")
_MARK = re.compile(rf'(<script[^>]* {RELEASE}=")[^"]*(")')


def mark(app: Sphinx, failure: Exception | None) -> None:
    """Write the mark on every page, also on those that this build left alone; for build-finished, after the data."""
    if failure is not None or not is_ours(app):
        return
    out = Path(app.outdir)
    release = f"{zlib.crc32(b''.join((out / name).read_bytes() for name in _LATER)):08x}"
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        marked = _MARK.sub(rf"\g<1>{release}\g<2>", text, count=1)
        if marked != text:
            page.write_text(marked, encoding="utf-8")
