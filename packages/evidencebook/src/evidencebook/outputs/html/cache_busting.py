"""Mark each page with the release of its styles and of the data that its script asks for: none is of an older visit."""

import re
import zlib
from pathlib import Path

from evidencebook.outputs.html.theme import LATER, RELEASE

#: What a page loads only when it is used.
_LATER = (
    *("evidence/search-index.js", "_static/search.js", "_static/vendor/minisearch.js"),
    *(f"_static/{name}.js" for name in LATER),
)
_MARK = re.compile(rf'(<script[^>]* {RELEASE}=")[^"]*(")')

#: The stylesheet is written again after the pages; see theme.drop_unused.
_STYLE = re.compile(r"(reader\.css\?v=)[0-9a-f]+")


def mark(out: Path) -> None:
    """Write the mark on every page below a folder, also on those that this build left alone, once the data is there."""
    later = [*(out / name for name in _LATER), *sorted(out.glob("evidence/cards/*.js"))]
    release = f"{zlib.crc32(b''.join(path.read_bytes() for path in later)):08x}"
    styles = f"{zlib.crc32((out / '_static/reader.css').read_bytes()):08x}"
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        marked = _STYLE.sub(rf"\g<1>{styles}", _MARK.sub(rf"\g<1>{release}\g<2>", text, count=1))
        if marked != text:
            page.write_text(marked, encoding="utf-8")


def unmarked(text: str) -> str:
    """Return a page without its marks: it is then the same as long as nothing else on it changes."""
    return _STYLE.sub(r"\g<1>", _MARK.sub(r"\g<1>\g<2>", text, count=1))
