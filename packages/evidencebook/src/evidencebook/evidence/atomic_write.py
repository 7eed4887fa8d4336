"""Write several files together, or none of them."""

import os
from collections.abc import Mapping
from pathlib import Path


def write_together(texts: Mapping[Path, str]) -> None:
    """Write each text to its file.

    All are written beside their places first and moved there last, so that a full disk or a missing right leaves every
    file as it was. A file that is replaced keeps its rights.
    """
    waiting = {path: path.with_name(f".{path.name}.new") for path in texts}
    made = [folder for path in texts for folder in _missing(path.parent)]
    before = {path: path.read_bytes() if path.exists() else None for path in texts}
    moved: list[Path] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting[path].write_text(text, encoding="utf-8", newline="\n")
            if before[path] is not None:
                waiting[path].chmod(path.stat().st_mode)
        for path, beside in waiting.items():
            os.replace(beside, path)  # noqa: PTH105  the name says that it replaces, on every system
            moved.append(path)
    except BaseException:
        _undo(moved, before)
        for beside in waiting.values():
            beside.unlink(missing_ok=True)
        for folder in reversed(made):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise


def _undo(moved: list[Path], before: Mapping[Path, bytes | None]) -> None:
    """Put back what stood in the files that were already moved."""
    for path in moved:
        content = before[path]
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)


def _missing(folder: Path) -> list[Path]:
    """Name the folders that would have to be made, the outermost first."""
    return [one for one in reversed((folder, *folder.parents)) if not one.exists()]
