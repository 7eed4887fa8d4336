"""Tie each page to the files that it was made from, so that an edit rebuilds just the pages it touches."""

import ast
import importlib.util
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.pages import notebooks as cells
from evidencebook.pages.domain import domain_of

_PRESS = "evidencebook"


def depend(env: BuildEnvironment, kind: str, name: str) -> None:
    """Make the page being read depend on the file that holds a record, and on those that the record names."""
    evidence = domain_of(env).evidence
    env.note_dependency(str(evidence.entry(kind, name).path))
    if kind == "finding":
        depend(env, "source", evidence.findings[name].source)
    if kind == "claim":
        claim = evidence.claims[name]
        for one in evidence.results.keys() & set(claim.analyses):
            env.note_dependency(str(evidence.entry("result", one).path))
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


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Note what the cells of an executed page import and load, and whose results the page quotes."""
    env = app.env
    code = cells.code(env, env.docname)  # not of the doctree, where a cell that no reader sees is missing
    if code:
        for path in sorted(behind(env, code).values()):
            env.note_dependency(str(path))
        if _topics_of_all(code, imported(code)) is None:
            depend_on_all(env)
    domain_of(env).note_glued(_glued_pages(env, doctree))


def behind(env: BuildEnvironment, code: str) -> dict[str, Path]:
    """Map names, the same in every folder, to the files on which the results of the code depend: modules, evidence."""
    domain, found = domain_of(env), imported(code)
    folder = (Path(env.srcdir) / env.config.evidence_folder).resolve()
    named = _topics_of_all(code, found)
    loaded = {*domain.evidence.files, *domain.living.files, *folder.glob("*.yml")}
    if named is not None:
        loaded = {path for path in domain.evidence.files if path.suffix == ".bib" or _is_topic(path, named)}
    return found | {Path(os.path.relpath(path, folder)).as_posix(): path for path in loaded}


def _is_topic(path: Path, names: set[str]) -> bool:
    """Tell whether a file holds the findings of one of the topics."""
    return path.parent.name == "findings" and path.stem in names


def _topics_of_all(code: str, own: dict[str, Path]) -> set[str] | None:
    """Return the topics that the code and the book's own modules load; None where one of them may load anything."""
    named = [topics(one) for one in (code, *_texts(own))]
    return None if None in named else {topic for one in named for topic in one or ()}


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


def imported(code: str) -> dict[str, Path]:
    """Map the modules that the code imports, and those that they import in turn, to their files.

    Only of modules that are being developed here: the fingerprint of the software knows what is installed.
    """
    files: dict[str, Path] = {}
    root_of = cache(_root)
    waiting, seen = {*modules(code)}, set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        if path := _file_of(name, root_of(name.partition(".")[0])):
            files[name] = path
            package = name if path.name == "__init__.py" else name.rpartition(".")[0]
            waiting |= modules(path.read_text(encoding="utf-8"), package) - seen
    return files


def installed(code: str) -> list[str]:
    """Name the installed modules that the code and the book's own modules import, in a fixed order."""
    names = {name for text in (code, *_texts(imported(code))) for name in modules(text)}
    names |= {f"{_PRESS}.analysis.dataframe"} if "findings(" in code else set()  # it is imported when it is called
    root_of = cache(_root)
    top = {name: name.partition(".")[0] for name in names}
    return sorted(name for name in names if top[name] == _PRESS or not root_of(top[name]))


def _texts(files: dict[str, Path]) -> Iterator[str]:
    """Yield the texts of the modules that are not the press's own."""
    yield from (path.read_text(encoding="utf-8") for name, path in files.items() if name.partition(".")[0] != _PRESS)


def _glued_pages(env: BuildEnvironment, doctree: nodes.document) -> Iterator[str]:
    """Yield the pages whose glued results a page quotes."""
    for node in doctree.findall():
        target = getattr(node, "refdoc", None)
        if type(node).__name__ == "PendingGlueReference" and target:
            yield target


@cache
def modules(code: str, package: str = "") -> frozenset[str]:
    """Name the imported modules with the packages they lie in, `from package import module` included."""
    try:
        tree = ast.parse(code)
    except SyntaxError:  # a broken cell fails when it is executed, with a better message
        return frozenset()
    found = set[str]()
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level else ""
            base = ".".join(filter(None, (above, node.module)))
            names = [f"{base}.{alias.name}" for alias in node.names]
        found |= {name.rsplit(".", cut)[0] for name in names for cut in range(name.count(".") + 1)}
    return frozenset(found)


def _file_of(module: str, root: Path | None) -> Path | None:
    """Return the file of a module below the root of its package; nothing is imported to find it."""
    _, *inside = module.split(".")
    if not root:
        return None
    place = root.parent.joinpath(*inside) if root.name == "__init__.py" else root
    files = (root,) if not inside else (place / "__init__.py", place.with_name(f"{place.name}.py"))
    return next((path for path in files if path.is_file()), None)


def _root(top: str) -> Path | None:
    """Return the file of a package or module by its first name; None where it is installed or Python's own."""
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError, AttributeError):
        return None
    if spec is None:
        return None
    places = [*(spec.submodule_search_locations or ())]
    path = Path(spec.origin) if spec.origin else Path(places[0], "__init__.py") if places else Path()
    own = path.suffix == ".py" and not {"site-packages", "dist-packages"} & set(path.parts)
    return path if own and not path.is_relative_to(Path(ast.__file__).parent) else None
