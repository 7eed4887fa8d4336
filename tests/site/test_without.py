"""What remains without a server, and without scripts."""

from pathlib import Path
from typing import Any

import pytest

import pages
from browsing import PHONE, watched
from serving import Host

pytestmark = pytest.mark.slow
#: All words of the text, all that it links to, its tables and its pictures; not the controls that a script adds.
HELD = """() => {
  const article = document.querySelector("article").cloneNode(true);
  article.querySelectorAll("noscript, form").forEach((one) => one.remove());
  const all = (what) => [...article.querySelectorAll(what)];
  return {
    text: article.textContent.replace(/\\s+/g, " "),
    links: all("a[href]").map((one) => one.getAttribute("href")),
    tables: all("table").length,
    pictures: all("img").map((one) => [one.getAttribute("src"), one.alt]),
  };
}"""
#: Words that are in the page and that nobody can see: hidden by a style, or folded away for good.
UNSEEN = """() => [...document.querySelectorAll("article :is(p, li, td, th, dd, dt, figcaption, h1, h2, h3)")]
  .filter((one) => one.textContent.trim() && !one.closest("details, thead, noscript"))
  .filter((one) => !one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((one) => one.textContent.trim().slice(0, 60))"""


def test_pages_from_a_folder(browser: Any, site: Path) -> None:
    """Each page opens from disk with its styles and pictures, and without a complaint."""
    faults: list[str] = []
    root = site.as_uri() + "/"
    page = watched(browser, faults, root)
    for name in pages.BUILT:
        page.goto(root + name)
        styles = "document.styleSheets.length >= document.querySelectorAll('link[rel=stylesheet]').length"
        if not page.evaluate(styles) or page.evaluate("document.body.dataset.theme") != "auto":
            faults.append(f"{name} came without its styles or scripts")
        for picture in page.locator("article img").all():
            picture.evaluate("picture => { picture.loading = 'eager' }")  # else it waits until a reader comes near
            if not picture.evaluate("picture => picture.decode().then(() => true, () => false)"):
                faults.append(f"{name}: {picture.get_attribute('src')} is not shown")
    page.close()

    assert faults == []


def test_pages_without_scripts(browser: Any, host: Host) -> None:
    """Text, tables, pictures and links are the same as with scripts, and nothing of the text is hidden."""
    faults: list[str] = []
    scripted = watched(browser, faults, host.address)
    plain = watched(browser, faults, host.address, java_script_enabled=False)
    for name in pages.BUILT:
        scripted.goto(host.address + name)
        plain.goto(host.address + name)
        both = scripted.evaluate(HELD), plain.evaluate(HELD)
        faults += [f"{name}: {key} differ" for key in both[0] if both[0][key] != both[1][key]]
        faults += [f"{name}: hidden without scripts: {words}" for words in plain.evaluate(UNSEEN)]
    scripted.close()
    plain.close()

    assert faults == []


def test_menus_without_scripts(browser: Any, host: Host) -> None:
    """On a phone by keys: the browser's own elements do it; a form leads to the lists that search would look in."""
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(host.address + "withdrawal.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator(".sidebar-tree a").first.wait_for(state="visible")
    page.locator(".sidebar-tree a").first.click(trial=True)  # waits until the drawer has slid in and stands still
    assert page.locator(".sidebar-tree a").first.bounding_box()["x"] >= 0
    page.close()

    page = browser.new_page(java_script_enabled=False)
    page.goto(host.address + "withdrawal.html")
    assert page.locator("details.evidence-basis a").first.is_visible()
    page.locator(".sidebar-search").fill("relief")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=relief")
    assert page.locator("noscript").inner_text().startswith("Search needs JavaScript")
    assert page.locator(".search-lists a").count() == 3
    page.close()
