"""List the kinds of mutations of whole files: what lies under a name, what it begins or ends with, what nobody reads."""

import os
import random
from pathlib import Path

from mutations.engine import FileKind, Place

_NAMES = ("findings/deaths.yml", "claims/withdrawal.yml", "searches.yml", "outcomes.yml", "excluded.yml", "scores.yml", "sources.bib", "assertions.yml", "search-words.yml", "watch.yml")  # fmt: skip


def _write(name: str, text: bytes, line: int = 1, harmless: bool = False, most: int = 400, what: str = "") -> FileKind:
    def change(folder: Path, _: random.Random) -> Place:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text)
        return folder / (name if "sub/" not in name and "finding/" not in name else Path(name).parent), line

    return FileKind(what or f"{name} holds {text[:20]!a}", change, harmless, most)


def _append(name: str, text: bytes, line_of: bytes, what: str) -> FileKind:
    def change(folder: Path, _: random.Random) -> Place:
        whole = (folder / name).read_bytes() + text
        (folder / name).write_bytes(whole)
        return folder / name, whole.count(b"\n", 0, whole.rfind(line_of)) + 1

    return FileKind(f"{what} in {name}", change)


def _prepend(name: str, text: bytes, what: str) -> FileKind:
    def change(folder: Path, _: random.Random) -> Place:
        (folder / name).write_bytes(text + (folder / name).read_bytes())
        return folder / name, 1

    return FileKind(f"{what} in {name}", change)


def _replaced(name: str, how: str) -> FileKind:
    def change(folder: Path, _: random.Random) -> Place:
        path = folder / name
        path.unlink()
        if how == "FIFO":
            os.mkfifo(path)
        elif how == "dangling link":
            path.symlink_to("nowhere.yml")
        elif how == "looping link":
            path.symlink_to(path.name)
        elif how == "folder":
            path.mkdir()
        return path, 1

    return FileKind(f"{name} is {'a ' * (how != 'gone')}{how}", change)


_BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n" % (c, c, *[c - 1] * 9) for c in range(ord("b"), ord("k"))
)

KINDS = [
    *[_replaced(name, how) for name in _NAMES for how in ("FIFO", "dangling link", "looping link", "folder")],
    *[_write(name, text, most=5) for name in _NAMES if name != "watch.yml" for text in (b"", b"\xff\xfe\x00")],
    *[_prepend(name, b"\xef\xbb\xbf", "a byte-order mark") for name in _NAMES],
    *[_append(name, b">>>>>>> other\n", b">>>>>>>", "the last conflict mark") for name in _NAMES],
    *[_write(name, b"- {id: x}\n", what=f"nobody reads {name}") for name in ("search.yml", "findings/more.yaml", "claims/sub/more.yml", "findings/deaths.yml.bak", "sources.bib.orig", "finding/x.yml", "notes.csv", "claims.yml")],
    *[_write("findings/deaths.yml", text, most=200, what=what) for what, text in (
        ("alias bomb", _BOMB), ("100,000 brackets", b"[" * 100_000), ("100,000 closed brackets", b"[" * 100_000 + b"]" * 100_000),
        ("100,000 braces", b"{" * 100_000), ("100,000 dashes", b"- " * 100_000), ("a mapping", b"id: x\n"), ("a text", b"words\n"), ("a NUL", b"- id: \x00\n"),
        ("1 MB of ids", b"- id: x\n" * 125_000), ("1 MB of controls", b"\x01\n" * 500_000), ("1 MB of marks", b"<<<<<<< a\n" * 100_000),
        ("5 MB of letters", b"- about: " + b"a" * 5_000_000), ("3 MB of letters", b"- about: " + b"a" * 3_000_000), ("3 MB of digits", b"- value: " + b"1" * 3_000_000),
    )],
    _write("findings/deaths.yml", b"".join(b" " * i + b"a:\n" for i in range(1000)), 21, what="a deep block"),
    _append("sources.bib", b"\n@misc{a,\n  title = " + b"{" * 200_000, b"  title", "200,000 braces"),
    _append("sources.bib", b"\n@misc{a,\n  title = " + b'"b" # ' * 100_000, b"  title", "100,000 parts of a title"),
    *[_replaced(name, "gone") for name in (*_NAMES[2:], "reader-questions.yml")],
    _write("README.md", b"# Other words\n", harmless=True),
    _write(".gitkeep", b"", harmless=True),
    _write("notes.md", b"words\n", harmless=True),
]  # fmt: skip
