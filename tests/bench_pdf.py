"""Time the PDF by Typst beside the PDF by LaTeX, from the same doctrees, and watch Typst grow with the book."""

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

ROUTES = {"Typst": ("custom", "--custom-builder", "typstpdf"), "LaTeX": ("pdflatex",)}
NAMES = ("doctrees to PDF, seconds", "the same, links resolved", "the same, processor seconds", "peak memory, MB")
MEGABYTE = 1024  # Linux counts in kilobytes
#: Names of places as the pages write them; each copy of the book gets its own.
_PLACE = re.compile(r'"([\w/-]+:[\w.-]*)"')


def measure(route: str, root: Path) -> tuple[float, ...]:
    """Build a PDF from doctrees that are up to date.

    Return seconds, those without resolving, seconds of processors without resolving, and peak megabytes.
    """
    if route == "LaTeX":
        shutil.rmtree(root / "book" / "_build" / "latex", ignore_errors=True)  # else its second run is half a run
    command = [sys.executable, __file__, "--build", route]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if not (found := re.search(r"^MEASURED (\S+) (\S+) (\S+) (\S+)$", done.stdout, re.MULTILINE)):
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    return tuple(map(float, found.groups()))


def build(route: str) -> None:
    """Run jupyter-book in this process; time it from the first doctree that is read to the end, make included."""
    from jupyter_book.cli.main import main  # noqa: PLC0415  only in the process that is measured
    from sphinx.builders.latex import LaTeXBuilder  # noqa: PLC0415
    from sphinx.environment import BuildEnvironment  # noqa: PLC0415

    from evidencebook.outputs.pdf.builder import TypstBuilder  # noqa: PLC0415

    begun: list[float] = []
    resolving = Path(tempfile.mkdtemp())
    resolve = BuildEnvironment.resolve_references

    def timed_resolve(*arguments: object) -> None:
        start, busy = time.perf_counter(), _processors()
        resolve(*arguments)  # type: ignore[arg-type]  # handed on as they come
        with (resolving / str(os.getpid())).open("a") as told:  # pages may be resolved in processes of their own
            print(time.perf_counter() - start, _processors() - busy, file=told)

    def from_here(write: object) -> object:
        def timed(*arguments: object) -> None:
            begun.extend((time.perf_counter(), _processors()))
            write(*arguments)  # type: ignore[operator]  # a method

        return timed

    builder = TypstBuilder if route == "Typst" else LaTeXBuilder
    arguments = ["jupyter-book", "build", "book/", "--builder", *ROUTES[route]]
    with (
        mock.patch.object(builder, "write", from_here(builder.write)),
        mock.patch.object(BuildEnvironment, "resolve_references", timed_resolve),
        mock.patch.object(sys, "argv", arguments),
    ):
        try:
            main()
        except SystemExit as end:
            if end.code:
                raise
    seconds, busy = time.perf_counter() - begun[0], _processors() - begun[1]
    waited, used = _resolved(resolving)
    print(f"\nMEASURED {seconds:.2f} {seconds - waited:.2f} {busy - used:.2f} {_peak():.0f}")


def _resolved(folder: Path) -> tuple[float, float]:
    """Give the seconds of the process that resolved for longest, and the seconds of processors of them all."""
    pages = [[tuple(map(float, line.split())) for line in file.read_text().splitlines()] for file in folder.iterdir()]
    shutil.rmtree(folder)
    return max(sum(one for one, _ in file) for file in pages), sum(busy for file in pages for _, busy in file)


def _processors() -> float:
    """Give the seconds of processors that this process and its children have used; others on the machine count less."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak() -> float:
    """Give the megabytes that the largest process has held."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / MEGABYTE


def grow(sources: Path, times: int) -> tuple[float, float]:
    """Compile the book with its pages repeated, in a process of its own; return seconds and peak megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(sources, Path(folder) / "book")
        repeat(Path(folder) / "book", times)
        command = [sys.executable, __file__, "--compile", str(Path(folder) / "book")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def repeat(book: Path, times: int) -> None:
    """Write every page some times over, each copy with places of its own, and call them all in."""
    main = book / "main.typ"
    text = main.read_text(encoding="utf-8")
    pages = re.findall(r"^#(?:chapter|within)\(.*?, include \"/(pages/.*?)\"\)$", text, re.MULTILINE)
    for copy in range(1, times):
        for page in pages:
            source = (book / page).read_text(encoding="utf-8")
            path = book / f"copy-{copy}" / page
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_PLACE.sub(rf'"copy-{copy}/\1"', source), encoding="utf-8")
        again = text[text.index("#chapter(") :].replace("#table-of-contents()", "")
        with main.open("a", encoding="utf-8") as more:
            more.write(again.replace('include "/', f'include "/copy-{copy}/'))


def compile_here(book: Path) -> None:
    """Compile a book in this process and print seconds and peak megabytes."""
    from evidencebook.outputs.pdf import compile as press  # noqa: PLC0415  only in the process that is measured

    begun = time.perf_counter()
    made, faults = press.compile_book(book)
    if not made:
        sys.exit(str(faults[:3]))
    print(time.perf_counter() - begun, _peak())


def report(root: Path, runs: int) -> None:
    """Print one table for a folder whose HTML has been built; LaTeX is left out where it is not installed."""
    routes = [route for route in ROUTES if route == "Typst" or shutil.which("xelatex")]
    print(f"\nPDF from the same doctrees, median of {runs}; memory of the largest process")
    results = {route: [measure(route, root) for _ in range(runs)] for route in routes}
    medians = {
        route: [statistics.median(column) for column in zip(*rows, strict=True)] for route, rows in results.items()
    }
    for place, name in enumerate(NAMES):
        values = [medians[route][place] for route in routes]
        told = "".join(f"{route:>8}{value:8.1f}" for route, value in zip(routes, values, strict=True))
        print(f"{name:34}{told}" + (f"   LaTeX / Typst {values[1] / values[0]:.1f}" if len(values) > 1 else ""))
    sources = root / "book" / "_build" / "typstpdf"
    (once, small), (often, large) = grow(sources, 1), grow(sources, 10)
    print(f"{'compile, pages once':34}{once:16.1f} s{small:8.0f} MB")
    print(f"{'compile, pages ten times':34}{often:16.1f} s{large:8.0f} MB   {often / once:.1f}-fold")


def main() -> None:
    """Measure as asked by the other functions, in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", choices=ROUTES)
    parser.add_argument("--compile", type=Path)
    parser.add_argument("--report", type=Path, help="a folder that holds book/ with doctrees that are up to date")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    if asked.build:
        os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        build(asked.build)
    elif asked.compile:
        compile_here(asked.compile)
    elif asked.report:
        report(asked.report, asked.runs)


if __name__ == "__main__":
    main()
