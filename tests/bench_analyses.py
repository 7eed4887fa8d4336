"""Time what the executed pages do: each function of the science, and the Monte Carlo at growing numbers of draws."""

import cProfile
import pstats
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from unittest import mock

import nbformat
import numpy as np
from jupyter_cache.executors.utils import single_nb_execution

import pages
from evidencebook import findings
from kratom.receptors import brain_imaging as receptor_scans

SCIENCE = pages.ROOT / "src" / "kratom"
#: What a page shows is not timed here: only what it computes and draws.
_SILENT = ("myst_nb.glue", "evidencebook.analysis.display.display", "evidencebook.analysis.display.glue")


def functions() -> Iterator[tuple[str, str, float]]:
    """Yield page, function and cumulative seconds for each public function of the science that a page calls."""
    for path in _pages():
        profile, space = cProfile.Profile(), {"__name__": "page"}
        with mock.patch(_SILENT[1]), mock.patch(_SILENT[2]):
            for cell in pages.cells(path):
                code = compile(cell, path.name, "exec")
                profile.runcall(exec, code, space)
        for (file, _, name), (_, _, _, seconds, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
            if Path(file).parent == SCIENCE and not name.startswith(("_", "<")):
                yield path.stem, f"{Path(file).stem}.{name}", seconds


def monte_carlo() -> Iterator[tuple[int, float, float]]:
    """Yield draws, seconds and peak megabytes of the receptor occupancy."""
    table = findings()
    for draws in (10_000, 100_000, 1_000_000):
        begun = time.perf_counter()
        receptor_scans.numbers(table, np.random.default_rng(1), draws)
        seconds = time.perf_counter() - begun
        tracemalloc.start()
        receptor_scans.numbers(table, np.random.default_rng(1), draws)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        yield draws, seconds, peak


def executed_set() -> float:
    """Run all analysis pages cold, two kernels at once as a build on two cores does, and return the seconds."""
    notebooks = [nbformat.v4.new_notebook() for _ in _pages()]
    for notebook, path in zip(notebooks, _pages(), strict=True):
        notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in pages.cells(path)]
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    begun = time.perf_counter()
    run = partial(single_nb_execution, cwd=str(pages.BOOK), timeout=300, allow_errors=False)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(run, notebooks))
    seconds = time.perf_counter() - begun
    if failed := [result.err for result in done if result.err]:
        raise RuntimeError(str(failed[0]))
    return seconds


def _pages() -> list[Path]:
    """List the analysis pages."""
    return sorted((pages.BOOK / "analyses").glob("*.md"))


def report() -> None:
    """Print both tables."""
    print(f"\n{len(_pages())} analysis pages, run cold, two at a time: {executed_set():.1f} s")
    print("\nseconds in each function of the science, under a profiler, while its page is executed")
    for page, name, seconds in sorted(functions(), key=lambda row: (row[0], -row[2])):
        if seconds >= 0.005:
            print(f"{page:28}{name:52}{seconds:8.3f}{'  OVER 2 s' if seconds > 2 else ''}")
    print("\nreceptor occupancy by Monte Carlo")
    for draws, seconds, peak in monte_carlo():
        print(f"{draws:>10,} draws{seconds:10.2f} s{peak:10.1f} MB")


if __name__ == "__main__":
    report()
