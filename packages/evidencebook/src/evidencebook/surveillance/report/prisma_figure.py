"""Draw the flow diagram as one column of rows, so that its letters stay large on a phone."""

from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from evidencebook.analysis.figure_style import BLUE, INK, canvas, styled
from evidencebook.surveillance.report.prisma import Box, Flow

#: Heights are in lines of text; widths in parts of the figure, whose width is in inches.
_WIDTH, _LINE, _SIZE = 3.6, 0.155, 8.8
_MAIN, _ASIDE, _SPINE = (0.04, 0.45), (0.545, 0.45), 0.012
_PAD, _GAP, _HEADING = 0.35, 1.0, 1.9
#: Characters in one line of a box: browsers set the text in a font of their own, so some room is left.
_CHARACTERS = 22


@styled
def prisma_figure(flow: Flow) -> Figure:
    """Draw each way from top to bottom, what leaves it at its right, and below both what the book holds."""
    rows = _rows(flow)
    ways = len({row[0].way for row in rows})
    total = sum(_row_height(row) + _GAP for row in rows) + ways * _HEADING
    figure, axes = canvas(total * _LINE, _WIDTH)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set_xlim(0, 1)
    axes.set_ylim(total, -0.1)
    axes.axis("off")
    middle, down, ends = _MAIN[0] + _MAIN[1] / 2, 0.0, []
    for place, row in enumerate(rows):
        first = place == 0 or rows[place - 1][0].way != row[0].way
        last = place == len(rows) - 1 or rows[place + 1][0].way != row[0].way
        if first:
            axes.text(_MAIN[0], down + 0.9, row[0].way, va="center", fontsize=_SIZE + 1, fontweight="bold", color=BLUE)
            down += _HEADING
        bottom = _draw_row(axes, down, row)
        following = down + _row_height(row) + _GAP
        if last:
            ends.append((down + bottom) / 2)
        else:
            _arrow(axes, (middle, bottom), (middle, following))
        down = following
    for end in ends[:-1]:
        axes.plot([_SPINE, _MAIN[0]], [end, end], color=INK, linewidth=0.9)
    axes.plot([_SPINE, _SPINE], [ends[0], ends[-1]], color=INK, linewidth=0.9)
    _arrow(axes, (_SPINE, ends[-1]), (_MAIN[0], ends[-1]))
    return figure


def _rows(flow: Flow) -> list[list[Box]]:
    """Put each box that leaves beside the box before it."""
    rows: list[list[Box]] = []
    for box in flow.boxes:
        if box.leaves:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _draw_row(axes: Axes, down: float, row: list[Box]) -> float:
    """Draw a box and what leaves there, with a broken outline; return the lower edge of the first."""
    edges = [_draw(axes, down, box, _ASIDE if box.leaves else _MAIN) for box in row]
    if len(row) > 1:
        middle = down + _PAD + 0.5
        _arrow(axes, (sum(_MAIN), middle), (_ASIDE[0], middle))
    return edges[0]


def _draw(axes: Axes, down: float, box: Box, across: tuple[float, float]) -> float:
    words = _words(box)
    height = len(words) + 2 * _PAD
    outline = "dashed" if box.leaves else "solid"
    axes.add_patch(Rectangle((across[0], down), across[1], height, fill=False, edgecolor=INK, lw=0.9, ls=outline))
    for place, (text, weight) in enumerate(words):
        axes.text(across[0] + 0.018, down + _PAD + place + 0.5, text, va="center", fontsize=_SIZE, fontweight=weight)
    return down + height


def _words(box: Box) -> list[tuple[str, str]]:
    """Break the words of a box into lines; its title is bold."""
    counts = [wrap(f"{'– ' * line.part}{line.words}: {line.value}", _CHARACTERS) for line in box.lines]
    return [
        *((line, "bold") for line in wrap(box.title, _CHARACTERS)),
        *((one, "normal") for all_ in counts for one in all_),
    ]


def _row_height(row: list[Box]) -> float:
    return max(len(_words(box)) for box in row) + 2 * _PAD


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    look = {"arrowstyle": "-|>", "color": INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 8}
    axes.annotate("", xy=end, xytext=start, arrowprops=look)
