"""Hand each page what its template prints and which files it loads."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from evidencebook.locale import _
from evidencebook.outputs.data import citation_context, citation_forms, citations, exports
from evidencebook.outputs.html import formats, page_head, search_page
from evidencebook.outputs.html.theme import is_ours
from evidencebook.pages import executed_tables
from evidencebook.pages.as_of import SETTING as AS_OF

#: Never used: Sphinx's search is replaced, the theme's script logs to the console (scripts/page.js does its work), its
#: stylesheet for extensions dresses tabs, badges and copy buttons that no page has, and the other is joined with ours.
_NEVER = (
    *("documentation_options.js", "doctools.js", "sphinx_highlight.js", "scripts/furo.js"),
    *("styles/furo.css", "styles/furo-extensions.css"),
)
#: What most readers of data want; the data package names the rest.
_DATA = ("claims.csv", "findings.csv", "sources.bib", "evidence.json")


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Complete the context of a page; for html-page-context, when every extension has named its files."""
    if not citation_context.is_site(app):
        return
    known, title = context.get("metatags", ""), str(context.get("title") or "")
    context["metatags"] = page_head.html(app, page, title, known, doctree)
    if not is_ours(app):
        return
    source, suffix = context.get("sourcename"), context.get("page_source_suffix") or ""
    context["page_tools"] = _page_tools(app, page, source, suffix) if page in app.env.found_docs else None
    context["language"] = citation_context.tag(app.config.language)
    if citation_context.direction(app.config.language) == "rtl":
        context["language"] += '" dir="rtl'  # the theme's template has no other place for it
    context["formats"] = formats.offered(app)
    context["currency"] = app.config[AS_OF]
    context["help_link"] = help_link(app, page)
    context["menu_headings"] = menu_headings(app, page)
    context["search_lists"] = search_page.lists(app) if page == search_page.NAME else []
    context["code"] = code = _code(doctree)
    others = _scripts_of_pages(app, page)
    for kind in ("css_files", "script_files"):
        names = ((file, str(file.filename or "")) for file in context[kind])
        context[kind] = [file for file, name in names if is_used(name, code) and (name not in others or _is_own(file))]
    # Runs before the text is shown, so it stands apart from the rest.
    first = next(file for file in context["script_files"] if str(file.filename).endswith("theme.js"))
    context["script_files"].remove(first)
    context["first_script"] = first


def help_link(app: Sphinx, page: str) -> str:
    """Give the way to the help box that `evidence_help` names as page#anchor; nothing where that page has none."""
    home, _mark, name = app.config.evidence_help.partition("#")
    place, anchor, *_rest = app.env.get_domain("std").anonlabels.get(name, ("", ""))  # type: ignore[attr-defined]  # the standard domain's
    return _way(app, page, home, anchor) if name and place == home else ""


def menu_headings(app: Sphinx, page: str) -> list[tuple[str, str]]:
    """Give way and title of each heading that `evidence_menu` names; settings.py tells of one that is missing."""
    labels = app.env.get_domain("std").labels  # type: ignore[attr-defined]  # the standard domain's
    found = (labels[name] for name in app.config.evidence_menu if name in labels)
    return [(_way(app, page, place, anchor), title) for place, anchor, title in found]


def _way(app: Sphinx, page: str, place: str, anchor: str) -> str:
    """Give the way from a page to an anchor."""
    return f"#{anchor}" if page == place else f"{app.builder.get_relative_uri(page, place)}#{anchor}"


def errors_to(address: str, repository: str) -> dict[str, str] | None:
    """Give link and words of the address for errors: the one that is set, else the repository, else none."""
    if address:
        return {"href": address if "://" in address else f"mailto:{address}", "words": address}
    return {"href": repository, "words": _("the repository of this book")} if repository else None


def is_used(name: str, code: set[str]) -> bool:
    """Tell whether a page loads a stylesheet or a script: those for code come with code only."""
    missing = {"pygments", "mystnb"} - code
    return not name.endswith(_NEVER) and not name.removeprefix("_static/").startswith(
        tuple(f"{part}." for part in missing)
    )


def _code(doctree: nodes.document | None) -> set[str]:
    """Name the stylesheets for the code that a page shows: "pygments" for all of it, "mystnb" for that of cells."""
    if doctree is None or not any(doctree.findall(nodes.literal_block)):
        return set()
    cells = (node.get("nb_element") == "cell_code_source" for node in doctree.findall(nodes.container))
    return {"pygments", "mystnb"} if any(cells) else {"pygments"}


#: Marks the scripts that pages name: they come after all others.
_LAST = 900


def _scripts_of_pages(app: Sphinx, page: str) -> set[str]:
    """Add the scripts that a page names under `scripts` in its front matter; return those that any page names.

    They lie in the book's _static, and Jupyter Book hands every script there to all pages.
    """
    named = {doc: str(meta.get("scripts", "")).split() for doc, meta in app.env.metadata.items()}
    for name in named.get(page, ()):
        app.add_js_file(name, loading_method="defer", priority=_LAST)
    return {f"_static/{name}" for names in named.values() for name in names}


def _is_own(file: Any) -> bool:
    """Tell whether the page itself named a script."""
    return getattr(file, "priority", 0) == _LAST


def _page_tools(app: Sphinx, page: str, source: str | None, suffix: str) -> dict[str, Any]:
    """Name what the foot of a page prints: how to cite it, where its data and source are, how to report an error."""
    cited = citation_context.of_page(app, page)
    own = sorted(name for name, home in executed_tables.pages_of_tables(app.env).items() if home == page)
    version = app.config.release or app.config.version
    forms = citation_forms.forms_of(cited)
    return {
        "citation": citation_forms.plain(cited),
        "citation_files": [(label, f"{citations.FOLDER}/{cited.name}.{end}") for end, label, _write in forms],
        "data": [
            *((name, f"{exports.FOLDER}/{executed_tables.FOLDER}/{name}") for name in own),
            *((name, f"{exports.FOLDER}/{name}") for name in _DATA),
        ],
        "source": f"_sources/{source}" if source else "",
        "file": page + suffix,
        "version": _(", version %s") % version if version else "",
        "errors": errors_to(app.config.evidence_errors_to, app.config.evidence_repository),
    }
