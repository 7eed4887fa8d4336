"""Read what a PDF of the book says, page by page, and where its chapters begin."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import Destination

#: Of a sheet of A4 in points: what stands above and below is the running head and the number of the page.
_HEAD, _FOOT, _WIDTH = 60, 778, 596
#: What LaTeX says where code goes on on the next page.
_CONTINUED = re.compile(r"\((?:continues on next|continued from previous) page\)")


def pages(pdf: Path) -> list[str]:
    """Return the words of each page in the order in which they were set, so that a cell of a table stays whole."""
    area = ("-x", "0", "-y", str(_HEAD), "-W", str(_WIDTH), "-H", str(_FOOT - _HEAD))
    done = subprocess.run(["pdftotext", "-raw", *area, pdf, "-"], capture_output=True, text=True, check=True)
    return _CONTINUED.sub("", done.stdout).split("\f")[:-1]


def outline(pdf: Path) -> list[tuple[str, int, int]]:
    """Return title, page counted from 0, and depth of each entry of the outline."""
    reader = PdfReader(pdf)

    def entries(nested: list[Destination | list[Destination]], depth: int) -> Iterator[tuple[str, int, int]]:
        for entry in nested:
            if isinstance(entry, list):
                yield from entries(entry, depth + 1)
            else:
                yield str(entry.title), reader.get_destination_page_number(entry) or 0, depth

    return list(entries(reader.outline, 0))
