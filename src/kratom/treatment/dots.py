"""Draw a thousand people as dots, those who are counted in colour and larger."""

from matplotlib.axes import Axes

from evidencebook.analysis.figure_style import INK

PEOPLE = 1000


def people(
    axes: Axes, across: float, down: float, marked: int, colour: str, *, in_row: int = 40, pitch: float = 2.25
) -> None:
    """Draw a field of 1,000 dots from its upper left corner, the first `marked` of them in colour.

    The axes are in points. Raises ValueError when so many people cannot be marked.
    """
    if not 0 <= marked <= PEOPLE:
        raise ValueError(f"{marked} of {PEOPLE} people cannot be drawn")
    for row in range(PEOPLE // in_row):
        counted = min(max(marked - row * in_row, 0), in_row)
        place, start = down + row * pitch, across + 1
        middle, end = start + counted * pitch, start + in_row * pitch
        dashes(axes, start, middle, place, size=pitch - 0.05, pitch=pitch, colour=colour)
        dashes(axes, middle, end, place, size=1, pitch=pitch, colour=INK)


def dashes(
    axes: Axes, start: float, end: float, down: float, *, size: float, pitch: float, colour: str, dots: bool = True
) -> None:
    """Draw a row of dots or squares as one dashed line: a thousand shapes would weigh more than the page."""
    if end <= start:
        return
    drawn = 0.001 if dots else size  # a dot is all round end
    last = 0.5 * pitch if dots else pitch - size  # what of the line lies behind the last one
    axes.plot(
        [start, end - last],
        [down, down],
        color=colour,
        linewidth=size,
        linestyle=(0, (drawn / size, (pitch - drawn) / size)),  # in widths of the line
        dash_capstyle="round" if dots else "butt",
    )
