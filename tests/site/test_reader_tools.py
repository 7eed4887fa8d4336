"""What a reader in need reaches for: the way to help, the search in their own words, and a table to look things up."""

from pathlib import Path
from typing import Any

import pytest

from browsing import DESK, PHONE
from serving import Host

pytestmark = pytest.mark.slow
#: What people type, and the page that must come first.
QUERIES = {
    "index": ["help", "overdose", "narcan", "will not wake", "not breathing", "tonight", "pregnant"],
    "plain": ["stop kratom", "quit kratom", "taper", "cold turkey", "cut down"],
    "withdrawal": ["withdrawal symptoms"],
    "recovery": ["suboxone", "subutex", "bupe", "detox", "methadone", "rehab"],
    "7-oh": ["7oh", "7-oh", "7oh tablets", "gummies"],
    "mixing": ["xanax", "benzos", "alcohol", "gabapentin"],
    "safety": ["liver", "yellow eyes", "side effects"],
    "clinicians": ["drug test"],
    "long-term-use": ["addicted", "tolerance"],
}


@pytest.mark.parametrize(("page", "query"), [(page, query) for page, queries in QUERIES.items() for query in queries])
def test_search_readers_words(browser: Any, site: Path, page: str, query: str) -> None:
    """As evidence/search-words.yml says; a start page comes before the records."""
    tab = browser.new_page()
    tab.goto(f"{site.as_uri()}/search.html?q={query.replace(' ', '+')}")
    first = tab.locator("#search-results li a").first
    first.wait_for()
    found = first.get_attribute("href") or ""
    tab.close()

    assert found.removeprefix("./").partition(".html")[0] == page


@pytest.mark.parametrize("window", [PHONE, DESK])
def test_help_link_height(browser: Any, host: Host, window: dict[str, int]) -> None:
    """In the header of every page, at least 44 px high, and it leads to the box."""
    tab = browser.new_page(viewport=window)
    tab.goto(host.address + "analyses/prevalence.html")
    link = tab.locator(".help-link:visible")
    assert link.count() == 1
    assert link.evaluate("e => e.getBoundingClientRect().height") >= 44
    link.click()
    tab.wait_for_url("**/index.html#help-now")
    tab.wait_for_function("() => document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    tab.close()


def test_look_up_filter(browser: Any, host: Host, site: Path) -> None:
    """It hides the rows without the words typed, says how many are left, and never that nothing found means safe."""
    page = site / "look-up-test.html"
    text = (site / "glossary.html").read_text(encoding="utf-8")
    rows = "".join(f"<tr><td>{name}</td></tr>" for name in ("Alcohol", "Tramadol", "Naltréxone"))
    table = f'<table class="look-up"><tbody>{rows}</tbody></table></article>'
    page.write_text(text.replace("</article>", table), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(host.address + page.name)
    box = tab.get_by_role("searchbox", name="Show only the rows of this table with these words")
    seen = {words: _rows(tab, box, words) for words in ("naltrex", "tra", "", "heroin")}
    status = tab.locator(".look-up-filter [role=status]").inner_text()
    tab.close()
    page.unlink()

    assert seen == {"naltrex": 1, "tra": 1, "": 3, "heroin": 0}
    assert status == "No row has these words. That says nothing about safety."


def _rows(tab: Any, box: Any, words: str) -> int:
    """Type words, and count the rows that are left."""
    box.fill(words)
    return int(tab.locator("table.look-up tbody tr:visible").count())
