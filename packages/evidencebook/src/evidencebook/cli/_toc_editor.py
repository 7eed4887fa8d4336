"""Add a page to the list of pages, as a line of text, so that comments and order stay."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import yaml

from evidencebook.evidence.diagnostics import UserError

_LISTS = ("chapters", "sections")


def with_page(text: str, page: str, part: str | None = None) -> str:
    """Return the text of _toc.yml with one more page.

    The page goes to the end of the part with that caption; without one, of the first part that holds pages of the same
    folder; else of the first part. Raises UserError when the page is listed already, when no part has that caption, or
    when the line cannot be put in without changing anything else.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    parts = list(_parts(root)) if isinstance(root, yaml.MappingNode) else []
    if page in _files(root):
        raise UserError(f'the page "{page}" is in _toc.yml already')
    if not parts:
        return _checked(text, f"{text.rstrip()}\nchapters:\n  - file: {page}\n", page)
    _, sequence = _chosen(parts, page, part)
    line, column = _end(sequence), sequence.value[0].start_mark.column - 2
    lines = text.rstrip("\n").split("\n")
    lines.insert(line + 1, f"{' ' * column}- file: {page}")
    return _checked(text, "\n".join(lines) + "\n", page)


def _chosen(parts: list[tuple[str, yaml.SequenceNode]], page: str, part: str | None) -> tuple[str, yaml.SequenceNode]:
    """Choose the part that a page belongs to."""
    if part is not None:
        named = [one for one in parts if one[0] == part]
        if not named:
            captions = ", ".join(f'"{caption}"' for caption, _ in parts if caption) or "none with a caption"
            raise UserError(f'_toc.yml has no part "{part}"; there are: {captions}')
        return named[0]
    folder = PurePosixPath(page).parent
    same = [one for one in parts if folder in {PurePosixPath(file).parent for file in _files(one[1])}]
    return (same or parts)[0]


def _parts(root: yaml.MappingNode) -> Iterator[tuple[str, yaml.SequenceNode]]:
    """Yield the caption and the list of pages of each part; a book without parts is one part without a caption."""
    for key, value in root.value:
        if key.value in _LISTS and isinstance(value, yaml.SequenceNode) and value.value:
            yield "", value
        elif key.value == "parts" and isinstance(value, yaml.SequenceNode):
            for one in value.value:
                caption = next((v.value for k, v in one.value if k.value == "caption"), "")
                yield from ((caption, pages) for _, pages in _parts(one))


def _files(node: yaml.Node | None) -> set[str]:
    """Name every page below a node."""
    if isinstance(node, yaml.SequenceNode):
        return {name for item in node.value for name in _files(item)}
    if isinstance(node, yaml.MappingNode):
        named = {v.value for k, v in node.value if k.value in ("file", "root") and isinstance(v, yaml.ScalarNode)}
        return named | {name for _, value in node.value for name in _files(value)}
    return set()


def _end(node: yaml.Node) -> int:
    """Give the line on which the last word of a node stands; the node's own mark lies behind the comments after it."""
    if isinstance(node, yaml.SequenceNode) and node.value:
        return _end(node.value[-1])
    if isinstance(node, yaml.MappingNode) and node.value:
        return max(_end(value) for _, value in node.value)
    return int(node.end_mark.line)


def _checked(before: str, after: str, page: str) -> str:
    """Return the new text when it lists one page more and is otherwise the same."""
    try:
        sound = _without(yaml.safe_load(after), page) == _without(yaml.safe_load(before), page) and page in _files(
            yaml.compose(after, Loader=yaml.SafeLoader)
        )
    except yaml.YAMLError:
        sound = False
    if not sound:
        raise UserError(f'_toc.yml is not written as plain lists; add the line "- file: {page}" by hand')
    return after


def _without(value: Any, page: str) -> Any:
    """Leave one page out of the contents."""
    if isinstance(value, list):
        kept = [_without(item, page) for item in value if item != {"file": page}]
        return kept or None
    if isinstance(value, dict):
        return {key: one for key, one in ((k, _without(v, page)) for k, v in value.items()) if one is not None}
    return value
