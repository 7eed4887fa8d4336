"""Tie each page to the files that it was made from, so that an edit rebuilds just the pages it touches."""

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.pages import notebooks as cells
from evidencebook.pages.domain import domain_of


def depend(env: BuildEnvironment, kind: str, name: str) -> None:
    """Make the page being read depend on the file that holds a record, and on those that the record names."""
    evidence = domain_of(env).evidence
    env.note_dependency(str(evidence.entry(kind, name).path))
    if kind == "finding":
        depend(env, "source", evidence.findings[name].source)
    if kind == "claim":
        claim = evidence.claims[name]
        for one in (*claim.findings, *claim.against):
            if one in evidence.findings:
                depend(env, "finding", one)


def depend_on_all(env: BuildEnvironment) -> None:
    """Make the page being read depend on the whole evidence base, and on what else lies in its folder."""
    folder = (Path(env.srcdir) / env.config.evidence_folder).resolve()
    domain = domain_of(env)
    domain.note_whole()  # a file that comes new was nobody's: see watching.outdated
    for path in {*domain.evidence.files, *domain.living.files, *folder.glob("*.yml")}:
        env.note_dependency(str(path))


def depend_on_topics(env: BuildEnvironment, names: set[str] | None) -> None:
    """Make the page being read depend on the findings of some topics and on the sources, or on everything."""
    if names is None:
        depend_on_all(env)
        return
    for path in domain_of(env).evidence.files:
        if path.suffix == ".bib" or (path.parent.name == "findings" and path.stem in names):
            env.note_dependency(str(path))


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Note what the cells of an executed page import, and whose results the page quotes."""
    env = app.env
    code = cells.code(env, env.docname)  # not of the doctree, where a cell that no reader sees is missing
    if code:
        for path in sorted(imported(code)):
            env.note_dependency(str(path))
        depend_on_topics(env, topics(code))
    domain_of(env).note_glued(_glued_pages(env, doctree))


def topics(code: str) -> set[str] | None:
    """Return the topics whose findings the code loads: none where it loads nothing, None where it may load anything."""
    try:
        tree = ast.parse(code)
    except SyntaxError:  # as below
        return None
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) == "findings"]
    named = [argument for call in calls for argument in call.args]
    plain = all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in named)
    loads_more = {_name(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)} & {"load", "inspect"}
    if loads_more or not plain or any(not call.args or call.keywords for call in calls):
        return None
    return {str(one.value) for one in named if isinstance(one, ast.Constant)}


def _name(node: ast.expr) -> str:
    """Give the last part of a name, as "findings" of evidencebook.findings."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def imported(code: str) -> set[Path]:
    """Return the files of the modules that the code imports, and of those that they import from the same package."""
    files: set[Path] = set()
    waiting = list(_modules(code))
    while waiting:
        path = _file_of(waiting.pop())
        if path is None or path in files:
            continue
        files.add(path)
        waiting += _modules(path.read_text(encoding="utf-8"))
    return files


def readers_of_results(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the pages to write again because a page whose results they quote was read again."""
    domain = domain_of(env)
    changed = set(domain.changed)
    return sorted(page for page, pages in domain.data["glued"].items() if changed & set(pages))


def _glued_pages(env: BuildEnvironment, doctree: nodes.document) -> Iterator[str]:
    """Yield the pages whose glued results a page quotes."""
    for node in doctree.findall():
        target = getattr(node, "refdoc", None)
        if type(node).__name__ == "PendingGlueReference" and target:
            yield target


def _modules(code: str) -> Iterator[str]:
    """Yield the names of the imported modules, `from package import module` included."""
    try:
        tree = ast.parse(code)
    except SyntaxError:  # a broken cell fails when it is executed, with a better message
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file_of(module: str) -> Path | None:
    """Return the file of a module that is being developed here, not of an installed library."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError, AttributeError):
        return None
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        return None
    path = Path(spec.origin)
    return None if {"site-packages", "dist-packages"} & set(path.parts) or _is_standard(path) else path


def _is_standard(path: Path) -> bool:
    """Tell whether a file belongs to Python itself."""
    return path.is_relative_to(Path(ast.__file__).parent)
