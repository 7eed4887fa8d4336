"""Finish the PDF that Typst made: lead the links within the book to their anchors, and pack it to a third of its size.

Were these links left to Typst, it would set the whole book once without them, to find the anchors, and once more with
them. Here they come as addresses of a scheme of their own, and Typst says, when the book is set, where the anchors are.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf

from evidencebook.pages.checks.foreign import address_fault

#: The scheme of an address within the book; template.typ writes it.
SCHEME = "place:"
#: Points between the top of the window and the anchor to which a link leads, as Typst leaves them.
_ABOVE = 10.0
#: What a link of a PDF may do beside leading to an address or to a place in the book: nothing.
_LIVE = {"/RichMedia", "/Screen", "/Widget"}
_ACTIONS = re.compile("/(JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|Rendition|Movie|Sound)")


#: A page, counted from one, and how many points below its top.
Destination = tuple[int, float]


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


def active_content(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """Yield page and fault of what a PDF would run, load or carry along; page 0 is the file as a whole."""
    root: Any = pdf.Root
    names: Any = root.get("/Names", {})
    for holder, keys in ((root, ("/AA", "/AcroForm")), (names, ("/JavaScript", "/EmbeddedFiles"))):
        yield from ((0, f"holds {key[1:]}") for key in keys if key in holder)
    if isinstance(root.get("/OpenAction"), pikepdf.Dictionary):
        yield 0, "does something when it is opened"
    for number, page in enumerate(pdf.pages, start=1):
        for note in page.obj.get("/Annots", []):
            action: Any = note.get("/A", {})
            kind, address = str(action.get("/S", "")), str(action.get("/URI", ""))
            if (
                "/AA" in note
                or _ACTIONS.fullmatch(kind)
                or note.get("/Subtype", "") in {"/RichMedia", "/Screen", "/Widget"}
            ):
                yield number, f"holds an action {kind[1:]}"
            elif wrong := address_fault(address, loaded=False):
                yield number, f'links to "{address[:60]}", which {wrong}'


def _lead(link: pikepdf.Object, destinations: Mapping[str, Destination], pages: Sequence[pikepdf.Object]) -> None:
    """Give a link its destination in place of its address, and words for those who hear it."""
    action = link.get("/A", None)
    address = str(action.get("/URI", "")) if action is not None else ""
    if not address.startswith(SCHEME):
        return
    number, below = destinations[address.removeprefix(SCHEME)]
    page = pages[number - 1]
    height = float(page.MediaBox[3]) - max(0.0, below - _ABOVE)
    del link["/A"]
    link["/Dest"] = pikepdf.Array([page, pikepdf.Name.XYZ, 0, height, None])
    link["/Contents"] = pikepdf.String(f"page {number}")
