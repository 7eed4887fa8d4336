"""Links within the book lead to the page and the line, and the same input gives the same file."""

import io

import pikepdf
import typst

from evidencebook.outputs.pdf.postprocess import postprocess

PAGES = b"""#set document(title: "Two pages", date: none)
#set page(height: 400pt, margin: 50pt)
#link("place:there")[go there] #link("place:top")[go up] #link("https://example.org")[go out]
#pagebreak()
"""


def test_postprocess_leads_links() -> None:
    """To a little above the line, never above the page; what leads out is left alone; the file gets no larger."""
    compiled = typst.compile(PAGES, ignore_system_fonts=True)
    finished = postprocess(compiled, {"there": (2, 150.0), "top": (1, 4.0)})
    with pikepdf.open(io.BytesIO(finished)) as pdf:
        there, top, out = pdf.pages[0].Annots

        assert there.Dest[0].objgen == pdf.pages[1].objgen
        assert [float(there.Dest[3]), float(top.Dest[3])] == [400 - 150 + 10, 400]
        assert str(there.Contents) == "page 2"
        assert "/A" not in there
        assert str(out.A.URI) == "https://example.org"
    assert len(finished) < len(compiled)
    assert postprocess(compiled, {"there": (2, 150.0), "top": (1, 4.0)}) == finished
