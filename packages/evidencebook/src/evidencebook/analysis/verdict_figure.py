"""Draw the verdicts at a glance: how each statement stands across, how sure the evidence is down."""

from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, canvas, styled
from evidencebook.evidence import verdicts
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.vocabulary import CERTAINTIES, VERDICTS
from evidencebook.locale import _

#: Statements side by side in one field of the figure.
_ACROSS = 3


@styled
def verdict_figure(evidence: EvidenceBase) -> Figure:
    """Draw each statement by its id in the field of its verdict and of the certainty of its nearest claim."""
    fields: dict[tuple[str, str], list[str]] = {}
    for name, made in evidence.assertions.items():
        fields.setdefault((made.verdict, verdicts.nearest(evidence, made)), []).append(name)
    columns = [word for word in VERDICTS if any(verdict == word for verdict, _certainty in fields)]
    rows = [word for word in CERTAINTIES if any(certainty == word for _verdict, certainty in fields)]
    heights = {row: max(-(-len(fields.get((column, row), ())) // _ACROSS) for column in columns) for row in rows}
    figure, axes = canvas(0.9 + 0.26 * sum(heights.values()) + 0.12 * len(rows))
    top = 0.0
    for row in rows:
        axes.axhline(top, color=INK, linewidth=0.6)
        axes.text(-0.05, top + 0.5, _(row), ha="right", va="center", fontsize=9)
        for across, column in enumerate(columns):
            for place, name in enumerate(fields.get((column, row), ())):
                x, y = across + 0.17 + 0.32 * (place % _ACROSS), top + 0.5 + place // _ACROSS
                axes.text(x, y, name, ha="center", va="center", fontsize=8.5, color=BLUE)
        top += heights[row] + 0.4
    for across, column in enumerate(columns):
        count = sum(len(names) for (verdict, _certainty), names in fields.items() if verdict == column)
        words = f"{_(column).replace(' ', chr(10))}\n{count}"
        axes.text(across + 0.5, -0.25, words, ha="center", va="bottom", fontsize=9)
        axes.axvline(across, color=INK, linewidth=0.6)
    axes.set_xlim(-0.02, len(columns))
    axes.set_ylim(top, -0.02)
    axes.axis("off")
    return figure
