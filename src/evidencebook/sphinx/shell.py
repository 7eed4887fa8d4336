"""Put the press's own templates, styles and scripts around each page of a site that Furo lays out."""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

HERE = Path(__file__).parent
#: Each file holds one idea; a page asks for them as one, since each request costs a phone a round trip. In this order:
#: of two rules for one thing the later one holds.
_SCRIPTS = ("page", "cards", "search-box")
_STYLES = ("look", "text", "boxes", "tables", "frame", "menus", "cards", "search", "print")
#: What only an author needs: remarks, indents, spaces beside signs.
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};,])\s*")


def is_ours(app: Sphinx) -> bool:
    """Tell whether this build makes a site for readers: the shell is written for Furo and for nothing else."""
    return app.builder.name in ("html", "dirhtml") and app.config.html_theme == "furo"


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
    (static / "reader.js").write_text(_joined("scripts", _SCRIPTS, "js"), encoding="utf-8")
    (static / "reader.css").write_text(tightened(_joined("styles", _STYLES, "css")), encoding="utf-8")
    app.add_css_file("reader.css", priority=400)  # before a stylesheet of the book's own, which may overrule it
    app.add_js_file("reader.js", loading_method="defer")


def _joined(folder: str, names: tuple[str, ...], kind: str) -> str:
    """Read the files of a folder as one."""
    return "\n".join((HERE / folder / f"{name}.{kind}").read_text(encoding="utf-8") for name in names)


def tightened(css: str) -> str:
    """Leave out of a stylesheet what a phone need not load."""
    return _SPACE.sub(r"\1", " ".join(_REMARK.sub(" ", css).split())).replace(";}", "}")
