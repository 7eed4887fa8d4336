"""Draw the evidence map: outcomes down, kinds of evidence across, and how sure the claims on each outcome are."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis import evidence_map
from evidencebook.analysis.figure_style import BLUE, INK, canvas, styled
from evidencebook.evidence.base import EvidenceBase
from evidencebook.locale import _

#: Rows are this high, in inches: two lines of the figure's text would fit.
_ROW = 0.27
_WIDTH = 4.1


@styled
def map_figure(evidence: EvidenceBase) -> Figure:
    """Draw a filled square with the number of studies for each cell, and a hollow one where nobody has looked."""
    groups: dict[str, list[str]] = {}
    for name, outcome in evidence.outcomes.items():
        groups.setdefault(outcome.group, []).append(name)
    figure, axes = canvas(1.2 + _ROW * (len(evidence.outcomes) + len(groups)), _WIDTH)
    cells, row = evidence_map.cells(evidence), 0
    kinds = evidence_map.kinds(cells)
    places: dict[str, int] = {}
    for group, names in groups.items():
        axes.text(-0.8, row, group, ha="right", va="center", fontsize=10, fontweight="bold")
        places |= {name: row + 1 + place for place, name in enumerate(names)}
        row += 1 + len(names)
    for cell in cells:
        if cell.kind in kinds:
            _square(axes, kinds.index(cell.kind), places[cell.outcome], len(cell.studies))
    for name, place in places.items():
        axes.text(-0.8, place, evidence.outcomes[name].name, ha="right", va="center", fontsize=10)
        sure = evidence_map.about_people(evidence, name)
        axes.text(len(kinds) - 0.3, place, _(sure.certainty) if sure else _("no claim"), va="center", fontsize=10)
    _draw_grid(axes, kinds, row)
    return figure


def _square(axes: Axes, across: int, down: int, studies: int) -> None:
    """Draw one cell; the shade and the number say how much there is, the outline alone that there is nothing."""
    if not studies:
        axes.plot(across, down, "s", markersize=12, markerfacecolor="none", markeredgecolor=INK, markeredgewidth=0.6)
        return
    axes.plot(across, down, "s", markersize=13, color=BLUE, markeredgewidth=0)
    axes.text(across, down, str(studies), ha="center", va="center_baseline", fontsize=10, color="white")


def _draw_grid(axes: Axes, kinds: list[str], rows: int) -> None:
    """Put the kinds on top and take every line away."""
    axes.set_xlim(-0.6, len(kinds) + 0.8)
    axes.set_ylim(rows - 0.5, -0.6)
    axes.xaxis.tick_top()
    places = [*range(len(kinds)), len(kinds) + 0.4]
    labels = [*(_(evidence_map.LABELS[kind]) for kind in kinds), _("certainty")]
    axes.set_xticks(places, labels, rotation=60, ha="left", rotation_mode="anchor", fontsize=10)
    axes.set_yticks([])
    axes.tick_params(length=0)
    for side in ("left", "bottom", "top", "right"):
        axes.spines[side].set_visible(False)
