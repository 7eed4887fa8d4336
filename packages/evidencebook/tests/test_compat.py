"""What `compat` reaches into still is as it was seen; when a library moves, one of these says which module to change.

Nowhere else is a private name of Sphinx, MyST-NB, pybtex or Furo used, or one of their functions replaced.
"""

import ast
import re
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document
from pybtex import plugin
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

import evidencebook
from evidencebook.compat import furo, myst_nb, pybtex, sphinx
from evidencebook.pages.reference_style import EvidenceStyle
from small_book import Book

ROOT = Path(evidencebook.__file__).parent
LIBRARIES = ("sphinx", "myst_nb", "myst_parser", "pybtex", "furo", "docutils", "jupyter_cache")


def private_names(tree: ast.Module) -> set[str]:
    """Name what a module takes from a library although its name begins with an underscore, or puts into a library."""
    imported = set()
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(LIBRARIES):
            imported |= {alias.asname or alias.name for alias in node.names}
            found |= {alias.name for alias in node.names if alias.name.startswith("_")}
        elif isinstance(node, ast.Import):
            imported |= {
                (alias.asname or alias.name).partition(".")[0]
                for alias in node.names
                if alias.name.startswith(LIBRARIES)
            }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and re.match("_[a-z]", node.attr)
            and _root(node) in {*imported, "app", "env", "builder"}
        ):
            found.add(node.attr)
        if isinstance(node, ast.Assign):
            found |= {
                ast.unparse(target)
                for target in node.targets
                if isinstance(target, ast.Attribute) and _root(target) in imported
            }
    return found


def _root(node: ast.expr) -> str:
    """Give the name with which a chain of attributes begins; `app` of self.app."""
    while isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            return node.attr
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_compat_private_names() -> None:
    """At most eight are left, all in compat."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        names = private_names(ast.parse(path.read_text(encoding="utf-8")))
        if names:
            found[path.relative_to(ROOT).as_posix()] = names

    assert {path: names for path, names in found.items() if not path.startswith("compat/")} == {}
    assert sum(map(len, found.values())) <= 8


def test_compat_private_names_are_seen() -> None:
    """Imported, reached through an application, or replaced."""
    code = (
        "from pybtex import plugin\nplugin._load(1)\nplugin.find = None\napp._warncount\nself.builder._dir\nself._own\n"
    )

    assert private_names(ast.parse(code)) == {"_load", "plugin.find", "_warncount", "_dir"}


def test_compat_sphinx(book: Book) -> None:
    """Warnings are counted, their rank is known, and a builder of HTML can leave its search out."""
    app: Sphinx = book.build()

    assert sphinx.warning_count(app) == 0
    assert sphinx.warnings_are_errors(app) is False
    assert StandaloneHTMLBuilder.search is True


def test_compat_pybtex() -> None:
    """Plugins are found as before, a style of ours among them, and the second answer is the first."""
    pybtex.look_up_once()

    assert plugin.find_plugin("pybtex.style.formatting", "evidence") is EvidenceStyle
    assert plugin.find_plugin("pybtex.backends", "docutils").__name__ == "Backend"
    assert plugin.entry_points(group="pybtex.backends", name="html") is plugin.entry_points(
        group="pybtex.backends", name="html"
    )


def test_compat_furo() -> None:
    """The stylesheet is where it was, and dresses what our own styles overrule."""
    css = furo.stylesheet().read_text(encoding="utf-8")

    assert all(name in css for name in (".sidebar-drawer", ".mobile-header", ".content-icon-container", ".toc-tree"))


@pytest.mark.parametrize("attribute", ["prompt_show", "prompt_hide"])
def test_compat_myst_nb(attribute: str) -> None:
    """The node of a folded cell is an element with its prompts, found where MyST-NB left out its parent."""
    node = myst_nb.HideCodeCellNode(**{attribute: "Show"})
    page = new_document("")
    page += nodes.container("")
    page[0].children = [node]

    assert myst_nb.folded_cells(page) == [node]
    assert node[attribute] == "Show"
    assert node.parent is page[0]
