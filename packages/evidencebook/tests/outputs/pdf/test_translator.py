"""Each class of nodes becomes Typst that compiles, or a diagnostic with the line of the page."""

import datetime
import io
from itertools import chain
from pathlib import Path
from typing import Any

import myst_nb.sphinx_
import myst_parser.mdit_to_docutils.base
import pypdf
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from sphinx import addnodes

from evidencebook.outputs.data.citation import Book
from evidencebook.outputs.html_nodes import converted
from evidencebook.outputs.pdf import compile as typst_compile
from evidencebook.outputs.pdf import document
from evidencebook.outputs.pdf.document import Chapter, translate
from evidencebook.outputs.pdf.translator import PageContext, survey

TEMPLATE = Path(typst_compile.__file__).with_name("template.typ")
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
FIGURE = ".. figure:: a.svg\n   :alt: A black bar.\n\n   **One bar.** It is black.\n"
HEADED = ".. list-table:: Two things\n   :header-rows: 1\n   :widths: 1 3\n\n   * - a\n     - b\n   * - 1\n     - 2\n"


def tree_of(text: str) -> nodes.document:
    """Read a page written in reStructuredText, which docutils reads by itself."""
    return publish_doctree(f"Page\n====\n\n{text}", "page.rst", settings_overrides={"doctitle_xform": False})


def write_page(tree: nodes.document, **more: Any) -> tuple[str, list[str]]:
    """Write a page as Typst; return it, and its diagnostics as "file:line: message"."""
    existing, linked = survey({"page": tree})
    context = {"page": "page", "linked": linked, "existing": existing, "images": {"a.svg": "/a.svg"}}
    text, diagnostics = translate(tree, PageContext(**(context | more)))
    return text, [str(each) for each in diagnostics]


def compile_page(folder: Path, text: str) -> tuple[bytes, list[str]]:
    """Compile a page within a book; return the PDF and what Typst says against it."""
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages" / "page.typ").write_text(text, encoding="utf-8")
    (folder / "a.svg").write_text(DRAWING, encoding="utf-8")
    (folder / "template.typ").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    book = Book("A book: of tests", ("Someone",), datetime.date(2026, 1, 31))
    (folder / "book.json").write_text(document.title_page(book), encoding="utf-8")
    main = document.main(Chapter("page", "Page", 1), [("", [])])
    (folder / "main.typ").write_text(main, encoding="utf-8")
    pdf, diagnostics = typst_compile.compile_book(folder)
    assert pdf or diagnostics
    return pdf, [str(each) for each in diagnostics]


NODES = {
    "inline": ("Some *words*, **others**, ``c[0]``.", ["#emph[words]", "#strong[others]", '#raw("c[0]")']),
    "script": ("H\\ :sub:`2`\\ O and 10\\ :sup:`3`", ["H#sub[2]O", "10#super[3]"]),
    "address": ("`Out <https://example.org/a_b>`__", ['#outside("https://example.org/a_b")[Out]']),
    "anchor": (".. _here:\n\nA place.\n\nGo here_.", ['#mark("page:here")A place', '#inside("page:here")[here]']),
    "list": ("Take:\n\n- one\n- two\n\n  more", ["#lead[Take:]", "#list(tight: false", "one", "more"]),
    "numbers": ("Take it.\n\n1. one\n2. two", ["\nTake it.", "#enum(start: 1, tight: true"]),
    "terms": ("term : kind\n  What it means.", ["#terms(", "terms.item([term, #emph[kind]], [", "What it means"]),
    "fields": ("Words.\n\n:name: What it holds.", ["terms.item([name], [", "What it holds"]),
    "options": ("-a FILE  What it does.", ['terms.item([#raw("-a FILE")], [', "What it does"]),
    "table": (HEADED, ["#grid-of((1fr, 3fr), true, [Two things],", "table.header([#heads["]),
    "figure": (FIGURE, ["#figure-of([#strong[One bar.] It is black.], true)", '#picture("/a.svg", "A black bar.")']),
    "note": (".. note:: Mind it.", ['#panel(("note",), true, [Note])[', "Mind it"]),
    "box": (".. admonition:: Help\n   :class: tip\n\n   Call.", ['#panel(("admonition", "tip"), true, [Help])[']),
    "footnote": (
        "Said [#a]_ and again [#a]_.\n\n.. [#a] The note.",
        ["#footnote[", "The note", '#footnote(label("page:a"))'],
    ),
    "citation": ("Seen [CIT]_.\n\n.. [CIT] A paper.", ['#quiet("page:cit")[CIT]', "#source[", "A paper"]),
    "code": ('::\n\n  x = "1"\n  y', ['#raw(block: true, "x = \\"1\\"\\ny")']),
    "quote": ("  Said by another.\n\n  -- Someone", ["#quote(block: true)[", "#meta[Someone]"]),
    "lines": ("| one\n|   two\n| three", ["one #linebreak()\n#pad(left: 1.5em)[two] #linebreak()\nthree"]),
    "transition": ("A\n\n----\n\nB", ["#pause-of-thought"]),
    "rubric": (".. rubric:: Small", ["#rubric[Small]"]),
    "typst": (".. raw:: typst\n\n   #h(1pt)\n\n.. raw:: latex\n\n   no", ["#h(1pt)"]),
    "maths": (
        "A :math:`\\alpha_1`.\n\n.. math::\n\n   y = \\min(a, b) \\\\ z",
        ['#formula("\\\\alpha_1", "")[$alpha_1$]', '[$ y = op("min")(a, b) \\ z $]'],
    ),
    "sections": (
        "Below\n-----\n\nDeeper\n~~~~~~\n\nWords",
        ["#head(1, 1, ", "#head(2, 1, ())[Below]", "#head(3, 1, ())["],
    ),
}
#: Elements that are no text, and are left out.
INVISIBLE = {"comment", "substitution_definition", "pending", "meta", "raw", "footnote", "index", "toctree"}
#: These have no words of their own, or are never within a page.
INVISIBLE |= {"highlightlang", "tabular_col_spec", "transition", "image", "table", "document", "tgroup"}


@pytest.mark.parametrize(("text", "expected"), NODES.values(), ids=NODES)
def test_translator_node(text: str, expected: list[str]) -> None:
    """Each node is written as a call of the template."""
    written, diagnostics = write_page(tree_of(text))

    assert diagnostics == []
    for part in expected:
        assert part in written


def test_template_compiles_every_node(tmp_path: Path) -> None:
    """What the writers call is there, and is accepted under PDF/UA."""
    everything = "\n\n".join(text for text, _ in NODES.values())
    written, _ = write_page(tree_of(everything))

    assert compile_page(tmp_path, written)[1] == []


def classes() -> list[type[nodes.Element]]:
    """List the classes of nodes that docutils, Sphinx, MyST and MyST-NB define."""
    libraries = [vars(library).values() for library in (addnodes, myst_nb.sphinx_, myst_parser.mdit_to_docutils.base)]
    found = [*(getattr(nodes, name) for name in nodes.node_class_names), *chain(*libraries)]
    kinds = {each for each in found if isinstance(each, type) and issubclass(each, nodes.Element)}
    return sorted(kinds, key=lambda kind: (kind.__module__, kind.__name__))


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_writers_lose_no_class(kind: type[nodes.Element]) -> None:
    """The words of any node are written, or a diagnostic names its class, its file and its line."""
    if kind.__name__ in INVISIBLE:
        return
    tree = tree_of("x")
    node = kind("", "zebra") if issubclass(kind, nodes.TextElement) else kind("", nodes.paragraph("", "zebra"))
    node.source, node.line = "page.rst", 9
    node.attributes |= {"type": "ERROR", "level": 3, "source": "page.rst"}  # a message of docutils has these
    if kind in (nodes.bullet_list, nodes.enumerated_list):
        node[:] = [nodes.list_item("", nodes.paragraph("", "zebra"))]
    elif kind is nodes.line_block:
        node[:] = [nodes.line("", "zebra")]
    elif kind in (nodes.definition_list, nodes.field_list, nodes.option_list):
        node[:] = [nodes.definition_list_item("", nodes.term("", "zebra"))]
    tree[0] += node
    written, diagnostics = write_page(tree)

    named = [f'page.rst:9: "{kind.__name__}"', "page.rst:9: this"]
    assert "zebra" in written or any(each.startswith(start) for each in diagnostics for start in named)


def test_hard_break_separates_words() -> None:
    """MyST writes a hard line break as HTML: "call the local number" must not become "callthe local number"."""
    tree = tree_of("x")
    line_end = [nodes.raw("", "<br />\n", format="html"), nodes.raw("", "\\\\\n", format="latex")]
    tree[0] += nodes.paragraph("", "", nodes.Text("call"), *line_end, nodes.Text("the number"))

    assert "call#linebreak()the number" in write_page(tree)[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<SUP>2</SUP> <u>a</u>", ["#super[2] #underline[a]"]),
        ('<input checked type="checkbox">done', ["☑ done"]),
        ("<!-- <b>no</b> -->words", ["words"]),
        ("<div><p>a & b</p></div>", ["a & b"]),
        ("<ul><li>a</li><li>b</li></ul>", ["#list(tight: true", "[a]", "[b]"]),
        ("<table><tr><th>h</th></tr><tr><td>a<br>b</td></tr></table>", ["table.header([#heads[h]])", "a#linebreak()b"]),
        ("<iframe src='a'>no</iframe>", "iframe"),
    ],
)
def test_html_nodes(source: str, expected: list[str] | str) -> None:
    """HTML becomes nodes, which every format writes; what only a browser shows is named."""
    tree = tree_of("x")
    tree[0] += nodes.raw("", source, format="html")
    if isinstance(expected, str):
        with pytest.raises(ValueError, match=expected):
            converted(tree[0])
        return
    tree[0][1:] = converted(tree[0])[1:]
    written, diagnostics = write_page(tree)

    assert diagnostics == []
    assert [part for part in expected if part not in written] == []


def test_claim_card_and_quiet_link() -> None:
    """Classes of the press choose the function; a link to a finding is set like the words around it."""
    tree = tree_of("x")
    finding = nodes.inline("", "12", classes=["evidence", "evidence-finding"])
    link = nodes.reference("", "", finding, refuri="%other#f-1")
    box = nodes.admonition("", nodes.title("", "Low ⊕⊕◯◯"), classes=["claim", "certainty-low"])
    box += nodes.paragraph("", "", nodes.strong("", "It may."), classes=["claim-statement"])
    box += nodes.paragraph("", "", link)
    tree[0] += box
    written, diagnostics = write_page(tree, existing=frozenset({"other:f-1"}))

    assert diagnostics == []
    assert '#panel(("admonition", "claim", "certainty-low"), true, [Low #grade[⊕⊕◯◯];])[' in written
    assert "#statement[#strong[It may.]]" in written
    assert '#quiet("other:f-1")[12]' in written


def test_table_long_cell_breaks_its_row(tmp_path: Path) -> None:
    """A row breaks only if all its cells may: a cell longer than a page goes on over it, and no word is lost."""
    tree = tree_of(HEADED)
    next(tree.findall(nodes.tbody)).next_node(nodes.paragraph)[:] = [nodes.Text(" ".join(f"w{n}" for n in range(2000)))]
    written, _ = write_page(tree)
    pdf, diagnostics = compile_page(tmp_path, written)

    assert diagnostics == []
    assert written.count("table.cell(breakable: true)") == 2
    text = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert sum(" w1" in page for page in text) > 1
    assert "w1999" in " ".join(text).split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".. image:: a.svg", "page.rst:4: this picture has no alt text"),
        (HEADED.replace("header-rows: 1", "header-rows: 0"), "page.rst:4: this table has no header row"),
        ("`x <other.html>`__", 'page.rst:4: this link leads to "other.html", which is neither'),
        ("`x <%other#gone>`__", 'page.rst:4: this link leads to "other#gone", which is nowhere in the book'),
        (".. image:: b.svg\n   :alt: x", 'page.rst:4: the picture "b.svg"'),
    ],
    ids=["alt", "table", "address", "anchor", "picture"],
)
def test_diagnostic(text: str, expected: str) -> None:
    """What cannot be set is named with file and line, and what to do about it."""
    assert [each.startswith(expected) for each in write_page(tree_of(text))[1]] == [True]


def test_typst_messages_lead_to_the_page(tmp_path: Path) -> None:
    """Characters without a font, in words, code and drawings, and what Typst refuses, are named with their places."""
    text = "a 中\n\n``中``\n\n.. image:: pictures/a.svg\n   :alt: x"
    (tmp_path / "pictures").mkdir()
    drawing = DRAWING.replace("</svg>", '<text y="9" font-family="DejaVu Sans">中</text></svg>')
    (tmp_path / "pictures" / "a.svg").write_text(drawing, encoding="utf-8")
    written, _ = write_page(tree_of(text), images={"pictures/a.svg": "/pictures/a.svg"})
    diagnostics = compile_page(tmp_path, written)[1]

    assert [each.split(" ")[0] for each in diagnostics[:2]] == ["page.rst:4:", "page.rst:6:"]
    assert diagnostics[2].startswith((tmp_path / "pictures" / "a.svg").as_posix())
    assert all('no font of the PDF has "中" (U+4E2D)' in each for each in diagnostics)
    written, _ = write_page(tree_of("x\n\n.. raw:: typst\n\n   #no-such-thing"))
    assert compile_page(tmp_path, written)[1][0].startswith("page.rst:6: Typst says: unknown variable: no-such-thing")
