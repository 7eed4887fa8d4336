"""The whole book, built as a reader of the README builds it."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import yaml
from bs4 import BeautifulSoup
from pybtex.database import parse_file

import citation_readers
from built_book import build
from installed import needs

pytestmark = pytest.mark.slow


def test_landing_page_words(soups: dict[str, BeautifulSoup]) -> None:
    """Question, answer, what to do tonight, help and caveats stand on the landing page."""
    text = soups["index.html"].get_text(" ")

    for words in ("Does kratom ease opioid withdrawal?", "Help now", "naloxone", "Caveats", "Nobody knows", "Tonight"):
        assert words in text


def test_internal_links(site: Path, soups: dict[str, BeautifulSoup]) -> None:
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


def test_record_addresses(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    """The exported page of a claim, a finding and a source is an element that holds it."""
    data = json.loads((site / "evidence" / "evidence.json").read_text(encoding="utf-8"))

    assert len(data["findings"]) >= 300
    assert len(data["claims"]) >= 60
    assert len(data["assertions"]) == 30
    kinds = ("claims", "findings", "sources", "searches", "assertions")
    for record in (record for kind in kinds for record in data[kind]):
        page, _, anchor = record["page"].partition("#")
        assert soups[page].find(id=anchor), record["page"]


def test_claim_reviews(soups: dict[str, BeautifulSoup]) -> None:
    """One ClaimReview for each statement, each with an address on the page and the fields that readers of it need."""
    data = [json.loads(tag.string or "") for tag in soups["audit.html"].find_all("script", type="application/ld+json")]
    reviews = [one for one in data if one["@type"] == "ClaimReview"]

    assert len(reviews) == 30
    for review in reviews:
        assert review["@context"] == "https://schema.org"
        assert review["@type"] == "ClaimReview"
        assert {"claimReviewed", "reviewRating", "url", "author", "itemReviewed"} <= review.keys()
        assert soups["audit.html"].find(id=review["url"].split("#")[1])


def test_no_other_host(soups: dict[str, BeautifulSoup]) -> None:
    """Links lead out; nothing is fetched from outside."""
    for page, soup in soups.items():
        loaded = [
            tag.get("src") or tag.get("href") for tag in soup.find_all(["script", "img", "iframe", "link", "source"])
        ]
        assert [url for url in loaded if url and re.match(r"(https?:)?//", url)] == [], page


def test_figure_alt_texts(soups: dict[str, BeautifulSoup]) -> None:
    """Every picture of an article has a text in its place."""
    for page, soup in soups.items():
        for image in (soup.find("article") or soup).find_all("img"):
            assert len(image.get("alt", "")) > 20, (page, image)


def test_latex_pdf_is_complete(made: Callable[[str], Path], site: Path) -> None:
    """By LaTeX, strictly: every chapter and claim is there, no reference is undefined, no line runs off the page."""
    needs(shutil.which("pdftotext"), "pdftotext")
    pdf = made("latex")
    log = pdf.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert "undefined" not in log
    assert "Missing character" not in log
    assert [line for line in re.findall(r"Overfull \\hbox \((\d+)\.", log) if int(line) > 20] == []

    assert_all_is_there(pdf, site, "Bibliography")


def assert_all_is_there(pdf: Path, site: Path, last: str) -> None:
    """Find the boxes, headings from the first to the last, and the statement of every claim in the words of a PDF."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    flat = re.sub(r"\s+", " ", text.stdout)
    data = json.loads((site / "evidence" / "evidence.json").read_text(encoding="utf-8"))
    for words in ("Help now", "Caveats", "Does kratom relieve opioid withdrawal?", "What recovery rests on", last):
        assert words in flat
    letters = re.sub(r"[\W\d_]+", "", flat)
    missing = [c["id"] for c in data["claims"] if re.sub(r"[\W\d_]+", "", c["statement"])[:40] not in letters]
    assert missing == []


def test_typst_pdf_is_complete(made: Callable[[str], Path], clone: Path, site: Path) -> None:
    """By Typst, strictly: every claim is there, tagged, with bookmarks, its fonts within."""
    needs(shutil.which("pdftotext"), "pdftotext")
    path = made("typst")
    assert_all_is_there(path, site, "References")
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged:\s+yes", told)
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    assert [line for line in fonts if line.split()[-5] != "yes"] == []  # the column "emb"
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert len(pdf.Root.StructTreeRoot.keys()) > 1
        with pdf.open_outline() as outline:
            titles = [part.title for part in outline.root]
    captions = [part["caption"] for part in yaml.safe_load((clone / "book" / "_toc.yml").read_text())["parts"]]
    assert titles == ["The short answer", "Contents", *captions]


def test_build_faults(clone: Path, site: Path) -> None:
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


def test_page_metadata(soups: dict[str, BeautifulSoup]) -> None:
    """A description of 50 to 160 characters, none used twice; and what citation managers and Google Scholar need."""
    found = {}
    for page, soup in soups.items():
        (tag,) = soup.find_all("meta", attrs={"name": "description"})
        found[page] = tag["content"]
        assert 50 <= len(found[page]) <= 160, (page, found[page])
        if page not in ("search.html", "genindex.html"):
            assert citation_readers.scholar(str(soup)) == [], page
            item = citation_readers.zotero(str(soup), f"file:///book/{page}")
            assert item.kind == ("book" if page == "index.html" else "bookSection"), page
            assert item.creators == [("The contributors", "")]
            assert item.fields["title"]
    assert len(set(found.values())) == len(found)


def test_data_page_tables(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    """With its columns, and search engines read it too."""
    tables = {path.relative_to(site).as_posix() for path in (site / "evidence").rglob("*.csv")}
    linked = {link["href"] for link in soups["data.html"].find_all("a", href=True)}
    data = [json.loads(tag.string or "") for tag in soups["data.html"].find_all("script", type="application/ld+json")]

    assert tables <= linked
    assert tables <= {one["contentUrl"] for one in data[-1]["distribution"]}


def test_claim_citations(site: Path) -> None:
    """One entry in one file; all files for citing are at most eighty."""
    claims = json.loads((site / "evidence" / "evidence.json").read_text(encoding="utf-8"))["claims"]
    entries = parse_file(site / "cite" / "claims.bib").entries

    assert len(entries) == len(claims)
    assert {key.partition("claim-")[2] for key in entries} == {claim["id"] for claim in claims}
    assert len([path for path in (site / "cite").rglob("*") if path.is_file()]) <= 80
