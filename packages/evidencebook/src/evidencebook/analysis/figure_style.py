"""Give every figure of the book one look: readable on light and dark pages, in grey, and by colour-blind readers."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

#: Text, axes and ticks: the grey whose contrast is about the same (4.3) on white and on the dark page.
INK = "#797979"
#: The same on paper.
PRINTED_INK = "#4d4d4d"
#: Blue, orange and green of Okabe and Ito, shifted to that same contrast. All one grey: vary marks and lines too.
BLUE, ORANGE, GREEN = "#2B80C2", "#CC5800", "#008A64"

#: In inches. A phone shows a figure a quarter smaller than this; a narrower one keeps its letters larger there.
WIDTH = 4.8

P = ParamSpec("P")
R = TypeVar("R")

_LOOK: Any = {
    "font.family": "sans-serif",
    "font.size": 11,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "lines.linewidth": 2.0,
    "lines.markersize": 7,
    "lines.solid_capstyle": "butt",  # a round end would lengthen a range
    "legend.frameon": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.fonttype": "none",  # text stays text: smaller, and found by a search
    "svg.hashsalt": "evidencebook",  # ids would differ from build to build without it
    "pdf.fonttype": 42,
} | dict.fromkeys(
    ["text.color", "axes.edgecolor", "axes.labelcolor", "axes.titlecolor", "xtick.color", "ytick.color"], INK
)


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw, or save, in the book's look without changing it for anyone else."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        with rc_context(_LOOK):
            return draw(*args, **kwargs)

    return drawn


def canvas(height: float = 3.2, width: float = WIDTH) -> tuple[Figure, Axes]:
    """Make a figure, height and width in inches, with one pair of axes; call it from a styled function."""
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def bare_rows(axes: Axes, **labels: Any) -> None:
    """Leave out the line and the ticks beside the names of rows; `labels` go to the names, as labelsize."""
    axes.tick_params(axis="y", length=0, **labels)
    axes.spines["left"].set_visible(False)
