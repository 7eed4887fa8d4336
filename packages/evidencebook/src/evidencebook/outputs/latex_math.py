"""Bring the LaTeX of a formula into the subset that the converters of every format know."""

import re

from docutils.utils.math import toplevel_code

#: Environments that set lines below one another, each with the one that stands for it; "" drops the environment.
_ENVIRONMENTS = {
    **dict.fromkeys(("align", "split", "gather", "gathered", "eqnarray", "multline", "alignat"), "aligned"),
    **{"equation": "", "displaymath": "", "math": "", "array": "matrix", "smallmatrix": "matrix"},
}
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(\w+)\*?\}(?:(?<=array\})\s*(?:\[\w\])?\s*\{[^}]*\}|(?<=at\})\{\d+\}|)")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_COMMANDS = {
    **dict.fromkeys((r"\dfrac", r"\tfrac", r"\cfrac"), r"\frac"),
    **dict.fromkeys((r"\dbinom", r"\tbinom"), r"\binom"),
    **dict.fromkeys((rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")), ""),
    **{r"\stackrel": r"\overset", r"\degree": r"^\circ", r"\lvert": "|", r"\rvert": "|", r"\lVert": r"\|"},
    **{r"\rVert": r"\|", r"\textbf": r"\mathbf", r"\textit": r"\mathit", r"\textrm": r"\text", r"\mbox": r"\text"},
    **{r"\iff": r"\Leftrightarrow", r"\implies": r"\Rightarrow", r"\land": r"\wedge", r"\lor": r"\vee"},
    **dict.fromkeys((r"\limits", r"\nonumber", r"\notag", r"\displaystyle", r"\textstyle"), ""),
}
_SHORT_FRACTION = re.compile(r"\\frac\s*(\d)\s*(\d)")


def normalised(latex: str) -> str:
    """Return the formula with one name for what has several, and with lines below one another in an environment."""
    latex = re.sub(r"\n\s*\n", r" \\\\ ", latex.strip())
    latex = _ENVIRONMENT.sub(_environment, latex)
    latex = _COMMAND.sub(lambda found: _COMMANDS.get(found[0], found[0]), latex)
    latex = _SHORT_FRACTION.sub(r"\\frac{\1}{\2}", latex).strip()
    several = re.search(r"(?<!\\)&|\\\\", toplevel_code(latex))
    return f"\\begin{{aligned}}{latex}\\end{{aligned}}" if several else latex


def _environment(found: re.Match[str]) -> str:
    """Write the begin or end of an environment under the name that every converter knows."""
    name = _ENVIRONMENTS.get(found[2], found[2])
    return f"\\{found[1]}{{{name}}}" if name else ""
