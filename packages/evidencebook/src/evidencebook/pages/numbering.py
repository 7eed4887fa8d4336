"""Number figures and sort references only where something behind the numbers or the list has changed.

Sphinx reads the tree of every page to number the figures, and the bibliography sets every entry anew, at each build:
for one edited sentence that was more than half of the work.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.compat import pybtex
from evidencebook.compat import sphinx as sphinx_compat
from evidencebook.evidence.digests import hashed
from evidencebook.pages.domain import domain_of


def register(app: Sphinx) -> None:
    """Take the place of both, and note of each page what is numbered on it."""
    sphinx_compat.number_figures_with(number_figures)
    pybtex.list_references_with(list_references)
    app.connect("doctree-read", note, priority=999)  # as the tree is kept


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Note the sections, the lists of pages and the numbered nodes of a page in their order; for doctree-read."""
    domain_of(app.env).data["numbered"][app.env.docname] = list(_outline(app.env, doctree))


def _outline(env: BuildEnvironment, parent: nodes.Element) -> Iterator[list[Any]]:
    """Yield what Sphinx looks at when it numbers figures, section within section."""
    for node in parent.children:
        if isinstance(node, nodes.section):
            yield ["section", node["ids"][:1], list(_outline(env, node))]
        elif isinstance(node, addnodes.toctree):
            yield ["toctree", node["entries"]]
        elif isinstance(node, nodes.Element):
            if kinds := [kind for one in env.domains.values() if (kind := one.get_enumerable_node_type(node))]:
                titled = env.get_domain("std").get_numfig_title(node)  # type: ignore[attr-defined]  # the standard domain's
                yield [kinds, node["ids"][:1], bool(titled)]
            yield from _outline(env, node)


def number_figures(env: BuildEnvironment, number: Callable[[], list[str]]) -> list[str]:
    """Name the pages on which a figure has another number; with the numbers of before where nothing changed."""
    data, settings = domain_of(env).data, env.config
    known = [data["numbered"], env.toc_secnumbers, settings.numfig, settings.numfig_secnum_depth, settings.root_doc]
    if data["figures"][0] == (state := hashed(known)):
        env.toc_fignumbers = dict(data["figures"][1])  # those of the pages just read are gone
        return []
    again = number()
    data["figures"] = [state, dict(env.toc_fignumbers)]
    return again


def list_references(env: BuildEnvironment, update: Callable[[], Iterable[str]]) -> Iterable[str]:
    """Have the bibliography update its lists, unless they are those of before."""
    domain, cite = domain_of(env), env.get_domain("cite")
    lists: dict[Any, Any] = cite.bibliographies  # type: ignore[attr-defined]  # of sphinxcontrib.bibtex
    entries: dict[str, Any] = cite.bibdata.data.entries  # type: ignore[attr-defined]  # as above
    refs = [(ref.docname, [target.key for target in ref.targets]) for ref in cite.citation_refs]  # type: ignore[attr-defined]  # as above
    known = [
        sorted(refs, key=lambda ref: ref[0]),  # of one page in the order of the page
        env.collect_relations(),
        [[*map(str, key), *map(_plain, value)] for key, value in lists.items()],
        [[key, one.type, [*one.fields.items()], _plain(one.persons)] for key, one in entries.items()],
        [str(env.config[name]) for name in env.config.values if name.startswith("bibtex_")],
    ]
    if domain.data["references"] == (state := hashed(known)) and not {key.docname for key in lists} & {*domain.changed}:
        return []
    domain.data["references"] = state
    return update()


def _plain(value: Any) -> Any:
    """Write down one thing that is known of a list or of an entry."""
    if isinstance(value, ast.AST):
        return ast.dump(value)
    if isinstance(value, Mapping):  # key -> node, role -> persons
        return [[key, one["ids"] if isinstance(one, nodes.Element) else [*map(str, one)]] for key, one in value.items()]
    return str(value)
