"""Time the book beside the same pages in a stock Jupyter Book; medians, in one run.

Machines are noisy: read the ratio, not the seconds. Run with `make bench`; --runs N changes the five repeats.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import bench_analyses
import bench_evidence
import bench_living
import bench_pdf
import bench_site
import pages
from evidencebook.evidence import number_check as mentions
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load

JUPYTER_BOOK = Path(sys.executable).parent / "jupyter-book"
STOCK_CONFIG = """
title: Stock
only_build_toc_files: true
execute: {execute_notebooks: force, timeout: 120}
bibtex_bibfiles: [../evidence/sources.bib]
sphinx: {config: {bibtex_reference_style: author_year}}
"""
#: The same under the theme of this book, and nothing else of it.
FURO_CONFIG = STOCK_CONFIG.replace(
    "author_year}", 'author_year, html_theme: furo, html_theme_options: {source_repository: ""}}'
)
_KINDS = "claim|claims|findings|sources|searches|assertions|evidence-map|[a-z]+-by"
_BLOCK = re.compile(rf"^```\{{({_KINDS})\}}(.*?)^```$", re.MULTILINE | re.DOTALL)
_OWN_CARD = re.compile(r"\{claim\}`([^`<]*)(?:<([^>]*)>)?`")


def stock_text(text: str, evidence: EvidenceBase) -> str:
    """Turn a page of ours into plain MyST with the same words: roles become text, blocks become lists."""
    text = _BLOCK.sub(lambda block: _as_list(block[1], block[2], evidence), text)
    text = _OWN_CARD.sub(lambda card: card[1] or card[2] or "", text)
    text = re.sub(r"\{(?:export|assertion)\}`([^`<]*)[^`]*`", r"\1", text)
    return re.sub(r"\{(finding[:a-z]*)\}`([^`]*)`", lambda role: _words(role[1], role[2], evidence), text)


def _words(role: str, text: str, evidence: EvidenceBase) -> str:
    """Give the words of a finding role, with its citation where the role cites."""
    _, _, part = role.partition(":")
    words = mentions.quote(evidence, part, text) if part else evidence.findings[text].about
    return words if part else f"{words} {{cite:p}}`{evidence.findings[text].source}`"


def _as_list(kind: str, options: str, evidence: EvidenceBase) -> str:
    """Give the text that a block of ours shows, as a list."""
    named = re.search(r":topic: (\S+)", options)
    topic = named[1] if named else None
    if kind == "claim":
        claim = evidence.claims[options.strip()]
        cited = "".join(
            f"\n- {evidence.findings[f].about} {{cite:p}}`{evidence.findings[f].source}`" for f in claim.findings
        )
        return f"**{mentions.plain(claim.statement, evidence)}** {claim.would_change}\n{cited}"
    if kind == "claims":
        ids = re.search(r":ids: (.+)", options)
        names = ids[1].split() if ids else [n for n in evidence.claims if topic in (None, evidence.topic("claim", n))]
        return "\n".join(f"- {mentions.plain(evidence.claims[name].statement, evidence)}" for name in names)
    if kind == "findings":
        rows = [f for n, f in evidence.findings.items() if topic in (None, evidence.topic("finding", n))]
        return "\n".join(f"- {row.about} {row.population}. {{cite:p}}`{row.source}`" for row in rows)
    if kind == "sources":
        return "\n".join(f"- {{cite:p}}`{key}`" for key in evidence.findings_of_source)
    return _audit_list(kind, options, evidence)


def _audit_list(kind: str, options: str, evidence: EvidenceBase) -> str:
    """Give the text of the lists on the audit, the map and the pages of reference."""
    if kind == "searches":
        return "\n".join(f"- {search.question} {search.result}" for search in evidence.searches.values())
    if kind == "assertions":
        section = re.search(r":section: (\S+)", options)
        made = [one for one in evidence.assertions.values() if section is None or one.section == section[1]]
        return "\n".join(f"- {one.statement} {mentions.plain(one.answer, evidence)}" for one in made)
    return "\n".join(f"- {name}" for name in evidence.claims)


def lay_out(root: Path, evidence: EvidenceBase, *, stock: bool) -> Path:
    """Copy the book into a folder, as it is or as stock pages."""
    skip = shutil.ignore_patterns("_build")
    shutil.copytree(pages.ROOT / "evidence", root / "evidence")
    shutil.copytree(pages.BOOK, root / "book", ignore=skip)
    if stock:
        (root / "book" / "_config.yml").write_text(STOCK_CONFIG, encoding="utf-8")
        for path in (root / "book").rglob("*.md"):
            path.write_text(stock_text(path.read_text(encoding="utf-8"), evidence), encoding="utf-8")
    return root


def lay_out_three(root: Path, evidence: EvidenceBase) -> dict[str, Path]:
    """Lay out the book, the same pages in a stock Jupyter Book, and those under Furo as it comes."""
    ours = lay_out(root / "ours", evidence, stock=False)
    stock = lay_out(root / "stock", evidence, stock=True)
    furo = Path(shutil.copytree(stock, root / "furo", ignore=shutil.ignore_patterns("_build")))
    (furo / "book" / "_config.yml").write_text(FURO_CONFIG, encoding="utf-8")
    return {"stock": stock, "Furo": furo, "this book": ours}


def build(root: Path) -> float:
    """Build the HTML and return the seconds."""
    environment = os.environ | {"PATH": f"{JUPYTER_BOOK.parent}{os.pathsep}{os.environ['PATH']}"}
    begun = time.perf_counter()
    done = subprocess.run([JUPYTER_BOOK, "build", "book/"], cwd=root, env=environment, capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stdout.decode()[-2000:] + done.stderr.decode()[-2000:])
    return time.perf_counter() - begun


def cold(root: Path) -> float:
    """Build from nothing."""
    shutil.rmtree(root / "book" / "_build", ignore_errors=True)
    return build(root)


def after_edit(root: Path) -> float:
    """Build again after a sentence was added to one page."""
    page = root / "book" / "withdrawal.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    return build(root)


def median(runs: int, task: Callable[[], float]) -> float:
    """Return the median of some runs."""
    return statistics.median(task() for _ in range(runs))


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="repeats of each measurement (default: 5)")
    parser.add_argument("--site", action="store_true", help="only what the pages cost a reader")
    arguments = parser.parse_args()
    runs = arguments.runs
    evidence = load(pages.ROOT / "evidence")
    with tempfile.TemporaryDirectory() as folder:
        books = lay_out_three(Path(folder), evidence)
        if not arguments.site:
            _report_builds(books["this book"], books["stock"], runs)
        for book in books.values():
            cold(book)
        bench_site.report({name: book / "book" / "_build" / "html" for name, book in books.items()}, runs)
    if not arguments.site:
        bench_analyses.report()
        bench_evidence.report()
        bench_living.report()
        print(f"{'load of the evidence base':34}{median(runs, _load_time):12.2f}{'-':>12}{'-':>8}")


def _report_builds(ours: Path, stock: Path, runs: int) -> None:
    """Time the builds and print their part of the table."""
    print(f"median of {runs}, seconds")
    print(f"{'':34}{'this book':>12}{'stock':>12}{'ratio':>8}")
    for name, task in (("cold build", cold), ("rebuild after one page edit", after_edit)):
        mine, theirs = median(runs, lambda task=task: task(ours)), median(runs, lambda task=task: task(stock))
        print(f"{name:34}{mine:12.1f}{theirs:12.1f}{mine / theirs:8.2f}", flush=True)
    bench_pdf.report(ours, min(runs, 3))


def _load_time() -> float:
    """Load and check the evidence base once."""
    begun = time.perf_counter()
    load(pages.ROOT / "evidence")
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
