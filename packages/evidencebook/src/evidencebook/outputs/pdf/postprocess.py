"""Finish the PDF that Typst made: lead the links within the book to their places, and pack it to a third of its size.

Were these links left to Typst, it would set the whole book once without them, to find the places, and once more with
them. Here they come as addresses of a scheme of their own, and Typst says, when the book is set, where the places are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

#: The scheme of an address within the book; template.typ writes it.
SCHEME = "place:"
#: Points between the top of the window and a place to which a link leads, as Typst leaves them.
_ABOVE = 10.0


@dataclass(frozen=True)
class Spot:
    """Hold a page, counted from one, and how many points below its top."""

    page: int
    below: float


def finish(made: bytes, spots: Mapping[str, Spot]) -> bytes:
    """Lead the links to the spots and pack the file; the same input gives the same bytes.

    pikepdf reads and writes files by itself, and calls back into Python for every piece of what lies in memory.
    """
    with TemporaryDirectory() as folder:
        before, after = Path(folder, "made.pdf"), Path(folder, "finished.pdf")
        before.write_bytes(made)
        with pikepdf.open(before) as pdf:
            pages = [page.obj for page in pdf.pages]
            for page in pages:
                for link in page.get("/Annots", []):
                    _lead(link, spots, pages)
            pdf.save(after, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return after.read_bytes()


def _lead(link: pikepdf.Object, spots: Mapping[str, Spot], pages: Sequence[pikepdf.Object]) -> None:
    """Give a link its destination in place of its address, and words for those who hear it."""
    action = link.get("/A", None)
    address = str(action.get("/URI", "")) if action is not None else ""
    if not address.startswith(SCHEME):
        return
    spot = spots[address.removeprefix(SCHEME)]
    page = pages[spot.page - 1]
    height = float(page.MediaBox[3]) - max(0.0, spot.below - _ABOVE)
    del link["/A"]
    link["/Dest"] = pikepdf.Array([page, pikepdf.Name.XYZ, 0, height, None])
    link["/Contents"] = pikepdf.String(f"page {spot.page}")
