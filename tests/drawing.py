"""Count what a figure draws."""

from matplotlib.lines import Line2D


def drawn(line: Line2D) -> int:
    """Count the dots or squares that a dashed line comes to."""
    start, end = line.get_xdata()
    dash, gap = (width * line.get_linewidth() for width in line._unscaled_dash_pattern[1])
    return int((float(end) - float(start) - dash / 2) // (dash + gap)) + 1
