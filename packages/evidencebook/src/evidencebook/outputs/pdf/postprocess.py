"""Finish the PDF that Typst made: lead the links within the book to their anchors, and pack it to a third of its size.

Were these links left to Typst, it would set the whole book once without them, to find the anchors, and once more with
them. Here they come as addresses of a scheme of their own, and Typst says, when the book is set, where the anchors are.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf

#: The scheme of an address within the book; template.typ writes it.
SCHEME = "place:"
#: Points between the top of the window and the anchor to which a link leads, as Typst leaves them.
_ABOVE = 10.0


@dataclass(frozen=True)
class Destination:
    """Hold a page, counted from one, and how many points below its top."""

    page: int
    below: float


def postprocess(pdf: bytes, destinations: Mapping[str, Destination]) -> bytes:
    """Lead the links to their destinations and pack the file; the same input gives the same bytes."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = [page.obj for page in opened.pages]
        for page in pages:
            for link in page.get("/Annots", []):
                _lead(link, destinations, pages)
        opened.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()


def _lead(link: pikepdf.Object, destinations: Mapping[str, Destination], pages: Sequence[pikepdf.Object]) -> None:
    """Give a link its destination in place of its address, and words for those who hear it."""
    action = link.get("/A", None)
    address = str(action.get("/URI", "")) if action is not None else ""
    if not address.startswith(SCHEME):
        return
    destination = destinations[address.removeprefix(SCHEME)]
    page = pages[destination.page - 1]
    height = float(page.MediaBox[3]) - max(0.0, destination.below - _ABOVE)
    del link["/A"]
    link["/Dest"] = pikepdf.Array([page, pikepdf.Name.XYZ, 0, height, None])
    link["/Contents"] = pikepdf.String(f"page {destination.page}")
