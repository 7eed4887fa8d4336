"""Put templates, styles and scripts around each page of a site that Furo lays out."""

import re
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.jinja2glue import BuiltinTemplateLoader

from evidencebook.compat import furo
from evidencebook.compat.sphinx import leave_out_search
from evidencebook.locale import _
from evidencebook.pages.domain import SITES

HERE = Path(__file__).parent
#: Each file holds one idea; a page asks for them as one, since each request costs a phone a round trip. In this order:
#: of two rules for one thing the later one holds.
_SCRIPTS = ("page", "load", "search-box", "first-use")
#: What a page loads when it is used; search.js comes as it is.
LATER = ("cards", "look-up", "keep")
_STYLES = ("look", "text", "boxes", "tables", "records", "frame", "menus", "cards", "search", "print")
#: What a phone need not load: remarks, save those of a licence, and the blanks at both ends of a line.
_REMARK = re.compile(r"/\*(?!!).*?\*/|^ *//[^\n]*", re.DOTALL | re.MULTILINE)
_BLANKS = re.compile(r"\s*\n\s*")
#: Of a stylesheet, the blanks beside signs too.
_SIGN = re.compile(r"\s*([{};,])\s*")
#: Of the theme's stylesheet: a rule, a class, what a selector excludes, a drawing; and what pages have of classes.
_RULE, _CLASS, _NOT = (
    re.compile(r"([^{}@;]+)(\{[^{}]*\})"),
    re.compile(r"\.([A-Za-z_][\w-]*)"),
    re.compile(r":not\([^)]*\)"),
)
_DRAWING = re.compile(
    r"--icon-[\w-]+:url\('[^']*'\);?"
    r"|[^{}@;]+:(?:after|before)\{[^{}]*url\([^{}]*\}"  # beside links that lead outside
    r"|[^{}@;]+-title:before\{[^{}]*\}"  # beside the title of a box
)
_CLASSES = re.compile(r'class="([^"]*)"')
#: Of a stylesheet: a custom property as it is declared, and as it is read.
_DECLARED, _READ = re.compile(r"(?<=[{;])(--[\w-]+):[^;{}]*(?:;|(?=}))"), re.compile(r"var\(\s*(--[\w-]+)")
#: Words in a script; those in backticks hold names of the script.
WORDS = re.compile(r"\b_\(([\"`])(.*?)\1\)")
#: Classes that a page gets from our scripts alone.
_BY_SCRIPT = frozenset({"scrolled", "show-back-to-top", "scroll-current", "no-js"})
#: On the script of a page, which adds its value to the address of each file that it loads later; see cache_busting.py.
RELEASE = "data-release"


def is_ours(app: Sphinx) -> bool:
    """Tell whether this build makes a site for readers under Furo, for which templates and styles are written."""
    return app.builder.name in SITES and app.config.html_theme == "furo"


def add_templates(app: Sphinx, config: Config) -> None:
    """Name the folder of templates, after the book's own, which come before it; for config-inited."""
    if config.html_theme == "furo":
        config.templates_path = [*config.templates_path, str(HERE / "templates")]


def add_files(app: Sphinx) -> None:
    """Add the static files and what every page loads; for builder-inited."""
    if not is_ours(app):
        return
    leave_out_search(app)  # search_page has one of our own
    if isinstance(app.builder.templates, BuiltinTemplateLoader):
        with suppress(RuntimeError):  # its folder of temporary files is not ours alone
            # Compiled once for all builds: for one edited page that took as long as writing it.
            app.builder.templates.environment.bytecode_cache = FileSystemBytecodeCache()
    app.config.html_static_path = [*app.config.html_static_path, str(HERE / "static")]
    app.add_css_file("reader.css", priority=400)  # before a stylesheet of the book's own, which may overrule it
    app.add_js_file("theme.js")
    app.add_js_file("reader.js", loading_method="defer", **{RELEASE: ""})  # type: ignore[arg-type]  # no number, an attribute


def write_files(app: Sphinx, builder: Builder) -> None:
    """Write the scripts and the stylesheet; for write-started."""
    if is_ours(app):
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        for name, parts in {"reader": _SCRIPTS, **{one: (one,) for one in LATER}}.items():
            (static / f"{name}.js").write_text(in_language(joined("scripts", parts, "js")), encoding="utf-8")
        search = (HERE / "scripts" / "search.js").read_text(encoding="utf-8")
        (static / "search.js").write_text(in_language(search), encoding="utf-8")  # loaded when somebody searches
        write_styles(static, furo.stylesheet().read_text(encoding="utf-8"))


def write_styles(static: Path, theme: str, read: frozenset[str] | None = None) -> None:
    """Write the stylesheet; the theme's goes with ours: one request less, and what is alike in both is packed once.

    `read` names the custom properties that are asked for elsewhere; without it all stay.
    """
    css = tightened(joined("styles", _STYLES, "css", theme))
    (static / "reader.css").write_text(css if read is None else without_unread(css, read), encoding="utf-8")


def in_language(script: str) -> str:
    """Put the words of the book's language into a script, where it says `_("words")` or `_(`${number} words`)`."""
    return WORDS.sub(lambda found: f"{found[1]}{_(found[2]).replace(found[1], '’')}{found[1]}", script)


def drop_unused(out: Path) -> None:
    """Write the stylesheet again without what the site does not have: classes, and custom properties that are read."""
    texts = [page.read_text(encoding="utf-8") for page in out.rglob("*.html")]
    others = [one for one in (out / "_static").glob("*.css") if one.name != "reader.css"]
    classes = {name for text in texts for found in _CLASSES.findall(text) for name in found.split()}
    read = {name for text in (*texts, *map(Path.read_text, others)) for name in _READ.findall(text)}
    theme = used(furo.stylesheet().read_text(encoding="utf-8"), classes | _BY_SCRIPT)
    ours = set(_DECLARED.findall(tightened(joined("styles", ("look",), "css"))))  # for light and dark
    theme = _DECLARED.sub(lambda found: "" if found[1] in ours else found[0], theme)
    write_styles(out / "_static", theme, frozenset(read))


def used(css: str, classes: set[str]) -> str:
    """Keep of a stylesheet the selectors whose classes are all among these, and no drawing: the look has none."""

    def known_part(rule: re.Match[str]) -> str:
        each = rule[1].split(",")
        if any(one.count("(") != one.count(")") for one in each):
            return rule[0]  # a comma within a selector
        known = [one for one in each if classes.issuperset(_CLASS.findall(_NOT.sub("", one)))]
        return ",".join(known) + rule[2] if known else ""

    return _RULE.sub(known_part, _DRAWING.sub("", css))


def without_unread(css: str, read: frozenset[str]) -> str:
    """Leave out the custom properties that nothing reads, and then those that only these have read."""
    known = read.union(_READ.findall(css))
    kept = _DECLARED.sub(lambda found: found[0] if found[1] in known else "", css)
    return kept if kept == css else without_unread(kept, read)


def joined(folder: str, names: tuple[str, ...], kind: str, before: str = "") -> str:
    """Read the files of a folder as one, after another text, and without what is only for who reads them."""
    texts = [(HERE / folder / f"{name}.{kind}").read_text(encoding="utf-8") for name in names]
    return _BLANKS.sub("\n", _REMARK.sub("", "\n".join([before, *texts])))


def tightened(css: str) -> str:
    """Leave out of a stylesheet what says nothing."""
    return _SIGN.sub(r"\1", css).replace(";}", "}")
