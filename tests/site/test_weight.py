"""What a page costs a reader: bytes and requests, as a host counts them that answers through gzip."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import pages
from browsing import PHONE
from serving import Host

pytestmark = pytest.mark.slow
#: Requests and bytes, headers and icon included: where a reader lands at night, and a chapter.
AT_NIGHT, CHAPTER = (6, 25_000), (8, 37_500)
READ_FIRST = {
    **dict.fromkeys(("index.html", "plain.html", "decide.html"), AT_NIGHT),
    **{f"{chapter}.html": CHAPTER for chapter in pages.CHAPTERS},
}


@pytest.mark.parametrize("name", READ_FIRST)
def test_page_weight(browser: Any, host: Host, soups: dict[str, BeautifulSoup], name: str) -> None:
    """What figures weigh comes on top, and only once seen."""
    host.answers.clear()
    page = browser.new_page(viewport=PHONE)
    page.goto(host.address + name, wait_until="networkidle")
    page.close()

    figures = {f"/{Path(image['src']).as_posix()}" for image in soups[name].select("article img")}
    answers = [(path, size) for path, size in host.answers if path not in figures]
    requests, most = READ_FIRST[name]
    assert len(answers) <= requests, answers
    assert sum(size for _, size in answers) <= most, answers


def test_answer_and_help_come_first(site: Path) -> None:
    """The answer, and what to do until help comes, are in the first 14 kB, which a host sends at once."""
    text = (site / "index.html").read_text(encoding="utf-8")
    upto = text.index("Look for other signs", text.index('id="help-now"'))

    assert text.index('id="answer"') < upto
    assert len(gzip.compress(text[:upto].encode(), 9)) <= 14_000


def test_cards_and_search_load_late(browser: Any, host: Host) -> None:
    """Their data come with the first use, once, and under an address that a new release changes."""
    page = browser.new_page()
    page.goto(host.address + "withdrawal.html", wait_until="networkidle")
    host.answers.clear()
    for word in ("relief", "deaths"):
        page.locator(".sidebar-search").fill(word)
        page.locator(f".search-panel[data-words='{word}'] li").first.wait_for()
    page.locator("article a:has(.evidence-finding)").first.hover()
    page.locator(".evidence-card:popover-open .card-who").wait_for()
    page.close()

    asked = [path.partition("?") for path, _ in host.answers]
    assert sorted(re.sub(r"\d+", "N", path) for path, _, _ in asked) == [
        "/_static/cards.js",
        "/_static/search.js",
        "/_static/vendor/minisearch.js",
        "/evidence/cards/N.js",
        "/evidence/search-index.js",
    ]
    assert all(version.startswith("v=") and len(version) > 4 for _, _, version in asked)


def test_asset_addresses_have_versions(soups: dict[str, BeautifulSoup]) -> None:
    """A page of a new release is never read with a file kept from an older one: a value or a hash tells them apart."""
    for name, soup in soups.items():
        files = [one.get("src") or one["href"] for one in soup.select("script[src], link[rel=stylesheet]")]
        assert [file for file in files if not re.search(r"\?v=|\.[0-9a-f]{64}\.css$", file)] == [], name
