"""Scan what was built for whatever a reader's device would run, or load from another host; the build stops on it.

One function reads HTML, XHTML and SVG alike, by Python's own parser, which BeautifulSoup uses too: a whole book in
seconds. Templates, themes, extensions and outputs of cells are seen as well as the text of pages and records.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from sphinx.application import Sphinx

from evidencebook.evidence import memo
from evidencebook.evidence.memo import remembered
from evidencebook.outputs.html.cache_busting import unmarked
from evidencebook.outputs.html.theme import is_ours
from evidencebook.pages import staging
from evidencebook.pages.checks import build_guard
from evidencebook.pages.checks.foreign import address_fault
from evidencebook.pages.domain import SITES
from evidencebook.pages.warnings import report

_MARKUP = {".html", ".xhtml", ".svg", ".htm"}
_NEVER = re.compile(r"iframe|frame(set)?|object|embed|applet|portal|base|fencedframe|foreignobject")
#: Attributes by which a page loads; those of links lead somewhere when a reader follows them.
_LOADS = re.compile(r"src(set)?|poster|data|background|lowsrc|dynsrc|codebase|classid|manifest|archive")
_LEADS = re.compile(r"(xlink:)?href|(form)?action|ping|cite|longdesc")
#: Elements whose href is loaded at once; of <link> these kinds only.
_HREF_LOADS = re.compile(r"image|use|feimage|script")
_REL_LOADS = re.compile(r"\b(stylesheet|icon|preload|(dns-)?prefetch|modulepreload|manifest|preconnect)\b")
_DATA_SCRIPT = re.compile(r"application/(?:ld\+)?json|text/x-template")
_STYLE = re.compile(
    r"url\(\s*[\"']?([^\"')]*)|@import\s+[\"']([^\"']*)|(expression|-moz-binding)\s*[(:]", re.IGNORECASE
)


class _Scan(HTMLParser):
    """Note the line and the fault of every tag."""

    def __init__(self, *, scripts: bool, inline: bool) -> None:
        super().__init__()
        self.scripts, self.inline = scripts, inline
        self.faults: list[tuple[int, str]] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element and its attributes."""
        known = {name: value or "" for name, value in attrs}
        self._in_style = tag == "style"
        faults = [*_of_element(tag, known, scripts=self.scripts, inline=self.inline)]
        faults += [fault for name, value in known.items() for fault in _of_attribute(tag, name, value, known)]
        self.faults += [(self.getpos()[0], f"<{tag}> {fault}") for fault in faults]

    def handle_data(self, data: str) -> None:
        """Look at a stylesheet within the page."""
        if self._in_style:
            self.faults += [(self.getpos()[0], f"<style> {fault}") for fault in in_style(data)]

    def handle_endtag(self, tag: str) -> None:
        """Leave a stylesheet."""
        self._in_style = False


@remembered
def in_markup(text: str, *, scripts: bool = True, inline: bool = False) -> list[tuple[int, str]]:
    """Return line and fault of what a page would run or load from elsewhere.

    `scripts` allows script files that lie beside the page, `inline` scripts within it.
    """
    scan = _Scan(scripts=scripts, inline=inline)
    scan.feed(text)
    scan.close()
    return scan.faults


def in_style(css: str) -> Iterator[str]:
    """Yield what a stylesheet would run or load from elsewhere; a picture may be written into it."""
    for url, imported, runs in _STYLE.findall(css):
        address = url or imported
        if runs or (not address.startswith("data:image/") and address_fault(address, loaded=True)):
            yield f'loads or runs "{(runs or address)[:60]}"'


def check(app: Sphinx, failure: Exception | None) -> None:
    """Stop the build if a page, a drawing or a stylesheet has a fault; for build-finished."""
    if failure is not None or not (app.builder.name == "epub" or staging.writes_site(app)):
        return
    count = 0
    how = {"scripts": app.builder.name in SITES, "inline": app.builder.name in SITES and not is_ours(app)}
    with memo.kept_in(memo.file(Path(app.srcdir), f"markup-{app.builder.name}")):
        for path in sorted(Path(app.outdir).rglob("*")):
            if path.suffix not in {*_MARKUP, ".css"}:
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            styles = path.suffix == ".css"
            faults = [(1, fault) for fault in in_style(text)] if styles else in_markup(unmarked(text), **how)
            for line, fault in faults:
                count += 1
                report(app.env, "foreign", f"the built file holds what no page may: {fault}", f"{path}:{line}")
    build_guard.stop(count)


def _of_element(tag: str, known: dict[str, str], *, scripts: bool, inline: bool) -> Iterator[str]:
    """Yield what is wrong with an element whatever its addresses are."""
    if _NEVER.fullmatch(tag):
        yield "runs or loads what the book does not hold"
    own = scripts and (inline or known.get("src", known.get("href")))
    if tag == "script" and not own and not _DATA_SCRIPT.match(known.get("type", "")):
        yield "is a script within the page"
    if tag == "form" and known.get("method", "get").lower() != "get":
        yield "is a form that sends what a reader types"
    if tag == "meta" and known.get("http-equiv", "").lower() == "refresh":
        yield "leads the reader elsewhere"


def _of_attribute(tag: str, name: str, value: str, known: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with an attribute."""
    if name.startswith("on") or name == "srcdoc":
        yield f"has {name}, which runs"
    elif name == "style":
        yield from in_style(value)
    elif _LOADS.fullmatch(name) and not (tag == "meta" and name == "data"):
        addresses = [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]
        yield from (f'{name} "{one[:60]}" {wrong}' for one in addresses if (wrong := address_fault(one, loaded=True)))
    elif _LEADS.fullmatch(name) or (tag in {"animate", "set"} and name in {"to", "values", "from"}):
        loaded = bool(_HREF_LOADS.fullmatch(tag)) or name in {"action", "formaction", "ping"}
        loaded |= tag == "link" and bool(_REL_LOADS.search(known.get("rel", "").lower()))
        if wrong := address_fault(value, loaded=loaded):
            yield f'{name} "{value[:60]}" {wrong}'
