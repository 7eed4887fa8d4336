"""What comes out of a printer: the sheet on one sheet, and an article without the frame around it."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from installed import needs
from serving import Host

pytestmark = pytest.mark.slow


def printed(browser: Any, address: str, folder: Path, form: str) -> Path:
    """Print a page as Chromium does."""
    made = folder / f"{form}.pdf"
    page = browser.new_page()
    page.goto(address)
    page.pdf(path=made, format=form)
    page.close()
    return made


def asked(tool: str, path: Path, *more: str) -> str:
    """Ask one of Poppler's tools about a PDF."""
    needs(shutil.which(tool), tool)
    return subprocess.run([tool, path, *more], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("form", "most"), [("A4", 1), ("Letter", 2)])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("plain.html", ("Help now", "naloxone", "988", "What kratom can do to you", "Last checked in")),
        ("questions.html", ("What I take", "naloxone", "For someone close to me", "what to do")),
        ("decide.html", ("730 of 1,000 stayed", "we found no count", "Daily life", "what to do")),
        ("clinicians.html", ("Before the first buprenorphine", "naloxone", "Whom to call", "Sources, for paper")),
    ],
)
def test_print_sheets(
    browser: Any, host: Host, tmp_path: Path, name: str, words: tuple[str, ...], form: str, most: int
) -> None:
    """One side of A4; the shorter Letter may need the other side where the browser has none of the narrow faces."""
    made = printed(browser, host.address + name, tmp_path, form)

    assert int(asked("pdfinfo", made).split("Pages:")[1].split()[0]) <= most
    text = " ".join(asked("pdftotext", made, "-").split())
    for word in (*words, "The contributors"):
        assert word.lower() in text.lower()


def test_print_chapter(browser: Any, host: Host, tmp_path: Path) -> None:
    """Text, cards with what they rest on, and how to cite it; no menu, no search, no foot of the theme."""
    text = asked("pdftotext", printed(browser, host.address + "withdrawal.html", tmp_path, "A4"), "-")
    flat = " ".join(text.split())

    for words in ("Does kratom relieve opioid withdrawal?", "Very low certainty", "WD-069", "version 0.3"):
        assert words in flat
    for words in ("The analyses", "On this page", "Back to top", "Made with", "Report an error", "Used on"):
        assert words not in flat
