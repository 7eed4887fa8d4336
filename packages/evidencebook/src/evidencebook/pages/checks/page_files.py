"""Refuse page files that no format can keep, before any is read, and notice those that no reader can reach."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.pages.checks import build_guard
from evidencebook.pages.warnings import report

#: What the site, the e-book or both write beside the pages, as their own.
_RESERVED = ("search", "genindex", "py-modindex", "nav", "epub-cover", "title-page")
#: Signs that an address or a file on some system cannot hold.
_SIGNS = '<>:"|?*\\%#'

#: No page for readers grows to this; a larger one would keep its reader waiting for minutes.
_MOST_BYTES = 2_000_000


def check(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Report each file that has the name of another of the book, or is no UTF-8, and stop; for env-get-outdated."""
    found: dict[str, str] = {}
    told = 0
    for page in sorted(env.found_docs):
        path = Path(env.doc2path(page))
        wrong, line = _wrong(page, found), 1
        found.setdefault(page.casefold(), page)
        if path.stat().st_size > _MOST_BYTES:
            wrong = f"the page is larger than {_MOST_BYTES // 10**6} MB; split it"
        try:
            path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as broken:
            line = broken.object.count(b"\n", 0, broken.start) + 1
            wrong = f"the page is no UTF-8 (byte {broken.object[broken.start]:#04x}); save it as UTF-8"
        if wrong:
            told += 1
            report(env, "element", wrong, f"{path}:{line}")
    build_guard.stop(told)
    return []


def check_toc(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each page file that _toc.yml does not name; folders beginning with _ hold parts, not pages."""
    root = Path(env.srcdir)
    for path in sorted(root.rglob("*.md")):
        inside = path.relative_to(root)
        name = inside.with_suffix("").as_posix()
        if name not in env.found_docs and not any(part.startswith(("_", ".")) for part in inside.parts):
            advice = f"add the line `- file: {name}` or remove the page"
            report(env, "toc", f"this page is not in _toc.yml; {advice}", f"{path}:1")


def _wrong(page: str, found: dict[str, str]) -> str:
    """Say what is wrong with the name of a page; nothing when it can be kept in every format."""
    if page.casefold() in _RESERVED:
        return f'the name "{page}" is taken by a file that the book writes itself; call this page "about-{page}"'
    if page.casefold() in found:
        return f'"{page}" and "{found[page.casefold()]}" are one file on many systems; give this page another name'
    if signs := sorted(set(page) & set(_SIGNS)):
        return f'the name "{page}" holds {" ".join(signs)}, which addresses cannot; leave it out'
    return ""
