"""Draw the flow diagram as one column of rows, so that its letters stay large on a phone."""

from collections.abc import Sequence
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from evidencebook.analysis.figure_style import BLUE, INK, canvas, styled
from evidencebook.surveillance.report.boxes import Box, Flow, Step
from evidencebook.surveillance.report.prisma_table import BY_DATABASES, BY_OTHERS, TOGETHER

#: Everything is placed in lines of text, down, and in parts of the width, across.
_WIDTH, _LINE, _SIZE = 3.6, 0.155, 8.8
_MAIN, _ASIDE, _SPINE = (0.04, 0.45), (0.545, 0.45), 0.012
_PAD, _GAP = 0.35, 1.0
#: Signs on one line of a box: browsers set the text in a face of their own, so some room is left.
_SIGNS = 22
Place = tuple[float, float]


@styled
def prisma_figure(flow: Flow) -> Figure:
    """Draw each way from top to bottom, what leaves it at its right, and below both what the book holds."""
    total = sum(2.2 + sum(_height(step) + _GAP for step in steps) for steps in (flow.databases, flow.others))
    total += 2.2 + _height(flow.included)
    figure, axes = canvas(total * _LINE, _WIDTH)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    down, ends = 0.0, []
    for heading, steps in ((BY_DATABASES, flow.databases), (BY_OTHERS, flow.others)):
        down, end = _way(axes, _heading(axes, down, heading), steps)
        ends.append(end)
    down = _heading(axes, down, TOGETHER)
    _step(axes, down, flow.included)
    _spine(axes, ends, down + _height(flow.included) / 2)
    axes.set_xlim(0, 1)
    axes.set_ylim(total, -0.1)
    axes.axis("off")
    return figure


def _heading(axes: Axes, down: float, words: str) -> float:
    """Write what stands above a way; give where the way begins."""
    axes.text(_MAIN[0], down + 0.9, words, va="center", fontsize=_SIZE + 1, fontweight="bold", color=BLUE)
    return down + 1.9


def _way(axes: Axes, down: float, steps: Sequence[Step]) -> tuple[float, float]:
    """Draw the steps of a way below one another; give where it ends, and the middle of its last box."""
    middle = _MAIN[0] + _MAIN[1] / 2
    for place, step in enumerate(steps):
        bottom, following = _step(axes, down, step), down + _height(step) + _GAP
        if place == len(steps) - 1:
            return following, (down + bottom) / 2
        _arrow(axes, (middle, bottom), (middle, following))
        down = following
    raise ValueError("a way has a step")


def _step(axes: Axes, down: float, step: Step) -> float:
    """Draw a box and what leaves there; give the lower edge of the box."""
    bottom = _box(axes, down, step.box, _MAIN, "solid")
    if step.aside is not None:
        _box(axes, down, step.aside, _ASIDE, "dashed")
        middle = down + _PAD + 0.5
        _arrow(axes, (sum(_MAIN), middle), (_ASIDE[0], middle))
    return bottom


def _box(axes: Axes, down: float, box: Box, across: Place, line: str) -> float:
    """Draw a box with its lines; what leaves the way has a broken outline."""
    words = _words(box)
    bottom = down + len(words) + 2 * _PAD
    axes.add_patch(
        Rectangle((across[0], down), across[1], bottom - down, fill=False, edgecolor=INK, linewidth=0.9, linestyle=line)
    )
    for place, (text, bold) in enumerate(words):
        weight = "bold" if bold else "normal"
        axes.text(across[0] + 0.018, down + _PAD + place + 0.5, text, va="center", fontsize=_SIZE, fontweight=weight)
    return bottom


def _words(box: Box) -> list[tuple[str, bool]]:
    """Break the words of a box into lines; its title is bold."""
    titles = [(line, True) for line in wrap(box.title, _SIGNS)]
    told = [wrap(f"{'– ' * line.part}{line.words}: {line.value}", _SIGNS) for line in box.lines]
    return [*titles, *((line, False) for lines in told for line in lines)]


def _height(step: Step) -> float:
    """Give the lines that a step takes with the higher of its boxes."""
    boxes = [step.box, *([step.aside] if step.aside else [])]
    return max(len(_words(box)) for box in boxes) + 2 * _PAD


def _arrow(axes: Axes, start: Place, end: Place) -> None:
    """Lead from one place to another."""
    look = {"arrowstyle": "-|>", "color": INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 8}
    axes.annotate("", xy=end, xytext=start, arrowprops=look)


def _spine(axes: Axes, starts: list[float], end: float) -> None:
    """Lead from the end of each way, along the left edge, to what the book holds."""
    for start in starts:
        axes.plot([_SPINE, _MAIN[0]], [start, start], color=INK, linewidth=0.9)
    axes.plot([_SPINE, _SPINE], [min(starts), end], color=INK, linewidth=0.9)
    _arrow(axes, (_SPINE, end), (_MAIN[0], end))
