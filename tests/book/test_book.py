"""The whole book, built as a reader of the README builds it."""

import gzip
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from built_book import build
from conftest import needs

pytestmark = pytest.mark.slow


def test_the_first_page_is_the_article(soups: dict[str, BeautifulSoup]) -> None:
    """Question, answer, help and caveats stand on the landing page."""
    text = soups["index.html"].get_text(" ")

    for words in ("Does kratom ease opioid withdrawal?", "Help now", "naloxone", "Caveats", "very low certainty"):
        assert words in text


def test_every_internal_link_leads_somewhere(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    """Pages, anchors and downloads exist."""
    ids = {page: {tag["id"] for tag in soup.find_all(id=True)} for page, soup in soups.items()}
    broken = []
    for page, soup in soups.items():
        for link in soup.find_all("a", href=True):
            href = link["href"].split("?")[0]
            if re.match(r"[a-z]+:", href):
                continue
            path, _, anchor = href.partition("#")
            target = ((site / page).parent / path).resolve() if path else site / page
            name = target.relative_to(site).as_posix()
            if not target.exists() or (anchor and name in ids and anchor not in ids[name]):
                broken.append(f"{page}: {link['href']}")

    assert broken == []


def test_each_claim_s_address_resolves(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    """The exported page of a claim, a finding and a source is an element that holds it."""
    data = json.loads((site / "evidence" / "evidence.json").read_text(encoding="utf-8"))

    assert len(data["findings"]) >= 300
    assert len(data["claims"]) >= 60
    assert len(data["assertions"]) == 30
    kinds = ("claims", "findings", "sources", "searches", "assertions")
    for record in (record for kind in kinds for record in data[kind]):
        page, _, anchor = record["page"].partition("#")
        assert soups[page].find(id=anchor), record["page"]


def test_the_reviews_are_data_that_resolve(soups: dict[str, BeautifulSoup]) -> None:
    """One ClaimReview for each statement, each with an address on the page and the fields that readers of it need."""
    reviews = json.loads(soups["audit.html"].find("script", type="application/ld+json").string)

    assert len(reviews) == 30
    for review in reviews:
        assert review["@context"] == "https://schema.org"
        assert review["@type"] == "ClaimReview"
        assert {"claimReviewed", "reviewRating", "url", "author", "itemReviewed"} <= review.keys()
        assert soups["audit.html"].find(id=review["url"].split("#")[1])


def test_no_page_names_another_host_to_load_from(soups: dict[str, BeautifulSoup]) -> None:
    """Links lead out; nothing is fetched from outside."""
    for page, soup in soups.items():
        loaded = [tag.get("src") or tag.get("href") for tag in soup.find_all(["script", "img", "iframe", "link", "source"])]
        assert [url for url in loaded if url and re.match(r"(https?:)?//", url)] == [], page


def test_figures_say_what_is_to_be_seen(soups: dict[str, BeautifulSoup]) -> None:
    """Every picture of an article has a text in its place."""
    for page, soup in soups.items():
        for image in (soup.find("article") or soup).find_all("img"):
            assert len(image.get("alt", "")) > 20, (page, image)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the site on this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()




@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium once."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    needs(chromium, "Chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where a browser is there to be driven

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"])
        yield started
        started.close()


def watched(browser: Any, faults: list[str], width: int = 1280) -> Any:
    """Open a tab that notes every message on the console, every broken policy and every failed request."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.on("console", lambda message: faults.append(f"{page.url}: {message.type}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: None if "ABORTED" in request.failure else faults.append(f"no {request.url}"))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error('policy', e.violatedDirective, e.blockedURI))"
    )
    return page


def test_a_browser_asks_no_other_host_and_has_nothing_to_complain_of(
    browser: Any, address: str, soups: dict[str, BeautifulSoup]
) -> None:
    """Each page in Chromium at the width of a phone: own host only, no word on the console, no sideways scroll."""
    faults: list[str] = []
    page = watched(browser, faults, width=360)
    page.on("request", lambda r: None if r.url.startswith((address, "data:")) else faults.append(f"asked for {r.url}"))
    for name in soups:
        page.goto(address + name)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{name} scrolls sideways")
    page.close()

    assert faults == []


@pytest.mark.parametrize("served", [True, False])
def test_cards_and_search_from_a_server_and_from_a_folder(browser: Any, address: str, site: Path, served: bool) -> None:
    """By keyboard alone: a card opens on focus and closes with Escape; a search with a slip finds a claim."""
    faults: list[str] = []
    page = watched(browser, faults)
    root = address if served else site.as_uri() + "/"
    page.goto(root + "index.html")
    assert page.evaluate("document.body.dataset.theme") == "auto"

    page.goto(root + "withdrawal.html")
    link = page.locator("article a:has(.evidence-finding)").first
    link.scroll_into_view_if_needed()
    link.focus()
    page.keyboard.press("Shift+Tab")  # focus that a key gave, not a script
    page.keyboard.press("Escape")  # the card of the link before, which Tab would else go into
    page.keyboard.press("Tab")
    card = page.locator(".evidence-card:popover-open")
    card.locator(".card-who").wait_for()
    assert card.locator(".card-doi a").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.evidence-card') !== null")
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert link.evaluate("link => link === document.activeElement")

    page.keyboard.press("/")
    page.keyboard.type("withdrawla relief")
    page.locator(".search-panel[data-words='withdrawla relief'] li").first.wait_for()
    assert "Claim" in page.locator(".search-panel .search-kind").all_inner_texts()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.search-panel') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.locator("#search-results li").first.wait_for()
    page.close()

    assert faults == []


def test_a_first_tap_shows_the_card_and_a_second_way_on(browser: Any, address: str) -> None:
    """A finger gets the card instead of the jump, and in it a link that jumps."""
    page = browser.new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto(address + "withdrawal.html")
    link = page.locator("article .bibtex-citation a").first
    link.tap()
    card = page.locator(".evidence-card:popover-open")
    card.locator(".card-go a").wait_for()
    assert page.url.endswith("withdrawal.html")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    card.locator(".card-go a").tap()
    page.wait_for_url("**/sources.html#*")
    page.close()


@pytest.mark.parametrize("name", ["index.html", "withdrawal.html"])
def test_a_page_weighs_little(browser: Any, address: str, site: Path, name: str) -> None:
    """At most 8 requests and 40 kB through gzip; nothing else is loaded until it is used."""
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + name, wait_until="networkidle")
    page.close()

    files = {site / url.removeprefix(address).split("?")[0] for url in asked if url.startswith(address)}
    files.add(site / "_static" / "favicon.svg")  # Chromium asks for it where no listener hears
    assert len(files | {Path(url) for url in asked if not url.startswith(address)}) <= 8, asked
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) <= 39_000  # the rest is for the headers


def test_the_pdf_is_complete(made: Callable[[str], Path], site: Path) -> None:
    """By LaTeX, strictly: every chapter and claim is there, no reference is undefined, no line runs off the page."""
    needs(shutil.which("pdftotext"), "pdftotext")
    pdf = made("latex")
    log = pdf.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert "undefined" not in log
    assert "Missing character" not in log
    assert [line for line in re.findall(r"Overfull \\hbox \((\d+)\.", log) if int(line) > 20] == []

    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    flat = re.sub(r"\s+", " ", text.stdout)
    data = json.loads((site / "evidence" / "evidence.json").read_text(encoding="utf-8"))
    for words in ("Help now", "Caveats", "Does kratom relieve opioid withdrawal?", "What recovery rests on", "Bibliography"):
        assert words in flat
    letters = re.sub(r"[\W\d_]+", "", flat)
    missing = [c["id"] for c in data["claims"] if re.sub(r"[\W\d_]+", "", c["statement"])[:40] not in letters]
    assert missing == []


def test_faults_in_a_real_build(clone: Path, site: Path) -> None:
    """One run of jupyter-book names every fault, ends with status 1 and leaves the earlier build as it was."""
    before = (site / "index.html").read_bytes()
    pages_to_break = {
        "book/index.md": "\nSee {claim}`no-such-claim`.\n",
        "book/withdrawal.md": "\nIt takes 37 hours.\n",
        "evidence/claims/law.yml": "- {id: Bad Id}\n",
    }
    originals = {name: (clone / name).read_text(encoding="utf-8") for name in pages_to_break}
    stray = clone / "book" / "stray.md"
    try:
        for name, text in pages_to_break.items():
            (clone / name).write_text(originals[name] + text, encoding="utf-8")
        stray.write_text("# Stray\n", encoding="utf-8")
        done = build(clone)
    finally:
        for name, text in originals.items():
            (clone / name).write_text(text, encoding="utf-8")
        stray.unlink()

    said = done.stdout + done.stderr
    for words in ('claim "no-such-claim"', 'the number "37"', "law.yml:", "stray.md:1: ", "nothing was written"):
        assert words in said, said[-4000:]
    assert done.returncode == 1
    assert "Traceback" not in said
    assert (site / "index.html").read_bytes() == before
