"""Draw the flow diagram as one column of rows, so that its letters stay large on a phone."""

from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from evidencebook.analysis.figure_style import BLUE, INK, canvas, styled
from evidencebook.surveillance.report.prisma import Box, Flow

#: Heights are in lines of text, widths in parts of the figure, whose width is in inches.
_WIDTH, _LINE, _SIZE = 3.6, 0.155, 8.8
_MAIN, _ASIDE, _ACROSS, _SPINE = 0.04, 0.545, 0.45, 0.012
_PAD, _GAP, _HEADING = 0.35, 1.0, 1.9
#: Characters in one line of a box: browsers set the text in a font of their own, so some room is left.
_CHARACTERS = 22


@styled
def prisma_figure(flow: Flow) -> Figure:
    """Draw each way from top to bottom, what leaves it at its right, and below both what the book holds."""
    places, total = _places(flow)
    figure, axes = canvas(total * _LINE, _WIDTH)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set_xlim(0, 1)
    axes.set_ylim(total, -0.1)
    axes.axis("off")
    ends: dict[str, float] = {}
    before: tuple[Box, float] | None = None
    for box, top in places:
        if box.leaves:
            _draw(axes, box, _ASIDE, top)
            _arrow(axes, (_MAIN + _ACROSS, top + _PAD + 0.5), (_ASIDE, top + _PAD + 0.5))
            continue
        if box.way not in ends:
            axes.text(_MAIN, top - 1, box.way, va="center", fontsize=_SIZE + 1, fontweight="bold", color=BLUE)
        elif before:
            middle = _MAIN + _ACROSS / 2
            _arrow(axes, (middle, before[1] + _height(before[0])), (middle, top))
        _draw(axes, box, _MAIN, top)
        ends[box.way], before = top + _height(box) / 2, (box, top)
    *starts, end = ends.values()
    for start in starts:
        axes.plot([_SPINE, _MAIN], [start, start], color=INK, linewidth=0.9)
    axes.plot([_SPINE, _SPINE], [starts[0], end], color=INK, linewidth=0.9)
    _arrow(axes, (_SPINE, end), (_MAIN, end))
    return figure


def _places(flow: Flow) -> tuple[list[tuple[Box, float]], float]:
    """Give each box with its upper edge, and the height of all; a box that leaves has that of the box before it."""
    places: list[tuple[Box, float]] = []
    top = below = 0.0
    for box in flow.boxes:
        if not box.leaves:
            is_first = not places or places[-1][0].way != box.way
            top = below + (_HEADING if is_first else 0)
        below = max(below, top + _height(box) + _GAP)
        places.append((box, top))
    return places, below


def _draw(axes: Axes, box: Box, left: float, top: float) -> None:
    """Draw a box with its words; what leaves the way has a broken outline."""
    style = "dashed" if box.leaves else "solid"
    axes.add_patch(Rectangle((left, top), _ACROSS, _height(box), fill=False, edgecolor=INK, lw=0.9, ls=style))
    titles = wrap(box.title, _CHARACTERS)
    for place, text in enumerate((*titles, *_counts(box))):
        weight = "bold" if place < len(titles) else "normal"
        axes.text(left + 0.018, top + _PAD + place + 0.5, text, va="center", fontsize=_SIZE, fontweight=weight)


def _counts(box: Box) -> list[str]:
    return [line for count in box.lines for line in wrap(count, _CHARACTERS)]


def _height(box: Box) -> float:
    return len(wrap(box.title, _CHARACTERS)) + len(_counts(box)) + 2 * _PAD


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    look = {"arrowstyle": "-|>", "color": INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 8}
    axes.annotate("", xy=end, xytext=start, arrowprops=look)
