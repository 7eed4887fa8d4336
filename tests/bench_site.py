"""Weigh pages beside the same words in a stock Jupyter Book, as a phone on a slow line gets it."""

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from browsing import FLAGS, chromium, lighthouse
from serving import Host, serving

#: The question with its answer, the chapter that reasons most, and an executed page with its figures.
PAGES = ("index.html", "withdrawal.html", "analyses/blood-levels.html")
#: Lighthouse's slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back; and a processor four times slower.
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOW_DOWN = 4
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PHONE = {"width": 412, "height": 823}
PAINT = """window.painted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.painted = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true })"""


@dataclass(frozen=True)
class Visit:
    """Hold what one cold visit to a page cost."""

    weight: int
    requests: int
    elsewhere: frozenset[str]
    errors: int
    painted: float


def visit(browser: Any, host: Host, name: str) -> Visit:
    """Open a page with nothing cached, and wait until it asks for no more."""
    host.answers.clear()
    elsewhere, errors = set(), []
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.add_init_script(PAINT)
    page.on("request", lambda asked: asked.url.startswith(("http", "ws")) and elsewhere.add(urlsplit(asked.url).netloc))
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  Playwright takes no built-in method
    page.on("console", lambda message: errors.append(message) if message.type == "error" else None)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_DOWN})
    page.goto(host.address + name, timeout=90_000)
    page.wait_for_timeout(1500)
    painted = page.evaluate("window.painted")
    context.close()
    own = urlsplit(host.address).netloc
    return Visit(host.weight(), len(host.answers), frozenset(elsewhere - {own}), len(errors), painted)


def report(sites: dict[str, Path], runs: int) -> None:
    """Print one table for each page; the first site is what the others are compared with."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where a browser is there to be driven

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        visits = {(name, page): _visits(browser, site, page, runs) for page in PAGES for name, site in sites.items()}
        browser.close()
    marks = {name: _marks(site) for name, site in sites.items()}
    for page in PAGES:
        print(f"\n{page:34}" + "".join(f"{name:>12}" for name in sites))
        rows = _rows([visits[name, page] for name in sites])
        rows += [(f"Lighthouse, {what}", [str(marks[name][page][what]) for name in sites]) for what in CATEGORIES]
        for head, cells in rows:
            print(f"{head:34}" + "".join(f"{cell:>12}" for cell in cells))


def _rows(visited: list[list[Visit]]) -> list[tuple[str, list[str]]]:
    """Put the visits to one page into words, a column for each site; times only beside those of the first site."""
    painted = [statistics.median(one.painted for one in visits) for visits in visited]
    return [
        ("kB on the wire, from this host", [f"{visits[0].weight / 1000:.1f}" for visits in visited]),
        ("requests, to this host", [str(visits[0].requests) for visits in visited]),
        ("other hosts asked", [str(len(visits[0].elsewhere)) for visits in visited]),
        ("console errors", [str(max(one.errors for one in visits)) for visits in visited]),
        ("largest contentful paint, ratio", [f"{time / painted[0]:.2f}" for time in painted]),
    ]


def _visits(browser: Any, site: Path, page: str, runs: int) -> list[Visit]:
    """Visit a page several times."""
    with serving(site) as host:
        return [visit(browser, host, page) for _ in range(runs)]


def _marks(site: Path) -> dict[str, dict[str, int]]:
    """Ask Lighthouse for its four marks of each page."""
    with serving(site) as host:
        told = lighthouse([host.address + page for page in PAGES], ",".join(CATEGORIES))
    return {page: one["scores"] for page, one in zip(PAGES, told, strict=True)}
