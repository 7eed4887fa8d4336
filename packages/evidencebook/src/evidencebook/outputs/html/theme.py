"""Put the press's own templates, styles and scripts around each page of a site that Furo lays out."""

import re
import zlib
from pathlib import Path

import furo
from sphinx.application import Sphinx
from sphinx.config import Config

from evidencebook.pages.domain import SITES

HERE = Path(__file__).parent
#: The theme's stylesheet goes with ours: one request less, and what is alike in both is packed once.
_THEME = Path(furo.__file__).parent / "theme" / "furo" / "static" / "styles" / "furo.css"
#: Each file holds one idea; a page asks for them as one, since each request costs a phone a round trip. In this order:
#: of two rules for one thing the later one holds.
_SCRIPTS = ("page", "cards", "search-box")
_STYLES = ("look", "text", "boxes", "tables", "records", "frame", "menus", "cards", "search", "print")
#: What a phone need not load: remarks, save those of a licence, and the blanks at both ends of a line.
_REMARK = re.compile(r"/\*(?!!).*?\*/|^ *//[^\n]*", re.DOTALL | re.MULTILINE)
_BLANKS = re.compile(r"\s*\n\s*")
#: Of a stylesheet, the blanks beside signs too.
_SIGN = re.compile(r"\s*([{};,])\s*")
#: On the script of a page, which adds its value to the address of each file that it loads later; see releases.py.
RELEASE = "data-release"


def fingerprint() -> str:
    """Tell one state of the shell from another: as a setting, it has every page written again after a change."""
    files = (path for path in sorted(HERE.rglob("*")) if path.suffix in {".py", ".html", ".css", ".js"})
    return f"{zlib.crc32(b''.join(path.read_bytes() for path in files)):08x}"


def is_ours(app: Sphinx) -> bool:
    """Tell whether this build makes a site for readers: the shell is written for Furo and for nothing else."""
    return app.builder.name in SITES and app.config.html_theme == "furo"


def add_templates(app: Sphinx, config: Config) -> None:
    """Name the folder of templates, after the book's own, which come before it; for config-inited."""
    if config.html_theme == "furo":
        config.templates_path = [*config.templates_path, str(HERE / "templates")]


def add_files(app: Sphinx) -> None:
    """Add the static files, the joined script and stylesheet, and what every page loads; for builder-inited."""
    if not is_ours(app):
        return
    app.config.html_static_path = [*app.config.html_static_path, str(HERE / "static")]
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "reader.css").write_text(tightened(_joined("styles", _STYLES, "css", _THEME)), encoding="utf-8")
    (static / "reader.js").write_text(_joined("scripts", _SCRIPTS, "js"), encoding="utf-8")
    app.add_css_file("reader.css", priority=400)  # before a stylesheet of the book's own, which may overrule it
    app.add_js_file("theme.js")
    app.add_js_file("reader.js", loading_method="defer", **{RELEASE: ""})  # type: ignore[arg-type]  # no number, an attribute


def _joined(folder: str, names: tuple[str, ...], kind: str, *before: Path) -> str:
    """Read the files of a folder as one, after others, and without what is only for who reads them."""
    files = (*before, *(HERE / folder / f"{name}.{kind}" for name in names))
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return _BLANKS.sub("\n", _REMARK.sub("", text))


def tightened(css: str) -> str:
    """Leave out of a stylesheet what says nothing."""
    return _SIGN.sub(r"\1", css).replace(";}", "}")
