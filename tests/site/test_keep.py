"""Who keeps the book on a phone opens every page without a network, and can remove it again."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest

import pages
from browsing import PHONE
from serving import Host, serving

pytestmark = pytest.mark.slow


def kept(browser: Any, address: str) -> Any:
    """Open the first page in a browser of its own, and keep the book."""
    tab = browser.new_context(viewport=PHONE).new_page()
    tab.goto(address + "index.html")
    tab.mouse.wheel(0, 200)  # its script comes when a reader scrolls towards it
    tab.get_by_role("button", name="Keep this book").click()
    tab.get_by_role("status").filter(has_text="Kept").wait_for()
    assert tab.locator("link[rel=manifest]").count() == 1  # so that it can be put on the first screen of a phone
    return tab


def test_kept_book_opens_without_network(browser: Any, site: Path) -> None:
    """Every page, with its figures, a card and the search, once the host is gone; and the folder itself."""
    with serving(site) as host:
        tab = kept(browser, host.address)
        asked = {path.partition("?")[0] for path, _ in host.answers}
    tab.context.set_offline(True)
    for name in [*pages.BUILT, ""]:
        answer = tab.goto(host.address + name)
        assert answer.ok, name
        tab.locator("h1").first.wait_for()
    tab.goto(f"{host.address}decide.html")
    for image in tab.locator("article img").all():
        image.scroll_into_view_if_needed()
        assert image.evaluate("async e => { await e.decode(); return e.naturalWidth }") > 0
    tab.locator("article a[href*='#claim-']").first.hover()
    tab.locator(".evidence-card:popover-open .card-about").wait_for()
    tab.goto(f"{host.address}search.html?q=liver")
    tab.locator("#search-results li").first.wait_for()
    tab.context.close()

    assert {"/sw.js", "/withdrawal.html"} <= asked
    assert not any(path.endswith((".pdf", ".epub", ".csv", ".bib")) for path in asked)


def test_kept_book_is_removed(browser: Any, host: Host) -> None:
    """Nothing is stored afterwards, and it is offered again."""
    tab = kept(browser, host.address)
    assert tab.get_by_role("button", name="Keep this book").count() == 0
    tab.reload()
    tab.mouse.wheel(0, 200)
    tab.get_by_role("button", name="Remove it").click()
    tab.get_by_role("status").filter(has_text="Removed").wait_for()
    left = tab.evaluate("async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length]")
    offered = tab.get_by_role("button", name="Keep this book").is_visible()
    tab.context.close()

    assert left == [[], 0]
    assert offered


def test_keep_says_how_much(site: Path) -> None:
    """What it stores is what the page says, to a megabyte; worker, script and manifest are small."""
    worker = (site / "sw.js").read_text(encoding="utf-8")
    files, _, code = worker.partition(";\n")
    names = re.findall(r'"([^"]+)"', files.partition("[")[2])
    size = sum((site / name).stat().st_size for name in names if name != "./")
    ours = code + "".join((site / name).read_text("utf-8") for name in ("_static/keep.js", "book.webmanifest"))

    assert f'class="keep-size">{size / 1e6:.0f} MB<' in (site / "index.html").read_text(encoding="utf-8")
    assert len(gzip.compress(ours.encode(), 9)) <= 2000


def test_keep_not_offered_from_disk(browser: Any, site: Path) -> None:
    """A page opened from disk can keep nothing, so it offers nothing."""
    tab = browser.new_page()
    tab.goto((site / "index.html").as_uri())
    tab.mouse.wheel(0, 200)
    tab.wait_for_function("document.querySelector('script[src*=\"keep.js\"]')")
    shown = tab.locator(".keep").is_visible()
    tab.close()

    assert not shown
