"""Compile Typst into a tagged PDF, and trace its messages back to the pages."""

import io
import json
import re
import shutil
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import typst
from sphinx.application import Sphinx

from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.outputs.pdf.postprocess import active_content, postprocess

#: Typst brings Libertinus Serif for the text and DejaVu Sans Mono for code; figures are drawn in DejaVu Sans, which
#: matplotlib brings.
_FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf")
_SPOT = re.compile(r"┌─ (\S+):(\d+):\d+")
_ORIGIN = re.compile(r"// (.+):(\d+)$")
_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
#: Asks a book that has been set where its anchors are.
_ANCHORS = "query(<place>).map(mark => (mark.value, mark.location().position()))"


def compile_book(folder: Path, own_fonts: Iterable[Path] = ()) -> tuple[bytes, list[Diagnostic]]:
    """Compile main.typ of a folder with its own fonts; return the PDF, or nothing and what is wrong."""
    compiler = compiler_of(folder / "main.typ", own_fonts)
    try:
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        return b"", parse_messages(error.diagnostic or error.message, folder)
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gives one PDF as bytes")
    diagnostics = [found for each in warnings for found in parse_messages(each.diagnostic or each.message, folder)]
    # The book is set already, so that this question costs nothing.
    anchors = json.loads(compiler.eval(_ANCHORS))
    del compiler  # it holds the book as it was set, and packing needs room
    destinations = {name: (at["page"], float(at["y"].removesuffix("pt"))) for name, at in anchors}
    packed = postprocess(pdf, destinations)
    with pikepdf.open(io.BytesIO(packed)) as opened:
        found = [Diagnostic("", 1, f"page {page} of the PDF {fault}") for page, fault in active_content(opened)]
    return packed, diagnostics + found


def fonts_of(app: Sphinx) -> list[Path]:
    """Return the font files that the book names for letters which ours lack."""
    return [Path(app.srcdir, name) for name in app.config.evidence_pdf_fonts]


def compiler_of(source: Path, own_fonts: Iterable[Path] = ()) -> typst.Compiler:
    """Return what compiles a source, with our fonts and those of the book: Typst takes a letter from whichever has it.

    They are copied: beside ours matplotlib keeps one that draws a box for every character: none would be missing.
    """
    folder = source.parent / "fonts"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = find_spec("matplotlib")  # not imported: that alone would take as long as setting a short book
    data = Path(found.origin or "").parent / "mpl-data" if found else Path()
    for path in (*(data / "fonts" / "ttf" / name for name in _FONTS), *own_fonts):
        shutil.copyfile(path, folder / path.name)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
    return typst.Compiler(str(source), root=str(source.parent), font_paths=fonts, ignore_system_fonts=True)


def parse_messages(text: str, folder: Path) -> list[Diagnostic]:
    """Turn what Typst says about the sources of a folder into diagnostics, each with the line of the page."""
    diagnostics = []
    for part in re.split(r"^(?=(?:error|warning): )", text, flags=re.MULTILINE):
        if not part.strip():
            continue
        message = part.splitlines()[0].partition(": ")[2] or part.strip()
        spot = _SPOT.search(part)
        file, line = _origin(spot[1], int(spot[2])) if spot else ("", 1)
        if missing := _GLYPH.search(message):
            named = ", ".join(f'"{character}" (U+{ord(character):04X})' for character in missing[1])
            words = f"no font of the PDF has {named}; name a font file that has it under evidence_pdf_fonts"
            diagnostics.append(Diagnostic(file or _drawing(folder, missing[1]), line, words))
        else:
            hints = re.findall(r"= hint: (.+)", part)
            diagnostics.append(Diagnostic(file, line, "Typst says: " + "; ".join([message, *hints])))
    return diagnostics


def _origin(name: str, line: int) -> tuple[str, int]:
    """Find the page and line behind a line of Typst: the nearest comment above names them."""
    path = Path.cwd() / name  # from there Typst counts
    if not path.is_file():
        return path.as_posix(), line
    for above in reversed(path.read_text(encoding="utf-8").split("\n")[:line]):
        if found := _ORIGIN.match(above.strip()):
            return found[1], int(found[2])
    return path.as_posix(), line


def _drawing(folder: Path, characters: str) -> str:
    """Find the drawing that holds characters of which Typst names no place."""
    drawings = sorted((folder / "pictures").glob("*.svg"))
    return next((path.as_posix() for path in drawings if characters in path.read_text(encoding="utf-8")), "")
