"""Lay the pictures beside the pages, as paper wants them."""

import html
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from evidencebook.analysis.figure_style import INK, PRINTED_INK
from evidencebook.outputs.pdf.translator import Picture

_HEIGHT = re.compile(r"<svg\b[^>]*\sheight=\"([\d.]+)pt\"")
_WORDS = re.compile(r"<(?:text|tspan)\b[^>]*>([^<]*)")


def lay_out(sources: Mapping[str, tuple[Path, str]], folder: Path) -> dict[str, Picture]:
    """Copy pictures, given by address with their file and the name to take, into the folder pictures."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    return {address: _copy(*source, folder) for address, source in sources.items()}


def _copy(source: Path, name: str, folder: Path) -> Picture:
    """Copy one picture; from a drawing, read the characters that stand in it."""
    path = f"/pictures/{name}"
    if source.suffix != ".svg":
        shutil.copyfile(source, folder / "pictures" / name)
        return Picture(path)
    drawing = source.read_text(encoding="utf-8")
    (folder / "pictures" / name).write_text(darker(drawing), encoding="utf-8")
    height = _HEIGHT.search(drawing)
    signs = "".join(html.unescape(words) for words in _WORDS.findall(drawing))
    return Picture(path, signs, float(height[1]) if height else 0.0)


def darker(svg: str) -> str:
    """Draw words and axes darker: their grey is chosen to be read on a dark screen too, and paper is white."""
    return svg.replace(INK.lower(), PRINTED_INK)
