"""Turn the text of a record into nodes, by a small grammar of its own: the parser of pages can do too much."""

from collections.abc import Callable
from functools import cache

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.myst_role import myst_role_plugin

from evidencebook.evidence.record_text import ROLES

#: Run a role by its name, as cite:p, with its text.
Role = Callable[[str, str], list[nodes.Node]]
_SPANS: dict[str, type[nodes.TextElement]] = {"em": nodes.emphasis, "strong": nodes.strong}


@cache
def _parser(*, smart: bool) -> MarkdownIt:
    """Make the parser: of Markdown it knows emphasis, code and escapes, of MyST the form of a role."""
    parser = MarkdownIt("zero", {"typographer": smart}).enable(["newline", "escape", "backticks", "emphasis"])
    return parser.enable(["smartquotes"] if smart else []).use(myst_role_plugin)


def parse(text: str, role: Role, *, smart: bool) -> list[nodes.Node]:
    """Return the nodes of a text.

        Text | literal | emphasis(…) | strong(…) | whatever a role of records gives

    `smart` turns straight quotation marks into curly ones. Anything else, roles of other kinds included, stays as it is
    written: nothing in a text is executed.
    """
    open_spans: list[nodes.Element] = [nodes.inline()]
    for token in _parser(smart=smart).parseInline(text)[0].children or []:
        kind, _, end = token.type.rpartition("_")
        if end == "open" and kind in _SPANS:
            open_spans.append(_SPANS[kind]())
        elif end == "close" and kind in _SPANS:
            closed = open_spans.pop()
            open_spans[-1] += closed
        else:
            open_spans[-1].extend(_leaf(token, role))
    return list(open_spans[0].children)


def _leaf(token: Token, role: Role) -> list[nodes.Node]:
    """Return the nodes of a token that holds no others."""
    if token.type == "myst_role":
        name = str(token.meta["name"])
        return role(name, token.content) if name in ROLES else [nodes.Text(f"{{{name}}}`{token.content}`")]
    if token.type == "code_inline":
        return [nodes.literal(token.content, token.content)]
    return [nodes.Text("\n" if token.type in {"softbreak", "hardbreak"} else token.content)]
