"""A fault on a page stops the build before it writes, with file and line, and leaves the last good build alone."""

import subprocess
import sys

import pytest

from rebuilds import HEAD
from small_book import Book, Replace

FAILING = f"{HEAD}# Fails\n\nText.\n\n```{{code-cell}}\n1 / 0\n```\n"
COMPUTED = (
    f"{HEAD}# Computed\n\n```{{code-cell}}\n"
    "from evidencebook import findings\nfrom myst_nb import glue\n"
    'glue("rate", float(findings("care").loc["WD-200", "value"]), display=False)\n```\n\n{glue:text}`rate:.1f`\n'
)


def stopped(book: Book) -> str:
    """Build a book that must stop, and return what it said."""
    with pytest.raises(SystemExit) as stop:
        book.build(silent=False)

    assert stop.value.code == 1
    return book.told()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# C\n\nText.\n\n```{claim} no-such\n```\n", 'chapter.md:5: WARNING: this page names claim "no-such"'),
        ("# C\n\nSee {claim}`no-such`.\n", 'chapter.md:3: WARNING: this page names claim "no-such"'),
        (
            "# C\n\nSee {claim}`lever-pressing`.\n",
            'chapter.md:3: WARNING: this page names claim "lever-pressing" without words',
        ),
        ("# C\n\nSee {assertion}`A99`.\n", 'chapter.md:3: WARNING: this page names assertion "A99"'),
        ("# C\n\nIt was {finding:value}`XX-001`.\n", 'chapter.md:3: WARNING: this page names finding "XX-001"'),
        ("# C\n\nIt was {finding:low}`WD-200`.\n", "names the low of finding WD-200, which has none"),
        ("# C\n\nIt was {finding:value}`WD-200:zz`.\n", 'the format "zz" for WD-200'),
        ("# C\n\nOne.\nIt took 24 hours.\n", 'chapter.md:4: WARNING: the number "24" leads to no source'),
        ("# C\n\nSee {export}`no-such.csv`.\n", 'chapter.md:3: WARNING: this page offers the table "no-such.csv"'),
        ("# C\n\n- In a list, 41% did.\n", 'chapter.md:3: WARNING: the number "41%" leads to no source'),
        ("# C\n\n| a |\n| --- |\n| 5 of them |\n", 'the number "5" leads to no source'),
    ],
    ids=[
        "card",
        "role",
        "bare role",
        "assertion",
        "finding",
        "part",
        "format",
        "number",
        "table",
        "number-in-a-list",
        "number-in-a-table",
    ],
)
def test_a_fault_on_a_page(book: Book, text: str, expected: str) -> None:
    """Each fault is told with the line on which it stands."""
    book.write("chapter", text)

    assert expected in stopped(book)


NUMBERS = """# Of 30 people

Sleep [of 12 people](https://example.org "after 31 days"), `41% of them` and $n = 32$.

![Of 33 people](figure.png)

```
34 of 35 people
```

Two thirds slept {claim}`of 36 people <lever-pressing>` {cite:p}`sordo2017mortality`, and Ⅻ did not.

```{table} Of 37 people
| Of 38 people |
| --- |
| 39 |
```

Term[^1]

[^1]: Of 40 people.
"""


def test_numbers_in_every_place(book: Book, replace: Replace) -> None:
    """Titles, links, code, formulas, alt texts, captions, tables, notes and words: each number is told."""
    replace("book/conf.py", '"colon_fence"', '"colon_fence", "dollarmath"')
    book.write("chapter", NUMBERS)
    (book.folder / "book" / "figure.png").write_bytes(b"")
    told = stopped(book)

    for number in ("30", "12", "31", "41%", "n=32", "33", "34 of 35", "Two thirds", "36", "Ⅻ", "37", "38", "39", "40"):
        assert f'the number "{number}' in told, number


@pytest.mark.parametrize(
    ("tag", "code", "expected"),
    [
        ("hide-input", "print(41)", 'the number "41"'),
        ("hide-input", 'print("Of 12 people")', 'the number "12"'),
        ("hide-input", "(lambda *_: None)(['a'], [3.5])", 'the number "3.5"'),
        ("skip-execution", "print()", "this cell is not run"),
        ("raises-exception", "print()", "this cell may fail"),
    ],
)
def test_cells(book: Book, tag: str, code: str, expected: str) -> None:
    """What a cell prints, shows or draws was computed from findings; it was run, and it did not fail."""
    book.write("failing", FAILING.replace("1 / 0", f":tags: [{tag}]\n{code}"))
    told = stopped(book)

    assert "failing.md:1" in told
    assert expected in told


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Kratom cures withdrawal {claim}`as rats show <lever-pressing>`.", '"cures" says more than the claim'),
        ("Rats press it {claim}`for the drug itself <lever-pressing>`.", "states plainly what lever-pressing holds"),
        ("Rats may press it (low certainty).", 'the grade "low certainty" was typed'),
    ],
)
def test_words_around_a_claim(book: Book, line: str, expected: str) -> None:
    """A page says no more of a claim than its grade lets it."""
    book.write("chapter", f"# C\n\n{line}\n")
    told = stopped(book)

    assert "chapter.md:3: WARNING: " in told
    assert expected in told


def test_marked_numbers_are_counted(book: Book) -> None:
    """What is marked as plain passes, and a page can say how often that was done."""
    book.write("chapter", "# C\n\n{plain}`Seven` of {plain}`12` ways.\n")
    book.write("claims", "# Claims\n\nBut {plain-count}`numbers`.\n")
    book.build(silent=False)

    assert "But 2 numbers." in book.soup("claims").get_text()


def test_dates_and_names_are_no_faults(book: Book) -> None:
    """Years, dates and names that hold digits are not numbers."""
    words = "In 2016, on 31 August 2016 and in July 2026, CYP3A4 made 7-hydroxymitragynine in a phase 1 trial (DSM-5)."
    book.write("chapter", f"# C\n\n{words}\n")

    book.build()


@pytest.mark.parametrize(
    ("options", "line"),
    [("", 11), (":tags: [hide-input]\n", 12), ("---\ntags: [hide-input]\n---\n", 14)],
    ids=["bare", "options", "header"],
)
def test_a_failed_cell(book: Book, options: str, line: int) -> None:
    """A cell that fails is told at its line, without a traceback."""
    book.write("failing", FAILING.replace("1 / 0", f"{options}1 / 0"))
    told = stopped(book)

    assert f"failing.md:{line}: WARNING: a cell failed: ZeroDivisionError: division by zero" in told
    assert "Traceback" not in told


def test_the_log_of_a_failed_cell_goes_with_the_failure(book: Book) -> None:
    """It lies with the trees while the failure lasts, and never in the site."""
    book.write("failing", FAILING)
    stopped(book)
    log = book.folder / "built" / "doctrees" / "reports" / "failing.err.log"
    assert log.is_file()
    assert not (book.folder / "built" / "html" / "reports").exists()

    book.write("failing", FAILING.replace("1 / 0", "1 / 1"))
    book.build(silent=False)
    assert not log.parent.exists()


def test_faults_of_pages_and_evidence_come_together(book: Book, replace: Replace) -> None:
    """One run names a broken finding, an unknown claim, a failed cell and an untraced number."""
    replace("evidence/findings/care.yml", "unit: people", "unit: peple")
    book.write("chapter", "# C\n\n{claim}`no-such`\n\nIt took 24 hours.\n")
    book.write("failing", FAILING)
    told = stopped(book)

    for words in ('unit "peple"', 'claim "no-such"', "ZeroDivisionError", 'number "24"', "nothing was written"):
        assert words in told, words


def test_a_good_build_survives_a_bad_one(book: Book) -> None:
    """Not a byte of an earlier build changes when the next one stops; mending the page mends the build."""
    book.build()
    built = book.folder / "built" / "html"
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    good = (book.folder / "book" / "chapter.md").read_text(encoding="utf-8")

    book.write("chapter", "# C\n\nIt took 24 hours.\n")
    stopped(book)
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before

    book.write("chapter", good)
    book.build()


def test_output_that_cannot_be_written(book: Book) -> None:
    """One sentence names the place and what the machine says, in place of a traceback; the earlier site stays whole."""
    book.build()
    before = book.html("chapter")
    (book.folder / "built" / ".html.new").write_text("in the way", encoding="utf-8")
    book.write("chapter", "# C\n\nOther words.\n")
    told = stopped(book)

    assert ".html.new" in told
    assert "nothing was written" in told
    assert book.html("chapter") == before


@pytest.mark.usefixtures("no_kernels")
def test_results_come_back_when_the_evidence_is_mended(book: Book, replace: Replace) -> None:
    """A page that was run in vain is run again, although nothing that it names has changed since it was good."""
    book.write("computed", COMPUTED)
    book.write("index", "# Small\n\n```{toctree}\ncomputed\nchapter\nclaims\nfindings\nsources\n```\n")
    book.build()

    replace("evidence/findings/care.yml", "value: 36.1", "value: thirty")
    replace("book/conf.py", "\nproject", "\nnumfig = True\nproject")  # such a change has every page read
    assert "EvidenceError" in stopped(book)
    replace("evidence/findings/care.yml", "value: thirty", "value: 36.1")
    replace("book/conf.py", "\nnumfig = True", "")
    book.build("text")  # another format is written from what was read
    told = (book.folder / "built" / "text" / "computed.txt").read_text(encoding="utf-8")
    assert "36.1" in told
    assert "EvidenceError" not in told


def test_page_that_the_toc_does_not_name(book: Book, replace: Replace) -> None:
    """Jupyter Book leaves it out without a word."""
    replace("book/conf.py", '"_includes"]', '"_includes", "lost.md"]')
    book.write("lost", "# Lost\n")

    assert "lost.md:1: WARNING: this page is not in _toc.yml; add the line `- file: lost`" in stopped(book)


def test_settings_without_a_title(book: Book) -> None:
    """Nothing is read or written, and the status is that of wrong usage."""
    (book.folder / "book" / "_config.yml").write_text("author: x\n", encoding="utf-8")
    # In a process of its own: what an interrupted start registers would stay and disturb the next test.
    command = [sys.executable, "-m", "sphinx", "-q", book.folder / "book", book.folder / "built"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "_config.yml:1: the book has no title; write one line such as" in done.stderr
    assert not list((book.folder / "built").rglob("*.html"))


def test_a_draft_with_stubs_can_be_built(book: Book, replace: Replace) -> None:
    """A writer may look at what is not finished; that it is not published is for the tests to see to."""
    replace("evidence/findings/care.yml", "about: Death rate", "about: TO WRITE (what is reported). Death rate")

    book.build()
