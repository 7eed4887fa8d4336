"""Give Typst its fonts: its own, and DejaVu Sans as matplotlib ships it, in which the figures are drawn."""

import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import matplotlib
import typst
from fontTools.ttLib import TTFont

#: Typst brings Libertinus Serif for the text and DejaVu Sans Mono for code.
TEXT = ("Libertinus Serif", "DejaVu Sans")
_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf")


def lay_out(folder: Path) -> typst.Fonts:
    """Copy the fonts into a folder of their own and load them.

    Beside them matplotlib keeps one that draws a box for every character there is: with it no glyph would be missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        if not (folder / name).exists():
            shutil.copyfile(_source(name), folder / name)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


def missing(signs: Iterable[str], fonts: typst.Fonts) -> frozenset[str]:
    """Name the characters that no font has.

    What DejaVu Sans lacks may be in one of Typst's own fonts, which are no files: Typst is asked, one by one.
    """
    doubtful = {sign for sign in signs if ord(sign) not in _covered() and sign.isprintable()}
    return frozenset(sign for sign in doubtful if not _has(sign, fonts))


@cache
def _covered() -> frozenset[int]:
    """Give the characters of the upright DejaVu Sans."""
    with TTFont(_source(_FILES[0]), lazy=True) as font:
        return frozenset(font.getBestCmap())


def _has(sign: str, fonts: typst.Fonts) -> bool:
    """Set one character under a standard that allows no box in its place."""
    page = f'#set document(title: "x")\n#text("\\u{{{ord(sign):x}}}")'.encode()
    try:
        typst.compile(page, font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True


def _source(name: str) -> Path:
    """Give the place of a font."""
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name
