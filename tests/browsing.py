"""Start one Chromium, serve the site to it, and open tabs that miss no complaint."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from installed import needs, needs_from_pip
from serving import Host, serving

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
FLAGS = ("--no-sandbox", "--disable-background-networking")


#: What package.json beside the tests of the site names; `make test` installs it.
NODE_MODULES = Path(__file__).parent / "site" / "node_modules"


def chromium() -> str:
    """Find the browser that tests drive."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    needs(found, "Chromium")
    return str(found)


def node(script: Path) -> list[str]:
    """Give the command that runs a script by the Node.js that pip installed, with the packages beside the tests."""
    found = shutil.which("node", path=str(Path(sys.executable).parent))
    needs_from_pip(found, "Node.js")
    needs_from_pip(NODE_MODULES.is_dir(), "tests/site/node_modules")
    return [str(found), str(script)]


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[Host]:
    """Serve the site on this machine."""
    with serving(site) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium once."""
    found = chromium()
    needs_from_pip(find_spec("playwright"), "playwright")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where a browser is there to be driven

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=found, args=list(FLAGS))
        yield started
        started.close()


def watched(browser: Any, faults: list[str], own: str, **options: Any) -> Any:
    """Open a tab that notes every message on the console, broken policy, failed request and foreign host."""
    page = browser.new_page(**({"viewport": DESK} | options))
    page.on("console", lambda message: faults.append(f"{page.url}: {message.type}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda asked: None if "ABORTED" in asked.failure else faults.append(f"no {asked.url}"))
    page.on("request", lambda asked: _own(asked.url, own) or faults.append(f"{page.url} asked for {asked.url}"))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error('policy', e.violatedDirective, e.blockedURI))"
    )
    return page


def lighthouse(addresses: list[str], categories: str) -> list[Any]:
    """Run Lighthouse over pages; give for each its address, its scores, and what cost it points."""
    command = [*node(NODE_MODULES.parent / "lighthouse.mjs"), chromium(), categories, *addresses]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines()]


def _own(url: str, own: str) -> bool:
    """Tell whether an address is on the host under test, or holds its data in itself."""
    return url.startswith((own, "data:"))


def scrolls_sideways(page: Any) -> bool:
    """Tell whether the page as a whole is wider than its window; tables and code may scroll in their own boxes."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
