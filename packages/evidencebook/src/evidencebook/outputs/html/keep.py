"""Let a reader keep the book on a phone: what is stored, and the service worker that stores it when asked."""

import json
import re
import zlib
from pathlib import Path

from evidencebook.outputs.html import theme

#: What pages load. Data to download, and files that hold the whole book, are left to those who want them; so are the
#: editions below v/.
_KEPT = ("*.html", "_static/**/*", "_images/*", "evidence/cards/*.js", "evidence/search-index.js")
_NOT = ("v", "_sources", "cite")
_SIZE = re.compile(r'(<span class="keep-size">)[^<]*(</span>)')


def write(out: Path, root: str) -> None:
    """Write the worker beside the pages, and on the first page how much it stores; when all files are there."""
    first = out / f"{root}.html"
    paths = sorted(
        {path for kind in _KEPT for path in out.rglob(kind) if path.is_file() and _is_kept(path.relative_to(out))}
    )
    size = f"{sum(path.stat().st_size for path in paths) / 1e6:.0f} MB"
    first.write_text(_SIZE.sub(rf"\g<1>{size}\g<2>", first.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    names = ["./", *(path.relative_to(out).as_posix() for path in paths)]
    release = zlib.crc32(b"".join(path.read_bytes() for path in paths))
    files = json.dumps(names, separators=(",", ":"))
    head = f'const RELEASE = "{release:08x}", FILES = {files};\n'
    (out / "sw.js").write_text(head + theme.joined("scripts", ("worker",), "js"), encoding="utf-8")


def _is_kept(path: Path) -> bool:
    """Tell whether a file is of this edition."""
    return path.parts[0] not in _NOT
