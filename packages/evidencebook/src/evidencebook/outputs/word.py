"""Gather built pages into one document for other hands: Word, or JATS as journals take it, both through pandoc."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import join, normpath, split
from urllib.parse import unquote, urldefrag

import pypandoc
from bs4 import BeautifulSoup, Tag

from evidencebook.locale import _

#: The suffix of each form.
SUFFIX = {"docx": "docx", "jats": "xml"}
#: What a page has for a screen alone, and of a folded card all but the line that names its sources.
_LEFT_OUT = (
    "script, style, svg, .headerlink, .toc-tree, .cell_input, details.hide, nav, .look-up-filter, .backrefs, "
    ".cite-words + sup, .evidence-basis > :not(.claim-note), .on-site, .toctree-wrapper"
)
_CAVEATS = "article .admonition.caution"


def html(site: Path, pages: Sequence[str], root: str) -> str:
    """Return one page of HTML: the caveats of the root page, the articles of `pages`, the references that they cite.

    Raises FileNotFoundError for a page that was not built.
    """
    made = BeautifulSoup("", "html.parser")
    if caveats := _read(site, root).select_one(_CAVEATS):
        made.append(_bare(site, root, caveats))
    cited: dict[str, Tag] = {}
    entries: dict[str, dict[str, Tag]] = {}
    for page in pages:
        soup = _read(site, page)
        article = soup.select_one("article section")
        if article is None:
            continue
        if page == root and (again := article.select_one(".admonition.caution")):
            again.decompose()
        cited |= _cited(site, page, article, entries)
        made.append(_bare(site, page, article))
    if cited:
        made.append(_tag(made, "h1", _("References")))
        for entry in sorted(cited.values(), key=lambda one: one.get_text(" ", strip=True).lower()):
            made.append(entry)
    known = {str(one["id"]) for one in made.select("[id]")}
    for link in made.select("a[href]"):
        _aim(link, known)
    return str(made)


def write(source: str, form: str, out: Path, about: Mapping[str, str]) -> None:
    """Write what `html` returned as "docx" or "jats" to a file; `about` holds title, author, date and language.

    Word shows no drawing that scales, so it gets each as a picture of dots; JATS gets the drawings beside it.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    soup = BeautifulSoup(source, "html.parser")
    media = out.with_suffix("")
    shutil.rmtree(media, ignore_errors=True)
    for image in soup.select("img[src]"):
        path = Path(str(image["src"]))
        goal = media / (f"{path.stem}.png" if form == "docx" and path.suffix == ".svg" else path.name)
        media.mkdir(exist_ok=True)
        goal.write_bytes(_dots(path) if goal.suffix != path.suffix else path.read_bytes())
        image["src"] = f"{media.name}/{goal.name}"  # no path of this machine gets into the file
    options = ["--standalone", "--wrap=none", f"--resource-path={out.parent}"]
    options += [f"--metadata={name}={value}" for name, value in about.items() if value]
    pypandoc.convert_text(str(soup), form, format="html", outputfile=str(out), extra_args=options)
    if form == "docx":
        shutil.rmtree(media, ignore_errors=True)


def _read(site: Path, page: str) -> BeautifulSoup:
    return BeautifulSoup((site / f"{page}.html").read_text(encoding="utf-8"), "html.parser")


def _bare(site: Path, page: str, part: Tag) -> Tag:
    """Take from a part of a page what is for screens alone, and give its pictures their paths."""
    for one in part.select(_LEFT_OUT):
        one.decompose()
    for name in part.select(".cite-words, .admonition-title, details, summary"):
        if "admonition-title" in (name.get("class") or []):
            name.name, name.attrs = "strong", {}
            name.wrap(BeautifulSoup("", "html.parser").new_tag("p"))
        else:
            name.unwrap()
    for image in part.select("img[src]"):
        image["src"] = os.fspath(site / _path(page, str(image["src"])))
    return part.extract()


def _cited(site: Path, page: str, article: Tag, entries: dict[str, dict[str, Tag]]) -> Iterator[tuple[str, Tag]]:
    """Yield the entry in the list of references for each citation of a page, by its anchor.

    `entries` keeps, by page, the places of the pages that hold references: such a page is long, and read once.
    """
    for link in article.select(".bibtex-citation a[href*='#']"):
        path, anchor = urldefrag(_path(page, str(link["href"])))
        home = path.removesuffix(".html")
        if home not in entries:
            entries[home] = {str(one["id"]): one for one in _read(site, home).select("[role=listitem][id]")}
        if entry := entries[home].get(anchor):
            for one in entry.select(".label, .backrefs, .reference-findings, .headerlink"):
                one.decompose()
            entry.name = "div"
            yield anchor, entry


def _aim(link: Tag, known: set[str]) -> None:
    """Keep a link that leads outside, or to a place within the document; make words of any other."""
    href = str(link["href"])
    anchor = urldefrag(href).fragment
    if ":" in href.partition("#")[0]:
        return
    if anchor in known:
        link["href"] = f"#{anchor}"
    else:
        link.unwrap()


def _path(page: str, href: str) -> str:
    """Give the path of a link from the root of the site."""
    path, anchor = urldefrag(unquote(href))
    whole = normpath(join(split(page)[0], path)) if path else f"{page}.html"
    return f"{whole}#{anchor}" if anchor else whole


def _tag(soup: BeautifulSoup, name: str, text: str) -> Tag:
    made = soup.new_tag(name)
    made.string = text
    return made


def _dots(path: Path) -> bytes:
    """Draw an SVG as a PNG."""
    import typst  # noqa: PLC0415  a page without drawings needs none

    source = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{path.name}")'.encode()
    made = typst.Compiler(source, root=str(path.parent)).compile(format="png", ppi=200)
    if not isinstance(made, bytes):
        raise TypeError("Typst gives a drawing of one page as bytes")
    return made
