"""Compile Typst into a tagged PDF, and trace its messages back to the pages."""

import json
import re
from pathlib import Path

import typst

from evidencebook.outputs.pdf import fonts
from evidencebook.outputs.pdf.diagnostics import Fault
from evidencebook.outputs.pdf.postprocess import Spot, finish

_SPOT = re.compile(r"┌─ (\S+):(\d+):\d+")
_ORIGIN = re.compile(r"// (.+):(\d+)$")
#: Asks a book that has been set where its places are.
_PLACES = "query(<place>).map(mark => (mark.value, mark.location().position()))"


def compile_book(folder: Path) -> tuple[bytes, list[Fault]]:
    """Compile main.typ of a folder; return the PDF, or nothing and what was wrong."""
    compiler = typst.Compiler(
        str(folder / "main.typ"),
        root=str(folder),
        font_paths=fonts.lay_out(folder / "fonts"),
        ignore_system_fonts=True,
    )
    try:
        made, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as wrong:
        return b"", told(wrong.diagnostic or wrong.message)
    if not isinstance(made, bytes):
        raise TypeError("Typst gives one PDF as bytes")
    faults = [fault for one in warnings for fault in told(one.diagnostic or one.message)]
    spots = _spots(compiler)
    del compiler  # it holds the book as it was set, and packing needs room
    return finish(made, spots), faults


def _spots(compiler: typst.Compiler) -> dict[str, Spot]:
    """Ask where the places are; the book is set already, so that this costs nothing."""
    found = json.loads(compiler.eval(_PLACES))
    return {name: Spot(at["page"], float(at["y"].removesuffix("pt"))) for name, at in found}


def told(diagnostic: str) -> list[Fault]:
    """Turn what Typst says into faults, each with the line of the page it came from."""
    faults = []
    for said in re.split(r"^(?=(?:error|warning): )", diagnostic, flags=re.MULTILINE):
        if not said.strip():
            continue
        message = said.splitlines()[0].partition(": ")[2] or said.strip()
        hints = re.findall(r"= hint: (.+)", said)
        spot = _SPOT.search(said)
        file, line = _origin(spot[1], int(spot[2])) if spot else ("", 1)
        faults.append(Fault("typst", "Typst says: " + "; ".join([message, *hints]), file, line))
    return faults


def _origin(name: str, line: int) -> tuple[str, int]:
    """Find the page and line behind a line of Typst: the nearest comment above names them."""
    path = Path.cwd() / name  # from there Typst counts
    if not path.is_file():
        return path.as_posix(), line
    for above in reversed(path.read_text(encoding="utf-8").split("\n")[:line]):
        if found := _ORIGIN.match(above.strip()):
            return found[1], int(found[2])
    return path.as_posix(), line


def put(made: bytes, path: Path) -> None:
    """Write a file at once or not at all: an earlier one stays until the new one is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.write_bytes(made)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
