"""Under -W every warning of Sphinx, MyST, MyST-NB and the bibliography stops the build, twice; nothing is written."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import rebuilds
from rebuilds import HEAD
from small_book import CONF, PAGES, Book

STRICT = ("-n", "-W", "--keep-going")


def cell(code: str) -> str:
    """Write a page with one cell."""
    return f"{HEAD}# C\n\n```{{code-cell}}\n{code}\n```\n"


#: What stands on a page, and what is said of it; in the order of the sources of each library.
ON_A_PAGE = {
    # Sphinx, while it reads
    "image": ("![words](no.png)", "image file not readable"),
    "download": ("{download}`no.txt`", "download file not readable"),
    "toctree-nowhere": ("```{toctree}\nnowhere\n```", "nonexisting document"),
    "toctree-glob": ("```{toctree}\n:glob:\nno*where\n```", "didn't match any documents"),
    "toctree-twice": ("```{toctree}\nclaims\nclaims\n```", "duplicated entry found in toctree"),
    "emphasised-lines": ("```{code-block} python\n:emphasize-lines: 9\nx = 1\n```", "out of range"),
    "literalinclude": ("```{literalinclude} no.py\n```", "no.py"),
    "include": ("```{include} no.md\n```", "no.md"),
    "label-twice": ("(one)=\n## One\n\n(one)=\n## Two", "Duplicate explicit target name"),
    "equation-twice": ("```{math}\n:label: one\na\n```\n" * 2, "duplicate label of equation"),
    "term-twice": ("```{glossary}\na\n  A.\n\na\n  B.\n```", "duplicate term"),
    "docutils": ("```{csv-table}\n:header: a, b\n1\n```", "WARNING"),
    # Sphinx, while it resolves and writes
    "doc": ("{doc}`nowhere`", "unknown document"),
    "ref": ("{ref}`nowhere`", "undefined label"),
    "numref": ("{numref}`nowhere`", "undefined label"),
    "term": ("{term}`nothing`", "term not in glossary"),
    "any": ("{any}`nowhere`", "'any' reference target not found"),
    "eq": ("{eq}`nowhere`", "equation"),
    "nitpick": ("{py:func}`nowhere`", "reference target not found"),
    "lexer": ("```nolexer\nx\n```", "Pygments lexer name"),
    "lexing": ("```json\n{ not json ? }\n```", "Lexing literal_block"),
    # MyST
    "role": ("{strange}`role`", "Unknown interpreted text role"),
    "directive": ("```{strange}\n```", "Unknown directive type"),
    "directive-option": ("```{note}\n:strange: 1\nWords.\n```", "Unknown option"),
    "directive-argument": ("```{figure}\n```", "argument(s) required"),
    "heading": ("#### Deep", "Non-consecutive header level"),
    "anchor": ("[words](#nowhere)", "target not found"),
    "anchor-of-page": ("[words](claims.md#nowhere)", "nowhere"),
    "page": ("[words](nowhere.md)", "nowhere.md"),
    "definition-twice": ("[a]: claims.md\n[a]: sources.md\n\n[a]", "Duplicate reference definition"),
    "footnote-twice": ("Words.[^a]\n\n[^a]: One.\n\n[^a]: Two.", "Multiple footnote definitions"),
    "inventory": ("[words](inv:no:std:label#x)", "iref_missing"),
    "html": ("[words](project:nowhere.md)", "nowhere"),
    # the bibliography
    "cite": ("{cite:p}`nobody1999`", "could not find bibtex key"),
    "footcite": ("{footcite}`nobody1999`", "could not find bibtex key"),
    "bibliography-filter": ("```{bibliography}\n:filter: (((\n```", "syntax error in :filter:"),
    "bibliography-list": ("```{bibliography}\n:list: strange\n```", "unknown bibliography list type"),
    "bibliography-file": ("```{bibliography} no.bib\n```", "no.bib not found"),
    "bibliography-twice": ("{cite:p}`sordo2017mortality`\n\n```{bibliography}\n```", "duplicate citation"),
    # MyST-NB
    "glue": ("{glue:text}`nothing`", "glue"),
    "glue-of-page": ("{glue:text}`claims.md::nothing:s`", "Glue reference"),
}
#: A whole page, where a body alone cannot say it.
PAGE = {
    "topmatter": ("---\n- a\n---\n# C\n", "topmatter"),
    "topmatter-option": ("---\nmyst:\n  strange: 1\n---\n# C\n", "strange"),
    "notebook-option": (
        HEAD.replace("---\n#", "").replace("kernelspec", "mystnb:\n  strange: 1\nkernelspec") + "# C\n",
        "strange",
    ),
    "cell": (cell("1 / 0"), "ZeroDivisionError"),
    "cell-lexer": (cell("SHOWN = {'strange/type': 'x'}"), "mime"),
    "cell-glue-twice": (cell("GLUED = {'a': 1}") + "\n```{code-cell}\nGLUED = {'a': 0}\n```\n", "duplicate"),
    "title": ("Words without a title.\n", "title"),
}
#: A line of the settings.
SETTINGS = {
    "static-path": ('html_static_path = ["nowhere"]', "does not exist"),
    "type": ("html_title = 5", "html_title"),
    "bibfile": ('bibtex_bibfiles = ["../evidence/sources.bib", "no.bib"]', "could not open bibtex file"),
    "myst": ('myst_enable_extensions = ["strange"]', "myst"),
    "logo": ('html_logo = "no.svg"', "does not exist"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, builds: None) -> Book:
    """Build a small book without fault, once."""
    folder = tmp_path_factory.mktemp("warned")
    shutil.copytree(Path(__file__).parent.parent / "small" / "evidence", folder / "evidence")
    book = Book(folder)
    (folder / "book").mkdir()
    (folder / "book" / "conf.py").write_text(CONF, encoding="utf-8")
    for page, text in PAGES.items():
        book.write(page, text)
    assert rebuilds.build(folder, "html", *STRICT) == 0, (folder / "log").read_text(encoding="utf-8")
    return book


@pytest.fixture
def good(built: Book) -> Iterator[Book]:
    """Give the book to break, and mend its pages and settings afterwards."""
    yield built
    for path in (built.folder / "book").glob("*.md"):
        path.unlink()
    (built.folder / "book" / "conf.py").write_text(CONF, encoding="utf-8")
    for page, text in PAGES.items():
        built.write(page, text)


def stops(book: Book, expected: str) -> None:
    """Build twice; each time the fault is told, and not a byte of the earlier site changes."""
    before = rebuilds.contents(book.folder, "html")
    for turn in ("first", "second"):
        (book.folder / "log").write_text("", encoding="utf-8")
        status = rebuilds.build(book.folder, "html", *STRICT)
        told = (book.folder / "log").read_text(encoding="utf-8")
        assert expected in told, (turn, told)
        assert status == 1, (turn, told)
        assert "nothing was written" in told, (turn, told)
        assert rebuilds.contents(book.folder, "html") == before, turn
    assert not list((book.folder / "built").glob(".*.new")), "the folder beside the site was left"


@pytest.mark.parametrize(("body", "expected"), ON_A_PAGE.values(), ids=ON_A_PAGE)
def test_warning_of_a_page(good: Book, body: str, expected: str) -> None:
    """Whether it is told while pages are read, resolved or written."""
    good.write("chapter", f"# Chapter\n\n{body}\n")

    stops(good, expected)


@pytest.mark.parametrize(("text", "expected"), PAGE.values(), ids=PAGE)
def test_warning_of_a_whole_page(good: Book, text: str, expected: str) -> None:
    """Front matter, cells and the title."""
    good.write("chapter", text)

    stops(good, expected)


@pytest.mark.parametrize(("line", "expected"), SETTINGS.values(), ids=SETTINGS)
def test_warning_of_a_setting(good: Book, line: str, expected: str) -> None:
    """Told before a page is read."""
    (good.folder / "book" / "conf.py").write_text(f"{CONF}\n{line}\n", encoding="utf-8")

    stops(good, expected)


def test_warning_of_a_page_without_a_place(good: Book) -> None:
    """A page that no list of pages names."""
    good.write("alone", "# Alone\n")

    stops(good, "alone")


def test_warning_that_was_let_pass(good: Book) -> None:
    """What a build without -W wrote is no ground for one with it: it reads and tells again."""
    good.write("chapter", "# Chapter\n\n{strange}`role` {doc}`nowhere`\n")
    assert rebuilds.build(good.folder, "html") == 0

    for expected in ("Unknown interpreted text role", "Unknown interpreted text role"):
        stops(good, expected)
