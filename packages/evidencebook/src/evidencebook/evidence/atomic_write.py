"""Write several files together, or none of them."""

import os
from collections.abc import Mapping
from pathlib import Path


def write_together(contents: Mapping[Path, str | bytes]) -> None:
    """Write each content to its file; text as UTF-8 with Unix line ends.

    All are written beside their places first and moved there last, so that a full disk or a missing right leaves every
    file as it was. A file that is replaced keeps its rights. Raises OSError.
    """
    waiting = {path: path.with_name(f".{path.name}.new") for path in contents}
    made = [folder for path in contents for folder in _missing(path.parent)]
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    moved: list[Path] = []
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting[path].write_bytes(content if isinstance(content, bytes) else content.encode())
            if before[path] is not None:
                waiting[path].chmod(path.stat().st_mode)
        for path, beside in waiting.items():
            os.replace(beside, path)  # noqa: PTH105  the name says that it replaces, on every system
            moved.append(path)
    except BaseException:
        _undo({path: before[path] for path in moved})
        for beside in waiting.values():
            beside.unlink(missing_ok=True)
        for folder in reversed(made):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise


def _undo(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)


def _missing(folder: Path) -> list[Path]:
    """Name the folders that would have to be made, the outermost first."""
    return [above for above in reversed((folder, *folder.parents)) if not above.exists()]
