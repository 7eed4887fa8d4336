"""Find the folders of the book that is being built; nobody else writes a path."""

import os
from pathlib import Path

#: Set by the Sphinx extension, so that an executed page finds the evidence from wherever its kernel runs.
VARIABLE = "EVIDENCEBOOK_EVIDENCE"
#: How the press tells a table that waits to be written from the other things a page keeps.
TABLE = "table "


def evidence_folder() -> Path:
    """Return the evidence folder: the one being built, else the nearest one above the working folder."""
    if given := os.environ.get(VARIABLE):
        return Path(given)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "evidence" / "sources.bib").is_file():
            return folder / "evidence"
    raise FileNotFoundError(f"no evidence/sources.bib in {here} or above it; run inside the book's folder")
