"""Build a book with the newest Sphinx, where `make book-next` has installed it, and read the words of its pages."""

import os
import subprocess
from difflib import unified_diff
from pathlib import Path

from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent
SPHINX_BUILD = ROOT / ".venv-next" / "bin" / "sphinx-build"


def build(source: Path, out: Path, builder: str = "html", **setting: str) -> Path:
    """Build strictly, HTML unless another builder is named, and return its folder; fail with what Sphinx said."""
    path = f"{SPHINX_BUILD.parent}{os.pathsep}{os.environ['PATH']}"
    command = [str(SPHINX_BUILD), "-q", "-n", "-W", "--keep-going", "-b", builder, str(source), str(out)]
    environment = os.environ | {"PATH": path, "NO_COLOR": "1"} | setting
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return out


def words(page: Path) -> list[str]:
    """Return the words of a page, its title and its text, menus left out."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    text = soup.find(["article", "main"]) or soup.find(class_="body") or soup.body
    return [soup.title.get_text() if soup.title else "", *(text.get_text(" ") if text else "").split()]


def differences(first: Path, second: Path) -> dict[str, list[str]]:
    """Compare two built books page by page; give the words that stand in one alone, with - and +."""
    pages = [
        {path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts}
        for site in (first, second)
    ]
    found = {page: ["this page is in one book alone"] for page in pages[0] ^ pages[1]}
    for page in sorted(pages[0] & pages[1]):
        lines = unified_diff(words(first / page), words(second / page), n=0, lineterm="")
        if told := [line for line in lines if not line.startswith(("---", "+++", "@@"))]:
            found[page] = told[:20]
    return found
