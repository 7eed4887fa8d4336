"""Write formulas in pages and e-books as MathML, which readers set themselves: no script, no request."""

import html
import re

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from evidencebook.outputs.latex_math import normalised
from evidencebook.pages.warnings import location, report

_NAME = "mathml"
#: A sign under a name that HTML knows and XML does not.
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot);)[A-Za-z]+;")


def setup_maths(app: Sphinx) -> None:
    """Register the renderer, choose it, and have every formula checked when its page is read."""
    app.add_html_math_renderer(_NAME, (_visit_inline, None), (_visit_block, None))
    app.connect("config-inited", _choose)
    app.connect("doctree-read", check)


def _choose(app: Sphinx, config: Config) -> None:
    """Choose our renderer: Jupyter Book and MyST-NB set none, and Sphinx's own loads a script from elsewhere."""
    config.html_math_renderer = _NAME


def mathml(node: nodes.Element) -> str:
    """Return a formula as MathML; raise ValueError on LaTeX that the converter does not know."""
    try:
        made = str(tex2mathml(normalised(node.astext()), as_block=isinstance(node, nodes.math_block)))
    except LookupError as wrong:  # it looks for what should stand before or behind
        raise ValueError("the formula is not complete") from wrong
    return _ENTITY.sub(lambda found: html.unescape(found[0]), made)


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Report each formula that cannot be set, at its line, whatever is built."""
    for node in doctree.findall(lambda node: isinstance(node, nodes.math | nodes.math_block)):
        try:
            mathml(node)  # type: ignore[arg-type]  # findall() gives nodes
        except ValueError as wrong:
            message = f'the formula "{node.astext().strip()[:60]}" cannot be set: {str(wrong).splitlines()[0]}'
            file, line = location(node)
            report(app.env, "element", message, f"{file}:{line}")


def _visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(self.starttag(node, "span", "", CLASS="math") + mathml(node) + "</span>")
    raise nodes.SkipNode


def _visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node.get("number"):
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(mathml(node) + "</div>\n")
    raise nodes.SkipNode
