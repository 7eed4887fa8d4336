"""Write formulas: LaTeX becomes Typst by tex2typst, which refuses what it does not know."""

import re

from docutils import nodes

from evidencebook.outputs.latex_math import normalised
from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Writer

try:
    from tex2typst import tex2typst  # type: ignore[import-untyped]  # it ships no types
except ImportError:  # it has no wheel for some machines; a book without formulas does without it

    def tex2typst(latex: str, **options: bool) -> str:
        """Stand in for the converter."""
        raise ValueError("tex2typst is not installed")


#: Names that tex2typst lacks.
_OPERATORS = re.compile(r"\\(min|max|Pr|arg|sup|inf|exp)(?![A-Za-z])")


def _formula(page: Translator, node: nodes.TextElement) -> str:
    """Write a formula within a line, or one of its own with its number; its LaTeX is its alt text."""
    source = node.astext().strip()
    latex = _OPERATORS.sub(r"\\operatorname{\1}", normalised(source))
    try:
        written = tex2typst(latex, non_strict=False)
    except ValueError as wrong:
        reason = str(wrong).splitlines()[0].removeprefix("Conversion failed: ")
        page.report(node, f'the formula "{source[:60]}" cannot be set in print: {reason}')
        return ""
    space = " " if isinstance(node, nodes.math_block) else ""  # Typst sets a formula with spaces on a line of its own
    number = page.number(node) or (f"({node['number']})" if node.get("number") else "")
    marks = page.marks(node) if space else ""
    return f"{marks}#formula({markup.string(source)}, {markup.string(number)})[${space}{written.strip()}{space}$]"


WRITERS: dict[type, Writer] = {nodes.math: _formula, nodes.math_block: _formula}
