"""Draw the cover of a book from its title and its authors: four circles, as certainty is drawn on every claim."""

import io
import textwrap

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.patches import Circle

#: Inches, and dots for each: 1600 by 2400 dots, the size that shops and e-readers ask for.
_WIDTH, _HEIGHT, _DOTS = 8.0, 12.0, 200
_PAPER, _INK, _QUIET = "#f7f3ea", "#1f5c4d", "#5d594e"
_LEFT, _LEVELS = 0.9, 4
#: Letters on a line and their size in points, the largest first: a short title is set larger than a long one.
_SIZES = ((12, 62), (16, 50), (20, 41), (26, 32), (34, 25))
_MOST_LINES = 4
#: From one line to the next, in sizes of the letters.
_LINE = 1.22


def cover(title: str, authors: str, edition: str = "") -> bytes:
    """Return the cover as PNG, the same bytes at each call; what follows a colon in the title is its second line."""
    main, _, second = title.partition(": ")
    figure = Figure(figsize=(_WIDTH, _HEIGHT), facecolor=_PAPER)
    with rc_context({"font.family": "DejaVu Serif", "text.parse_math": False}):
        lines, size = _set(main)
        below = _write(figure, 10.9, lines, size, _INK, "bold")
        _write(figure, below - 0.3, textwrap.wrap(second, 28), 26, _QUIET)
        _write(figure, 1.5, textwrap.wrap(authors, 34), 20, _INK)
        _write(figure, 0.95, textwrap.wrap(edition, 50), 14, _QUIET)
        _circles(figure)
        stream = io.BytesIO()
        figure.savefig(stream, format="png", dpi=_DOTS, metadata={"Software": None}, pil_kwargs={"optimize": True})
    return stream.getvalue()


def _set(title: str) -> tuple[list[str], float]:
    """Break a title into lines and choose the largest letters with which it stays short."""
    for letters, size in _SIZES:
        lines = textwrap.wrap(title, letters, break_long_words=False)
        if len(lines) <= _MOST_LINES and all(len(line) <= letters for line in lines):
            return lines, size
    letters, size = _SIZES[-1]
    return textwrap.wrap(title, letters), size


def _write(figure: Figure, top: float, lines: list[str], size: float, colour: str, weight: str = "normal") -> float:
    """Set lines from the left margin down and return where the next would begin, in inches above the lower edge.

    Line by line: a text of several lines is spaced by the letters that happen to stand in it.
    """
    for line in lines:
        top -= size * _LINE / 72
        figure.text(_LEFT / _WIDTH, top / _HEIGHT, line, fontsize=size, color=colour, weight=weight)
    return top


def _circles(figure: Figure) -> None:
    """Draw the four levels of certainty, one a row, as filled and hollow circles."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, _WIDTH), ylim=(0, _HEIGHT))
    axes.axis("off")
    radius, step = 0.36, 1.0
    for row in range(_LEVELS):
        for column in range(_LEVELS):
            filled = column < _LEVELS - row
            place = (_LEFT + radius + column * step, 2.4 + radius + (_LEVELS - 1 - row) * step)
            axes.add_patch(Circle(place, radius, facecolor=_INK if filled else "none", edgecolor=_INK, linewidth=2.2))
