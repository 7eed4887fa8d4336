"""The examples of CommonMark's specification come out with its words in HTML and in the PDF, or are refused."""

import re
import unicodedata
from pathlib import Path

import pypdf
import pytest
from bs4 import BeautifulSoup

from evidencebook.pages.checks import build_guard
from small_book import CONF, Book

SPEC = Path(__file__).parents[4] / "tests" / "site" / "node_modules" / "commonmark-spec" / "spec.txt"
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
#: Where our words are others than those of the specification.
KNOWN = {
    44: "MyST takes +++ for the end of a cell",
    354: "markdown-it-py 3 reads the specification 0.30, where a currency sign was no punctuation",
    625: "there a comment held no two hyphens",
    626: "nor was <!--> one",
}
#: Refused by the PDF alone: letters that no font of ours has, headings without words.
NOT_IN_PRINT = {27, 79}


def examples() -> dict[int, tuple[str, str]]:
    """Read Markdown and words of each example; its links lead out of the book, where nothing else could be found."""
    text = SPEC.read_text(encoding="utf-8").replace("→", "\t")
    text = re.sub(r"/ur[il]\d?\b", r"https://example.org\g<0>", text)
    return {number: (found[1], found[2]) for number, found in enumerate(_EXAMPLE.finditer(text), start=1)}


def lay_out(book: Book, pages: dict[int, str]) -> None:
    """Write a page for each example, and a first page that lists those pages alone; remove those of others."""
    for old in (book.folder / "book").glob("ex*.md"):
        old.unlink()
    for number, text in pages.items():
        book.write(f"ex{number}", f"# Example{number}.\n\n{text}")
    names = "\n".join(["chapter", "claims", "findings", "sources", *(f"ex{number}" for number in pages)])
    book.write("index", f"# Small\n\n```{{toctree}}\n{names}\n```\n")


def refused(book: Book) -> set[int]:
    """Name the examples of which the last build told file and line."""
    return {int(number) for number in re.findall(r"/ex(\d+)\.md:\d*: (?:WARNING|ERROR)", book.told())}


def of_site(book: Book, number: int) -> str:
    """Read the words of an example on its page, without its blanks."""
    body = book.soup(f"ex{number}").select_one("div.body")
    assert body is not None
    for link in body.select("a.headerlink"):
        link.clear()
    return "".join(body.get_text().split()).removeprefix(f"Example{number}.")


def of_pdf(path: Path) -> dict[int, str]:
    """Read the letters of each example: a PDF draws marks and numbers of lists, and numbers its pages."""
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    parts = re.split(r"Example(\d+)\.", text)  # each stands in the contents first, then on its page
    return {int(number): letters(words) for number, words in zip(parts[1::2], parts[2::2], strict=True)}


def letters(words: str) -> str:
    """Keep the letters of a text."""
    return re.sub(r"[\W\d_]+", "", unicodedata.normalize("NFKC", words))


@pytest.mark.nightly
@pytest.mark.skipif(not SPEC.exists(), reason="`make .venv/test` installs the specification")
def test_commonmark_words(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """No example is lost, none ends in a traceback, and what is refused is told with file and line."""
    given = examples()
    conf = CONF.replace('["colon_fence"]', "[]") + 'smartquotes = False\nsuppress_warnings += ["myst.header"]\n'
    (book.folder / "book" / "conf.py").write_text(conf, encoding="utf-8")
    lay_out(book, {number: markdown for number, (markdown, _) in given.items()})
    monkeypatch.setattr(build_guard, "stop", bool)  # so that one build tells of all and writes the rest
    book.build("html", silent=False)
    told = refused(book)
    wanted = {number: BeautifulSoup(html, "html.parser").get_text() for number, (_, html) in given.items()}
    kept = sorted(set(given) - told)

    assert {number for number in kept if of_site(book, number) != "".join(wanted[number].split())} == set(KNOWN)

    monkeypatch.undo()
    lay_out(book, {number: given[number][0] for number in kept if number not in NOT_IN_PRINT})
    book.build("typstpdf")
    made = of_pdf(book.folder / "built" / "pdf" / "smallbook.pdf")

    assert {number for number in made if made[number] != letters(wanted[number])} <= set(KNOWN)
    assert (len(given), len(told), len(made)) == (652, 138, 512)
