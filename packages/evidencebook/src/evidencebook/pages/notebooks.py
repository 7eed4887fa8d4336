"""Read the cells of an executed page as MyST-NB does, those included that no reader sees."""

from pathlib import Path
from typing import Any

from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode


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
    return "\n".join(cell.source for cell in read.cells if cell.cell_type == "code") if read else ""
