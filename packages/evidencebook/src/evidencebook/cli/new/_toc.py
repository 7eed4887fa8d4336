"""Add a page to _toc.yml as a line of text: sphinx-external-toc can write the file, but without its comments."""

import re
from pathlib import PurePosixPath

import yaml
from sphinx_external_toc.api import Document, FileItem, SiteMap, TocTree
from sphinx_external_toc.parsing import MalformedError, parse_toc_data

from evidencebook.evidence.diagnostics import UserError

_FILE_LINE = re.compile(r"""(\s*)-\s+file:\s+["']?([^\s"']+)""")

#: The key of the first list of pages, by the format of the file.
_LISTS = {"jb-book": "chapters", "jb-article": "sections"}


def with_page(text: str, page: str, part: str | None = None) -> str:
    """Return the text of _toc.yml with one more page.

    The page goes to the end of the part with that caption; without one, of the first part that holds pages of the same
    folder; else of the first part. Raises UserError when the page is listed already, when no part has that caption, or
    when sphinx-external-toc would read anything but one page more.
    """
    site = _parsed(text)
    if page in site:
        raise UserError(f'the page "{page}" is in _toc.yml already')
    lines = text.rstrip("\n").split("\n")
    if site.root.subtrees:
        tree = _chosen(site.root.subtrees, PurePosixPath(page).parent, part)
        found = [(index, line) for index, text in enumerate(lines) if (line := _FILE_LINE.match(text))]
        places = {line[2]: (index, line[1]) for index, line in found}
        first, last = str(tree.items[0]), _last_page(site, tree)
        index, indent = places.get(last, (-1, ""))[0], places.get(first, (-1, ""))[1]
        lines.insert(index + 1, f"{indent}- file: {page}")
        tree.items.append(FileItem(page))
    else:
        lines += [f"{_LISTS.get(site.file_format or '', 'entries')}:", f"  - file: {page}"]
        site.root.subtrees.append(TocTree([FileItem(page)]))
    site[page] = Document(page)
    after = "\n".join(lines) + "\n"
    if not _is(after, site):
        raise UserError(f'_toc.yml is not written as plain lists; add the line "- file: {page}" by hand')
    return after


def _parsed(text: str) -> SiteMap:
    try:
        return parse_toc_data(yaml.safe_load(text))
    except (MalformedError, yaml.YAMLError, AttributeError) as broken:
        raise UserError(f"_toc.yml cannot be read: {broken}") from broken


def _is(text: str, site: SiteMap) -> bool:
    """Tell whether a text is read as this site map; the options of its parts are not compared."""
    try:
        read = _parsed(text)
    except UserError:
        return False
    return set(read) == set(site) and all(read[name].child_files() == site[name].child_files() for name in read)


def _chosen(trees: list[TocTree], folder: PurePosixPath, part: str | None) -> TocTree:
    if part is None:
        beside = (tree for tree in trees if folder in {PurePosixPath(name).parent for name in tree.files()})
        return next(beside, trees[0])
    for tree in trees:
        if tree.caption == part:
            return tree
    captions = ", ".join(f'"{tree.caption}"' for tree in trees if tree.caption) or "none with a caption"
    raise UserError(f'_toc.yml has no part "{part}"; there are: {captions}')


def _last_page(site: SiteMap, tree: TocTree) -> str:
    last = str(tree.items[-1])
    below = site[last].subtrees if last in site else []
    return _last_page(site, below[-1]) if below else last
