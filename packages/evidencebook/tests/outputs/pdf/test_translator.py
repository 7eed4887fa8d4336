"""Each kind of node becomes Typst that compiles, and what cannot be set is told with its line."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from sphinx import addnodes

from evidencebook.outputs.pdf import compile as press
from evidencebook.outputs.pdf import document as book
from evidencebook.outputs.pdf import links
from evidencebook.outputs.pdf.document import About, Chapter, Part
from evidencebook.outputs.pdf.translator import Picture, Surroundings
from evidencebook.outputs.pdf.writers import translate

TEMPLATE = Path(press.__file__).with_name("template.typ")
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
FIGURE = ".. figure:: a.svg\n   :alt: A black bar.\n\n   **One bar.** It is black.\n"
HEADED = ".. list-table:: Two things\n   :header-rows: 1\n   :widths: 1 3\n\n   * - a\n     - b\n   * - 1\n     - 2\n"


def tree_of(text: str) -> nodes.document:
    """Read a page written in reStructuredText, which docutils reads by itself."""
    return publish_doctree(f"Page\n====\n\n{text}", "page.rst", settings_overrides={"doctitle_xform": False})


def set_page(tree: nodes.document, **around: object) -> tuple[str, list[str]]:
    """Write a page as Typst; return it, and what was wrong as "kind, file:line: message"."""
    told = {
        "page": "page",
        "linked": frozenset(links.survey({"page": tree}).targets),
        "existing": frozenset(links.survey({"page": tree}).places),
        "pictures": {"a.svg": Picture("/a.svg")},
    }
    text, page = translate(tree, Surroundings(**(told | around)))  # type: ignore[arg-type]  # as the tests need it
    return text, [f"{one.kind}, {one.file}:{one.line}: {one.message}" for one in page.faults]


def compiled(folder: Path, text: str) -> list[str]:
    """Compile a page within a book and return what Typst says against it."""
    (folder / "page.typ").write_text(text, encoding="utf-8")
    (folder / "a.svg").write_text(DRAWING, encoding="utf-8")
    (folder / "template.typ").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    about = About("A book: of tests", ("Someone",), "1", "en", datetime.date(2026, 1, 31))
    front = Chapter("page.typ", "Page", 1)
    (folder / "main.typ").write_text(book.main(about, front, (Part("", ()),)), encoding="utf-8")
    made, faults = press.compile_book(folder)
    assert made or faults
    return [fault.message for fault in faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some *words*, **others**, ``c[0]``.", ["#emph[words]", "#strong[others]", '#raw("c[0]")']),
        ("H\\ :sub:`2`\\ O and 10\\ :sup:`3`", ["H#sub[2]O", "10#super[3]"]),
        ("`Out <https://example.org/a_b>`__", ['#outside("https://example.org/a_b")[Out]']),
        (".. _here:\n\nA place.\n\nGo here_.", ['#mark("page:here")A place', '#inside("page:here")[here]']),
        ("- one\n- two\n\n  more", ["#list(tight: false", "one", "more"]),
        ("1. one\n2. two", ["#enum(start: 1, tight: true"]),
        ("term\n  What it means.", ["#terms(", "terms.item([term], [", "What it means"]),
        (HEADED, ["#grid-of((1fr, 3fr,)".replace(",)", ")"), "table.header([#heads[", "Two things"]),
        (FIGURE, ["#figure-of([#strong[One bar.] It is black.])", '#picture("/a.svg", "A black bar.")']),
        (".. note:: Mind it.", ['#panel(("note",), true, [Note])[', "Mind it"]),
        (".. admonition:: Help\n   :class: tip\n\n   Call.", ['#panel(("admonition", "tip"), true, [Help])[']),
        ("Said [#a]_ and again [#a]_.\n\n.. [#a] The note.", ["#footnote[", "The note", '#footnote(label("page:a"))']),
        ("Seen [CIT]_.\n\n.. [CIT] A paper.", ['#quiet("page:cit")[CIT]', "#source[", "A paper"]),
        ("::\n\n  x = \"1\"\n  y", ['#raw(block: true, "x = \\"1\\"\\ny")']),
        ("  Said by another.\n\n  -- Someone", ["#quote(block: true)[", "#meta[Someone]"]),
        ("| one\n| two", ["one #linebreak()", "two"]),
        ("A\n\n----\n\nB", ["#pause-of-thought"]),
        (".. rubric:: Small", ["#rubric[Small]"]),
        (".. raw:: typst\n\n   #h(1pt)\n\n.. raw:: html\n\n   <b>no</b>", ["#h(1pt)"]),
        ("Below\n-----\n\nDeeper\n~~~~~~\n\nWords", ["#head(1, 1, ", "#head(2, 1, ())[Below]", "#head(3, 1, ())["]),
    ],
)  # fmt: skip
def test_a_node(tmp_path: Path, text: str, expected: list[str]) -> None:
    """Each node is written as a call that the template knows, and compiles under PDF/UA."""
    written, faults = set_page(tree_of(text))

    assert faults == []
    for part in expected:
        assert part in written
    assert "<b>" not in written
    assert compiled(tmp_path, written) == []


def test_a_claim_s_card_and_a_quiet_link() -> None:
    """Classes of the press choose the dress; a link to a finding is set like the words around it."""
    tree = tree_of("x")
    said = nodes.reference(
        "", "", nodes.inline("", "12", classes=["evidence", "evidence-finding"]), refuri="%other#f-1"
    )
    box = nodes.admonition("", nodes.title("", "Low ⊕⊕◯◯"), classes=["claim", "certainty-low"])
    box += nodes.paragraph("", "", nodes.strong("", "It may."), classes=["claim-statement"])
    box += nodes.paragraph("", "", said)
    tree[0] += box
    written, faults = set_page(tree, existing=frozenset({"other:f-1"}))

    assert faults == []
    assert '#panel(("admonition", "claim", "certainty-low"), true, [Low #grade[⊕⊕◯◯];])[' in written
    assert "#statement[#strong[It may.]]" in written
    assert '#quiet("other:f-1")[12]' in written


def test_numbers_of_figures_are_those_of_every_format() -> None:
    """The number comes with the page and is not counted again."""
    tree = tree_of(FIGURE)
    figure = next(tree.findall(nodes.figure))
    figure["ids"] = ["fig-bar"]

    assert "#figure-of([#number[Fig. 7] #strong[One bar" in set_page(tree, numbers={"fig-bar": "Fig. 7"})[0]


def test_a_picture_leaves_room_for_its_heading_and_caption() -> None:
    """One that would fill a page is made smaller; others keep their size."""
    low, high = (set_page(tree_of(FIGURE), pictures={"a.svg": Picture("/a.svg", height=h)})[0] for h in (400, 640))

    assert '#picture("/a.svg", "A black bar.")' in low
    assert '#picture("/a.svg", "A black bar.", height: 530pt)' in high


def test_an_announcement_stays_with_its_list() -> None:
    """A line that ends with a colon is not left at the foot of a page."""
    assert "#lead[Take:]" in set_page(tree_of("Take:\n\n- one"))[0]
    assert "#lead[" not in set_page(tree_of("Take it.\n\n- one"))[0]


def strange() -> nodes.document:
    """Make a page with a node that nobody knows."""
    tree = tree_of("x")
    node = addnodes.desc("")
    node.source, node.line = "page.rst", 9
    tree[0] += node
    return tree


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (lambda: tree_of(".. image:: a.svg"), "alt, page.rst:4: this picture has no alt text"),
        (lambda: tree_of(HEADED.replace("header-rows: 1", "header-rows: 0")), "table, page.rst:4: this table has"),
        (lambda: tree_of("`x <other.html>`__"), 'link, page.rst:4: this link leads to "other.html"'),
        (lambda: tree_of(".. image:: b.svg\n   :alt: x"), 'unknown-node, page.rst:4: the picture "b.svg"'),
        (strange, 'unknown-node, page.rst:9: "desc" cannot be set in print'),
    ],
    ids=["alt", "table", "link", "picture", "node"],
)  # fmt: skip
def test_a_fault(tree: Callable[[], nodes.document], expected: str) -> None:
    """What cannot be set is told with file and line, and what to do about it."""
    _, faults = set_page(tree())

    assert [fault.startswith(expected) for fault in faults] == [True], faults


def test_a_link_to_a_place_that_is_not_there() -> None:
    """A link within the book leads somewhere."""
    tree = tree_of("x\n\ny")
    tree[0][1] += nodes.reference("", "there", refuri="%other#gone", internal=True)

    assert set_page(tree)[1] == ['link, page.rst:4: this link leads to "other#gone", which is nowhere in the book']


def test_a_character_that_no_font_has() -> None:
    """In words, in code and in a drawing."""
    tree = tree_of("a ꙮ\n\n``ꙮ``\n\n.. image:: a.svg\n   :alt: x")
    _, faults = set_page(tree, missing=frozenset("ꙮ"), pictures={"a.svg": Picture("/a.svg", "ꙮ")})

    assert [fault.split(": ")[0] for fault in faults] == ["glyph, page.rst:4", "glyph, page.rst:6", "glyph, page.rst:8"]
    assert '"ꙮ" (U+A66E)' in faults[0]


def test_a_pdf_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last step fails the earlier file stands, and nothing half-written beside it."""
    press.put(b"good", tmp_path / "pdf" / "book.pdf")

    def full(path: Path, target: Path) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"):
        press.put(b"new", tmp_path / "pdf" / "book.pdf")

    assert {path.name: path.read_bytes() for path in (tmp_path / "pdf").iterdir()} == {"book.pdf": b"good"}


def test_a_message_of_typst_leads_to_the_line_of_the_page(tmp_path: Path) -> None:
    """A failed compile is told with the page and line that it came from."""
    written, _ = set_page(tree_of("x\n\n.. raw:: typst\n\n   #no-such-thing"))
    (tmp_path / "page.typ").write_text(written, encoding="utf-8")

    assert compiled(tmp_path, written)[0].startswith("Typst says: unknown variable: no-such-thing")
    _, faults = press.compile_book(tmp_path)
    assert (faults[0].file, faults[0].line) == ("page.rst", 6)
