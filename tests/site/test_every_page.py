"""Each page in a browser, light and dark, on a phone and on a desk: nothing to complain of, nothing out of reach."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import pages
from browsing import DESK, NODE_MODULES, PHONE, lighthouse, node, scrolls_sideways, watched
from serving import Host

pytestmark = pytest.mark.slow
#: Rules of WCAG up to 2.2 AA, and what is good practice beyond them.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (rules) => (await axe.run({ runOnly: rules, resultTypes: ["violations"] })).violations
    .map(({ id, nodes }) => `${id}: ${nodes[0].html} (${nodes.length})`)"""
#: Of a long list or table the first twenty entries are looked at; the rest is made by the same lines.
SHORTEN = """for (const one of document.querySelectorAll("article *"))
    for (const more of [...one.children].slice(20)) more.remove()"""
#: Narrow windows: a desk at twice the size of letters (1280 / 2), a phone, and the 320 px of WCAG's reflow.
NARROW = (640, PHONE["width"], 320)


def test_built_pages(soups: dict[str, BeautifulSoup]) -> None:
    """The pages that the tests below open are the pages that were built."""
    assert sorted(soups) == pages.BUILT


@pytest.mark.parametrize("name", pages.BUILT)
def test_page_accessibility(browser: Any, host: Host, name: str) -> None:
    """By axe without a violation, no word on the console, no other host, no broken policy, no sideways scroll."""
    axe = (NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    faults: list[str] = []
    for theme, rules in (("light", RULES), ("dark", ["color-contrast"])):
        page = watched(browser, faults, host.address, color_scheme=theme)
        page.goto(host.address + name)
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (theme == "dark")
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 740})
            if scrolls_sideways(page):
                faults.append(f"scrolls sideways at {width} px")
        # What is not laid out yet lies, as axe measures it, on what is beside it.
        page.add_style_tag(content="article * { content-visibility: visible !important; }")
        page.evaluate(SHORTEN)
        page.evaluate(axe)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            faults += [f"{theme}, {size['width']} px: {told}" for told in page.evaluate(RUN_AXE, rules)]
        page.close()

    assert faults == []


@pytest.mark.parametrize("name", ["claims.html", "findings.html", "sources.html"])
def test_record_address_scrolls(browser: Any, host: Host, soups: dict[str, BeautifulSoup], name: str) -> None:
    """Also the last of a long list, which is laid out only when one comes near it."""
    kind = name.removesuffix("s.html")
    last = soups[name].select(f"article [id^={kind}-]")[-1]["id"]
    page = browser.new_page()
    page.goto(f"{host.address}{name}#{last}")
    page.wait_for_function(
        """(id) => { const { top } = document.getElementById(id).getBoundingClientRect();
        return top >= 0 && top < innerHeight }""",
        arg=last,
    )
    page.close()


def test_html_is_valid(site: Path) -> None:
    """By the standard's rules, on all pages."""
    rules = str(Path(__file__).parent / "htmlvalidate.json")
    command = [
        *node(NODE_MODULES / "html-validate/bin/html-validate.mjs"),
        "--config",
        rules,
        "--formatter",
        "json",
        *pages.BUILT,
    ]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr

    told = json.loads(done.stdout)
    faults = [f"{page['filePath']}:{one['line']}: {one['message']}" for page in told for one in page["messages"]]
    assert faults == []


def test_links_say_where_they_lead(soups: dict[str, BeautifulSoup]) -> None:
    """Read out alone, as a screen reader lists them, the words of a link still say something."""
    empty = {"here", "click here", "this", "go", "start", "continue", "more", "read more", "see more", "learn more"}
    said = {(name, link.get_text().strip().lower()) for name, soup in soups.items() for link in soup.find_all("a")}

    assert {(name, words) for name, words in said if words in empty} == set()


@pytest.mark.nightly
def test_lighthouse_scores(host: Host) -> None:
    """100 of 100 for accessibility, best practices and search engines; performance, which a clock takes, is benched."""
    told = lighthouse([host.address + name for name in pages.BUILT], "accessibility,best-practices,seo")

    assert len(told) == len(pages.BUILT)
    assert [one for one in told if set(one["scores"].values()) != {100} or len(one["scores"]) != 3] == []
