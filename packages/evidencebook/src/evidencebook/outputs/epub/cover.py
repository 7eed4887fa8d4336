"""Draw the cover of a book from its title and its authors: four circles, as certainty is drawn on every claim."""

import json
import tempfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import typst

from evidencebook.outputs.pdf.compile import compiler_of, parse_messages

#: Inches and dots for each make 1600 by 2400 dots, the size that shops and e-readers ask for.
_DOTS = 200


def cover(
    title: str, authors: str, edition: str = "", *, language: str = "en", own_fonts: Iterable[Path] = ()
) -> bytes:
    """Return the cover as PNG, the same bytes at each call; what follows a colon in the title is its second line.

    Raises ValueError with the letters that no font has.
    """
    main, _, second = title.partition(": ")
    words = {"title": main, "second": second, "authors": authors, "edition": edition}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "cover.json").write_text(
            json.dumps(words | {"language": language.partition("-")[0]}), encoding="utf-8"
        )
        (folder / "cover.typ").write_bytes(files("evidencebook.outputs.epub").joinpath("cover.typ").read_bytes())
        compiler = compiler_of(folder / "cover.typ", own_fonts)
        try:  # a picture says nothing of letters that it leaves empty
            compiler.compile(format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as error:
            raise ValueError(parse_messages(error.diagnostic, folder)[0].message) from error
        drawn = compiler.compile(format="png", ppi=_DOTS)
    if not isinstance(drawn, bytes):
        raise TypeError("a cover is one page")
    return drawn
