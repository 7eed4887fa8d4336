"""Links within the book lead to the page and the line, and the same input gives the same file."""

import io

import pikepdf
import typst

from evidencebook.outputs.pdf.postprocess import Spot, finish

PAGES = b"""#set document(title: "Two pages", date: none)
#set page(height: 400pt, margin: 50pt)
#link("place:there")[go there] #link("place:top")[go up] #link("https://example.org")[go out]
#pagebreak()
"""
SPOTS = {"there": Spot(2, 150.0), "top": Spot(1, 4.0)}


def test_links_lead_to_their_spots() -> None:
    """To a little above the line, never above the page; what leads out is left alone."""
    made = typst.compile(PAGES, ignore_system_fonts=True)
    with pikepdf.open(io.BytesIO(finish(made, SPOTS))) as pdf:
        there, top, out = pdf.pages[0].Annots

        assert there.Dest[0].objgen == pdf.pages[1].objgen
        assert [float(there.Dest[3]), float(top.Dest[3])] == [400 - 150 + 10, 400]
        assert str(there.Contents) == "page 2"
        assert "/A" not in there
        assert str(out.A.URI) == "https://example.org"


def test_the_same_input_gives_the_same_bytes() -> None:
    """No date, no chance; and no larger than it came."""
    made = typst.compile(PAGES, ignore_system_fonts=True)

    assert finish(made, SPOTS) == finish(made, SPOTS)
    assert len(finish(made, SPOTS)) < len(made)
