"""Measure this book beside the same words in a stock Jupyter Book: medians, in one run. Run with `make bench`.

Processor seconds stand first, since machines are noisy; the ratio to stock says more. `--runs N` changes the
five repeats, `--only builds` or `--only site` leaves the other part out.
"""

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
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pages
from browsing import FLAGS, chromium, lighthouse
from evidencebook.evidence import number_check
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load
from serving import Host, serving

BIN = Path(sys.executable).parent
STOCK_CONFIG = """
title: Stock
only_build_toc_files: true
execute: {execute_notebooks: force, timeout: 120}
bibtex_bibfiles: [../evidence/sources.bib]
sphinx: {config: {bibtex_reference_style: author_year}}
"""
_BLOCK = re.compile(r"^(`{3,})\{([a-z-]+)\}(.*?)^\1$", re.MULTILINE | re.DOTALL)
_OURS = re.compile(r"claims?|findings|sources|searches|assertions|evidence-map|[a-z]+-by")
_ROLE = re.compile(r"\{(claim|export|assertion|finding[:a-z]*)\}`([^`<]*?)\s*(?:<([^>]*)>)?`")
PDF = ("--builder", "custom", "--custom-builder", "typstpdf")


@dataclass(frozen=True)
class Cost:
    """Hold what a command took: processor seconds with its children, wall seconds, peak megabytes of one process."""

    processor: float
    wall: float
    memory: float


def run(command: list[str], root: Path) -> Cost:
    """Run a command in a folder; stop with its output when it fails."""
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=output)
        _, status, used = os.wait4(process.pid, 0)
        if status:
            output.seek(0)
            sys.exit(output.read()[-3000:])
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1024)


def build(root: Path, *options: str) -> Cost:
    """Build the book in a folder."""
    return run([str(BIN / "jupyter-book"), "build", "book/", *options], root)


def cold(root: Path) -> Cost:
    """Build from nothing."""
    shutil.rmtree(root / "book" / "_build", ignore_errors=True)
    return build(root)


def edit(root: Path, name: str, *options: str) -> Cost:
    """Build again after one sentence was added to a page, or to the caution of a finding."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yml":
        text = re.sub(r"^(  caution: .*[^\"'\n])$", r"\1 Edited", text, count=1, flags=re.MULTILINE)
    else:
        text += "\nOne more sentence.\n"
    path.write_text(text, encoding="utf-8")
    return build(root, *options)


def stock_text(text: str, evidence: EvidenceBase) -> str:
    """Turn a page of ours into plain MyST with the same words: blocks of records become lists, roles become text."""
    text = _BLOCK.sub(lambda block: _as_list(block, evidence), text)
    return _ROLE.sub(lambda role: _role_words(role[1], role[2], role[3], evidence), text)


def _role_words(role: str, text: str, target: str | None, evidence: EvidenceBase) -> str:
    """Give the words of a role, with its citation where the role cites."""
    name, _, part = role.partition(":")
    if name != "finding" or text.partition(":")[0] not in evidence.findings:  # else a sample for authors
        return text or target or ""
    if part:
        return number_check.quote(evidence, part, text)
    return f"{evidence.findings[text].about} {{cite:p}}`{evidence.findings[text].source}`"


def _as_list(block: re.Match[str], evidence: EvidenceBase) -> str:
    """Give the text that a block of ours shows, as a list; other blocks, samples of code among them, stay."""
    kind, options = block[2], block[3]
    if not _OURS.fullmatch(kind) or len(block[1]) > 3:
        return block[0]
    found = re.search(r":topic: (\S+)", options)
    topic = found[1] if found else None
    if kind == "claim" and options.strip() in evidence.claims:
        claim = evidence.claims[options.strip()]
        rows = [evidence.findings[one] for one in claim.findings]
        statement = number_check.plain(claim.statement, evidence)
        return f"**{statement}** {claim.would_change}\n" + "".join(
            f"\n- {row.about} {{cite:p}}`{row.source}`" for row in rows
        )
    if kind == "findings":
        rows = [row for name, row in evidence.findings.items() if topic in (None, evidence.topic("finding", name))]
        return "\n".join(f"- {row.about} {row.population}. {{cite:p}}`{row.source}`" for row in rows)
    if kind == "sources":
        return "\n".join(f"- {{cite:p}}`{key}`" for key in evidence.findings_of_source)
    if kind == "assertions":
        return "\n".join(f"- {one.statement} {one.verdict}" for one in evidence.assertions.values())
    named = re.search(r":ids: (.+)", options)
    names = named[1].split() if named else [n for n in evidence.claims if topic in (None, evidence.topic("claim", n))]
    claims = [evidence.claims[name] for name in names if name in evidence.claims]  # else a sample for authors
    return "\n".join(f"- {number_check.plain(claim.statement, evidence)}" for claim in claims)


def lay_out(root: Path, evidence: EvidenceBase, *, stock: bool) -> Path:
    """Copy the book into a folder, as it is or as stock pages."""
    shutil.copytree(pages.ROOT / "evidence", root / "evidence")
    shutil.copytree(pages.BOOK, root / "book", ignore=shutil.ignore_patterns("_build"))
    shutil.copy(pages.ROOT / "CHANGELOG.md", root)
    if stock:
        (root / "book" / "_config.yml").write_text(STOCK_CONFIG, encoding="utf-8")
        for path in (root / "book").rglob("*.md"):
            path.write_text(stock_text(path.read_text(encoding="utf-8"), evidence), encoding="utf-8")
    return root


def report_builds(ours: Path, stock: Path, runs: int) -> None:
    """Time builds and print one table."""
    print(
        f"median of {runs}; processor seconds, wall seconds and peak MB of this book; of stock; ratio of processor time"
    )
    page, finding = "book/withdrawal.md", "evidence/findings/liver.yml"
    tasks: list[tuple[str, Callable[[Path], Cost], bool]] = [
        ("HTML, cold, all executed", cold, True),
        ("HTML, one edited sentence", lambda root: edit(root, page), True),
        ("HTML, one edited finding", lambda root: edit(root, finding), False),
        ("HTML, nothing changed", build, True),
        ("PDF after the HTML", lambda root: build(root, *PDF), False),
        ("PDF, one edited sentence", lambda root: edit(root, page, *PDF), False),
        ("evidencebook check", lambda root: run([str(BIN / "evidencebook"), "check"], root), False),
    ]
    for name, task, compared in tasks:
        mine = _median(runs, task, ours)
        line = f"{name:30}{mine.processor:9.1f}{mine.wall:9.1f}{mine.memory:7.0f}"
        if compared:
            other = _median(runs, task, stock)
            line += (
                f"{other.processor:11.1f}{other.wall:9.1f}{other.memory:7.0f}{mine.processor / other.processor:9.2f}"
            )
        print(line, flush=True)


def _median(runs: int, task: Callable[[Path], Cost], root: Path) -> Cost:
    """Return the medians of some runs."""
    costs = [task(root) for _ in range(runs)]
    return Cost(*(statistics.median(getattr(one, name) for one in costs) for name in ("processor", "wall", "memory")))


#: The question with its answer, in plain words too, the chapters that reason most, and an executed page with figures.
PAGES = ("index.html", "plain.html", "withdrawal.html", "recovery.html", "analyses/blood-levels.html")
#: Lighthouse's slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back; and a processor four times slower.
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
PAINT = """window.painted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.painted = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true })"""


def visit(browser: Any, host: Host, name: str) -> tuple[float, int, int, float]:
    """Open a page with nothing cached; return kB, requests, other hosts asked, and ms to the largest paint."""
    host.answers.clear()
    asked: set[str] = set()
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    page.add_init_script(PAINT)
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(host.address + name, timeout=90_000)
    page.wait_for_timeout(1500)
    painted = page.evaluate("window.painted")
    context.close()
    others = {one for one in asked if one} - {urlsplit(host.address).netloc}
    return host.weight() / 1000, len(host.answers), len(others), painted


def report_site(sites: dict[str, Path], runs: int) -> None:
    """Weigh three pages of each site as a phone on a slow line gets them, with the marks of Lighthouse."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where a browser is there to be driven

    print("\nkB, requests, other hosts, largest paint in ms; Lighthouse: performance, accessibility, practices, SEO")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for name, site in sites.items():
            with serving(site) as host:
                told = lighthouse(
                    [host.address + page for page in PAGES], "performance,accessibility,best-practices,seo"
                )
                for page, marks in zip(PAGES, told, strict=True):
                    visits = [visit(browser, host, page) for _ in range(runs)]
                    kb, requests, others, painted = (statistics.median(column) for column in zip(*visits, strict=True))
                    scores = " ".join(str(score) for score in marks["scores"].values())
                    print(
                        f"{name:11}{page:29}{kb:8.1f}{requests:5.0f}{others:4.0f}{painted:8.0f}   {scores}", flush=True
                    )
        browser.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="repeats of each measurement (default: 5)")
    parser.add_argument("--only", choices=("builds", "site"), help="leave the other part out")
    arguments = parser.parse_args()
    evidence = load(pages.ROOT / "evidence")
    with tempfile.TemporaryDirectory() as folder:
        ours = lay_out(Path(folder) / "ours", evidence, stock=False)
        stock = lay_out(Path(folder) / "stock", evidence, stock=True)
        if arguments.only != "site":
            report_builds(ours, stock, arguments.runs)
        if arguments.only != "builds":
            for root in (ours, stock):
                build(root)
            built = {name: root / "book" / "_build" / "html" for name, root in (("this book", ours), ("stock", stock))}
            report_site(built, arguments.runs)
    print(f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
