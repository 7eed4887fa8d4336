"""Build each further format of the whole book once, where the HTML was built."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from built_book import STRICT, build
from installed import needs

NAME = "kratom-and-opioid-withdrawal"
#: For each format: how jupyter-book is asked for it, the file it makes, and what must be installed for it.
FORMATS: dict[str, tuple[tuple[str, ...], str, str | None]] = {
    "epub": (("--builder", "custom", "--custom-builder", "epub"), f"epub/{NAME}.epub", None),
    "latex": (("--builder", "pdflatex"), f"latex/{NAME}.pdf", "xelatex"),
    "typst": (("--builder", "custom", "--custom-builder", "typstpdf-full"), f"pdf/{NAME}-complete.pdf", None),
    "reading": (("--builder", "custom", "--custom-builder", "typstpdf"), f"pdf/{NAME}.pdf", None),
}


def made_in(root: Path, kind: str, **setting: str) -> Path:
    """Build a format of a clone strictly, and return its file."""
    options, file, tool = FORMATS[kind]
    needs(tool is None or shutil.which(tool), str(tool))
    done = build(root, *STRICT, *options, **setting)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return root / "book" / "_build" / file


@pytest.fixture(scope="session")
def made(clone: Path, site: Path) -> Callable[[str], Path]:
    """Build a format when it is first asked for; after the site, which would else offer it."""
    return cache(lambda kind: made_in(clone, kind))
