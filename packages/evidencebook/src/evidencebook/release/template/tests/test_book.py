"""The whole book, built as a reader of the README builds it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a copy of the book in every format, the HTML last, which offers the others; any warning is a failure."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("book", "evidence"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("_build"))
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    for name in ("typstpdf", "epub", ""):
        builder = ["--builder", "custom", "--custom-builder", name] if name else []
        command = [str(BIN / "jupyter-book"), "build", "book/", "-n", "-W", "--keep-going", *builder]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder / "book" / "_build" / "html"


def test_every_format_is_built(site: Path) -> None:
    """Readers get a site, a PDF and an EPUB."""
    files = {path.suffix for path in site.parent.rglob("*") if path.is_file()}

    assert {".html", ".pdf", ".epub"} <= files


def test_every_record_has_a_place_on_a_page(site: Path) -> None:
    """The exported address of each claim, finding, source and assertion is an element of a page."""
    data = json.loads((site / "evidence" / "evidence.json").read_text(encoding="utf-8"))

    for record in (record for kind in ("claims", "findings", "sources", "assertions") for record in data[kind]):
        page, _, anchor = record["page"].partition("#")
        soup = BeautifulSoup((site / page).read_text(encoding="utf-8"), "html.parser")
        assert soup.find(id=anchor) is not None, record["page"]


def test_the_statements_of_the_claims_can_be_read(site: Path) -> None:
    """Each claim stands on its page in words, its numbers filled in."""
    data = json.loads((site / "evidence" / "evidence.json").read_text(encoding="utf-8"))

    for claim in data["claims"]:
        page = (site / claim["page"].partition("#")[0]).read_text(encoding="utf-8")
        words = " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())
        assert " ".join(claim["statement"].split()[:4]) in words, claim["id"]


def test_no_page_asks_another_host(site: Path) -> None:
    """Scripts, styles and pictures come from the book itself."""
    asked = [
        f"{path.name}: {tag[key]}"
        for path in site.rglob("*.html")
        for tag in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find_all(["script", "img", "link"])
        for key in ("src", "href")
        if tag.get(key, "").startswith(("http:", "https:", "//")) and "canonical" not in tag.get("rel", [])
    ]

    assert asked == []
