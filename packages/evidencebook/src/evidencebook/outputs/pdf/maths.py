"""Write formulas: LaTeX becomes Typst by tex2typst, which refuses what it does not know."""

import re

from docutils import nodes

from evidencebook.outputs.pdf import markup
from evidencebook.outputs.pdf.translator import Translator, Writer

try:
    from tex2typst import tex2typst  # type: ignore[import-untyped]  # it ships no types
except ImportError:  # it has no wheel for some machines; a book without formulas does without it

    def tex2typst(latex: str, **options: bool) -> str:
        """Stand in for the converter."""
        raise ValueError("tex2typst is not installed")


#: Environments that set lines below one another, as Typst does by itself.
_LINES = re.compile(r"\\(begin|end)\{(?:split|gathered|gather|align|eqnarray)\*?\}")
#: Commands that tex2typst knows under another name.
_COMMANDS = {
    **{rf"\{name}": rf"\operatorname{{{name}}}" for name in ("min", "max", "Pr", "arg", "sup", "inf")},
    **{r"\lvert": "|", r"\rvert": "|", r"\textbf": r"\mathbf", r"\textit": r"\mathit", r"\degree": r"^\circ"},
}


def _formula(page: Translator, node: nodes.TextElement) -> str:
    """Write a formula within a line, or one of its own with its number; its LaTeX is its alt text."""
    source = node.astext().strip()
    latex = re.sub(r"\n\s*\n", r" \\\\ ", _LINES.sub(r"\\\1{aligned}", source))
    latex = re.sub(r"\\[A-Za-z]+", lambda found: _COMMANDS.get(found[0], found[0]), latex)
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
