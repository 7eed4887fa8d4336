"""The rooms of the package stand in the order of the data, and an import points back along it only.

    compat  locale  evidence  analysis  surveillance  pages  outputs  cli, release, extension and the modules beside it

Nothing imports in a circle, not even inside a function.
"""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import evidencebook

ROOT = Path(evidencebook.__file__).parent
ORDER = ("compat", "locale", "evidence", "analysis", "surveillance", "pages", "outputs")


def modules() -> dict[str, ast.Module]:
    """Parse every module of the package, by its name below the package."""
    found = {}
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "template" not in parts:
            name = ".".join(parts).removesuffix("__init__").rstrip(".")
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imports(tree: ast.Module, known: set[str]) -> set[str]:
    """Name the modules of the package that one imports, be it as a name taken from a package."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "evidencebook":
            module = (node.module or "").removeprefix("evidencebook").lstrip(".")
            inside = {f"{module}.{alias.name}".lstrip(".") for alias in node.names}
            found |= (inside & known) or {module}
        elif isinstance(node, ast.Import):
            names = {alias.name for alias in node.names if alias.name.startswith("evidencebook.")}
            found |= {name.removeprefix("evidencebook.") for name in names}
    return found & known


def rank(module: str) -> int:
    """Give the place of a module's room; whatever is in no room may import everything."""
    room = module.partition(".")[0]
    return ORDER.index(room) if room in ORDER else len(ORDER)


def against_order(graph: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Name each import of a later room, with who imports it."""
    return {(one, other) for one, others in graph.items() for other in others if other and rank(other) > rank(one)}


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of one circle, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def graph() -> dict[str, set[str]]:
    """Draw the import graph of the package."""
    trees = modules()
    return {name: imports(tree, trees.keys() | set()) - {name} for name, tree in trees.items() if name}


def test_import_order_of_rooms() -> None:
    """No room imports one further down."""
    assert against_order(graph()) == set()


def test_import_cycle() -> None:
    """No module imports itself by way of others."""
    assert cycle(graph()) == []


def test_import_graph_sees_faults() -> None:
    """An import against the order, and a circle."""
    tree = ast.parse("from evidencebook.outputs import html\ndef late():\n    import evidencebook.evidence.base")
    known = {"pages.roles", "outputs", "outputs.html", "evidence.base"}

    assert imports(tree, known) == {"outputs.html", "evidence.base"}
    assert against_order({"pages.roles": {"outputs.html", "evidence.base"}}) == {("pages.roles", "outputs.html")}
    assert len(cycle({"a": {"b"}, "b": {"a"}})) == 3
