"""Send a reader no more than a page uses, and let nothing run that is not a file of this site."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.outputs.html.theme import is_ours

#: Never used: Sphinx's search is replaced, the theme's script logs to the console (static/page.js does its work),
#: its stylesheet for extensions dresses tabs, badges and copy buttons that the press does not make, and its stylesheet
#: itself is joined with ours.
_NEVER = (
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "scripts/furo.js",
    "styles/furo.css",
    "styles/furo-extensions.css",
)
#: Used where the text of a page holds these words: code, and the code of the cells of an executed page.
_WHERE = {"pygments": 'class="highlight', "mystnb": 'class="cell_input'}
#: Runs before the text is shown, so it stands apart from the rest.
_FIRST = "theme.js"


def drop(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Leave out the files that a page does not use; for html-page-context."""
    if not is_ours(app):
        return
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if _is_used(str(file.filename or ""), context.get("body", ""))]
    first = [file for file in context["script_files"] if str(file.filename).endswith(_FIRST)]
    context["script_files"] = [file for file in context["script_files"] if file not in first]
    context["first_script"] = first[0]


def leave_out_search(app: Sphinx) -> None:
    """Write neither Sphinx's search page nor its index: search.py has its own; for builder-inited."""
    if is_ours(app):
        app.builder.search = False  # type: ignore[attr-defined]  # an HTML builder has it


def leave_out_empty_index(app: Sphinx, env: BuildEnvironment) -> None:
    """Write no index without entries; for env-updated."""
    if is_ours(app) and not any(env.get_domain("index").data["entries"].values()):
        app.config.html_use_index = False  # the templates ask the settings, the builder has read them already
        app.builder.use_index = False  # type: ignore[attr-defined]  # as above


def _is_used(name: str, body: str) -> bool:
    """Tell whether a page uses a stylesheet or a script."""
    if name.endswith(_NEVER):
        return False
    return all(words in body for part, words in _WHERE.items() if f"_static/{part}." in name or name == f"{part}.css")
