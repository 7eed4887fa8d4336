"""Pages show what the watch and the checks brought, and follow it; the works found are invented for the test."""

import json
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from evidencebook.pages.domain import domain_of
from small_book import Book, Replace

CELL = "```{{code-cell}} python3\n:tags: [remove-input]\n{code}\n```\n"
EXECUTED = (
    "---\norphan: true\nfile_format: mystnb\nkernelspec: {{name: python3, display_name: p}}\n---\n\n# {title}\n\n"
)
FLOW = """from evidencebook.surveillance import store
from evidencebook.surveillance.report import prisma
from evidencebook.evidence.loader import load
from evidencebook.analysis.display import tabulate
from evidencebook.evidence.paths import evidence_folder

evidence = load(evidence_folder())
tabulate(prisma.table(prisma.flow(evidence, store.load(evidence_folder(), evidence))))"""
ANALYSIS = 'from evidencebook.analysis.dataframe import findings\n\nfindings("care")'
WATCH = """- id: new-studies
  service: europe-pmc
  terms: invented AND "test" <b>
  why: new studies
  since: 2026-11-01
"""
RUNS = "- {query: new-studies, date: 2026-11-24, found: 3, known: 2, new: 1}\n"
QUEUE = """- id: 0123456789ab
  title: An invented title with <script>alert(1)</script>
  query: new-studies
  date: 2026-11-24
"""
CHECKS = (
    "- {source: hemby2019abuse, what: notice, date: 2026-11-25, outcome: concern, since: 2026-11-25, "
    "value: 10.1000/notice}\n"
)
DECISION = "- {id: 0123456789ab, decision: include, date: 2026-11-26}\n"


@pytest.fixture
def site(book: Book, replace: Replace) -> Book:
    """Lay out a small book with pages on how it keeps current, under the theme that the shell is written for."""
    options = "bibtex_tooltips = False\nnb_execution_timeout = 600"
    replace("book/conf.py", 'html_theme = "basic"', f'html_theme = "furo"\n{options}')
    replace("evidence/searches.yml", "date: 2026-11\n", "date: 2026-11-22\n")
    book.write("log", "---\norphan: true\n---\n\n# Log\n\n```{watch-log}\n```\n")
    book.write("methods", "---\norphan: true\n---\n\n# Methods\n\n```{queries}\n```\n\n```{check-states}\n```\n")
    return book


def keep(book: Book, **files: str) -> None:
    """Write files beside the evidence."""
    for name, text in files.items():
        path = book.folder / "evidence" / f"{name.replace('__', '/')}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def words(book: Book, page: str) -> str:
    """Give the words of a built page's text."""
    article = BeautifulSoup(book.html(page), "html.parser").find("article")
    assert article is not None
    return " ".join(article.get_text(" ").split())


def foot(book: Book, page: str) -> str:
    """Give the line at the foot of a built page."""
    line = BeautifulSoup(book.html(page), "html.parser").select_one("p.currency")
    assert line is not None
    return line.get_text()


def test_what_never_ran_is_said(site: Book) -> None:
    """In one sentence, not by an empty page."""
    site.build()

    assert "The watch has never run. No source was ever checked against the registries." in words(site, "log")
    assert "No query is kept yet." in words(site, "methods")
    assert "Checks of the 3 sources of the book: 3 never checked." in words(site, "methods")
    assert "never checked" not in words(site, "sources").lower()


def test_what_was_brought_stands_under_its_day(site: Book) -> None:
    """Linked to the source and to the claims on it, and what services wrote stays text."""
    keep(site, watch=WATCH, runs=RUNS, queue=QUEUE, checks=CHECKS, decisions__example=DECISION)
    site.build()

    page, told = site.html("log"), words(site, "log")
    assert told.index("2026-11-26") < told.index("2026-11-25") < told.index("2026-11-24")
    assert "Europe PMC, query new-studies: 3 records found, 1 new." in told
    assert "Included: An invented title with <script>alert(1)</script> (n.d.)." in told
    assert "<script>alert" not in page
    assert 'href="sources.html#source-hemby2019abuse"' in page
    assert 'href="claims.html#claim-lever-pressing"' in page
    assert 'invented AND "test" <b> From 2026-11-01 on. New studies. 2026-11-24' in words(site, "methods")
    assert "an expression of concern was published" in words(site, "sources")


@pytest.mark.parametrize("builder", ["typstpdf", "latex", "epub", "text"])
def test_every_format_shows_it(site: Book, replace: Replace, builder: str) -> None:
    """Out of standard nodes alone."""
    replace("book/index.md", "chapter\n", "chapter\nlog\nmethods\n")
    for page in ("log", "methods"):
        replace(f"book/{page}.md", "---\norphan: true\n---\n\n", "")
    keep(site, watch=WATCH, runs=RUNS, queue=QUEUE, checks=CHECKS, decisions__example=DECISION)

    site.build(builder)


def test_the_card_of_a_source_tells_its_checks(site: Book) -> None:
    """What most sources would say is sent once."""
    keep(site, checks=CHECKS)
    site.build()

    scripts = (site.folder / "built/html/evidence/cards").glob("*.js")
    texts = [path.read_text(encoding="utf-8").removeprefix("window.evidenceCards = ") for path in scripts]
    parts = [json.loads(text.rstrip(";\n")) for text in texts]
    sources = {key: source for part in parts for key, source in part["source"].items()}
    assert {part["checked"] for part in parts} == {"Never checked against the registries."}
    assert "expression of concern" in sources["hemby2019abuse"]["checked"]
    assert "checked" not in sources["sordo2017mortality"]


def test_every_page_says_to_which_day_it_is_checked(site: Book, replace: Replace) -> None:
    """And is written again when the day is another, each site by itself, though nothing else on it has changed."""
    old = "Evidence checked to 22 November 2026. Its sources were never checked against the registries."
    site.build()
    site.build("dirhtml")
    assert {foot(site, page) for page in ("index", "chapter", "search", "log")} == {old}

    replace("evidence/searches.yml", "2026-11-22", "2026-11-23")
    site.build("dirhtml")
    site.build()

    new = old.replace("22", "23")
    assert {foot(site, page) for page in ("index", "chapter", "search", "log")} == {new}
    other = (site.folder / "built" / "dirhtml" / "chapter" / "index.html").read_text(encoding="utf-8")
    assert new in other


def test_the_book_as_a_file_says_it_on_its_title_page(site: Book) -> None:
    """Where version and rights stand: in the e-book, and in print by either way."""
    for builder, name in (("typstpdf", "book.json"), ("latex", "smallbook.tex")):
        written = (Path(site.build(builder).outdir) / name).read_text(encoding="utf-8")
        assert "Evidence checked to 22 November 2026." in written, builder
    made = zipfile.ZipFile(Path(site.build("epub").outdir) / "smallbook.epub")

    assert "Evidence checked to 22 November 2026." in made.read("title-page.xhtml").decode("utf-8")


@pytest.mark.usefixtures("no_kernels")
def test_only_pages_that_show_it_follow_the_queue(site: Book) -> None:
    """A page on methods runs again when a file is edited or comes new; an analysis does not."""
    site.write("flow", EXECUTED.format(title="Flow") + CELL.format(code=FLOW))
    site.write("analysis", EXECUTED.format(title="Analysis") + CELL.format(code=ANALYSIS))
    keep(site, watch=WATCH)
    site.build()
    assert "Europe PMC: never run" in words(site, "flow")

    for files, now in (
        ({"runs": RUNS, "queue": QUEUE}, "waiting: 1"),
        ({"decisions__example": DECISION}, "waiting: 0"),
        ({"checks": CHECKS}, "waiting: 0"),
    ):
        keep(site, **files)
        app = site.build()
        read = set(domain_of(app.env).changed)
        assert {"flow", "log", "sources"} <= read
        assert not {"analysis", "chapter"} & read
        assert now in words(site, "flow")
