"""Read the cells of an executed page as MyST-NB does, those included that no reader sees."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from sphinx.application import Sphinx

from evidencebook.compat.myst_nb import create_nb_reader

_DIGEST = re.compile(r"[0-9a-f]{64}")


def notebook(env: Any, page: str) -> NotebookNode | None:
    """Return the cells of a page; None where it has none, or where MyST-NB will say what is wrong with it."""
    path = Path(env.doc2path(page))
    text = path.read_text(encoding="utf-8")
    try:
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
        return reader.read(text) if reader else None
    except Exception:  # MyST-NB will meet the same and say so, with the page
        return None


def code(env: Any, page: str) -> str:
    """Return the code of all cells of a page, shown or not."""
    read = notebook(env, page)
    return code_of(read) if read else ""


def code_of(read: NotebookNode) -> str:
    """Return the code of all cells."""
    return "\n".join(cell.source for cell in read.cells if cell.cell_type == "code")


def drop_half_written_figures(app: Sphinx, env: Any, pages: list[str]) -> None:
    """Delete the figures of cells that a stopped build left half written; for env-before-read-docs.

    MyST-NB names a figure by the digest of its content, and takes one that is there for whole.
    """
    for path in Path(env.mystnb_config.output_folder).rglob("*"):
        if _DIGEST.fullmatch(path.stem) and sha256(path.read_bytes()).hexdigest() != path.stem:
            path.unlink()
