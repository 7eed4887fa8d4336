"""Refuse on pages what a reader's device would run, and whatever comes from or leads to an unknown kind of address."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config

from evidencebook.evidence.record_text import LINK_SCHEMES
from evidencebook.pages.warnings import location, report

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
#: A remark, and what MyST makes of the end of a line, in HTML and in LaTeX.
_HARMLESS = re.compile(r"(?:\s*(?:<!--(?!\[if).*?-->|<br ?/?>))*\s*|\\\\\n", re.DOTALL)
#: A link that Markdown refuses to make, and a footnote that is nowhere.
_UNMADE = re.compile(r"\]\(\s*<?\s*[A-Za-z][A-Za-z0-9+.\t-]*:[^\s)]*|\[\^[^\]\s]+\]")
#: What browsers leave out of an address before they read it.
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\ufeff]")


def address_fault(address: str, *, loaded: bool) -> str:
    """Say what is wrong with an address that a page links to, or loads; nothing where it may stand.

    A link leads within the book or to http, https, mailto or tel; what is loaded lies beside the page.
    """
    seen = _UNSEEN.sub("", address)
    scheme = _SCHEME.match(seen)
    if loaded and scheme and scheme[1].lower() == "attachment":
        return "lies inside the notebook; save the picture beside the pages and name that file"
    if loaded:
        return "is of another host; keep the file beside the pages" if scheme or seen.startswith(("//", "\\")) else ""
    if scheme and scheme[1].lower() not in LINK_SCHEMES:
        return f'has the scheme "{scheme[1]}"; a link is http, https, mailto or tel'
    return "has no scheme; write it whole, with https://" if seen.startswith(("//", "\\")) else ""


def allow_links(app: Sphinx, config: Config) -> None:
    """Have MyST take for a link whatever may be one: to it "tel:" is a target within the book; for config-inited."""
    if "myst_url_schemes" in config:
        known = config.myst_url_schemes or {}
        known = known if isinstance(known, dict) else dict.fromkeys(known)
        config.myst_url_schemes = {**dict.fromkeys(LINK_SCHEMES), **known}


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of raw HTML, addresses and pictures that no page may hold; for doctree-read."""
    reviewed = any(PurePosixPath(app.env.docname).match(page) for page in app.config.evidence_raw_html)
    told = set()
    for line, path in _outside(app):
        message = f"this page reads {path}, which lies outside the book; copy what is meant into the book"
        report(app.env, "foreign", message, f"{app.env.doc2path(app.env.docname)}:{line}")
    for node in doctree.findall(nodes.Element):
        fault = ""
        if isinstance(node, nodes.raw) and not reviewed and not _from_cell(node):
            if not _HARMLESS.fullmatch(node.astext()):
                fault = "raw HTML; write it in Markdown, or name this page under evidence_raw_html once it was reviewed"
        elif isinstance(node, nodes.meta) and node.get("http-equiv"):
            fault = "a command to browsers, http-equiv; take it out"
        elif isinstance(node, nodes.paragraph | nodes.title | nodes.term | nodes.caption | nodes.rubric):
            fault = _no_link(node)
        elif isinstance(node, nodes.image):
            fault = _wrong_address(node["uri"], loaded=True)
        elif isinstance(node, nodes.reference):
            fault = _wrong_address(node.get("refuri", ""), loaded=False)
        elif isinstance(node, addnodes.pending_xref) and node.get("refdomain", "") in {"", "doc"}:
            fault = _wrong_address(str(node.get("reftarget", "")), loaded=False)
        where = f"{app.env.doc2path(app.env.docname)}:{location(node)[1]}"
        if fault and (fault, where) not in told:  # a paragraph may hold many tags
            report(app.env, "foreign", f"this page holds {fault}", where)
            told.add((fault, where))


def _outside(app: Sphinx) -> Iterator[tuple[int, str]]:
    """Yield line and path of each file that a page names and reads and that lies outside the book."""
    around = (app.srcdir.parent, app.srcdir / app.config.evidence_folder, Path(sys.prefix))
    rows = Path(app.env.doc2path(app.env.docname)).read_text(encoding="utf-8").splitlines()
    for name in sorted(app.env.dependencies.get(app.env.docname, ())):
        path = app.srcdir.joinpath(name).resolve()
        if path.is_file() and not any(path.is_relative_to(one.resolve()) for one in around):
            yield from ((line, str(path)) for line, row in enumerate(rows, 1) if path.name in row)


def _no_link(block: nodes.Element) -> str:
    """Say what stands in the words of a block that was meant as a link or a footnote, and was made none."""
    for text in block.findall(nodes.Text):
        found = None if isinstance(text.parent, nodes.literal | nodes.math) else _UNMADE.search(text.astext())
        if found and not _from_cell(text):
            return f'"{found[0]}", printed as words: no link leads there; correct it, or put it between backticks'
    return ""


def _wrong_address(address: str, *, loaded: bool) -> str:
    """Name an address and what is wrong with it."""
    wrong = address_fault(address, loaded=loaded)
    return f'the address "{address[:60]}", which {wrong}' if wrong else ""


def _from_cell(node: nodes.Node) -> bool:
    """Tell whether a cell made a node: the scan of what was built sees to that."""
    while node.parent is not None:
        node = node.parent
        if "nb_element" in getattr(node, "attributes", {}):
            return True
    return False
