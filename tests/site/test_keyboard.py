"""All that a mouse can do, by keys alone; and by a finger, which has no hover."""

from pathlib import Path
from typing import Any

import pytest

from browsing import PHONE, scrolls_sideways, watched
from serving import Host

pytestmark = pytest.mark.slow
CARD = ".evidence-card:popover-open"


def focused(page: Any, where: str) -> bool:
    """Tell whether the focus is in an element that matches."""
    return bool(page.evaluate("(where) => document.activeElement.closest(where) !== null", where))


def tab_to(page: Any, where: str, most: int = 12) -> None:
    """Press Tab until the focus is in an element that matches."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page, where):
            return
    raise AssertionError(f"{most} times Tab did not lead to {where}")


def wait_until_seen(page: Any, where: str) -> None:
    """Wait until an element has come into the window."""
    page.wait_for_function(
        """(where) => { const at = document.querySelector(where).getBoundingClientRect();
        return at.left >= 0 && at.right <= innerWidth && at.bottom > 0 && at.top < innerHeight }""",
        arg=where,
    )


def test_skip_link(browser: Any, host: Host) -> None:
    """The first stop of Tab shows a link that leads past the menus."""
    page = browser.new_page()
    page.goto(host.address + "withdrawal.html")
    page.keyboard.press("Tab")
    assert focused(page, ".skip-to-content")
    wait_until_seen(page, ".skip-to-content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page, "article")
    page.close()


@pytest.mark.parametrize(
    ("button", "menu"), [(".nav-overlay-icon", ".sidebar-drawer"), (".toc-header-icon", ".toc-drawer")]
)
def test_phone_menus_by_keys(browser: Any, host: Host, button: str, menu: str) -> None:
    """A shut menu takes no focus; Enter opens it and leads in, Escape closes it and leads back, going on closes it."""
    page = browser.new_page(viewport=PHONE)
    page.goto(host.address + "withdrawal.html")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert not focused(page, ".sidebar-drawer, .toc-drawer")

    page.reload()
    tab_to(page, button)
    page.keyboard.press("Enter")
    assert focused(page, menu)
    assert page.locator(button).get_attribute("aria-expanded") == "true"
    wait_until_seen(page, ":focus")
    page.keyboard.press("Escape")
    assert focused(page, button)
    assert page.locator(button).get_attribute("aria-expanded") == "false"
    page.wait_for_function("menu => getComputedStyle(document.querySelector(menu)).visibility === 'hidden'", arg=menu)

    page.keyboard.press("Space")
    assert focused(page, menu)
    page.keyboard.press("Shift+Tab")
    assert not focused(page, menu)
    assert page.locator(button).get_attribute("aria-expanded") == "false"
    page.close()


def test_wide_code_by_keys(browser: Any, host: Host) -> None:
    """A box that scrolls sideways takes the focus and has a name."""
    page = browser.new_page(viewport=PHONE)
    page.goto(host.address + "analyses/interactions.html")
    page.locator("details.hide").first.evaluate("fold => { fold.open = true }")
    page.locator("article pre").first.evaluate("code => { code.style.whiteSpace = 'pre' }")  # the book's own breaks
    box = page.locator("article pre[tabindex='0']").first
    box.wait_for()
    assert box.get_attribute("aria-label") == "Code, scrolls sideways"
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    page.close()


def test_theme_switch_by_keys(browser: Any, host: Host) -> None:
    """Space changes the colours at once, and the next page has them from the start."""
    page = browser.new_page(color_scheme="light")
    page.goto(host.address + "index.html")
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    assert page.evaluate("document.body.dataset.theme") == "auto"
    page.locator(".theme-toggle-content .theme-toggle").focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.body.dataset.theme") == "dark"
    dark = page.evaluate(colour)
    assert dark != light
    page.goto(host.address + "withdrawal.html")
    assert page.evaluate(colour) == dark
    assert page.evaluate("Object.keys(localStorage)") == ["theme"]
    assert page.context.cookies() == []
    page.close()


@pytest.mark.parametrize("served", [True, False])
def test_cards_and_search_by_keys(browser: Any, host: Host, site: Path, served: bool) -> None:
    """From a server and from a folder: a card opens on focus and closes with Escape; a slip still finds a claim."""
    faults: list[str] = []
    root = host.address if served else site.as_uri() + "/"
    page = watched(browser, faults, root)
    page.goto(root + "withdrawal.html")
    link = page.locator("article a:has(.evidence-finding)").first
    link.scroll_into_view_if_needed()
    link.focus()
    page.keyboard.press("Shift+Tab")  # focus that a key gave, not a script
    page.keyboard.press("Escape")  # the card of the link before, which Tab would else go into
    page.keyboard.press("Tab")
    card = page.locator(CARD)
    card.locator(".card-who").wait_for()
    assert card.locator(".card-doi a").count() == 1
    page.keyboard.press("Tab")
    assert focused(page, ".evidence-card")
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert link.evaluate("link => link === document.activeElement")

    page.keyboard.press("/")
    page.keyboard.type("withdrawla relief")
    page.locator(".search-panel[data-words='withdrawla relief'] li").first.wait_for()
    assert "Claim" in page.locator(".search-panel .search-kind").all_inner_texts()
    page.keyboard.press("ArrowDown")
    assert focused(page, ".search-panel")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.locator("#search-results li").first.wait_for()
    page.close()

    assert faults == []


def test_search_key_on_a_phone(browser: Any, host: Host) -> None:
    """The key for search leads to a box that one can see."""
    page = browser.new_page(viewport=PHONE)
    page.goto(host.address + "index.html")
    page.keyboard.press("/")
    wait_until_seen(page, ".sidebar-search")
    assert focused(page, ".sidebar-search")
    page.close()


def test_card_by_tap(browser: Any, host: Host) -> None:
    """A finger gets the card instead of the jump, and in it a link that jumps."""
    page = browser.new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(host.address + "withdrawal.html")
    link = page.locator("article .bibtex-citation a").first
    link.tap()
    card = page.locator(CARD)
    card.locator(".card-go a").wait_for()
    assert page.url.endswith("withdrawal.html")
    assert not scrolls_sideways(page)
    card.locator(".card-go a").tap()
    page.wait_for_url("**/sources.html#*")
    page.wait_for_function("() => document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    page.close()


@pytest.mark.parametrize("late", [0, 20, 60, 600])
def test_first_tap_opens_card(browser: Any, host: Host, late: int) -> None:
    """The script of the cards comes with the first touch; a tap that is quicker waits for it, and leads nowhere."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.route("**/cards.js*", lambda route: (page.wait_for_timeout(late), route.continue_()))
    page.goto(host.address + "withdrawal.html")
    link = page.locator("article a:has(.evidence-claim)").first
    leads = link.evaluate("link => link.href")
    link.tap()
    page.locator(CARD).locator(".card-about").wait_for()
    assert page.url.endswith("withdrawal.html")
    page.locator(CARD).locator(".card-go a").tap()
    page.wait_for_url(leads)
    context.close()


def test_first_tap_without_cards(browser: Any, host: Host) -> None:
    """Where the script does not come, the link leads on."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.route("**/cards.js*", lambda route: route.abort())
    page.goto(host.address + "withdrawal.html")
    link = page.locator("article a:has(.evidence-claim)").first
    leads = link.evaluate("link => link.href")
    link.tap()
    page.wait_for_url(leads)
    context.close()
