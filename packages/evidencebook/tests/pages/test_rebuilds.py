"""Whatever was edited, built, stopped or killed before: the next build writes what a build from nothing writes."""

import os
import random
from pathlib import Path

import pytest

import rebuilds
from rebuilds import HEAD
from small_book import PAGES, Book, Replace

CELLS = (
    "```{code-cell}\n---\nmystnb:\n  image:\n    alt: A rate\n---\nimport trial\n"
    "from evidencebook.analysis.dataframe import findings\n\n"
    'rate = float(findings("care").loc["WD-200", "value"])\nprint("rate", rate, "scale", trial.SCALE)\n'
    'SHOWN = {"image/svg+xml": trial.figure(rate), "text/plain": "figure"}\n'
    'GLUED = {"scaled": rate * trial.SCALE}\n```\n'
)
CARD = "```{claim} death-out-of-treatment\n```\n"
INDEX = "# Small\n\n%s\n\n```{toctree}\nchapter\ncomputed\nclaims\nfindings\nsources\n```\n"
#: Each page with the texts among which an edit chooses; the last of a chapter holds a fault, or two.
TEXTS = {
    "index": (
        INDEX % "Deaths: {finding}`WD-200`. See {claim}`the risk <death-out-of-treatment>`.",
        INDEX % "See {ref}`here` and {claim}`rats <lever-pressing>`.",
        INDEX % f"Home.\n\n{CARD}",
    ),
    "chapter": (
        PAGES["chapter"],
        "(here)=\n# Other name\n\nNo card. {cite:p}`sordo2017mortality`\n",
        f"# Chapter\n\nIt was {{glue:text}}`computed.md::scaled:.1f`.\n\n{CARD}\n## A part\n\nWords.\n",
        "# C\n\nSee {doc}`nowhere` and {claim}`no-such`.\n",
        "# C\n\nSee {ref}`nowhere`, and {strange}`role`.\n",
    ),
    "computed": (f"{HEAD}# Computed\n\n{CELLS}", f"{HEAD}# Computed\n\nMore.\n\n{CELLS}"),
}
BUILDERS = ("html", "html", "latex", "typstpdf", "epub", "linkcheck")
STRICT = ("-n", "-W", "--keep-going")
#: The sequences of every run; the last left a figure that nothing showed in the list of what a phone keeps.
SOON = (*range(9), 22)


@pytest.fixture
def edited(book: Book, replace: Replace) -> Book:
    """Lay out a small book with an executed page, as a site for readers."""
    replace("book/conf.py", 'html_theme = "basic"', 'html_theme = "furo"\nbibtex_tooltips = False')
    replace("book/conf.py", "\nproject", '\nhtml_logo, linkcheck_ignore = "", [".*"]\nproject')
    (book.folder / "modules").mkdir()
    for page, texts in TEXTS.items():
        book.write(page, texts[0])
    scale(book.folder, 2)
    return book


def scale(folder: Path, number: int) -> None:
    """Write the module that the executed page imports."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>{{rate}} * {number}</title></svg>'
    text = f"SCALE = {number}\n\n\ndef figure(rate):\n    return f'{svg}'\n"
    put(folder / "modules" / "trial.py", text, None)


def put(path: Path, text: str, times: tuple[int, int] | None) -> None:
    """Write a file; with times of its own, as a checkout or a copy brings them."""
    path.write_text(text, encoding="utf-8")
    if times:
        os.utime(path, ns=times)


def edit(book: Book, chance: random.Random, *, faulty: bool) -> str:
    """Edit a finding, a page or the module."""
    what = chance.choice(("finding", "claim", "module", *TEXTS))
    if what == "module":
        scale(book.folder, chance.randint(2, 5))
        return what
    if what in TEXTS:
        path, texts = book.folder / "book" / f"{what}.md", [*TEXTS[what]]
        text = chance.choice(texts if faulty or what != "chapter" else texts[:3])
    else:
        path = book.folder / "evidence" / ("findings" if what == "finding" else "claims") / "care.yml"
        old, text = ("36.1", "36."), path.read_text(encoding="utf-8")
        number = text.partition("value: ")[2].partition("\n")[0] if what == "finding" else ""
        text = text.replace(f"value: {number}", f"value: 3{chance.randint(0, 9)}.{chance.randint(1, 9)}", 1)
        text = text if what == "finding" else text.replace("would_change: ", "would_change: Also, a trial. ", 1)
        assert old
    before = path.stat()
    put(path, text, (before.st_atime_ns, before.st_mtime_ns) if chance.random() < 0.3 else None)
    return what


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=[] if seed in SOON else [pytest.mark.nightly]) for seed in range(200)]
)
def test_rebuild_is_a_clean_build(edited: Book, seed: int) -> None:
    """After any sequence of edits, builds and kills, the output has the bytes of a clean build."""
    chance, folder = random.Random(seed), edited.folder  # noqa: S311  no secret hangs on it
    told = []
    for _ in range(chance.randint(2, 4)):
        told.append(edit(edited, chance, faulty=True))
        builder, options = chance.choice(BUILDERS), chance.choice(((), STRICT, STRICT))
        kill_at = chance.choice((0, 0, chance.randint(1, 60), chance.randint(1, 600)))
        status = rebuilds.build(folder, builder, *options, kill_at=kill_at, halved=chance.random() < 0.5)
        told.append(f"{builder} {' '.join(options)} killed at {kill_at}: {status}")
    while not is_good(folder):
        told.append(edit(edited, chance, faulty=False))
    final = chance.choice(("html", "html", "html", "latex", "typstpdf", "epub"))
    (folder / "log").write_text("", encoding="utf-8")
    assert rebuilds.build(folder, final, *STRICT) == 0, (told, (folder / "log").read_text(encoding="utf-8"))

    assert (differing := rebuilds.differences(folder, final)) == [], (differing, told)


def test_only_what_changed_is_written(book: Book, replace: Replace) -> None:
    """Nothing, where nothing changed; after an edited sentence its page and the first one, which Sphinx adds."""
    folder, site = book.folder, book.folder / "built" / "html"
    pages = ("index", "chapter", "claims", "findings", "evidence/evidence.json")
    replace("book/conf.py", "\nproject", '\nhtml_logo = ""\nproject')

    def times() -> list[int]:
        assert rebuilds.build(folder, "html", *STRICT) == 0, (folder / "log").read_text(encoding="utf-8")
        return [(site / (page if "." in page else f"{page}.html")).stat().st_mtime_ns for page in pages]

    first, again = times(), times()
    assert first == again
    replace("book/chapter.md", "It was", "Sadly, it was")
    last = times()
    assert [page for page, old, new in zip(pages[:4], first, last, strict=False) if old != new] == ["index", "chapter"]


def test_data_follow_a_record_that_no_page_shows(book: Book, replace: Replace) -> None:
    """The site is not left as it was although each of its pages is."""
    for page in ("claims", "findings", "sources"):
        book.write(page, f"# {page}\n")
    book.write("chapter", "# Chapter\n")
    book.write("index", "# Small\n\n```{toctree}\nchapter\nclaims\nfindings\nsources\n```\n")
    book.build()
    replace("evidence/findings/care.yml", "value: 36.1", "value: 37.2")
    book.build()

    assert "37.2" in (book.folder / "built" / "html" / "evidence" / "findings.csv").read_text(encoding="utf-8")


def test_number_of_a_figure_moves(edited: Book, replace: Replace) -> None:
    """A page that names a figure by its number follows, though only a page before it was edited."""
    figure = "```{figure} picture.svg\n:name: %s\n:alt: A picture\n\nWords.\n```\n"
    (edited.folder / "book" / "picture.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    replace("book/conf.py", "\nproject", "\nnumfig = True\nproject")
    edited.write("index", INDEX % "Look at {numref}`second`.")
    edited.write("chapter", "# Chapter\n\n" + figure % "first")
    edited.write("computed", "# Computed\n\n" + figure % "second")
    assert rebuilds.build(edited.folder, "html", *STRICT) == 0, (edited.folder / "log").read_text(encoding="utf-8")
    assert "Fig. 2" in edited.html("index")
    edited.write("chapter", "# Chapter\n")

    assert rebuilds.build(edited.folder, "html", *STRICT) == 0
    assert "Fig. 1" in edited.html("index")
    assert rebuilds.differences(edited.folder, "html") == []


def test_figure_that_was_left_half_written(edited: Book) -> None:
    """MyST-NB would take the file for whole, because its name says what is in it."""
    assert rebuilds.build(edited.folder, "html", *STRICT) == 0
    (figure,) = (edited.folder / "built" / "jupyter_execute").rglob("*.svg")
    figure.write_text("half", encoding="utf-8")

    assert rebuilds.build(edited.folder, "html", *STRICT) == 0
    assert rebuilds.differences(edited.folder, "html") == []


def is_good(folder: Path) -> bool:
    """Tell whether the pages hold no fault: what one links to, another must have."""
    chapter, index = ((folder / "book" / f"{page}.md").read_text(encoding="utf-8") for page in ("chapter", "index"))
    cards = (chapter + index).count(CARD)
    return "nowhere" not in chapter and ("(here)=" in chapter or "`here`" not in index) and cards <= 1
