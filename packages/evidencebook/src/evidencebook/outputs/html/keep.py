"""Let a reader keep the book on a phone: what is stored, and the service worker that stores it when asked."""

import json
import re
import zlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidencebook.outputs.html import theme

#: What pages load. Data to download, files that hold the whole book, and editions below v/ are left to who wants them.
_KEPT = ("**/*.html", "_static/**/*", "_images/*", "evidence/cards/*.js", "evidence/search-index.js")
_SIZE = re.compile(r'(<span class="keep-size">)[^<]*(</span>)')


def write(app: Sphinx) -> None:
    """Write worker and manifest beside the pages, and on the first page what is stored; once all files are there."""
    out = Path(app.outdir)
    first = out / f"{app.config.root_doc}.html"
    found = (path for kind in _KEPT for path in out.glob(kind) if path.is_file())
    paths = sorted(path for path in found if path.relative_to(out).parts[0] != "v")
    size = f"{sum(path.stat().st_size for path in paths) / 1e6:.0f} MB"
    first.write_text(_SIZE.sub(rf"\g<1>{size}\g<2>", first.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    names = ["./", *(path.relative_to(out).as_posix() for path in paths)]
    release = zlib.crc32(b"".join(path.read_bytes() for path in paths))
    head = f'const RELEASE = "{release:08x}", FILES = {json.dumps(names, separators=(",", ":"))};\n'
    (out / "sw.js").write_text(head + theme.joined("scripts", ("worker",), "js"), encoding="utf-8")
    manifest: dict[str, Any] = {"name": app.config.html_title, "start_url": "./", "display": "minimal-ui"}
    if app.config.html_favicon:
        manifest["icons"] = [{"src": f"_static/{Path(app.config.html_favicon).name}", "sizes": "any"}]
    (out / "book.webmanifest").write_text(json.dumps(manifest, ensure_ascii=False) + "\n", encoding="utf-8")
