"""Lay earlier editions of a book beside the newest build, each at an address that stays: v/<version>/."""

import html
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from packaging.version import InvalidVersion, Version

from evidencebook.evidence.diagnostics import UserError
from evidencebook.release.archive import unpack

FOLDER = "v"
_ARTICLE, _BODY = re.compile(r"<article\b[^>]*>"), re.compile(r"<body\b[^>]*>")
_PAGE = Path(__file__).parent / "editions.html"
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def lay(site: Path, archives: Mapping[str, Path]) -> list[str]:
    """Unpack an archive for each version below `site`, say on each page what it is, list them; newest first."""
    target = site / FOLDER
    if target.exists():
        raise UserError(f"{target} exists already; a book with editions can have no folder {FOLDER} of its own")
    versions = sorted(archives, key=_version, reverse=True)
    with tempfile.TemporaryDirectory(dir=site, prefix=".editions-") as place:
        made = Path(place) / FOLDER
        for version in versions:
            unpack(archives[version], made / version)
            for page in sorted((made / version).rglob("*.html")):
                _mark(page, page.relative_to(made / version), version, site)
        if versions:
            (made / "index.html").write_text(_list(_title(site), versions), encoding="utf-8")
            made.rename(target)
    return versions


def _version(text: str) -> Version:
    """Read a version, so that 0.10 comes after 0.9."""
    try:
        return Version(text)
    except InvalidVersion:
        raise UserError(f'"{text}" is not a version; name the archive as 0.1.0.zip') from None


def _mark(kept: Path, page: Path, version: str, site: Path) -> None:
    """Say at the head of a kept page that it is kept, and where the book of today is."""
    text = kept.read_text(encoding="utf-8")
    place = _ARTICLE.search(text) or _BODY.search(text)
    if not place:
        return
    today = page if (site / page).is_file() else Path("index.html")
    href = Path(os.path.relpath(today, Path(FOLDER) / version / page.parent)).as_posix()
    note = (
        '\n<div class="admonition caution" role="note"><p class="admonition-title">A kept edition</p>'
        f"<p>This is edition {html.escape(version)}, kept as it was, so that it can be cited. "
        f'<a href="{html.escape(href)}">The book of today</a> may say something else.</p></div>\n'
    )
    kept.write_text(text[: place.end()] + note + text[place.end() :], encoding="utf-8")


def _title(site: Path) -> str:
    found = _TITLE.search((site / "index.html").read_text(encoding="utf-8"))
    return html.unescape(found[1]).strip() if found else "this book"


def _list(title: str, versions: list[str]) -> str:
    rows = "".join(f'<li><a href="{html.escape(v)}/index.html">{html.escape(v)}</a></li>\n' for v in versions)
    return _PAGE.read_text(encoding="utf-8").format(title=html.escape(title), rows=rows)
